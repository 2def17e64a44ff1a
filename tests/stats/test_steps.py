"""Which models are one step apart."""

import pytest

from generator.stats.steps import Step, one_step_apart, step_between


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("lab__llama-3-8b", "lab__llama-3.1-8b", "version"),
        ("lab__it-v0.1", "lab__it-v0.2", "version"),
        ("lab__gpt-3-6b-tuned", "lab__gpt-3-175b-tuned", "size"),
        ("lab__mix-8x7b", "lab__mix-8x22b", "size"),
        ("lab__yi-6b", "lab__yi-6b-chat", "variant"),
        ("lab__yi-6b-base", "lab__yi-6b-chat", "variant"),
    ],
)
def test_names_that_differ_in_one_part_are_one_step_apart(
    first: str, second: str, kind: str
) -> None:
    assert step_between(first, second) == (first, second, kind)
    found = step_between(second, first)
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("lab__yi-6b", "other__yi-34b"),
        ("lab__large", "lab__small"),
        ("lab__yi-6b", "lab__yi-34b-chat"),
        ("lab__a-b-c", "lab__a-c-b"),
        ("lab__yi-6b", "lab__yi-6b"),
        ("lab__yi-6b", "lab__yi-6b-chat-long"),
    ],
)
def test_other_names_are_not(first: str, second: str) -> None:
    assert step_between(first, second) is None


def test_versions_come_first_then_pairs_of_models_not_met_yet() -> None:
    models = ["l__a-1-7b", "l__a-2-7b", "l__a-2-13b", "l__a-2-70b", "l__b-7b", "l__b-7b-chat"]
    everything = one_step_apart(models)
    assert [step[:2] for step in everything] == [
        ("l__a-1-7b", "l__a-2-7b"),
        ("l__a-2-13b", "l__a-2-70b"),
        ("l__a-2-13b", "l__a-2-7b"),
        ("l__a-2-70b", "l__a-2-7b"),
        ("l__b-7b", "l__b-7b-chat"),
    ]
    assert one_step_apart(reversed(models), 2) == everything[:2]
    assert everything[0] == Step("l__a-1-7b", "l__a-2-7b", "version")


def test_there_are_no_more_than_asked_for() -> None:
    assert len(one_step_apart(f"l__a-{n}b" for n in range(20))) == 12
    assert one_step_apart([]) == ()
