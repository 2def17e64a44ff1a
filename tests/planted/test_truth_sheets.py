"""What makes a planted cause true in the families that are told in sentences, and in notes."""

import re
from typing import NamedTuple

import pytest

from generator.planted.wordings.classes import FIELDS
from generator.planted.wordings.lists import COLLECTIONS
from generator.records.benchmark import Item
from generator.records.prediction import Prediction
from tests.planted.reading import broken, requirements


class Case(NamedTuple):
    item: Item
    prediction: Prediction
    kind: str

    @property
    def output(self) -> str:
        return self.prediction.output

    @property
    def given(self) -> list[str]:
        return (self.prediction.extracted or "").split(", ")

    @property
    def due(self) -> list[str]:
        return self.item.references[0].split(", ")

    @property
    def due_line(self) -> str:
        return self.item.references[0]

    @property
    def rows(self) -> dict[str, tuple[int, int]]:
        """Things of a list with both values."""
        found = re.findall(r"(?m)^- (.+): ([0-9]+) [a-z]+, ([0-9]+) [a-z]+$", self.item.input)
        return {name: (int(asked), int(other)) for name, asked, other in found}

    @property
    def listed(self) -> list[str]:
        """Things in the order in which the work lists them with a value."""
        names = "|".join(sorted(self.rows, key=len, reverse=True))
        told = re.sub(r"[^.\n]*(?: is \w+ than | mean that )[^.\n]*", "", self.output)
        return re.findall(
            rf"\b({names})(?: with | comes first with |, | \(| (?:follows|comes next) \()[0-9]",
            told,
        )


@pytest.fixture(scope="module")
def cases(planted):
    items = {item.item_id: item for item in planted.items}
    outputs = {(m, p.item_id): p for m, ps in planted.predictions.items() for p in ps}
    return [
        Case(items[label.item_id], outputs[label.model, label.item_id], label.subcategory)
        for label in planted.labels
    ]


def of(cases, family, *kinds):
    found = [c for c in cases if c.kind in kinds and c.item.tags["family"] == family]
    assert found
    return found


def lists(cases, *kinds):
    """Cases of things to be listed by a measure."""
    found = [case for case in of(cases, "ordering", *kinds) if case.rows]
    assert found
    return found


def comparison(case):
    """What a comparison in an output says: two things and the word between."""
    words = "|".join(word for kind in COLLECTIONS for word in kind.comparatives)
    text = re.sub(r" \([^)]*\)", "", case.output)
    names = "|".join(sorted(case.rows, key=len, reverse=True))
    found = re.search(rf"({names}) is ({words}) than ({names})", text)
    if found:
        return found.groups()
    found = re.search(rf"for ({names}) and .* for ({names}) mean that \1 is ({words})", text)
    return found and (found.group(1), found.group(3), found.group(2))


def holds(case, said):
    a, word, b = said
    small = {kind.comparatives[0] for kind in COLLECTIONS}
    x, y = case.rows[a][0], case.rows[b][0]
    return x < y if word in small else x > y


def test_references_of_lists_are_in_order(planted):
    for item in planted.items:
        case = Case(item, None, "")
        if item.tags["family"] == "ordering" and case.rows:
            values = [case.rows[name][0] for name in case.due]
            assert values in (sorted(values), sorted(values, reverse=True))
            left_out = set(case.rows) - set(case.due)
            if left_out:
                limit = int(re.search(r"(?:above|more than|over) ([0-9]+)", item.input).group(1))
                assert {n for n, (_, other) in case.rows.items() if other > limit} == left_out


def test_references_of_rows_follow_from_the_moves(planted):
    for item in planted.items:
        if item.tags["family"] != "ordering" or "- " in item.input:
            continue
        first = re.search(
            r"(?:right: |there are |order .* is )(.*?)(?:\. | (?:on|in) a |, read)", item.input
        )
        row = first.group(1).split(", ")
        moves = re.findall(
            r"(\w+) and (\w+) change|(\w+) swaps places with (\w+)|exchange of (\w+) and (\w+)",
            item.input,
        )
        for move in moves:
            a, b = (name for name in move if name)
            i, j = row.index(a), row.index(b)
            row[i], row[j] = row[j], row[i]
        assert ", ".join(row) == item.references[0]


def test_only_false_comparisons_are_false(cases):
    seen = 0
    for case in cases:
        if case.item.tags["family"] != "ordering" or not case.rows:
            continue
        said = comparison(case)
        if said and case.kind not in {"truncated", "loop"}:
            assert holds(case, said) == (case.kind != "comparison"), case
            seen += 1
        elif case.kind == "comparison":
            pytest.fail(f"no comparison: {case}")
    assert seen > 20


def test_missing_and_extra_items_are_in_the_answer_alone(cases):
    for case in lists(cases, "missing-item"):
        assert case.listed == case.due
        assert len(case.given) == len(case.due) - 1
        assert set(case.given) < set(case.due)
    for case in lists(cases, "extra-item"):
        assert case.listed == case.due
        (extra,) = set(case.given) - set(case.due)
        assert extra not in case.item.input


def test_skipped_repeated_and_misordered_members_are_so_in_the_work(cases):
    for case in lists(cases, "skipped", "repeated", "misordered", "comparison"):
        assert case.listed == case.given
        if case.kind == "skipped":
            assert len(set(case.due) - set(case.given)) == 1
        elif case.kind == "repeated":
            assert len(case.given) == len(case.due) + 1
            assert set(case.given) == set(case.due)
        else:
            assert sorted(case.given) == sorted(case.due)


def test_an_ignored_condition_brings_in_what_it_excludes(cases):
    for case in lists(cases, "ignored-condition"):
        assert set(case.given) == set(case.rows)
        assert len(case.given) > len(case.due)


def test_answers_that_contradict_the_work_follow_right_work(cases):
    for case in lists(cases, "ignores-own-result"):
        assert case.listed == case.due
        assert sorted(case.given) == sorted(case.due)
    for case in of(cases, "labelling", "ignores-own-result"):
        last = case.output.rsplit("\n", 1)[0]
        assert re.findall(r"\b(?:" + case.due[0] + r")\b", last)


def beliefs():
    return {b.statement: (c, b) for f in FIELDS for c in f.cases for b in c.beliefs}


def test_false_statements_are_told_and_followed(cases):
    known = beliefs()
    for case in of(cases, "labelling", "wrong-fact", "wrong-definition"):
        ((about, belief),) = (pair for text, pair in known.items() if text in case.output)
        assert belief.kind == case.kind
        assert about.label == case.due[0]
        assert case.given == [belief.leads_to]


def test_wrong_classes_come_without_a_false_statement_or_an_inference(cases):
    truths = {c.aside for f in FIELDS for c in f.cases}
    for case in of(cases, "labelling", "wrong-class"):
        assert any(aside in case.output for aside in truths)
        assert not any(text in case.output for text in beliefs())
        assert not any(c.law in case.output for f in FIELDS for c in f.cases)
        assert case.given != case.due


def test_a_non_sequitur_follows_a_true_ground(cases):
    for case in of(cases, "labelling", "non-sequitur"):
        assert any(c.truth in case.output and c.law in case.output for f in FIELDS for c in f.cases)
        assert case.given != case.due


VALID = {
    "pipes": (r"(?:(?:take|drop|above|add|times) [0-9]+|flip)", " | "),
    "stack": (r"(?:[0-9]+ (?:add|sub|mul|div)|neg)", "; "),
    "cart": (r"(?:(?:go|back|wait)\([0-9]+\)|(?:left|right)\(\))", " -> "),
}


def valid(case):
    """Whether the line that is given is valid in its language."""
    word, joint = VALID[case.item.tags["wording"].split("-")[0]]
    return re.fullmatch(rf"{word}(?:{re.escape(joint)}{word})*", case.prediction.extracted)


def test_only_faults_of_notation_are_invalid_in_their_language(cases):
    for case in cases:
        if case.item.tags["family"] == "notation" and case.prediction.extracted is not None:
            wrong = case.kind in {"syntax", "undefined-name", "wrong-notation"}
            assert bool(valid(case)) != wrong, case


def test_references_of_notation_are_valid(planted):
    for item in planted.items:
        if item.tags["family"] == "notation":
            word, joint = VALID[item.tags["wording"].split("-")[0]]
            assert re.fullmatch(rf"{word}(?:{re.escape(joint)}{word})*", item.references[0])


NOTES = {
    "missing-part": {"heads", "facts", "count", "words"},
    "missing-item": {"words"},
    "invented-premise": {"figures"},
    "wrong-quantity": {"facts", "figures"},
    "misordered": {"heads"},
    "repeated": {"heads", "count"},
    "extra-item": {"heads", "count"},
    "wrong-marker": {"title", "heads", "count"},
    "wrapped": {"title", "heads", "closing", "count"},
    "runs-on": {"closing", "count", "figures"},
}
"""What each kind of fault may break, and nothing else."""


@pytest.mark.parametrize("kind", NOTES)
def test_each_fault_of_a_note_breaks_what_it_says(cases, kind):
    for case in of(cases, "writing", kind):
        found = broken(case.output, requirements(case.item.input))
        assert found
        assert found <= NOTES[kind], case


def test_an_unmet_constraint_is_exactly_one(cases):
    for case in of(cases, "writing", "unmet-constraint"):
        asked = requirements(case.item.input)
        found = broken(case.output, asked)
        if "closing" in found:
            assert not broken(f"{case.output}\n{asked.closing}", asked)
        else:
            assert found in ({"forbidden"}, {"count"})


def test_model_notes_meet_their_briefs(planted):
    for item in planted.items:
        if item.tags["family"] == "writing":
            assert not broken(item.references[0], requirements(item.input))


def test_work_before_a_run_on_is_right_and_the_rest_is_not_asked_for(cases):
    for case in [c for c in cases if c.kind == "runs-on" and c.item.solution]:
        answer, rest = case.output.split("\n\n", 1)
        assert case.item.references[0] in answer.rsplit("\n", 1)[-1]
        assert rest.split("\n")[0] not in case.item.input


def test_misordered_commands_do_something_else(cases):
    """Such as adding and then multiplying; adding twice does not count."""
    for case in of(cases, "notation", "misordered"):
        kind = case.item.tags["wording"].split("-")[0]
        joint = VALID[kind][1]
        due, given = (text.split(joint) for text in (case.due_line, case.prediction.extracted))
        assert sorted(due) == sorted(given)
        if kind != "cart":
            assert run_line(kind, due) != run_line(kind, given), case


def run_line(kind, commands):
    """Run a line of Pipes or Stack."""
    numbers, top = [3, 50, 7, 29, 14, 88, 1, 61, 33, 20, 5, 90] * 5, 10.0
    for command in commands:
        value = int((re.findall("[0-9]+", command) or ["0"])[0])
        word = re.sub("[ 0-9]", "", command)
        if kind == "stack":
            top = {
                "add": top + value,
                "sub": top - value,
                "mul": top * value,
                "div": top / (value or 1),
                "neg": -top,
            }[word]
        else:
            numbers = {
                "take": numbers[:value],
                "drop": numbers[value:],
                "above": [n for n in numbers if n > value],
                "add": [n + value for n in numbers],
                "times": [n * value for n in numbers],
                "flip": numbers[::-1],
            }[word]
    return numbers, round(top, 9)
