"""Two tables of texts held against each other, row by row."""

import math
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from generator.store.problems import visible

RELATIVE = 2e-5
"""How far two numbers with six significant digits may be apart: other systems round otherwise."""
ABSOLUTE = 1e-9
_ABSENT = "no such row"


class Difference(NamedTuple):
    """A place at which a package does not say what follows from it."""

    file: str
    """File."""
    row: str
    """Values that tell the row from others, slashes between; ``-`` for the file as a whole."""
    column: str
    """Column, ``-`` for the row as a whole."""
    published: str
    """What the package says."""
    derived: str
    """What follows from its rows."""


def differences(
    file: str, published: pd.DataFrame, derived: pd.DataFrame, keys: tuple[str, ...]
) -> Iterator[Difference]:
    """Yield the places where two tables differ; further columns of the first are passed over.

    Args:
        file: Name of the file.
        published: What it says, every value a text.
        derived: What it should say.
        keys: Columns that tell rows apart.
    """
    for column in derived.columns:
        if column not in published.columns:
            yield Difference(file, "-", str(column), "no such column", "")
            return
    said, due = (_by_row(frame, keys) for frame in (published, derived))
    for row in said.index[said.index.duplicated()].unique():
        yield Difference(file, visible(row, 200), "-", "there twice", "once")
    said, due = (frame[~frame.index.duplicated()] for frame in (said, due))
    for row in due.index.difference(said.index, sort=False):
        yield Difference(file, visible(row, 200), "-", _ABSENT, "a row")
    for row in said.index.difference(due.index, sort=False):
        yield Difference(file, visible(row, 200), "-", "a row", _ABSENT)
    both = due.index.intersection(said.index, sort=False)
    for name in derived.columns:
        if name in keys:
            continue
        one, other = said.loc[both, name], due.loc[both, name]
        for row in both[(one != other).to_numpy(bool)]:
            pair = str(one[row]), str(other[row])
            if not _close(*pair):
                yield Difference(file, visible(row, 200), str(name), visible(pair[0]), pair[1])


def _by_row(frame: pd.DataFrame, keys: tuple[str, ...]) -> pd.DataFrame:
    """Return a table by the values that tell its rows apart."""
    joined = frame[keys[0]].astype(str)
    for key in keys[1:]:
        joined = joined + "/" + frame[key].astype(str)
    return frame.set_index(pd.Index(joined, dtype=object))


def _close(one: str, other: str) -> bool:
    """Tell whether two texts are the same number but for its last digits; counts are exact."""
    if "." not in one + other and "e" not in one + other:
        return False
    try:
        return math.isclose(float(one), float(other), rel_tol=RELATIVE, abs_tol=ABSOLUTE)
    except ValueError:
        return False
