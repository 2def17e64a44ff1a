"""BIG-Bench Mistake as pinned files: each quirk, on small ones of the same shape."""

import json

import pytest

from generator.errors import InputError
from generator.readers import READERS
from generator.readers.bb_mistake import read_traces, trace_of
from generator.readers.rows import Place, RowError


def fields(**changes):
    known = {
        "input": "(1 + 2) * 3 =",
        "steps": ["1 + 2 = 4.", "4 * 3 = 12. So the answer is 12."],
        "target": "9",
        "answer": "12",
        "mistake_index": 0,
    }
    return known | changes


@pytest.fixture
def rows(tmp_path):
    def read(files, select=None, **heard):
        paths = {}
        for name, lines in files.items():
            paths[name] = tmp_path / f"{name}.jsonl"
            text = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines)
            paths[name].write_text(text, encoding="utf-8")
        return list(read_traces(paths, select, **heard))

    return read


def test_the_reader_is_registered():
    assert READERS["bb_mistake_traces"] is read_traces


def test_task_and_place_are_the_item_s_name_and_steps_the_output(rows):
    sums, swaps = rows({"sums": [fields()], "swaps": [fields()]})
    assert (sums.item.item_id, swaps.item.item_id) == ("sums/0", "swaps/0")
    assert sums.item.tags == {"task": "sums"}
    assert sums.item.references == ("9",)
    assert sums.prediction.output == "1 + 2 = 4.\n4 * 3 = 12. So the answer is 12."
    assert (sums.prediction.extracted, sums.prediction.score) == ("12", 0.0)


@pytest.mark.parametrize(
    ("answer", "score", "extracted"),
    [("9", 1.0, "9"), (" 9", 1.0, "9"), ("9.", 0.0, "9."), ("", 0.0, None), (" ", 0.0, None)],
)
def test_white_space_around_an_answer_does_not_make_it_wrong(rows, answer, score, extracted):
    (row,) = rows({"sums": [fields(answer=answer)]})
    assert (row.prediction.score, row.prediction.extracted) == (score, extracted)


@pytest.mark.parametrize("marked", [0, 7, None])
def test_a_marked_mistake_makes_no_answer_wrong(rows, marked):
    (row,) = rows({"sums": [fields(answer="9", mistake_index=marked)]})
    assert row.prediction.score == 1.0


def test_the_mark_is_told_beside_the_row(tmp_path):
    assert trace_of(Place(tmp_path, 3), "sums", fields()).marked == 0
    assert trace_of(Place(tmp_path, 3), "sums", fields(mistake_index=None)).marked is None


def test_one_model_is_all_that_the_files_hold(rows):
    with pytest.raises(InputError, match="leave select out"):
        rows({"sums": [fields()]}, "sums")


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"steps": "one"}, "steps"),
        ({"steps": [1]}, "steps"),
        ({"target": 9}, "target"),
        ({"target": " "}, "target"),
        ({"answer": None}, "answer"),
        ({"input": ""}, "input"),
        ({"mistake_index": -1}, "mistake_index"),
        ({"mistake_index": True}, "mistake_index"),
        ({"mistake_index": "0"}, "mistake_index"),
    ],
)
def test_a_field_of_another_kind_is_named_and_the_rest_is_read(rows, changes, name):
    files = {"sums": [fields(**changes), fields()]}
    with pytest.raises(RowError, match=rf"row 1: {name}: "):
        rows(files)
    heard = []
    assert [row.item.item_id for row in rows(files, on_bad=heard.append)] == ["sums/1"]
    assert [error.problem.field for error in heard] == [name]


@pytest.mark.parametrize("line", ["{", "[]"])
def test_a_line_that_is_no_object_is_named(rows, line):
    with pytest.raises(RowError, match=r"row 1: -: "):
        rows({"sums": [line]})
