"""The fields of a foreign object, asked for by name and type."""

import math
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn, TypeVar

from generator.errors import Problem
from generator.readers.logs.account import BadRowError, Spot
from generator.store.problems import visible

MEND = "correct the row, or leave bad rows out with --skip-bad"

Kind = TypeVar("Kind")


class Fields:
    """An object of a log and where it stands."""

    def __init__(self, spot: Spot, value: object, within: str = "") -> None:
        if not isinstance(value, dict):
            raise bad(spot, within or "-", value, "an object is expected")
        self.spot, self.raw, self.within = spot, value, within

    def __contains__(self, name: str) -> bool:
        return self.raw.get(name) is not None

    def fault(self, name: str, wrong: str, mend: str = MEND) -> NoReturn:
        """Refuse the row for a field."""
        raise bad(self.spot, self._dotted(name), self.raw.get(name, ""), wrong, mend)

    def text(self, name: str) -> str:
        """Return a text that must be there; it may be empty."""
        value = self.raw.get(name)
        return value if isinstance(value, str) else self._missing(name, "a text")

    def optional(self, name: str) -> str | None:
        """Return a text; None where there is none."""
        return self.text(name) if name in self else None

    def name(self, name: str) -> str:
        """Return a text or whole number that must be there and names something."""
        value = self.raw.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return (
            value if isinstance(value, str) and value else self._missing(name, "a text or number")
        )

    def number(self, name: str) -> float:
        """Return a finite number, true and false being 1 and 0."""
        value = self.raw.get(name)
        number = finite(value)
        return self._missing(name, "a number") if number is None else number

    def count(self, name: str) -> int | None:
        """Return a whole number of at least 0; None where there is none."""
        value = self.raw.get(name)
        return (
            value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
        )

    def truth(self, name: str) -> bool | None:
        """Return true or false; None where there is neither."""
        value = self.raw.get(name)
        return value if isinstance(value, bool) else None

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; none where the field is missing."""
        values = self.items(name)
        if not all(isinstance(value, str) for value in values):
            self.fault(name, "a list of texts is expected")
        return tuple(values)

    def items(self, name: str) -> list[Any]:
        """Return a list; empty where the field is missing."""
        value = self.raw.get(name)
        if value is None:
            return []
        return value if isinstance(value, list) else self._missing(name, "a list")

    def inner(self, name: str) -> "Fields":
        """Return an object that must be there."""
        return Fields(self.spot, self.raw.get(name), self._dotted(name))

    def each(self, name: str) -> Iterator["Fields"]:
        """Yield the objects of a list."""
        for number, value in enumerate(self.items(name)):
            yield Fields(self.spot, value, f"{self._dotted(name)}.{number}")

    def _dotted(self, name: str) -> str:
        return f"{self.within}.{name}" if self.within else name

    def _missing(self, name: str, expected: str) -> NoReturn:
        if name not in self:
            self.fault(name, f"{expected} is expected, the field is missing or null")
        self.fault(name, f"{expected} is expected")


def bad(spot: Spot, name: str, value: object, wrong: str, mend: str = MEND) -> BadRowError:
    """Return the error for a value of a row."""
    return BadRowError(Problem(spot.path, spot.line, name, visible(value), wrong, mend))


def finite(value: object) -> float | None:
    """Return a finite number, true and false being 1 and 0; None where the value is none."""
    if not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def mapping(value: object) -> Mapping[str, Any]:
    """Return a value as a mapping; an empty one where it is none."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[Any]:
    """Return a value as a list; an empty one where it is none."""
    return value if isinstance(value, list) else []
