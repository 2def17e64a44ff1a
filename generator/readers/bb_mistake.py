"""BIG-Bench Mistake (WHGTyen/BIG-Bench-Mistake): a file of JSON Lines for each task.

A row has no identifier: the task, which is the name of the file, and the place, from 0, are the
item's. The output is the chain of steps, each on a line of its own; its answer counts as right if
it is the target, white space around it aside: two answers have a space before the right letter.
Where a person marked the first mistake, that is a label of the output and no part of the row:
neither the answer nor the score follow from it.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pydantic_core

from generator.errors import InputError
from generator.readers.rows import OnBad, OnDrop, Place, Row, sound
from generator.records.benchmark import Item
from generator.records.prediction import Prediction

MAX_BYTES = 16 << 20
"""Most bytes of a file; the largest known has 1.3 million."""


class Trace(NamedTuple):
    """A row of a file."""

    row: Row
    """Item and prediction."""
    marked: int | None
    """Step that a person marked as the first mistake, from 0; None where none is marked."""


def read_traces(
    paths: Mapping[str, Path],
    select: str | None,
    on_drop: OnDrop | None = None,
    on_bad: OnBad | None = None,
) -> Iterator[Row]:
    """Yield the traces of the one model, task by task.

    Args:
        paths: Files by the names of their tasks.
        select: Has to be None: the files hold one model.
        on_drop: Never called: every line is a row.
        on_bad: Hears of rows that are not as described.

    Raises:
        InputError: ``select`` is given, or a file is not as described.
    """
    del on_drop
    if select is not None:
        msg = f"select: {select!r}: the files hold one model: leave select out of run.yml"
        raise InputError(msg)
    for task, path in paths.items():
        if path.stat().st_size > MAX_BYTES:
            msg = f"{path}: more than {MAX_BYTES >> 20} MiB: not a file of this benchmark"
            raise InputError(msg)
        with path.open("rb") as stream:
            # Lines of a binary file end at the line feed alone; texts may hold other separators.
            for number, line in enumerate(stream, start=1):
                row = sound(partial(_row, Place(path, number), task, line), on_bad)
                if row is not None:
                    yield row


def trace_of(place: Place, task: str, fields: object) -> Trace:
    """Check a row and return its trace.

    Raises:
        RowError: It is not as described.
    """
    if not isinstance(fields, dict):
        raise place.fault("-", fields, "an object expected")
    target, answer = place.text(fields, "target", filled=True), place.text(fields, "answer")
    item = Item.of_checked(
        item_id=f"{task}/{place.row - 1}",
        input=place.text(fields, "input", filled=True),
        references=(target,),
        tags={"task": task},
    )
    prediction = Prediction.of_checked(
        item_id=item.item_id,
        output="\n".join(_steps(place, fields)),
        score=float(answer.strip() == target),
        extracted=answer.strip() or None,
    )
    return Trace(Row(item, prediction), _marked(place, fields))


def _row(place: Place, task: str, line: bytes) -> Row:
    """Read one line."""
    try:
        fields = pydantic_core.from_json(line)
    except ValueError as error:
        raise place.fault("-", line, f"not JSON ({error})") from error
    return trace_of(place, task, fields).row


def _steps(place: Place, fields: Mapping[str, Any]) -> list[str]:
    """Return the steps of a trace."""
    steps = fields.get("steps")
    if not isinstance(steps, list) or not all(isinstance(step, str) for step in steps):
        raise place.fault("steps", steps, "a list of texts expected")
    return steps


def _marked(place: Place, fields: Mapping[str, Any]) -> int | None:
    """Return the step that a person marked."""
    marked = fields.get("mistake_index")
    if marked is None:
        return None
    if not isinstance(marked, int) or isinstance(marked, bool) or marked < 0:
        raise place.fault("mistake_index", marked, "a whole number from 0 or null expected")
    return marked
