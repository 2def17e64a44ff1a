"""Each rule: what it speaks on, and what it must keep silent on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.judging.judge import findings_of, judge_failure, rules_judge
from generator.judging.rule import LONGEST_EVIDENCE
from generator.judging.rules import RULES
from generator.records.failure import Failure
from tests.judging import further_cases
from tests.judging.cases import COUNTED, SILENT, SPEAKS
from tests.judging.factory import choice, failure


def rules_that_speak(given: Failure) -> set[str]:
    return {finding.rule for finding in findings_of(given)}


@pytest.mark.parametrize(("name", "given"), [*SPEAKS, *further_cases.SPEAKS])
def test_a_rule_speaks_on_its_error(name: str, given: Failure) -> None:
    assert name in rules_that_speak(given)


@pytest.mark.parametrize(("name", "given"), [*SILENT, *further_cases.SILENT])
def test_a_rule_is_silent_where_the_error_is_not(name: str, given: Failure) -> None:
    assert name not in rules_that_speak(given)


def test_every_rule_is_tested_and_described() -> None:
    with_context = {"right-by-another-file", "strong-models-agree"}
    assert {name for name, _ in [*SPEAKS, *further_cases.SPEAKS]} | with_context == set(RULES)
    for name, rule in RULES.items():
        assert name == rule.name
        assert rule.description.endswith(".")
        assert rule.reason.endswith(".")
        assert (rule.category is None) == (rule.attribution != "model")
        assert 0 < rule.prior < 1


def test_titles_and_reasons_hold_no_number_that_could_come_from_a_text() -> None:
    for rule in RULES.values():
        assert not any(map(str.isdigit, rule.title + rule.reason))


@pytest.mark.parametrize(("name", "given"), [*SPEAKS, *further_cases.SPEAKS])
def test_evidence_lies_in_the_output_and_gives_a_valid_verdict(name: str, given: Failure) -> None:
    for finding in findings_of(given):
        assert 0 <= finding.start <= finding.end <= len(given.output)
        assert finding.end - finding.start <= LONGEST_EVIDENCE
    said = judge_failure(given, rules_judge("1.0", 0.3), 0.3, display_full=True)
    assert said.status == "verdict", name
    for evidence in said.evidence:
        assert evidence.quote == given.output[evidence.start : evidence.end]


@settings(max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            [
                "The answer is ",
                "(A)",
                "B",
                "\n",
                "Question: ",
                "3*6=",
                "18",
                "<<",
                ">>",
                "$",
                "\\frac{",
                "}",
                "(",
                ")",
                "Statement 1 is true. ",
                "0.5",
                "%",
                "not ",
                "I'm sorry, but ",
                "\x0c",
                "\ud800",
                "( ; stack: (\n",
                '"a" < "b" ',
                "We now have: ",
                "A: red, ",
                "Ada and Ben swap ",
                "not True = ",
                "(left) a ? b (",
                "(1) L 1,2: x\n",
                "- x\n",
                "=$5",
                '[["f",{}],',
                "é",
                "٣",
                "²",
                '{"name":',
                "f(x=",
                "```",
                "####",
                "A:",
                "boxed{",
                "deep blue",
            ]
        ),
        max_size=30,
    ).map("".join),
    st.sampled_from(["short-answer", "multiple-choice", "tool-use", "mixed"]),
    st.sampled_from([None, "A", "18", "", "(B)", "²"]),
)
def test_no_output_makes_a_rule_fail(output: str, task: str, extracted: str | None) -> None:
    changes = {"extracted": extracted}
    given = choice(output, **COUNTED) if task == "multiple-choice" else failure(output)
    given = given.model_copy(update={**changes, "task_type": task})
    for finding in findings_of(given):
        assert 0 <= finding.start <= finding.end <= len(output)


def test_judging_twice_says_the_same() -> None:
    judge = rules_judge("1.0", 0.85)
    for _, one in SPEAKS:
        first = judge_failure(one, judge, 0.85, display_full=False)
        assert first == judge_failure(one, judge, 0.85, display_full=False)
