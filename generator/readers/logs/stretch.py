"""Rows of a log that are joined and written together, without a record for each."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from generator.readers.logs.account import Account, Choice, Entry
from generator.records.benchmark import TaskType


class Stretch(NamedTuple):
    """Rows that follow one another and that their reader would all take."""

    names: Sequence[str]
    """Identifiers of the items, each once."""
    items: Sequence[bytes]
    """Items, each with a reference, as the lines that they would be, without a line feed."""
    predictions: Sequence[bytes]
    """Predictions, likewise."""
    scores: Sequence[float]
    """Scores, all finite."""
    kind: TaskType
    """What all answers look like."""
    entry: Callable[[int], Entry]
    """Gives a row as an entry, by its place, for when there is something odd about it after all."""

    def part(self, begin: int, end: int) -> "Stretch":
        """Return some of the rows."""
        rows, entry = slice(begin, end), self.entry
        return Stretch(
            self.names[rows],
            self.items[rows],
            self.predictions[rows],
            self.scores[rows],
            self.kind,
            lambda place: entry(begin + place),
        )


class StretchReader(Protocol):
    """Reads what a ``LogReader`` reads, and gives the same account of it.

    It tells what is sound alone: where anything is not, it leaves the log to the ``LogReader``.
    """

    def __call__(
        self, paths: Sequence[Path], choice: Choice, account: Account
    ) -> Iterator[Entry | Stretch]:
        """Yield the rows in the order of the files; see ``LogReader``."""
        ...
