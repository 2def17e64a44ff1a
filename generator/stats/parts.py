"""Small tables, of which there are thousands: rows of columns that are held once.

A table of its own for each composition took some ten times the memory of its numbers, and to read
it took longer than what was done with it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
import pandas as pd

from generator.store.told import told_as

Key = TypeVar("Key")


class Part(NamedTuple):
    """Some rows of columns that others have parts of as well."""

    columns: Mapping[str, np.ndarray]
    """All rows of each column."""
    first: int
    """The first row of the part."""
    many: int
    """How many rows it has."""

    def column(self, name: str) -> np.ndarray:
        """Return the values of a column, which are not to be changed."""
        values: np.ndarray = self.columns[name][self.first : self.first + self.many]
        return values

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows, each by column name, with Python's own numbers and texts."""
        names = list(self.columns)
        values = [self.column(name).tolist() for name in names]
        return [dict(zip(names, row, strict=True)) for row in zip(*values, strict=True)]

    def row(self, name: str, value: object) -> dict[str, Any]:
        """Return the first row that has a value in a column; there has to be one."""
        return self.at(self.column(name).tolist().index(value))

    def at(self, place: int) -> dict[str, Any]:
        """Return one row, counted from 0."""
        return {name: column.item(self.first + place) for name, column in self.columns.items()}

    def table(self) -> pd.DataFrame:
        """Return a table of its own."""
        return pd.DataFrame({name: self.column(name) for name in self.columns})


def _plain(values: np.ndarray) -> tuple[str, object]:
    """Return what an array holds as bytes or a list: whole arrays take longer to tell."""
    return values.dtype.str, values.tolist() if values.dtype == object else values.tobytes()


# Its own rows, of columns that thousands of others have parts of.
told_as(Part, lambda part: [(name, *_plain(part.column(name))) for name in part.columns])


def parts_by_run(table: pd.DataFrame) -> dict[tuple[str, str], Part]:
    """Return the rows of each run by benchmark and model, in their order.

    Args:
        table: Rows with benchmark and model.
    """
    runs = table.groupby(["benchmark", "model"], observed=True)
    ordered = np.argsort(runs.ngroup().to_numpy(), kind="stable")
    columns = {str(name): _values(table[name])[ordered] for name in table.columns}
    found, first = {}, 0
    for key, many in runs.size().items():
        benchmark, model = cast("tuple[str, str]", key)
        found[benchmark, model] = Part(columns, first, many)
        first += many
    return found


def _values(column: pd.Series) -> np.ndarray:
    """Return the values of a column; a text that stands in many rows is one object."""
    if not pd.api.types.is_string_dtype(column.dtype):
        return column.to_numpy()
    places, texts = pd.factorize(column)
    values: np.ndarray = np.array([*texts, np.nan], dtype=object)[places]
    return values


def part_of(table: pd.DataFrame) -> Part:
    """Return a whole table as a part."""
    return Part({str(name): _values(table[name]) for name in table.columns}, 0, len(table))


def whole_of(columns: Mapping[str, np.ndarray]) -> Part:
    """Return all rows of columns."""
    return Part(columns, 0, len(next(iter(columns.values()))))


def stacked(parts: Sequence[Part]) -> pd.DataFrame:
    """Return parts with the same columns as one table, one after the other."""
    return pd.DataFrame(
        {name: np.concatenate([part.column(name) for part in parts]) for name in parts[0].columns}
    )


class Parts(Mapping[Key, pd.DataFrame]):
    """Tables by what they are of, made when they are asked for."""

    def __init__(self, parts: Mapping[Key, Part]) -> None:
        self.parts = parts

    def __getitem__(self, key: Key) -> pd.DataFrame:
        return self.parts[key].table()

    def __iter__(self) -> Iterator[Key]:
        return iter(self.parts)

    def __len__(self) -> int:
        return len(self.parts)
