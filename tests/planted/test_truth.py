"""What makes each planted cause true, read from the outputs alone."""

import json
import re
from typing import NamedTuple

import pytest

from generator.records.benchmark import Item
from generator.records.prediction import Prediction
from tests.planted.reading import Equation, answer_line, equations


class Case(NamedTuple):
    item: Item
    prediction: Prediction
    kind: str
    shown: list[Equation]
    right: list[Equation]

    @property
    def stated(self) -> set[int]:
        """Numbers of the question."""
        return set(map(int, re.findall(r"[0-9]+", self.item.input)))

    @property
    def derived(self) -> set[int]:
        """Numbers that come out in the output."""
        return {equation.result for equation in self.shown}

    @property
    def operands(self) -> set[int]:
        """Numbers that the output works with."""
        return {operand for equation in self.shown for operand in equation.operands}

    @property
    def given(self) -> str:
        """The answer of the output, as a value where a letter was asked for."""
        letter = self.prediction.extracted
        return self.item.choices["ABCDEFGH".index(letter)] if self.item.choices else letter

    @property
    def first_other(self) -> tuple[Equation, Equation]:
        """First equation that differs from the solution, and the solution's in its place."""
        return next((a, b) for a, b in zip(self.shown, self.right, strict=False) if a != b)


CONSTANTS = {1, 2, 4, 7, 12, 24, 60, 100, 1000}
WORKED = {"word-problem", "multiple-choice", "units-time"}


@pytest.fixture(scope="module")
def cases(planted):
    items = {item.item_id: item for item in planted.items}
    outputs = {(m, p.item_id): p for m, ps in planted.predictions.items() for p in ps}
    return [
        Case(
            item := items[label.item_id],
            prediction := outputs[label.model, label.item_id],
            label.subcategory,
            equations(prediction.output),
            equations(item.solution or ""),
        )
        for label in planted.labels
    ]


def of(cases, *kinds, families=WORKED):
    found = [case for case in cases if case.kind in kinds and case.item.tags["family"] in families]
    assert found
    return found


def test_only_arithmetic_faults_state_false_equations_and_exactly_one(cases):
    for case in cases:
        # The cut may go through the last number.
        shown = case.shown[:-1] if case.kind == "truncated" else case.shown
        wrong = sum(not equation.holds for equation in shown)
        assert wrong == (case.kind == "arithmetic"), case


def test_arithmetic_operands_and_operations_are_right_and_the_slip_is_carried(cases):
    for case in of(cases, "arithmetic"):
        assert [e.operators for e in case.shown] == [e.operators for e in case.right]
        slip, right = case.first_other
        assert slip.operands == right.operands
        assert not slip.holds


def test_wrong_operation_changes_the_operation_alone(cases):
    for case in of(cases, "wrong-operation"):
        wrong, right = case.first_other
        assert wrong.operands == right.operands
        assert wrong.operators != right.operators


def test_wrong_quantity_uses_another_number_of_the_task(cases):
    for case in of(cases, "wrong-quantity"):
        wrong, right = case.first_other
        assert wrong.operators == right.operators
        changed = [a for a, b in zip(wrong.operands, right.operands, strict=True) if a != b]
        assert len(changed) == 1
        assert changed[0] in case.stated
        assert case.operands <= case.stated | case.derived | CONSTANTS


def test_ignored_condition_leaves_a_stated_number_unused(cases):
    for case in of(cases, "ignored-condition"):
        needed = {n for e in case.right for n in e.operands} & case.stated
        assert len(needed - case.operands) == 1
        assert len(case.shown) == len(case.right) - 1


def test_wrong_target_states_another_goal_and_reaches_it(cases):
    for case in of(cases, "wrong-target"):
        goals = [line.split(":")[0] for line in case.item.solution.split("\n")]
        output = case.prediction.output
        said = min((g for g in goals if g in output), key=output.index)
        assert said != goals[-1]
        assert case.shown == case.right[: len(case.shown)]
        assert case.given == str(case.shown[-1].result)


def test_invented_quantity_is_neither_given_nor_derived_and_said_in_words(cases):
    for case in of(cases, "invented-quantity"):
        assert len(case.shown) == len(case.right) + 1
        known = case.stated.union(*(e.operands for e in case.right))
        unknown = []
        for equation in case.shown:
            unknown += [n for n in equation.operands if n not in known]
            known.add(equation.result)
        assert len(unknown) == 1
        assert re.search(rf"[a-z] .*\b{unknown[0]}\b.*[a-z].*\.", case.prediction.output)


def test_stops_short_is_a_right_beginning_whose_last_result_is_given(cases):
    for case in of(cases, "stops-short"):
        assert case.shown == case.right[: len(case.shown)]
        assert 0 < len(case.shown) < len(case.right)
        assert case.given == str(case.shown[-1].result)
        needed = {n for e in case.right for n in e.operands} & case.stated
        assert needed <= case.operands | case.derived | CONSTANTS


def test_unjustified_jump_gives_a_value_that_stands_nowhere(cases):
    for case in of(cases, "unjustified-jump"):
        assert case.shown == case.right[:-1]
        assert int(case.given) not in case.derived | case.operands


def test_contradictions_follow_work_that_is_right_to_the_end(cases):
    for case in of(cases, "wrong-option-for-value", "copies-wrong-line", "ignores-own-result"):
        assert case.shown == case.right
        if case.kind == "copies-wrong-line":
            assert set(map(int, case.given.split(", "))) <= case.derived
        elif case.kind == "ignores-own-result":
            assert set(map(int, case.given.split(", "))) - case.derived


def test_missing_part_gives_one_of_two_right_numbers(cases):
    for case in of(cases, "missing-part"):
        assert case.prediction.extracted in case.item.references[0].split(", ")
        assert case.shown == case.right[: len(case.shown)]


def test_off_by_one_lacks_one_end(cases):
    for case in of(cases, "off-by-one"):
        wrong, right = case.first_other
        assert right.operands == (*wrong.operands, 1)
        assert wrong.result == right.result - 1


def test_skipped_and_repeated_terms_are_those_of_a_sum(cases):
    for case in of(cases, "skipped", "repeated"):
        wrong, right = case.first_other
        assert set(right.operators) == set(wrong.operators) == {"+"}
        more = 1 if case.kind == "repeated" else -1
        assert len(wrong.operands) == len(right.operands) + more
        if case.kind == "skipped":
            (gone,) = set(right.operands) - set(wrong.operands)
            assert gone in case.derived
        else:
            assert sorted(set(wrong.operands)) == sorted(set(right.operands))


def test_conversions_are_missing_or_use_a_wrong_factor(cases):
    for case in of(cases, "unit", "factor-of-ten", "percentage", "time-base"):
        if len(case.shown) == len(case.right) - 1:
            lost = set.union(*(set(e.operands) for e in case.right)) - case.operands
            assert lost & CONSTANTS
            continue
        wrong, right = case.first_other
        assert wrong.operators == right.operators
        assert wrong.operands[:-1] == right.operands[:-1]
        assert right.operands[-1] in CONSTANTS
        tens = {wrong.operands[-1], right.operands[-1]} <= {10, 100, 1000}
        assert tens or case.kind not in {"factor-of-ten", "percentage"}


def test_broken_forms_hold_the_right_answer(cases):
    for case in of(cases, "wrong-marker", "wrapped", "wrong-literal"):
        assert case.item.tags["form"] != "free"
        assert case.shown == case.right
        line = answer_line(case.prediction.output)
        if case.kind != "wrong-literal":
            assert case.item.references[0] in line
        elif case.item.choices:
            value = case.item.choices["ABCDEFGH".index(case.item.references[0])]
            assert value in line


def test_broken_forms_of_calls_hold_the_right_values(cases):
    for case in of(cases, "wrong-marker", "wrapped", families={"tool-call"}):
        calls = json.loads(case.item.references[0])
        for call in calls if isinstance(calls, list) else [calls]:
            assert call["name"] in case.prediction.output
            assert all(str(v) in case.prediction.output for v in call["arguments"].values())


def test_no_answer_means_none_is_found_and_length_ends_what_was_cut(cases):
    for case in cases:
        if case.kind in {"empty", "truncated", "loop", "no-conclusion"}:
            assert case.prediction.extracted is None
            cut = case.kind in {"truncated", "loop"}
            assert (case.prediction.finish_reason == "length") == cut
            assert (case.kind == "empty") == (not case.prediction.output.strip())
        else:
            assert case.prediction.finish_reason == "stop"


def test_truncated_work_has_not_reached_its_last_result(cases):
    for case in of(cases, "truncated"):
        assert case.shown[:-1] == case.right[: len(case.shown)][:-1]
        assert len(case.shown) < len(case.right)
        if case.shown:
            cut, whole = case.shown[-1], case.right[len(case.shown) - 1]
            assert cut.operands == whole.operands
            assert str(whole.result).startswith(str(cut.result))


def test_loops_repeat(cases):
    for case in cases:
        if case.kind == "loop":
            output = case.prediction.output
            assert output.count(output[-60:-20]) >= 4


def test_refusals_hold_no_work_and_no_answer(cases):
    for case in cases:
        if case.kind in {"refusal", "asks-back", "declares-unanswerable"}:
            assert case.prediction.extracted is None
            assert not case.shown
            assert (case.kind == "asks-back") == ("?" in case.prediction.output)


def calls_of(text):
    value = json.loads(text)
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize(
    "kind",
    [
        "wrong-function",
        "wrong-value",
        "missing-argument",
        "extra-argument",
        "wrong-type",
        "wrong-count",
    ],
)
def test_wrong_calls_are_wrong_in_one_way(cases, kind):
    for case in of(cases, kind, families={"tool-call"}):
        right = calls_of(case.item.references[0])
        wrong = calls_of(case.prediction.extracted)
        if kind == "wrong-count":
            assert len(wrong) != len(right)
            assert all(call in right for call in wrong)
            continue
        ((bad, good),) = [(a, b) for a, b in zip(wrong, right, strict=True) if a != b]
        assert (bad["name"] != good["name"]) == (kind == "wrong-function")
        has, needs = bad["arguments"], good["arguments"]
        missing, extra = set(needs) - set(has), set(has) - set(needs)
        changed = [name for name in has if name in needs and has[name] != needs[name]]
        if kind == "wrong-function":
            continue
        assert len(missing) == (kind == "missing-argument")
        assert len(extra) == (kind == "extra-argument")
        assert len(changed) == (kind in {"wrong-value", "wrong-type"})
        if changed:
            same = type(has[changed[0]]) is type(needs[changed[0]])
            assert same == (kind == "wrong-value")


def test_no_call_has_no_json(cases):
    for case in of(cases, "no-call", families={"tool-call"}):
        assert not re.search(r"[{\[]", case.prediction.output)
