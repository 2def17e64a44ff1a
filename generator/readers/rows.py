"""What a reader gives, and how it refuses a row it does not understand."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from generator.errors import InputError, Problem
from generator.records.benchmark import Item
from generator.records.prediction import Prediction

_SHOWN = 60


class Row(NamedTuple):
    """One item as the file has it, and what the model put out for it."""

    item: Item
    """The item; the same id may carry another text or reference in another file."""
    prediction: Prediction
    """The prediction, its score within the benchmark's range."""


OnDrop = Callable[[str], None]
"""Called with the reason for each entry of a file that is no row and was passed over."""


class RowError(InputError):
    """A row is not what its reader knows."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        path, row, field, value, wrong, mend = problem
        super().__init__(f"{path}: row {row}: {field}: {value}: {wrong}: {mend}")

    def __reduce__(self) -> tuple[type["RowError"], tuple[Problem]]:
        """Return what makes the same error again in another process."""
        return type(self), (self.problem,)


OnBad = Callable[[RowError], None]
"""Called with the error for each row that is not as described, which is passed over then."""


class Reader(Protocol):
    """Reads the files of one run in a foreign format.

    Records are built without validating a second time: a reader checks every field it takes.
    """

    def __call__(
        self,
        paths: Mapping[str, Path],
        select: str | None,
        on_drop: OnDrop | None = None,
        on_bad: OnBad | None = None,
    ) -> Iterator[Row]:
        """Yield rows in the order of the files.

        Args:
            paths: the files by the names that ``benchmark.yml`` gives them.
            select: which system, where the files hold several; else None.
            on_drop: hears of entries that were passed over.
            on_bad: hears of rows that are not what the reader knows; the first ends the reading
                where nobody listens.

        Raises:
            InputError: a file is not what the reader knows; names file, row, field and value.
        """
        ...


def sound(read: Callable[[], Row], on_bad: OnBad | None) -> Row | None:
    """Return a row; None where it is not what the reader knows and somebody listens.

    Raises:
        RowError: Nobody listens.
    """
    try:
        return read()
    except RowError as error:
        if on_bad is None:
            raise
        on_bad(error)
        return None


def only(paths: Mapping[str, Path]) -> Path:
    """Return the one file of a run whose format keeps it in a single file.

    Raises:
        InputError: there are several.
    """
    if len(paths) != 1:
        msg = f"source.files: {', '.join(paths)}: one file holds a whole run: name one in run.yml"
        raise InputError(msg)
    return next(iter(paths.values()))


class Place(NamedTuple):
    """A row of a file, for messages."""

    path: Path
    """File."""
    row: int
    """Row, counted from 1."""

    def fault(self, field: str, value: object, wrong: str) -> RowError:
        """Return the error for a value; the value is shown as one short line of ASCII."""
        text = ascii(value)
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
        mend = "the reader was written for another revision of this file"
        return RowError(Problem(str(self.path), self.row, field, shown, wrong, mend))

    def text(self, fields: Mapping[str, Any], name: str, *, filled: bool = False) -> str:
        """Return a field that must be text, and where ``filled``, more than white space."""
        value = fields.get(name)
        if not isinstance(value, str):
            raise self.fault(name, value, "text expected")
        if filled and not value.strip():
            raise self.fault(name, value, "text expected, not nothing")
        return value
