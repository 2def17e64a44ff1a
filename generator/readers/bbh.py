"""BIG-Bench Hard outputs (suzgunmirac/BIG-Bench-Hard, ``code-davinci-002-outputs``).

A task has two files: its items (``bbh/<task>.json``), and per way of asking the outputs, in the
same order. ``benchmark.yml`` names them ``<task>`` and ``<task>_cot`` or ``<task>_direct``.
Nothing in them is an id: the task and the index, from 0, are the item's. An output's ``input`` is
the whole prompt with its examples; the question alone is in the items, and the prompt must end
in it. Nothing says what was extracted or whether it is right: see ``final_answer``.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pydantic_core

from generator.errors import InputError
from generator.readers.rows import OnBad, OnDrop, Place, Row, sound
from generator.records.benchmark import Item
from generator.records.prediction import Prediction

MAX_BYTES = 16 << 20
"""Most bytes of a file; the largest known has 2 million."""

_CUE = "answer is "


def final_answer(output: str) -> str | None:
    """Return what follows the last ``answer is``, without the full stop; None without one.

    An exact match of it with the target gives the accuracy that upstream states.
    """
    _, cue, rest = output.rpartition(_CUE)
    return (rest.strip().removesuffix(".").strip() or None) if cue else None


def _whole(output: str) -> str | None:
    """Return the output as the answer, where nothing but the answer was asked for."""
    return output.strip() or None


_Taken = Callable[[str], str | None]
_WAYS: dict[str, tuple[str, _Taken]] = {
    "cot": ("\nA: Let's think step by step.", final_answer),
    "direct": ("\nA:", _whole),
}
"""Ways of asking: what follows the question in the prompt, and how the answer is taken."""


def read_tasks(
    paths: Mapping[str, Path],
    select: str | None,
    on_drop: OnDrop | None = None,
    on_bad: OnBad | None = None,
) -> Iterator[Row]:
    """Yield the outputs of one way of asking, task by task.

    Args:
        paths: Items and outputs of every task.
        select: ``cot`` or ``direct``.
        on_drop: Never called: every entry is a row.
        on_bad: Hears of rows that are not as described.

    Raises:
        InputError: ``select`` is neither, a file has no counterpart, or is not as described.
    """
    del on_drop
    if select not in _WAYS:
        msg = f"select: {select!r}: no such way of asking: give one of {', '.join(_WAYS)}"
        raise InputError(msg)
    ending = f"_{select}"
    tasks = [name.removesuffix(ending) for name in paths if name.endswith(ending)]
    known = {*tasks, *(f"{task}{ending}" for task in tasks)}
    if not tasks or known != set(paths):
        odd = ", ".join(sorted(known ^ set(paths))) or "no file"
        msg = f"source.files: {odd}: name <task> and <task>{ending} of each task in run.yml"
        raise InputError(msg)
    for task in tasks:
        read = _task(task, paths[task], paths[f"{task}{ending}"], select)
        yield from (row for one in read if (row := sound(one, on_bad)) is not None)


def _task(task: str, items: Path, outputs: Path, way: str) -> Iterator[Callable[[], Row]]:
    """Yield what reads each row of one task."""
    asked, answered = _entries(items, "examples"), _entries(outputs, "outputs")
    if len(asked) != len(answered):
        msg = f"{outputs}: {len(answered)} outputs for {len(asked)} items of {items}"
        raise InputError(msg)
    for number, (example, entry) in enumerate(zip(asked, answered, strict=True), start=1):
        yield partial(_row, task, example, Place(items, number), entry, Place(outputs, number), way)


def _row(  # noqa: PLR0917 - a row stands in two files
    task: str, example: object, asked: Place, entry: object, answered: Place, way: str
) -> Row:
    """Check an item and its output, and build their row."""
    if not isinstance(entry, dict):
        raise answered.fault("-", entry, "an object expected")
    item = _item(asked, task, example)
    return Row(item, _prediction(answered, item, way, entry))


def _entries(path: Path, name: str) -> list[Any]:
    """Return the list of a file."""
    if path.stat().st_size > MAX_BYTES:
        msg = f"{path}: more than {MAX_BYTES >> 20} MiB: not a file of this benchmark"
        raise InputError(msg)
    try:
        fields = pydantic_core.from_json(path.read_bytes())
    except ValueError as error:
        msg = f"{path}: not JSON ({error}): fetch the file again"
        raise InputError(msg) from error
    entries = fields.get(name) if isinstance(fields, dict) else None
    if not isinstance(entries, list):
        msg = f"{path}: a list under {name!r} expected: fetch the file again"
        raise InputError(msg)
    return entries


def _item(place: Place, task: str, example: object) -> Item:
    """Check an item and build its record."""
    if not isinstance(example, dict):
        raise place.fault("-", example, "an object expected")
    return Item.of_checked(
        item_id=f"{task}/{place.row - 1}",
        input=place.text(example, "input", filled=True),
        references=(place.text(example, "target", filled=True),),
        tags={"task": task},
    )


def _prediction(place: Place, item: Item, way: str, entry: Mapping[str, Any]) -> Prediction:
    """Check an output, that it is of this item too, and build its record."""
    (target,), (after, taken) = item.references, _WAYS[way]
    prompt = place.text(entry, "input")
    if not prompt.endswith(f"Q: {item.input}{after}"):
        raise place.fault("input", prompt[-40:], "the prompt does not end in the item's question")
    if entry.get("target") != target:
        raise place.fault("target", entry.get("target"), f"the item has {target!r}")
    output = place.text(entry, "prediction")
    extracted = taken(output)
    return Prediction.of_checked(
        item_id=item.item_id,
        output=output,
        score=float(extracted == target),
        extracted=extracted,
    )
