"""What chooses how an input is broken: a seed, or the bytes that a coverage-guided fuzzer draws."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

Kind = TypeVar("Kind")


class Dice(Protocol):
    """What is asked of it; ``random.Random`` has all of this."""

    def randint(self, low: int, high: int) -> int:
        """Return a number between two, both included."""

    def randrange(self, stop: int) -> int:
        """Return a number from 0, below another."""

    def random(self) -> float:
        """Return a number in [0, 1)."""

    def choice(self, options: Sequence[Kind]) -> Kind:
        """Return one of several."""


class ByteDice:
    """Dice that fall as bytes say, and on their first side once there are no more bytes.

    Two bytes are one throw, so that a byte changed by the fuzzer changes one choice and leaves
    those before and after it.
    """

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def _throw(self) -> int:
        thrown = int.from_bytes(self._data[self._at : self._at + 2], "little")
        self._at += 2
        return thrown

    def randint(self, low: int, high: int) -> int:
        return low + self.randrange(high - low + 1)

    def randrange(self, stop: int) -> int:
        return (self._throw() if stop <= 1 << 16 else self._throw() << 16 | self._throw()) % stop

    def random(self) -> float:
        return self._throw() / (1 << 16)

    def choice(self, options: Sequence[Kind]) -> Kind:
        return options[self.randrange(len(options))]
