"""The audit of operands and operations; every task is made up."""

from fractions import Fraction
from typing import Any

import pytest

from generator.judging.audit import numbers_of, outcome, readings, steps_of
from generator.judging.equations import equations
from generator.judging.judge import findings_of
from generator.records.failure import Failure
from tests.judging.factory import failure

TASK = "A crate holds 7 jars of 13 beads. Two crates and 8 loose beads are sold. How many beads?"
SOLUTION = "7*13=<<7*13=91>>91\n91*2=<<91*2=182>>182\n182+8=<<182+8=190>>190\nA: 190"


def wrong(*lines: str, **changes: Any) -> Failure:
    fields: dict[str, Any] = {"input": TASK, "references": ("190",), "solution": SOLUTION}
    return failure("\n".join(lines), **(fields | changes))


def seen(given: Failure) -> set[str]:
    return {finding.rule for finding in findings_of(given)}


def test_an_annotation_and_the_equation_around_it_are_one_step() -> None:
    steps = steps_of(equations(SOLUTION))
    assert [step.value for step in steps] == [91, 182, 190]
    assert steps[0].operands == (Fraction(7), Fraction(13))


def test_numbers_are_read_in_digits_words_and_fractions() -> None:
    found = numbers_of("Twelve of 1,500 and a half, 3/4 and twice 2.5; mp3 is none.")
    expected = {12, 1500, Fraction(1, 2), 3, Fraction(3, 4), 2, Fraction(5, 2)}
    assert found == expected


def test_percentages_are_also_shares_and_their_complements() -> None:
    assert {Fraction(3, 10), Fraction(7, 10), Fraction(13, 10)} <= readings([Fraction(30)])


def test_a_value_is_carried_through_the_steps_that_use_it() -> None:
    steps = steps_of(equations("7+13=20\n20*2=40\n40+9=49"))
    assert outcome(steps, 0, Fraction(91)) == 191


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        (["7+13=<<7+13=20>>20", "20*2=<<20*2=40>>40", "40+8=<<40+8=48>>48", "A: 48"],
         "other-operation"),
        (["8*13=<<8*13=104>>104", "104*2=<<104*2=208>>208", "208+8=<<208+8=216>>216", "A: 216"],
         "other-quantity"),
        (["7*13=<<7*13=91>>91", "91*2=<<91*2=182>>182", "A: 182"], "condition-ignored"),
        (["The 8 loose ones: 7*13=<<7*13=91>>91", "91*2=<<91*2=182>>182", "A: 182"],
         "stops-short"),
        (["7*13=<<7*13=91>>91", "91*46=<<91*46=4186>>4186", "A: 4186"], "number-from-nowhere"),
    ],
)  # fmt: skip
def test_each_fault_is_pointed_at_by_its_rule(lines: list[str], rule: str) -> None:
    assert rule in seen(wrong(*lines))


def test_a_term_that_the_work_had_is_missed_in_its_sum() -> None:
    solution = "6*2=<<6*2=12>>12\n5*3=<<5*3=15>>15\n12+15+8=<<12+15+8=35>>35\nA: 35"
    lines = ["6*2=<<6*2=12>>12", "5*3=<<5*3=15>>15", "12+8=<<12+8=20>>20", "A: 20"]
    given = wrong(*lines, input="6 by 2, 5 by 3 and 8", references=("35",), solution=solution)
    assert "term-dropped" in seen(given)


def test_a_missing_conversion_is_a_hint() -> None:
    given = wrong(
        "3*4=<<3*4=12>>12", "A: 12", input="3 runs of 4 hours; how many minutes?",
        references=("720",), solution="3*4=<<3*4=12>>12\n12*60=<<12*60=720>>720\nA: 720",
    )  # fmt: skip
    assert "conversion-missing" in seen(given)


def test_the_audit_is_silent_without_a_solution_and_after_a_false_step() -> None:
    lines = ["7+13=<<7+13=20>>20", "A: 20"]
    from_rules = {f.rule for f in findings_of(wrong(*lines, solution=None))}
    assert not from_rules & {"other-operation", "stops-short", "condition-ignored"}
    false = wrong("7*13=<<7*13=92>>92", "92*2=<<92*2=184>>184", "A: 184")
    assert not seen(false) & {"other-operation", "stops-short", "condition-ignored"}


def test_a_worked_reference_stands_in_for_the_solution() -> None:
    lines = ["7+13=<<7+13=20>>20", "20*2=<<20*2=40>>40", "40+8=<<40+8=48>>48", "A: 48"]
    assert "other-operation" in seen(wrong(*lines, references=(SOLUTION,), solution=None))
