"""Names of judges and their order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from generator.records.base import Slug
from generator.records.judges import is_listed, llm_name, ordered

ORDER = ("person", "llm-best", "llm", "rules")


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("gpt-5-mini", "llm-gpt-5-mini"),
        ("Qwen/Qwen2.5-7B-Instruct", "llm-qwen-qwen2-5-7b-instruct"),
        ("gpt-4.1", "llm-gpt-4-1"),
    ],
)
def test_a_language_model_has_its_name_as_a_judge(model: str, name: str) -> None:
    assert llm_name(model) == name


@given(st.text())
def test_every_model_has_a_name_that_may_name_files(model: str) -> None:
    TypeAdapter(Slug).validate_python(llm_name(model))
    assert is_listed(ORDER, llm_name(model))


def test_two_models_whose_names_differ_at_their_end_are_told_apart() -> None:
    assert llm_name("m" * 80 + "a") != llm_name("m" * 80 + "b")


def test_models_come_where_they_are_listed_else_where_all_are() -> None:
    names = {"rules", "llm-b", "llm-a", "llm-best", "person", "stranger"}
    assert ordered(ORDER, names) == ["person", "llm-best", "llm-a", "llm-b", "rules"]
    assert ordered(("rules",), names) == ["rules"]
    assert not is_listed(("rules",), "llm-a")
