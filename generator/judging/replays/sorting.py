"""Replays the sorting of words: what is listed, in which order, and what gets lost."""

import re
from collections import Counter
from collections.abc import Sequence

from generator.judging.finals import Span
from generator.judging.replays.slip import Slip

MOST_WORDS = 200
_TASK = re.compile(
    r"\bsort\b[^.\n]{0,40}\bwords\b[^\n]{0,60}?:\s*(?:List:)?(?P<words>[^\n]{3,3000})",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:[Hh]ence,? we (?:now )?have|[Ww]e now have)\b:?(?P<listed>[^.\n]{3,4000})"
)
_QUOTED = re.compile(r"\"([^\"\n]{1,40})\"")
_PAIR = re.compile(
    r"\"(?P<one>[^\"\n]{1,40})\"[\])(\s\d]{0,6}<[\[(\s\d)]{0,8}\"(?P<other>[^\"\n]{1,40})\""
)
_ANSWER = re.compile(r"\banswer is:?\s?(?P<words>[^\n]{1,3000})")
_BREAKS = re.compile(r"[\s,<\"\[\]]+")


def words_due(task: str) -> list[str] | None:
    """Return the words of a task that asks to sort words, none for any other task."""
    found = _TASK.search(task[:4_000])
    if found is None:
        return None
    words = _split(found.group("words"))
    return words if 1 < len(words) <= MOST_WORDS else None


def replay(task: str, output: str) -> Slip | None:
    """Return the first place at which an output loses or misorders words, if any."""
    words = words_due(task)
    if words is None:
        return None
    if "\n" not in output.strip() and len(output) < 2 * len(task) and '"' not in output:
        stated = _ANSWER.search(output)
        start = stated.start("words") if stated else 0
        return _of_answer(words, output[start:], start)
    slips = [_of_pairs(words, output), _of_lists(words, output)]
    answer = _ANSWER.search(output)
    if answer is not None:
        slips.append(_of_answer(words, answer.group("words"), answer.start("words")))
    return min((slip for slip in slips if slip), key=lambda slip: slip.span.start, default=None)


def _of_pairs(words: Sequence[str], output: str) -> Slip | None:
    known = set(words)
    at = 0
    # Pairs overlap: the second word of one is the first of the next.
    while (pair := _PAIR.search(output, at)) is not None:
        one, other = pair.group("one").strip(), pair.group("other").strip()
        if {one, other} <= known and one > other:
            return Slip("words-misordered", Span(pair.start(), pair.end()))
        at = pair.start("other") - 1
    return None


def _of_lists(words: Sequence[str], output: str) -> Slip | None:
    due = Counter(words)
    first = True
    for listing in _WHOLE.finditer(output):
        part = listing.group().lstrip()[:1] in "Ww"
        if part and not first:
            continue
        first = False
        listed = Counter(word.strip() for word in _QUOTED.findall(listing.group("listed")))
        if due - listed and listing.end() < len(output):
            return Slip("words-skipped", Span(listing.start(), listing.end()))
        if listed - due:
            return Slip("words-repeated", Span(listing.start(), listing.end()))
    return None


def _of_answer(words: Sequence[str], said: str, start: int) -> Slip | None:
    given = _split(said)
    due = Counter(words)
    span = Span(start, start + len(said.rstrip()))
    if not given or not set(given) & set(words):
        return None
    if Counter(given) - due:
        return Slip("words-repeated", span) if set(given) <= set(words) else None
    if due - Counter(given):
        return Slip("answer-incomplete", span)
    return Slip("words-misordered", span) if given != sorted(given) else None


def _split(text: str) -> list[str]:
    return [word for word in _BREAKS.split(text.strip().rstrip(".")) if word]
