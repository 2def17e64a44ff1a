"""BIG-Bench Mistake (WHGTyen/BIG-Bench-Mistake): a file of JSON Lines for each task.

A row has no identifier: the task, which is the name of the file, and the place, from 0, are the
item's. The output is the chain of steps; its answer counts as right if it is the target. Where a
person marked the first mistake, that is a label of the output and is left out here.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.errors import InputError
from generator.readers.logs.account import Account, Choice, Entry, Spot
from generator.readers.logs.entries import entry, item
from generator.readers.logs.fields import Fields
from generator.readers.logs.files import found, json_lines

MARKED = "a person marked the first mistake: a label, not imported"


def read_bb_mistake(paths: Sequence[Path], choice: Choice, account: Account) -> Iterator[Entry]:
    """Yield the rows of the tasks; see ``LogReader``."""
    files = found(paths, "*.jsonl")
    tasks = {path: path.name.removesuffix(".gz").removesuffix(".jsonl") for path in files}
    chosen = [path for path in files if choice.select in (None, tasks[path])]
    if not chosen:
        msg = f"--select {choice.select}: no such task: choose one of {', '.join(tasks.values())}"
        raise InputError(msg)
    account.know(
        harness="BIG-Bench Mistake",
        task="BIG-Bench Mistake",
        metric="1 if the answer of the last step is the target, else 0",
    )
    for path in chosen:
        task = tasks[path]

        def read(spot: Spot, value: object, task: str = task) -> Entry:
            return _row(Fields(spot, value), task, account)

        yield from account.rows_of(json_lines(path), read)


def _row(fields: Fields, task: str, account: Account) -> Entry:
    """Return the entry of a row."""
    target, answer = fields.text("target"), fields.text("answer")
    if fields.count("mistake_index") is not None:
        account.notes[MARKED] += 1
    about = item(
        f"{task}/{fields.spot.line - 1}", fields.text("input"), (target,), tags={"task": task}
    )
    return entry(
        fields.spot,
        about,
        "\n".join(fields.texts("steps")),
        float(answer == target),
        extracted=answer.strip() or None,
    )
