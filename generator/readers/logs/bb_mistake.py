"""BIG-Bench Mistake: what its rows hold is told in ``generator.readers.bb_mistake``."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.errors import InputError
from generator.readers.bb_mistake import trace_of
from generator.readers.logs.account import Account, BadRowError, Choice, Entry, Spot
from generator.readers.logs.entries import item_id
from generator.readers.logs.files import found, json_lines
from generator.readers.rows import Place, RowError

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
            return _entry(spot, task, value, account)

        yield from account.rows_of(json_lines(path), read)


def _entry(spot: Spot, task: str, value: object, account: Account) -> Entry:
    """Return the entry of a row."""
    try:
        (item, prediction), marked = trace_of(Place(Path(spot.path), spot.line), task, value)
    except RowError as error:
        raise BadRowError(error.problem) from error
    if marked is not None:
        account.notes[MARKED] += 1
    name = {"item_id": item_id(item.item_id)}  # a task is the name of a user's file
    return Entry(spot, item.model_copy(update=name), prediction.model_copy(update=name))
