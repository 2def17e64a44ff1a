"""What arguments hold, as a hash: equal ones have the same, in whatever process."""

import copyreg
import hashlib
import pickle
from collections.abc import Callable
from typing import Any, TypeVar

import pandas as pd
from pydantic import BaseModel

Argument = TypeVar("Argument")

_PROTOCOL = 5


def digest(about: object) -> str:
    """Return the hash of everything that something holds.

    Args:
        about: Values that can be pickled, tables and records among them.
    """
    told = _Digest()
    writer = _Teller(told, protocol=_PROTOCOL)
    # By value alone: whether two equal texts are one object differs from build to build.
    writer.fast = True
    writer.dispatch_table = {**copyreg.dispatch_table, **_TOLD}
    writer.dump(about)
    return told.hash.hexdigest()


class _Digest:
    """A file that keeps no more than the hash of what is written: arguments can be large."""

    def __init__(self) -> None:
        self.hash = hashlib.sha256()

    def write(self, data: bytes | pickle.PickleBuffer) -> int:
        """Take the next bytes; large arrays come as they lie in memory."""
        plain = data.raw() if isinstance(data, pickle.PickleBuffer) else memoryview(data)
        self.hash.update(plain)
        return plain.nbytes


def _told(frame: pd.DataFrame) -> tuple[type, tuple[tuple[Any, ...]]]:
    """Return what a table holds, for its hash: a text that stands in many rows is told once."""
    columns = [_column(frame.iloc[:, place]) for place in range(frame.shape[1])]
    return tuple, ((list(frame.columns), list(map(str, frame.dtypes)), frame.index, columns),)


def _column(column: pd.Series) -> object:
    """Return what a column holds; *missing* is told, but not in which way."""
    values = column.array
    if isinstance(values, pd.arrays.NumpyExtensionArray) and column.dtype != object:
        return values.to_numpy()
    try:
        codes, unique = column.factorize()
    except TypeError:  # what cannot be looked up, such as the tags of an item
        return list(values)
    return codes, list(unique)


_TOLD: dict[type, Callable[[Any], tuple[type, tuple[object]]]] = {pd.DataFrame: _told}


def told_as(kind: type[Argument], tells: Callable[[Argument], object]) -> None:
    """Say what an argument of a kind holds, for its hash, where that is not all it has hold of.

    Args:
        kind: The kind.
        tells: Returns what one of them holds.
    """
    _TOLD[kind] = lambda one: (tuple, ((kind.__qualname__, tells(one)),))


class _Teller(pickle.Pickler):
    """Tells arguments for their hash."""

    def reducer_override(self, one: object) -> Any:
        """Return what a record holds without which fields were given, a set in any order."""
        if isinstance(one, BaseModel):
            return tuple, ((type(one).__qualname__, one.__dict__),)
        return NotImplemented
