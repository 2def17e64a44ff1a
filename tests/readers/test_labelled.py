"""Failures and labels that are not in the content; texts are made up."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.errors import ContentError
from generator.readers.labelled import (
    FailureLine,
    LabelLine,
    VerdictLine,
    failure_of,
    read_unique,
)
from generator.records.benchmark import Item
from generator.records.keys import prediction_key
from generator.records.prediction import Prediction


def line(**changes: Any) -> FailureLine:
    fields = {
        "id": "mmlu_pro/7/Alpha (cot)",
        "benchmark": "mmlu_pro",
        "model": "Alpha (cot)",
        "question": "How many plums?\n\nOptions:\nA. 2\nB.  3 plums\nand a pit\nC. 4",
        "reference": "C",
        "output": "The answer is (B).",
        "extracted_prediction": "B",
    }
    return FailureLine.model_validate({**fields, "id": "mmlu_pro/7/alpha", **changes})


def label(**changes: Any) -> dict[str, Any]:
    fields = {
        "id": "x/1",
        "benchmark": "x",
        "status": "verdict",
        "attribution": "model",
        "category": "E13",
        "acceptable": ["E11"],
        "why": "ignored",
    }
    return {**fields, **changes}


def written(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_options_below_a_question_become_choices_as_they_stand() -> None:
    found = failure_of(line())
    assert found.task_type == "multiple-choice"
    assert found.input == "How many plums?"
    assert found.choices == ("2", " 3 plums\nand a pit", "4")
    assert (found.references, found.extracted) == (("C",), "B")


def test_a_failure_has_the_key_of_its_prediction_in_the_content() -> None:
    item = Item(
        item_id="7",
        input="How many plums?",
        choices=("2", " 3 plums\nand a pit", "4"),
        references=("C",),
    )
    prediction = Prediction(item_id="7", output="The answer is (B).", score=0.0)
    assert failure_of(line()).key == prediction_key("mmlu_pro", item, prediction)


def test_a_letter_that_the_harness_made_up_is_no_answer() -> None:
    assert failure_of(line(output="plums, plums", extracted_prediction="G")).extracted is None


def test_a_worked_reference_is_a_solution_that_ends_in_the_answer() -> None:
    worked = "She has 4 - 1 = 3.\nA: 3"
    found = failure_of(line(benchmark="gsm8k", question="How many?", reference=worked))
    assert found.task_type == "short-answer"
    assert (found.references, found.solution) == (("3",), worked)


def test_options_stay_in_the_question_where_answers_are_of_many_kinds() -> None:
    question = "Which?\nOptions:\n(A) one\n(B) two"
    found = failure_of(line(benchmark="bbh", question=question, reference="(B)"))
    assert found.task_type == "mixed"
    assert (found.input, found.choices, found.references) == (question, (), ("(B)",))


@pytest.mark.parametrize(
    ("changes", "task"),
    [
        ({}, "multiple-choice"),
        ({"question": "Book it.\n\nAvailable functions:\n{}", "reference": "[]"}, "tool-use"),
        ({"question": "How many?", "reference": "3"}, "short-answer"),
        ({"question": "How many?", "reference": "4 - 1 = 3\nA: 3"}, "short-answer"),
        ({"question": "Write a letter.", "reference": "Dear Ann, " * 20}, "mixed"),
        ({"question": "Which?\n\nOptions:\nB. 1\nC. 2", "reference": "B"}, "short-answer"),
    ],
)
def test_task_type_of_an_unknown_benchmark_is_told_from_the_line(
    changes: dict[str, str], task: str
) -> None:
    assert failure_of(line(benchmark="other", **changes)).task_type == task


def test_a_multiple_choice_item_without_options_keeps_its_question() -> None:
    found = failure_of(line(question="Which?"))
    assert (found.input, found.choices) == ("Which?", ())


def test_bad_lines_are_reported_all_at_once_with_their_line(tmp_path: Path) -> None:
    path = written(
        tmp_path / "labels.jsonl",
        label(),
        label(id="x/2", category=None),
        label(),
        label(id="x/3", status="no_verdict"),
        label(id="x/4", category="E99", acceptable=["E98", "E13"]),
        {"id": "x/5"},
    )
    with pytest.raises(ContentError) as error:
        read_unique(path, LabelLine, {"E11", "E13"})
    found = [(p.line, p.field, p.value) for p in error.value.problems]
    assert (2, "-") in [entry[:2] for entry in found]
    assert (3, "id", "x/1") in found
    assert (4, "status", "no_verdict") in found
    assert (5, "category", "E99") in found
    assert (5, "category", "E98") in found
    assert (6, "status", "") in found
    assert len(found) == 6


def test_a_failure_without_its_fields_is_reported(tmp_path: Path) -> None:
    path = written(tmp_path / "failures.jsonl", {"id": "x/1", "benchmark": "X Y"})
    with pytest.raises(ContentError, match=r"failures\.jsonl:1: benchmark: X Y: not of the"):
        read_unique(path, FailureLine)


def test_verdicts_of_a_judge_may_say_that_it_failed(tmp_path: Path) -> None:
    row = {"id": "x/1", "status": "no_verdict", "title": "ignored"}
    found = read_unique(written(tmp_path / "verdicts.jsonl", row), VerdictLine)
    assert found["x/1"].status == "no_verdict"


@pytest.mark.shared
def test_every_line_of_the_real_files_is_understood(shared_data: Path) -> None:
    failures = read_unique(shared_data / "failures_dev.jsonl", FailureLine)
    labels = read_unique(shared_data / "labels_dev.jsonl", LabelLine)
    assert failures.keys() == labels.keys()
    made = {name: failure_of(row) for name, row in failures.items()}
    kinds = {(row.benchmark, row.task_type, bool(row.choices)) for row in made.values()}
    assert kinds == {
        ("mmlu_pro", "multiple-choice", True),
        ("gsm8k", "short-answer", False),
        ("bbh", "mixed", False),
        ("bfcl", "tool-use", False),
    }
