"""Finds a judge's quotes in an output, word for word but for blanks; offsets are ours."""

import itertools
from array import array
from collections.abc import Sequence
from typing import NamedTuple

from generator.judging.fence import plain
from generator.judging.speech import Passage


class Place(NamedTuple):
    """Where a quote stands in the output, in code points."""

    start: int
    end: int


class Quotable:
    """What the model said, in which quotes are looked up, read once for all of them."""

    def __init__(self, output: str, passages: Sequence[Passage] = ()) -> None:
        """Prepare to look quotes up.

        Args:
            output: The output.
            passages: Parts of it that the model wrote; all of it where none are given.
        """
        spans = [(part.start, part.end) for part in passages] or [(0, len(output))]
        self._parts = [_Part(output, start, end) for start, end in spans]

    def find(self, quote: str) -> Place | None:
        """Return the first place of a quote, none where it does not stand in the output.

        Blanks are passed over: lines are broken otherwise in a copy, and tokens of chat formats
        were shown with a space in them. A quote lies within one part.
        """
        wanted = plain(quote).strip()
        if not wanted:
            return None
        exact = (part.exact(wanted) for part in self._parts)
        packed = (part.packed(wanted) for part in self._parts)
        return next(filter(None, itertools.chain(exact, packed)), None)

    def length(self, place: Place | None = None) -> int:
        """Return how many characters a place, or all of it, has; runs of blanks as one."""
        texts = [part.within(place) for part in self._parts]
        return len(" ".join(" ".join(texts).split()))


class _Part:
    """A part of an output."""

    def __init__(self, output: str, start: int, end: int) -> None:
        self._start = start
        self._text = plain(output[start:end])
        self._packed: str | None = None
        self._offsets = array("L")

    def exact(self, wanted: str) -> Place | None:
        """Return where a quote stands letter by letter."""
        at = self._text.find(wanted)
        return None if at < 0 else Place(self._start + at, self._start + at + len(wanted))

    def packed(self, wanted: str) -> Place | None:
        """Return where a quote stands but for its blanks."""
        if self._packed is None:
            self._offsets.extend(i for i, sign in enumerate(self._text) if not sign.isspace())
            self._packed = "".join(self._text.split())
        wanted = "".join(wanted.split())
        at = self._packed.find(wanted)
        if at < 0:
            return None
        first, last = self._offsets[at], self._offsets[at + len(wanted) - 1]
        return Place(self._start + first, self._start + last + 1)

    def within(self, place: Place | None) -> str:
        """Return what of a place, or all, lies in this part."""
        if place is None:
            return self._text
        start, end = place.start - self._start, place.end - self._start
        return self._text[max(0, start) : max(0, end)]
