"""Texts that are written to a brief, against what a program can check of it.

What is left out is E07, what is too much E05, sections twice or out of order E14, and the right
text with other marks or with something around it E03.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.judging.finals import Span, says_none_fits
from generator.judging.rule import Rule
from generator.judging.view import View

FAMILY = "constraints"
_PRIOR = 0.86
_TO_SOMEBODY = re.compile(
    r"\b(?:I|me|my|you|your|sorry|cannot|can['’]t|unable|impossible|please)\b",  # noqa: RUF001
    re.IGNORECASE,
)
_SHORT = 60
"""Output that is no longer than this is no text on something else."""


class _Texts(NamedTuple):
    title: str
    reason: str
    description: str


def _unmet(view: View, kind: str) -> Iterator[Span]:
    if view.blank or view.long or view.cut_by_server:
        return
    for unmet in view.unmet:
        if unmet.kind == kind:
            yield unmet.span
            return


def _off_topic(view: View) -> Iterator[Span]:
    """Point at a text that meets nothing of what is asked for and speaks of something else."""
    if view.stop <= _SHORT or view.long or view.equations or view.own_finals or not view.strays:
        return
    if _TO_SOMEBODY.search(view.text) or says_none_fits(view.text):
        return
    if view.task.writing:
        yield from _unmet(view, "unrelated")
        return
    answered = view.named or view.failure.extracted is not None or view.cut_off
    if not (answered or view.task.multiple_choice or view.task.tool_use):
        yield Span(0, view.stop)


def _finds(kind: str) -> Callable[[View], Iterator[Span]]:
    return lambda view: _unmet(view, kind)


def _rule(
    name: str,
    cause: tuple[str, str],
    look: Callable[[View], Iterator[Span]],
    texts: _Texts,
) -> Rule:
    category, subcategory = cause
    return Rule(
        name=name,
        family=FAMILY,
        look=look,
        prior=_PRIOR,
        category=category,
        subcategory=subcategory,
        title=texts.title,
        reason=texts.reason,
        description=(
            f"{texts.description} Silent on what a text that counts as right does as well. Checked "
            "by construction and on planted faults; no real data measure it yet."
        ),
    )


RULES: tuple[Rule, ...] = (
    _rule(
        "length-unmet",
        ("E07", "unmet-constraint"),
        _finds("length"),
        _Texts(
            "A stated length is not kept",
            "The task states how many words or sentences there are to be, and there are not.",
            "Speaks on texts whose task bounds the number of words or sentences. Counts of words "
            "may be off by a twentieth; what a section too many adds is not counted.",
        ),
    ),
    _rule(
        "words-unmet",
        ("E07", "unmet-constraint"),
        _finds("words"),
        _Texts(
            "A required word is missing or a forbidden one is there",
            "The task says which words there have to be or not to be, and the output does not "
            "comply.",
            "Speaks on texts whose task requires, forbids, begins or ends with words given in "
            "quotation marks.",
        ),
    ),
    _rule(
        "parts-unmet",
        ("E07", "missing-part"),
        _finds("parts"),
        _Texts(
            "Another number of parts than required",
            "The task states how many parts there are to be, or which, and the output has others.",
            "Speaks on texts whose task bounds the number of paragraphs, bullets, lines or "
            "sections, or names the sections in quotation marks.",
        ),
    ),
    _rule(
        "form-unmet",
        ("E07", "unmet-constraint"),
        _finds("form"),
        _Texts(
            "A stated form is not kept",
            "The task asks for one case of letters, for no commas or for JSON, and gets another.",
            "Speaks on texts whose task states such a form.",
        ),
    ),
    _rule(
        "section-extra",
        ("E05", "extra-item"),
        _finds("extra"),
        _Texts(
            "A section that is not asked for",
            "The task names the sections and admits no other, and there is another.",
            "Speaks on texts whose task names the headings in quotation marks and excludes others.",
        ),
    ),
    _rule(
        "text-runs-on",
        ("E05", "runs-on"),
        _finds("runs-on"),
        _Texts(
            "Goes on after the end",
            "The task names the last line, and the output goes on after it.",
            "Speaks on texts whose task names the last line in quotation marks.",
        ),
    ),
    _rule(
        "off-topic",
        ("E05", "off-topic"),
        _off_topic,
        _Texts(
            "A text on something else",
            "The output speaks of something else, and holds nothing of what is asked for.",
            "Speaks on outputs that share no long word with their task and hold no answer, or, "
            "where a text is due, none of two or more things that it has to hold. Silent on "
            "options and tool calls, where somebody is addressed, and where there is any number.",
        ),
    ),
    _rule(
        "section-repeated",
        ("E14", "repeated"),
        _finds("repeated"),
        _Texts(
            "A section twice",
            "A section that the task names stands in the output twice.",
            "Speaks on texts whose task names the headings in quotation marks.",
        ),
    ),
    _rule(
        "section-misordered",
        ("E14", "misordered"),
        _finds("misordered"),
        _Texts(
            "Sections out of order",
            "The task names the order of the sections, and they stand in another.",
            "Speaks on texts whose task names the headings in quotation marks, and their order.",
        ),
    ),
    _rule(
        "text-wrapped",
        ("E03", "wrapped"),
        _finds("wrapped"),
        _Texts(
            "Something before the beginning",
            "The task names the first line, and something stands before it.",
            "Speaks on texts whose task names the first line in quotation marks.",
        ),
    ),
    _rule(
        "heading-marked-otherwise",
        ("E03", "wrong-marker"),
        _finds("marked"),
        _Texts(
            "A heading with another mark",
            "A heading that the task names stands there with another mark than the one required.",
            "Speaks on texts whose task names lines with their marks, in quotation marks.",
        ),
    ),
)
