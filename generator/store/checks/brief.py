"""The same fault in many rows of a binary file, told briefly."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.errors import Problem
from generator.store.problems import visible

SHOWN = 20
"""Rows of one fault that are reported one by one."""


class Fault(NamedTuple):
    """What is wrong with rows of a file."""

    field: str
    """Column."""
    wrong: str
    """What is wrong."""
    mend: str
    """How to mend it."""


def rows_at_fault(name: str, fault: Fault, values: Iterable[object]) -> Iterator[Problem]:
    """Yield a problem for each of the first rows, and one with the number of the others.

    Args:
        name: Path of the file as messages show it.
        fault: What is wrong with the rows.
        values: One value a row that tells which row it is.
    """
    count = 0
    for value in values:
        count += 1
        if count <= SHOWN:
            yield Problem(name, 0, fault.field, visible(value), fault.wrong, fault.mend)
    if count > SHOWN:
        yield Problem(name, 0, fault.field, f"{count - SHOWN:,} more", fault.wrong, fault.mend)
