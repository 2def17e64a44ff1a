"""BIG-Bench Mistake."""

import pytest

from generator.errors import InputError
from generator.readers.logs.bb_mistake import MARKED, read_bb_mistake
from tests.readers.logs.reading import read, write_lines


def row(**changes):
    fields = {
        "input": "(1 + 2) * 3 =",
        "steps": ["1 + 2 = 4.", "4 * 3 = 12. So the answer is 12."],
        "target": "9",
        "answer": "12",
        "mistake_index": 0,
    }
    return fields | changes


def test_steps_are_the_output_and_the_place_is_the_name(tmp_path):
    path = write_lines(tmp_path / "sums.jsonl", row(), row(answer="9", mistake_index=None))
    found = read(read_bb_mistake, path)
    (entry, right) = found.entries
    assert (entry.item.item_id, entry.item.references, entry.item.tags) == (
        "sums/0",
        ("9",),
        {"task": "sums"},
    )
    assert entry.prediction.output == "1 + 2 = 4.\n4 * 3 = 12. So the answer is 12."
    assert (entry.prediction.score, entry.prediction.extracted) == (0.0, "12")
    assert (right.item.item_id, right.prediction.score) == ("sums/1", 1.0)
    assert found.account.notes == {MARKED: 1}


def test_an_empty_answer_is_none(tmp_path):
    path = write_lines(tmp_path / "sums.jsonl", row(answer=""))
    assert read(read_bb_mistake, path).predictions[0].extracted is None


def test_one_task_of_a_folder_can_be_chosen(tmp_path):
    write_lines(tmp_path / "a.jsonl", row())
    write_lines(tmp_path / "b.jsonl", row())
    assert read(read_bb_mistake, tmp_path).ids == ["a/0", "b/0"]
    assert read(read_bb_mistake, tmp_path, select="b").ids == ["b/0"]
    with pytest.raises(InputError, match="no such task: choose one of a, b"):
        read(read_bb_mistake, tmp_path, select="c")


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"steps": "one"}, "steps"), ({"target": 9}, "target"), ({"answer": None}, "answer")],
)
def test_a_field_of_another_kind_is_named(tmp_path, changes, field):
    found = read(read_bb_mistake, write_lines(tmp_path / "a.jsonl", row(**changes), row()))
    assert found.ids == ["a/1"]
    assert [problem.field for problem in found.account.problems] == [field]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("task", "rows", "right"),
    [
        ("dyck_languages", 986, 482),
        ("multistep_arithmetic", 300, 45),
        ("tracking_shuffled_objects", 300, 45),
    ],
)
def test_real_tasks(shared_data, task, rows, right):
    (path,) = (shared_data / "mirror").glob(f"**/BIG-Bench-Mistake/*/{task}.jsonl")
    found = read(read_bb_mistake, path)
    assert (found.account.rows, len(found.entries)) == (rows, rows)
    assert sum(one.score for one in found.predictions) == right
