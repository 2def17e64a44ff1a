"""Random choices that are the same on every Python.

Only :meth:`random.Random.random` is used: its sequence is guaranteed for a given integer seed,
while the algorithms of ``choice``, ``shuffle`` and their like may change between versions.
"""

import hashlib
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A stream of choices that belongs to a path: a seed, then names and numbers."""

    def __init__(self, *path: str | int) -> None:
        self._path = path
        digest = hashlib.sha256("/".join(map(str, self._path)).encode()).digest()
        # Not for secrets: the stream has to be repeatable.
        self._random = random.Random(int.from_bytes(digest[:16], "big"))  # noqa: S311

    def fork(self, *path: str | int) -> "Dice":
        """Return a stream of its own, whatever was drawn from this one before."""
        return Dice(*self._path, *path)

    def chance(self, rate: float) -> bool:
        """Return true with probability ``rate``."""
        return self._random.random() < rate

    def whole(self, low: int, high: int) -> int:
        """Return a whole number in [low, high]."""
        return low + int(self._random.random() * (high - low + 1))

    def pick(self, options: Sequence[T]) -> T:
        """Return one of the options, all equally likely."""
        return options[self.whole(0, len(options) - 1)]

    def weighted(self, options: Sequence[T], weights: Sequence[int]) -> T:
        """Return one of the options, as likely as its weight says."""
        mark = self.whole(1, sum(weights))
        for option, weight in zip(options, weights, strict=True):
            mark -= weight
            if mark <= 0:
                return option
        return options[-1]

    def shuffled(self, options: Sequence[T]) -> list[T]:
        """Return the options in a new order."""
        rest = list(options)
        return [rest.pop(self.whole(0, len(rest) - 1)) for _ in range(len(rest))]
