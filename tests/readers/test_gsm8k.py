import json

import pytest

from generator.errors import InputError
from generator.readers import READERS
from generator.readers.gsm8k import SYSTEMS, final_answer, read_solutions
from generator.records.benchmark import Item
from generator.records.prediction import Prediction

SELECTED = "6b_finetuning"


def line(solution="4 - 1 = <<4-1=3>>3 plums\nA: 3", *, correct=True, **changes):
    """One line of the same shape as upstream's, about plums."""
    fields = {
        "question": "Ann has 4 plums and eats 1. How many are left?",
        "ground_truth": "She has 4 - 1 = <<4-1=3>>3 plums.\nA: 3",
    }
    fields |= {
        name: {"is_correct": name == "175b_verification", "solution": f"by {name}\nA: 1"}
        for name in SYSTEMS
    }
    fields[SELECTED] = {"is_correct": correct, "solution": solution}
    return fields | changes


@pytest.fixture
def rows(tmp_path):
    def read(*lines, select=SELECTED):
        path = tmp_path / "solutions.jsonl"
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="ascii")
        return list(read_solutions({"solutions": path}, select))

    return read


def test_the_reader_is_registered():
    assert READERS["gsm8k_solutions"] is read_solutions


def test_the_index_of_the_line_from_0_is_the_id(rows):
    assert [row.item.item_id for row in rows(line(), line(), line())] == ["0", "1", "2"]
    assert [row.prediction.item_id for row in rows(line(), line())] == ["0", "1"]


def test_four_systems_in_one_line_are_told_apart(rows):
    for system in SYSTEMS[1:]:
        (row,) = rows(line(), select=system)
        assert row.prediction.output == f"by {system}\nA: 1"
        assert row.prediction.score == float(system == "175b_verification")


@pytest.mark.parametrize("select", [None, "6b", "question", ""])
def test_a_system_that_is_not_in_the_file_is_refused(rows, select):
    with pytest.raises(InputError, match="no such system: give one of 6b_finetuning, "):
        rows(line(), select=select)


def test_the_reference_is_on_the_last_line_and_the_solution_is_kept_whole(rows):
    (row,) = rows(line(ground_truth="Plan A: count.\nA: 12\nA: 3 "))
    assert row.item.references == ("3",)
    assert row.item.solution == "Plan A: count.\nA: 12\nA: 3 "
    assert row.item.choices == ()


@pytest.mark.parametrize("correct", [True, False])
def test_the_score_is_what_upstream_says(rows, correct):
    (row,) = rows(line(correct=correct))
    assert row.prediction.score == float(correct)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("so 3\nA: 3", "3"),
        ("A: 3", "3"),
        ("so 3\nA:3  ", "3"),
        ("A: 1\nwait\nA: 2\n", "2"),
        ("total\nA: 70,000", "70,000"),
        ("A: -1.8 billion", "-1.8 billion"),
        ("A: 7/14", "7/14"),
        ("A: 10+Ann's age", "10+Ann's age"),
        ("so 3\n#### 3", None),
        ("Plan A: count 3", None),
        ("so 3\nA:", None),
        ("so 3\nA:  \nand more", None),
        ("25", None),
        ("", None),
        ("1111111111111111111111", None),
        ("so\x0cA: 3", None),
        ("so\u2028A: 3", None),
    ],
)
def test_the_answer_is_what_stands_on_the_last_answer_line(rows, text, answer):
    """Only a line feed ends a line; commas, fractions and words are left as they are."""
    assert final_answer(text) == answer
    assert rows(line(text))[0].prediction.extracted == answer


def test_calculator_annotations_and_control_characters_stay(rows):
    text = "4-1=<<4-1=2>>2\x0c\x0b\x07\x85\ufeff\u202e plums\nA: 2"
    (row,) = rows(line(text))
    assert row.prediction.output == text


def test_rows_hold_what_the_records_ask_for(rows):
    """Rows are built without validation; validating them changes nothing."""
    (row,) = rows(line())
    assert Item.model_validate(row.item.model_dump()) == row.item
    assert Prediction.model_validate(row.prediction.model_dump()) == row.prediction


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"question": None}, "row 1: question: None: text expected"),
        ({"question": " "}, "row 1: question: ' ': text expected, not nothing"),
        ({"ground_truth": "3"}, "row 1: ground_truth: '3': an A: line with the answer expected"),
        ({SELECTED: []}, r"row 1: 6b_finetuning: \[\]: an object expected"),
        (
            {SELECTED: {"solution": "A: 3"}},
            "6b_finetuning.is_correct: None: true or false expected",
        ),
        (
            {SELECTED: {"is_correct": 1, "solution": "A: 3"}},
            "is_correct: 1: true or false expected",
        ),
        ({SELECTED: {"is_correct": True}}, "6b_finetuning.solution: None: text expected"),
    ],
)
def test_a_row_of_another_shape_is_refused_by_name(rows, changes, wrong):
    with pytest.raises(InputError, match=wrong):
        rows(line(**changes))


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"{\n", "row 1: -: .*: not JSON"),
        (b"\n", "row 1: -: .*: not JSON"),
        (b"[]\n", r"row 1: -: \[\]: an object expected"),
        (b'{"question": "\xff"}\n', "row 1: -: .*: not JSON"),
    ],
)
def test_a_line_that_is_no_object_is_refused(tmp_path, content, wrong):
    path = tmp_path / "solutions.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError, match=wrong):
        list(read_solutions({"solutions": path}, SELECTED))


@pytest.mark.shared
@pytest.mark.parametrize(
    ("select", "correct", "without_answer"),
    [
        ("6b_finetuning", 286, 4),
        ("6b_verification", 515, 1),
        ("175b_finetuning", 458, 5),
        ("175b_verification", 742, 1),
    ],
)
def test_the_real_file_gives_the_known_counts(shared_data, select, correct, without_answer):
    (path,) = (shared_data / "mirror").rglob("example_model_solutions.jsonl")
    rows = list(read_solutions({"solutions": path}, select))
    assert len(rows) == 1319
    assert sum(row.prediction.score for row in rows) == correct
    assert sum(row.prediction.extracted is None for row in rows) == without_answer
