"""GSM8K example solutions (openai/grade-school-math, ``example_model_solutions.jsonl``).

One line holds a question, its worked solution and the solutions of four systems. There is no
id: the index of the line, from 0, is the item's id, which also is its place in the test split.
"""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pydantic_core

from generator.errors import InputError
from generator.readers.rows import OnBad, OnDrop, Place, Row, only, sound
from generator.records.benchmark import Item
from generator.records.prediction import Prediction

SYSTEMS = ("6b_finetuning", "6b_verification", "175b_finetuning", "175b_verification")
"""Systems in the file, under the names it gives them."""

_FINAL = re.compile(r"^A:([^\n]*)", re.MULTILINE)
"""The line of the final answer. Upstream's README describes ``####``, which this file lacks."""


def read_solutions(
    paths: Mapping[str, Path],
    select: str | None,
    on_drop: OnDrop | None = None,
    on_bad: OnBad | None = None,
) -> Iterator[Row]:
    """Yield the solutions of one system.

    The score is upstream's ``is_correct``. The answer extracted is the text on the last line
    that starts with ``A:``, untouched: commas in thousands, fractions and words stay. It is
    None where there is no such line or nothing on it. Calculator annotations stay in the output.

    Raises:
        InputError: There are several files, ``select`` is not one of ``SYSTEMS``, or a row is not
            as described above.
    """
    del on_drop  # every line of this file is a row
    path = only(paths)
    if select not in SYSTEMS:
        msg = f"{path}: select: {select!r}: no such system: give one of {', '.join(SYSTEMS)}"
        raise InputError(msg)
    with path.open("rb") as stream:
        # Lines of a binary file end at the line feed alone; texts may hold other separators.
        for index, line in enumerate(stream):
            place = Place(path, index + 1)
            row = sound(partial(_row, place, line, index, select), on_bad)
            if row is not None:
                yield row


def final_answer(text: str) -> str | None:
    """Return what stands on the last ``A:`` line, stripped; None where nothing does."""
    found = _FINAL.findall(text)
    return (found[-1].strip() or None) if found else None


def _row(place: Place, line: bytes, index: int, system: str) -> Row:
    """Check one line and build the row of one system."""
    try:
        fields: Any = pydantic_core.from_json(line)
    except ValueError as error:
        raise place.fault("-", line, f"not JSON ({error})") from error
    if not isinstance(fields, dict):
        raise place.fault("-", fields, "an object expected")
    solution = place.text(fields, "ground_truth")
    reference = final_answer(solution)
    if reference is None:
        raise place.fault("ground_truth", solution[-40:], "an A: line with the answer expected")
    answer = fields.get(system)
    if not isinstance(answer, dict):
        raise place.fault(system, answer, "an object expected")
    correct = answer.get("is_correct")
    if not isinstance(correct, bool):
        raise place.fault(f"{system}.is_correct", correct, "true or false expected")
    output = answer.get("solution")
    if not isinstance(output, str):
        raise place.fault(f"{system}.solution", output, "text expected")
    item_id = str(index)
    return Row(
        Item.of_checked(
            item_id=item_id,
            input=place.text(fields, "question", filled=True),
            references=(reference,),
            solution=solution,
        ),
        Prediction.of_checked(
            item_id=item_id,
            output=output,
            score=float(correct),
            extracted=final_answer(output),
        ),
    )
