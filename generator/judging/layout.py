"""How a text is laid out against its brief: first and last line, headings, what stands outside."""

from collections.abc import Iterator
from typing import NamedTuple

from generator.judging.brief import Brief
from generator.judging.finals import Span

MOST_LINES = 2_000
_MARKS = " \t#*_:=>-`~.!"


class Line(NamedTuple):
    """A line that holds something."""

    start: int
    """Offset of its first character that is no space."""
    text: str
    """The line, without the spaces around it."""

    @property
    def end(self) -> int:
        """Offset after its last character that is no space."""
        return self.start + len(self.text)

    @property
    def bare(self) -> str:
        """The line without the marks around it, in small letters."""
        return bare(self.text)


class Layout(NamedTuple):
    """A text, divided by what its brief says of its lines."""

    lines: tuple[Line, ...]
    """Its lines."""
    first: int | None
    """Place of the line that is to be the first; none where there is none, or none is asked for."""
    last: int | None
    """The same for the last line."""

    @property
    def core(self) -> Span:
        """From the line that is to be first to the one that is to be last, as far as there are."""
        if not self.lines:
            return Span(0, 0)
        start = self.lines[0 if self.first is None else self.first].start
        return Span(start, self.lines[-1 if self.last is None else self.last].end)


def bare(text: str) -> str:
    """Return a line without the marks around it, in small letters."""
    return text.strip(_MARKS).lower()


def layout_of(brief: Brief, text: str) -> Layout:
    """Divide a text by what its brief says of its first and its last line."""
    lines = tuple(_lines(text))
    first = last = None
    if brief.opening:
        due = bare(brief.opening)
        first = next((place for place, line in enumerate(lines) if line.bare == due), None)
    if brief.ending:
        due = bare(brief.ending)
        places = [place for place, line in enumerate(lines) if line.bare == due]
        closes = bool(places) and places[-1] == len(lines) - 1
        # Where the text does not end with it, it goes on from where it stands first.
        last = places[-1] if closes else next(iter(places), None)
    return Layout(lines, first, last)


def headings_in(brief: Brief, layout: Layout) -> dict[str, list[Line]]:
    """Return the lines that are headings asked for, by heading, however they are marked."""
    within = layout.core
    lines = [line for line in layout.lines if within.start <= line.start < within.end]
    return {
        heading: [line for line in lines if line.bare == bare(heading)]
        for heading in brief.headings
    }


def other_headings(brief: Brief, layout: Layout) -> Iterator[Line]:
    """Yield the headings that are not asked for, marked as those that are."""
    marks = {heading.split(" ")[0] for heading in brief.headings}
    if len(marks) != 1 or not (mark := marks.pop()).startswith("#"):
        return
    asked = {bare(heading) for heading in brief.headings}
    within = layout.core
    for line in layout.lines:
        if line.text.split(" ")[0] == mark and line.bare not in asked and line.start < within.end:
            yield line


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for whole in text.split("\n")[:MOST_LINES]:
        held = whole.strip()
        if held:
            yield Line(start + whole.index(held), held)
        start += len(whole) + 1
