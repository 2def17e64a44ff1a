"""The first step of a replayed task that does not follow."""

from typing import NamedTuple

from generator.judging.finals import Span


class Slip(NamedTuple):
    """Where an output leaves what its task determines step by step."""

    kind: str
    """What went wrong, a key of the rules that replay."""
    span: Span
    """The step."""


class Line(NamedTuple):
    """A line of an output, in code points."""

    start: int
    end: int
    text: str


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text with their places, blank ones left out."""
    found: list[Line] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Line(at, at + len(line), line))
        at += len(line) + 1
    return found
