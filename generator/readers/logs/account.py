"""What a reader of logs is asked for, and the account it gives of what it read."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple, Protocol

from generator.errors import InputError, Problem
from generator.records.benchmark import Item
from generator.records.prediction import Prediction, Setting
from generator.store.problems import visible

KEPT = 20
"""Problems, and places of dropped rows, that are kept for each cause; the rest is counted."""


class Spot(NamedTuple):
    """Where a row stands in the user's files."""

    path: str
    """File, as the user named it."""
    line: int
    """Line, or number of the row in a file of one document, counted from 1."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


class BadRowError(Exception):
    """A row that is not as its format says; caught where rows are counted."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Entry(NamedTuple):
    """One row of a log."""

    spot: Spot
    """Where it stands."""
    item: Item | None
    """The item as the log has it; None where the log does not hold what was asked."""
    prediction: Prediction
    """What the model put out."""
    correct: bool | None = None
    """Whether the log itself calls it right, where it says so beside the score."""


@dataclass(frozen=True)
class Choice:
    """What the user chose of a log that holds more than one run."""

    select: str | None = None
    """Task, evaluation or system, by the log's name for it."""
    log_model: str | None = None
    """Model, by the log's name for it."""
    metric: str | None = None
    """Which of several scores counts."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Columns of a plain table by what they hold."""
    rows: Callable[[Path], Iterator[tuple[Spot, object]]] | None = None
    """What gives the rows of a plain table, where several runs are taken from it."""


@dataclass
class Account:
    """Rows in, rows dropped and why, and what the log knows of its run; filled while reading."""

    rows: int = 0
    """Rows that were looked at."""
    dropped: Counter[str] = field(default_factory=Counter)
    """Rows passed over, by the reason."""
    places: dict[str, list[str]] = field(default_factory=dict)
    """Where the first rows of each reason stand."""
    problems: list[Problem] = field(default_factory=list)
    """The first rows of each cause that are not as their format says."""
    faults: Counter[str] = field(default_factory=Counter)
    """All such rows, by the cause."""
    notes: Counter[str] = field(default_factory=Counter)
    """What was left out of rows that were taken, or is odd about them."""
    facts: dict[str, str] = field(default_factory=dict)
    """What the log knows: ``harness``, ``version``, ``date``, ``prompt``, ``model``, ``task``,
    ``metric``."""
    generation: dict[str, Setting] = field(default_factory=dict)
    """Generation settings."""

    def drop(self, spot: Spot, why: str) -> None:
        """Count a row that is sound but no prediction to be counted."""
        self.dropped[why] += 1
        places = self.places.setdefault(why, [])
        if len(places) < KEPT:
            places.append(str(spot))

    def fault(self, problem: Problem) -> None:
        """Count a row that is not as its format says."""
        self.faults[problem.wrong] += 1
        if self.faults[problem.wrong] <= KEPT:
            self.problems.append(problem)

    def know(self, **facts: object) -> None:
        """Keep what the log says of its run; what it says first stands."""
        for name, value in facts.items():
            text = "" if value is None else str(value).strip()
            if name != "prompt":
                text = " ".join(text.split())
            if text and name not in self.facts:
                self.facts[name] = text

    def know_day(self, value: object) -> None:
        """Keep the day of the run: seconds since 1970, or a text that begins with the date."""
        day = None
        try:
            if isinstance(value, int | float) and not isinstance(value, bool):
                day = datetime.fromtimestamp(value, UTC).date()
            elif isinstance(value, str) and value.replace(".", "", 1).isdecimal():
                day = datetime.fromtimestamp(float(value), UTC).date()
            elif isinstance(value, str):
                day = date.fromisoformat(value[:10])
        except (ValueError, OverflowError, OSError):
            day = None
        if day is not None:
            self.know(date=day.isoformat())

    def settings(self, found: Mapping[str, object] | None) -> None:
        """Keep those settings that are one value each."""
        for name, value in (found or {}).items():
            if isinstance(value, str | int | float | bool) and name not in self.generation:
                self.generation[name] = value
            elif isinstance(value, list) and value and all(isinstance(one, str) for one in value):
                self.generation.setdefault(name, " | ".join(repr(one) for one in value))

    def rows_of(
        self, spots: Iterator[tuple[Spot, object]], read: Callable[[Spot, object], Entry | None]
    ) -> Iterator[Entry]:
        """Count rows, and yield what is made of them; a bad one is kept as a problem.

        ``read`` gives None for a row that it dropped.
        """
        for spot, value in spots:
            self.rows += 1
            if isinstance(value, BadRowError):
                self.fault(value.problem)
                continue
            try:
                entry = read(spot, value)
            except BadRowError as error:
                self.fault(error.problem)
                continue
            if entry is not None:
                yield entry

    def one_of(self, what: str, option: str, value: str) -> None:
        """Hold that a log speaks of one thing only, where nothing was chosen.

        Raises:
            InputError: It speaks of a second.
        """
        before = self.facts.setdefault(what, value)
        if before != value:
            msg = (
                f"the log holds more than one {what}: {visible(before)} and {visible(value)}: "
                f"choose one with {option}"
            )
            raise InputError(msg)


class LogReader(Protocol):
    """Reads the logs of one run in a foreign format, row by row.

    What is in a row is checked here, once. A row that is not as the format says is told to the
    account, as is one that is sound but no prediction; reading goes on.
    """

    def __call__(self, paths: Sequence[Path], choice: Choice, account: Account) -> Iterator[Entry]:
        """Yield entries in the order of the files.

        Args:
            paths: Files or folders, as the user named them.
            choice: What the user chose of them.
            account: Is filled while rows are read.

        Raises:
            InputError: A file as a whole is not of this format, or a choice is missing.
        """
        ...
