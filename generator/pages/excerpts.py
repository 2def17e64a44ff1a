"""Long texts on a page: the evidence marked, what is too long cut in the middle, visibly."""

from collections.abc import Sequence

from generator.judging.finals import Span
from generator.pages.escaping import Html, escape, escape_long
from generator.pages.format import counted

LIMIT = 6_000
"""Characters of a text that a page shows at most, evidence beyond that aside."""
MOST_EVIDENCE = 2_000
"""Characters of one piece of evidence that a page shows at most."""
_AROUND = 200
"""Characters kept on either side of evidence that lies in the part cut out."""


def excerpt(text: str, evidence: Sequence[Span] = (), limit: int = LIMIT) -> Html:
    """Return a text for the body of an element.

    Args:
        text: Any text.
        evidence: Spans to mark; they may overlap, and are always shown. Of a span longer than
            ``MOST_EVIDENCE`` its two ends are shown.
        limit: Characters shown besides the evidence and what stands right around it.
    """
    size = len(text)
    marks = _merged([Span(min(s, size), min(e, size)) for s, e in evidence if min(e, size) > s])
    parts: list[str] = []
    place = 0
    for kept in _kept(size, marks, limit):
        parts.append(_cut(kept.start - place))
        parts.append(_marked(text, kept, marks))
        place = kept.end
    parts.append(_cut(size - place))
    return Html("".join(parts))


def _kept(size: int, marks: Sequence[Span], limit: int) -> list[Span]:
    """Return the parts of the text that are shown."""
    if size <= limit:
        return [Span(0, size)]
    half = limit // 2
    parts = [Span(0, half), Span(size - half, size)]
    for mark in marks:
        if mark.end - mark.start <= MOST_EVIDENCE:
            ends = [mark]
        else:
            end = MOST_EVIDENCE // 2
            ends = [Span(mark.start, mark.start + end), Span(mark.end - end, mark.end)]
        parts += [Span(max(0, s - _AROUND), min(size, e + _AROUND)) for s, e in ends]
    return _merged(parts)


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Return spans in order, those that overlap or touch as one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _marked(text: str, kept: Span, marks: Sequence[Span]) -> str:
    """Return one shown part with its evidence marked."""
    parts: list[str] = []
    place = kept.start
    for mark in marks:
        start, end = max(mark.start, place), min(mark.end, kept.end)
        if start >= end:
            continue
        parts.append(escape_long(text[place:start]))
        parts.append(f"<mark>{escape_long(text[start:end])}</mark>")
        place = end
    parts.append(escape_long(text[place : kept.end]))
    return "".join(parts)


def _cut(characters: int) -> str:
    """Return the sign that stands for characters left out."""
    if characters <= 0:
        return ""
    words = escape(f"[{counted(characters, 'character')} not shown]")
    return f'<span class="ea-cut">&#10;{words}&#10;</span>'
