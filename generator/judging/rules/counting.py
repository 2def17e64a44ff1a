"""Counts that are not those of the output's own list (E14)."""

import re
from collections.abc import Iterator
from fractions import Fraction

from generator.judging.arithmetic import numeral
from generator.judging.finals import Span
from generator.judging.rule import Rule
from generator.judging.view import View

FAMILY = "counting"
_CLAIM = re.compile(
    r"\b(?:there (?:are|is)|we have|that (?:is|makes)|(?:a )?total of|i count|we count"
    r"|number of [a-z ]{2,40}? is)\s{1,2}(?:only |exactly |a total of |in total )?"
    r"(?P<number>\d{1,3}|[a-z]{3,9})\b",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"\s{0,4}(?:\(?(?P<number>\d{1,2})[.):]|[-*•])\s{1,3}\S")
_SPELT = "zero one two three four five six seven eight nine ten eleven twelve"
_WORDS = (*_SPELT.split(), "thirteen", "fourteen", "fifteen", "sixteen")
_ASKS_HOW_MANY = re.compile(r"\bhow many\b|\bnumber of\b|\bcount\b", re.IGNORECASE)
_FEWEST_ENTRIES = 3


def _number(text: str) -> Fraction | None:
    return Fraction(_WORDS.index(text.lower())) if text.lower() in _WORDS else numeral(text)


def _listed(view: View) -> tuple[int, int] | None:
    """Return how many entries the only list of the output has, and where it ends.

    A list whose numbers do not run from one up is not understood, and neither are two lists.
    """
    entries, end, closed = 0, 0, False
    at = 0
    for line in view.body.split("\n"):
        match = _ENTRY.match(line)
        if match is not None:
            if closed or (match["number"] and int(match["number"]) != entries + 1):
                return None
            entries, end = entries + 1, at + len(line)
        elif line.strip() and entries:
            closed = True
        at += len(line) + 1
    return (entries, end) if entries >= _FEWEST_ENTRIES else None


def _claimed(view: View) -> Iterator[Span]:
    """Point at a claimed number, where the list has the number that is due."""
    final, due = view.counted, view.task.reference_number
    if final is None or due is None or view.long or not _ASKS_HOW_MANY.search(view.failure.input):
        return
    listed = _listed(view)
    if listed is None or listed[0] != due:
        return
    for match in _CLAIM.finditer(view.body, listed[1]):
        claimed = _number(match["number"])
        if claimed is None:
            continue
        if claimed != due and (final.number == claimed or _chooses(view, claimed)):
            yield Span(match.start(), match.end())
        return


def _chooses(view: View, value: Fraction) -> bool:
    """Tell whether the option that was chosen is a number."""
    place = view.task.options.place(view.chosen_letter)
    known = view.task.options.amounts[place] if place is not None else None
    return known is not None and known.value == value


RULES: tuple[Rule, ...] = (
    Rule(
        name="claimed-count-not-of-list",
        family=FAMILY,
        look=_claimed,
        prior=0.88,
        category="E14",
        subcategory="off-by-one",
        title="Claims another number than it lists",
        reason="As many members are listed as there should be, and another number is claimed.",
        description=(
            "Speaks where a number of things is asked for, the one list of the output has exactly "
            "that many entries, and a sentence behind it claims another number, which is the "
            "final answer. By construction; hardly any real failures of this kind are at hand."
        ),
    ),
)
