"""Entries joined to items."""

from typing import NamedTuple

import pytest

from generator.readers.logs import joining as module
from generator.readers.logs.account import Account, Spot
from generator.readers.logs.entries import entry, item
from generator.readers.logs.joining import Joining

SPOT = Spot("log.jsonl", 1)


def made(name, asked="What is 1 + 1?", references=("2",), **more):
    return item(name, asked, references, **more)


def answer(about, score=0.0, output="3", **more):
    return entry(SPOT, about, output, score, **more)


class Sheets(NamedTuple):
    """Keeps what would be written."""

    written: list

    def write(self, joined):
        self.written.append(joined)
        return True

    def write_all(self, _, *, new):
        raise AssertionError(new)


@pytest.fixture
def join():
    def run(*entries, items=(), **changes):
        known = {one.item_id: one for one in items}
        options = {"adding": not items, "by_id": False, "score_range": (0.0, 1.0)} | changes
        joining = Joining("sums", threshold=1.0, items=known, account=Account(), **options)
        sheets = Sheets([])
        joining.join(iter(entries), sheets)
        return joining, sheets.written

    return run


def test_items_of_a_benchmark_without_any_are_added(join):
    joining, written = join(answer(made("a")), answer(made("b"), 1.0))
    assert [one.new.item_id for one in written] == ["a", "b"]
    assert (joining.taken, joining.failed, joining.added) == (2, 1, 2)


def test_an_item_of_the_same_text_is_that_item(join):
    _, written = join(answer(made("a")), items=[made("a", tags={"subject": "sums"})])
    assert [(one.prediction.item_id, one.new) for one in written] == [("a", None)]


def test_an_item_of_another_name_but_the_same_text_gets_the_benchmarks_name(join):
    _, written = join(answer(made("17")), items=[made("a")])
    assert written[0].prediction.item_id == "a"


def test_another_text_under_a_known_name_is_dropped_unless_names_are_trusted(join):
    entries = [answer(made("a", "Prompt: what is 1 + 1?"))]
    joining, written = join(*entries, items=[made("a")])
    assert (written, dict(joining.account.dropped)) == ([], {module.OTHER_TEXT: 1})
    _, written = join(*entries, items=[made("a")], by_id=True)
    assert written[0].prediction.item_id == "a"


def test_another_reference_is_another_item(join):
    joining, _ = join(answer(made("a", references=("3",))), items=[made("a")])
    assert dict(joining.account.dropped) == {module.OTHER_TEXT: 1}


def test_an_unknown_item_is_dropped_unless_items_are_added(join):
    joining, _ = join(answer(made("b", "What is 2 + 2?")), items=[made("a")])
    assert dict(joining.account.dropped) == {module.UNKNOWN: 1}
    assert joining.account.places[module.UNKNOWN] == ["log.jsonl:1"]
    _, written = join(answer(made("b", "What is 2 + 2?")), items=[made("a")], adding=True)
    assert written[0].new.item_id == "b"


def test_an_answer_without_its_question_needs_an_item_of_that_name(join):
    assert len(join(answer("a"), items=[made("a")])[1]) == 1
    joining, _ = join(answer("b"), items=[made("a")])
    assert dict(joining.account.dropped) == {module.UNKNOWN: 1}
    joining, _ = join(answer("b"))
    assert dict(joining.account.dropped) == {module.NO_QUESTION: 1}


def test_an_item_without_a_reference_is_not_added(join):
    joining, _ = join(answer(made("a", references=())))
    assert dict(joining.account.dropped) == {module.NO_REFERENCE: 1}


def test_the_second_answer_to_an_item_is_dropped(join):
    joining, written = join(answer(made("a")), answer(made("a"), 1.0))
    assert [one.prediction.score for one in written] == [0.0]
    assert dict(joining.account.dropped) == {module.TWICE: 1}


def test_a_score_out_of_range_is_a_bad_row(join):
    joining, written = join(answer(made("a"), 65.0))
    assert written == []
    (problem,) = joining.account.problems
    assert "outside the benchmark's score range 0 to 1" in problem.wrong
    assert "--metric" in problem.mend


def test_a_log_that_contradicts_its_score_is_noted(join):
    joining, written = join(answer(made("a"), 1.0, correct=False), answer(made("b"), correct=False))
    assert len(written) == 2
    assert dict(joining.account.notes) == {module.CONTRADICTS: 1}


def test_what_answers_look_like_is_told_from_the_items(join):
    joining, _ = join(
        answer(made("a")),
        answer(made("b", choices=("2", "3"))),
        answer(made("c", references=("x" * 200,))),
    )
    assert joining.kinds == {"short-answer", "multiple-choice", "free-text"}
