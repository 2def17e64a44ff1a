"""Hashes of answers: spellings of one answer share theirs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.judging.calls import calls_in
from generator.records.keys import ANSWER_BYTES, answer_hash, output_text
from generator.records.messages import Message, ToolCall
from generator.records.prediction import Prediction


@pytest.mark.parametrize(
    "spellings",
    [
        ("B", "b", "(B)", " b) ", "B."),
        ("1,250", "1250", "1250.0", "1250.", "01250", "+1250"),
        ("0", "0.0", "-0", "00"),
        (".5", "0.50"),
        ("-3", "-3.00"),
        ("Two  Words", "two words", "\ttwo\nWORDS "),
    ],
)
def test_spellings_of_one_answer_have_one_hash(spellings: tuple[str, ...]) -> None:
    hashes = {answer_hash(text) for text in spellings}
    assert len(hashes) == 1
    assert hashes != {None}


@pytest.mark.parametrize(
    ("one", "other"),
    [("A", "B"), ("5", "-5"), ("1,25", "125"), ("10", "1"), ("1.5", "15"), (".", "0"), ("AB", "A")],
)
def test_different_answers_have_different_hashes(one: str, other: str) -> None:
    assert answer_hash(one) != answer_hash(other)


@pytest.mark.parametrize("text", [None, "", " \n\t"])
def test_no_answer_has_no_hash(text: str | None) -> None:
    assert answer_hash(text) is None


@given(st.text())
def test_any_other_text_has_a_hash_of_one_width(text: str) -> None:
    found = answer_hash(text)
    assert (found is None) == (not text.split())
    assert found is None or len(found) == ANSWER_BYTES


CALLS = (
    ToolCall(name="add", arguments='{"x": 1}'),
    ToolCall(name="stop", arguments="now"),
)


def text_of(*turns: Message) -> str:
    return output_text(Prediction(item_id="q", output=turns, score=0.0))


def test_a_turn_of_nothing_but_calls_is_the_calls() -> None:
    text = text_of(Message(role="assistant", tool_calls=CALLS))
    assert text == '[{"add": {"x": 1}}, {"stop": "now"}]'
    calls = calls_in(text_of(Message(role="assistant", tool_calls=CALLS[:1])))
    assert (calls.made[0].name, calls.made[0].arguments, calls.wrapped) == ("add", {"x": 1}, False)
    assert text_of(Message(role="assistant")) == ""


def test_turns_of_a_conversation_are_headed_by_their_role() -> None:
    text = text_of(Message(role="assistant", content="Hm.", tool_calls=CALLS[:1]), SAID)
    assert text == '[assistant]\nHm.\nadd({"x": 1})\n[tool]\n2'


SAID = Message(role="tool", content="2")
