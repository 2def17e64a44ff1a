"""Fields of the pages that a script fills: what can be chosen, under which key of the address."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """Something that can be chosen, or what is said of it."""

    value: str
    """As in the address."""
    name: str
    """As shown."""


@dataclass(frozen=True)
class Field:
    """A field of a form."""

    key: str
    """As in the address."""
    name: str
    """As shown."""
    options: tuple[Option, ...]
    """What can be chosen."""


def options(values: Iterable[tuple[str, str]]) -> tuple[Option, ...]:
    """Return options from pairs of value and name."""
    return tuple(Option(value, name) for value, name in values)
