"""Whether a text meets its brief, and what is wrong with it where it does not.

What a brief requires is read by patterns, which can misread it. A text that the benchmark itself
counts as right is the check: what all of those break is no requirement.
"""

import itertools
import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from generator.judging.brief import Brief, Length, brief_of
from generator.judging.finals import Span
from generator.judging.layout import Layout, bare, headings_in, layout_of, other_headings

MOST_REFERENCES = 3
_LOWER = frozenset({"at least", "no fewer than", "no less than", "a minimum of"})
_UPPER = frozenset({"at most", "no more than", "up to", "a maximum of"})
_BELOW = frozenset({"fewer than", "less than", "under"})
_SENTENCE = re.compile(r"[^\s.!?][^.!?]{0,2000}[.!?]+(?=[\s\"'”’)*]|$)")  # noqa: RUF001
_BULLET = re.compile(r"(?m)^\s{0,8}(?:[-*•]|\d{1,2}[.)])\s")
_HEADING = re.compile(
    r"(?m)^\s{0,3}(?:#{1,6}\s|\*\*[^*\n]{1,80}\*\*\s{0,4}$|(?:section|part)\s\w{1,8}\b)",
    re.IGNORECASE,
)


class Unmet(NamedTuple):
    """A requirement that an output does not meet."""

    kind: str
    """``length``, ``words``, ``parts`` or ``form`` for what is not there or not so; ``extra`` or
    ``runs-on`` for too much; ``repeated`` or ``misordered`` parts; ``wrapped`` or ``marked`` for
    the right text in a wrong dress; ``unrelated`` for a text that meets nothing that it has to
    hold."""
    span: Span
    """Where it shows; all of the output for what is missing."""


class _Fault(NamedTuple):
    """A requirement that a text breaks."""

    name: str
    """What tells the requirement from the others of the brief."""
    unmet: Unmet


def unmet(task: str, output: str, references: Sequence[str] = ()) -> tuple[Unmet, ...]:
    """Return the requirements of a writing task that its output does not meet, in order.

    Args:
        task: What was asked.
        output: The output as far as it is read.
        references: Texts that the benchmark counts as right, if any.
    """
    brief = brief_of(task)
    found = list(_faults(brief, output))
    if found and references:
        misread = _broken(brief, references[0])
        for reference in references[1:MOST_REFERENCES]:
            misread &= _broken(brief, reference)
        found = [] if "any" in misread else [f for f in found if f.name not in misread]
    return tuple(sorted((fault.unmet for fault in found), key=lambda one: one.span.start))


def _broken(brief: Brief, text: str) -> set[str]:
    """Return the names of the requirements that a text breaks."""
    return {fault.name for fault in _faults(brief, text)}


def _faults(brief: Brief, text: str) -> Iterator[_Fault]:
    layout = layout_of(brief, text)
    whole = Span(0, len(text.rstrip()))
    if not _attempted(brief, layout, text):
        yield _Fault("any", Unmet("unrelated", whole))
        return
    core = layout.core
    within = text[core.start : core.end]
    parts = list(_parts(brief, layout, whole))
    yield from parts
    yield from _ends(brief, layout, whole)
    surplus = any(fault.unmet.kind in {"extra", "repeated"} for fault in parts)
    for fault in _contents(brief, within, surplus=surplus):
        # What is missing shows in the whole text; what is there, where it is.
        span = fault.unmet.span
        shifted = Span(span.start + core.start, span.end + core.start) if span.end else whole
        yield fault._replace(unmet=Unmet(fault.unmet.kind, shifted))


def _attempted(brief: Brief, layout: Layout, text: str) -> bool:
    """Tell whether a text meets any of what it has to hold; if not, it is something else."""
    held = [bool(lines) for lines in headings_in(brief, layout).values()]
    held += [word in text.lower() for word in brief.required]
    held += [layout.first is not None] * (brief.opening is not None)
    held += [layout.last is not None] * (brief.ending is not None)
    return len(held) < 2 or any(held)  # noqa: PLR2004  one alone says little


def _parts(brief: Brief, layout: Layout, whole: Span) -> Iterator[_Fault]:
    """Yield what is wrong with the sections."""
    found = headings_in(brief, layout)
    for heading, lines in found.items():
        if not lines:
            yield _Fault(f"section {heading}", Unmet("parts", whole))
        elif len(lines) > 1:
            yield _Fault("once", Unmet("repeated", Span(lines[1].start, lines[1].end)))
        elif lines[0].text != heading and bare(heading) != heading.lower():
            yield _Fault("marks", Unmet("marked", Span(lines[0].start, lines[0].end)))
    firsts = [lines[0] for lines in found.values() if lines]
    if brief.ordered:
        for before, line in itertools.pairwise(firsts):
            if line.start < before.start:
                yield _Fault("order", Unmet("misordered", Span(line.start, line.end)))
                break
    if brief.closed:
        for line in other_headings(brief, layout):
            yield _Fault("closed", Unmet("extra", Span(line.start, line.end)))


def _ends(brief: Brief, layout: Layout, whole: Span) -> Iterator[_Fault]:
    """Yield what is wrong at the beginning and at the end."""
    lines, first, last = layout.lines, layout.first, layout.last
    if brief.opening is not None:
        if first is None:
            if not (lines and lines[0].text.lower().startswith(brief.opening.lower())):
                yield _Fault("opening", Unmet("words", whole))
        elif first > 0:
            yield _Fault("opening", Unmet("wrapped", Span(0, lines[first].end)))
        elif lines[0].text != brief.opening and bare(brief.opening) != brief.opening.lower():
            yield _Fault("opening", Unmet("marked", Span(lines[0].start, lines[0].end)))
    if brief.ending is None:
        return
    due = _last_words(brief.ending)
    after = [] if last is None else [line for line in lines[last + 1 :] if line.bare]
    if after:
        yield _Fault("ending", Unmet("runs-on", Span(after[0].start, whole.end)))
    elif last is None and due and not (lines and _last_words(lines[-1].text).endswith(due)):
        yield _Fault("ending", Unmet("words", Span(max(0, whole.end - 200), whole.end)))


def _last_words(text: str) -> str:
    return re.sub(r"[\W_]+$", "", text.lower())


_NOWHERE = Span(0, 0)


def _contents(brief: Brief, text: str, *, surplus: bool) -> Iterator[_Fault]:
    """Yield what is wrong within the text; the span is empty for what is missing."""
    for length in brief.lengths:
        count = _COUNTS[length.unit](text)
        # What is too much because of a part too many is that part's fault.
        if not _within(count, length) and not (surplus and count > length.number):
            kind = "length" if length.unit in {"word", "sentence"} else "parts"
            yield _Fault(f"length {length}", Unmet(kind, _NOWHERE))
    lowered = text.lower()
    for word in brief.forbidden:
        place = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", lowered)
        if place is not None:
            yield _Fault(f"without {word}", Unmet("words", Span(place.start(), place.end())))
    for word in brief.required:
        if word not in lowered:
            yield _Fault(f"with {word}", Unmet("words", _NOWHERE))
    yield from _forms(brief, text)


def _within(count: int, length: Length) -> bool:
    """Tell whether a count keeps a bound; counts of words differ a little between counters."""
    number, bound = length.number, length.bound
    slack = number // 20 if length.unit == "word" else 0
    if bound in _LOWER:
        return count >= number - slack
    if bound in _UPPER:
        return count <= number + slack
    if bound in _BELOW:
        return count < number + slack
    if bound == "more than":
        return count > number - slack
    return abs(count - number) <= slack


def _forms(brief: Brief, text: str) -> Iterator[_Fault]:
    if brief.lower is not None:
        lower = brief.lower
        wrong = next((i for i, c in enumerate(text) if c.isupper() is lower and c.isalpha()), None)
        if wrong is not None:
            yield _Fault("case", Unmet("form", Span(wrong, min(wrong + 40, len(text)))))
    if brief.no_commas and "," in text:
        at = text.index(",")
        yield _Fault("commas", Unmet("form", Span(max(0, at - 20), at + 1)))
    if brief.json and not _is_json(text):
        yield _Fault("json", Unmet("form", _NOWHERE))


def _is_json(output: str) -> bool:
    bared = re.sub(r"^\s*```\w{0,10}\s|```\s*$", "", output.strip()).strip()
    try:
        json.loads(bared)
    except (ValueError, RecursionError):
        return False
    return True


def _paragraphs(text: str) -> int:
    return sum(bool(part.strip()) for part in re.split(r"\n\s{0,40}\n", text))


_COUNTS: dict[str, Callable[[str], int]] = {
    "word": lambda text: len(text.split()),
    "sentence": lambda text: sum(1 for _ in _SENTENCE.finditer(text)),
    "paragraph": _paragraphs,
    "line": lambda text: sum(bool(line.strip()) for line in text.split("\n")),
    "bullet point": lambda text: sum(1 for _ in _BULLET.finditer(text)),
    "bullet": lambda text: sum(1 for _ in _BULLET.finditer(text)),
    "section": lambda text: sum(1 for _ in _HEADING.finditer(text)),
}
