"""Finds a judge's quotes in an output, word for word but for blanks; offsets are ours."""

from array import array
from typing import NamedTuple

from generator.judging.fence import plain


class Place(NamedTuple):
    """Where a quote stands in the output, in code points."""

    start: int
    end: int


class Quotable:
    """An output in which quotes are looked up, read once for all of them."""

    def __init__(self, output: str) -> None:
        self._text = plain(output)
        self._packed: str | None = None
        self._offsets = array("L")

    def find(self, quote: str) -> Place | None:
        """Return the first place of a quote, none where it does not stand in the output.

        Blanks are passed over: lines are broken otherwise in a copy, and tokens of chat formats
        were shown with a space in them.
        """
        wanted = plain(quote).strip()
        if not wanted:
            return None
        at = self._text.find(wanted)
        if at >= 0:
            return Place(at, at + len(wanted))
        if self._packed is None:
            self._offsets.extend(i for i, sign in enumerate(self._text) if not sign.isspace())
            self._packed = "".join(self._text.split())
        wanted = "".join(wanted.split())
        at = self._packed.find(wanted)
        if at < 0:
            return None
        return Place(self._offsets[at], self._offsets[at + len(wanted) - 1] + 1)

    def length(self, place: Place | None = None) -> int:
        """Return how many characters a place, or the whole output, has; runs of blanks as one."""
        text = self._text if place is None else self._text[place.start : place.end]
        return len(" ".join(text.split()))
