"""Right content in a broken form (E03), and answers that the harness missed."""

import re
from collections.abc import Iterator
from fractions import Fraction

from generator.judging.finals import Final, Span
from generator.judging.options import amount
from generator.judging.rule import Rule
from generator.judging.view import View

FAMILY = "form"
_SENTENCE_OF_THE_HARNESS = re.compile(r"answer is \(?[A-P]\)?", re.IGNORECASE)
_API_ERROR = re.compile(
    r"\s{0,8}(?:\{?[\"']?(?:error|message|detail)[\"']?\s?[:=]|<!doctype html|<html|<\?xml"
    r"|(?:\w{1,30}\.){0,3}\w{0,30}(?:Error|Exception)\b\s?[:(]|error code\b|HTTP/?\d?)"
    r"|\s{0,8}(?:upstream connect error|request timed out|gateway time-?out|bad gateway"
    r"|service unavailable|internal server error|rate limit|too many requests|connection"
    r" (?:reset|refused|error))",
    re.IGNORECASE,
)
_FAULT_OUTSIDE = re.compile(
    r"\b(?:429|500|502|503|504|529)\b|time[ds]?[ -]?out|rate.?limit|too many requests|overloaded"
    r"|server.?error|bad gateway|service unavailable|connection|quota"
    r"|content.?(?:filter|policy|management)|context.?length|maximum context",
    re.IGNORECASE,
)
_LONGEST_ERROR = 2_000


def _right(view: View, final: Final) -> bool:
    """Tell whether a stated final is the reference, up to its form."""
    if view.task.multiple_choice:
        return final.letter == view.task.reference_letter
    if final.number is not None and view.task.reference_number is not None:
        return final.number == view.task.reference_number
    return _same_words(final.text, view.failure.references)


def _same_words(said: str, references: tuple[str, ...]) -> bool:
    """Tell whether an answer is a reference but for case, spaces, quotes and a closing stop."""
    folded = _folded(said)
    return bool(folded) and any(folded == _folded(reference) for reference in references)


def _folded(text: str) -> str:
    return " ".join(text[:500].strip(" \t\n.\"'`*$").lower().split())


def _only_right(view: View) -> Final | None:
    """Return the first final where all own finals are right and say the same."""
    finals = () if view.long else view.own_finals
    if finals and all(_right(view, final) for final in finals):
        return finals[0]
    return None


def _taken_is_right(view: View) -> bool:
    """Tell whether what the harness took equals a reference up to its form."""
    taken = view.failure.extracted
    if taken is None:
        return False
    if view.task.multiple_choice:
        return taken.strip(" ().") == view.task.reference_letter
    number = _taken_number(view)
    if number is not None and view.task.reference_number is not None:
        return number == view.task.reference_number
    return _same_words(taken, view.failure.references)


def _taken_number(view: View) -> Fraction | None:
    taken = amount(view.failure.extracted or "")
    return taken.value if taken else None


def _form_is_due(view: View) -> bool:
    """Tell whether a form was asked for, in the task or by the custom of lettered options."""
    return view.task.multiple_choice or view.task.form_asked


def _usual(view: View, final: Final) -> bool:
    """Tell whether a final stands in the sentence that harnesses look for."""
    return bool(_SENTENCE_OF_THE_HARNESS.search(view.text[max(0, final.start - 4) : final.end + 2]))


def _place(final: Final) -> Span:
    return Span(final.start, final.end)


def _wrong_marker(view: View) -> Iterator[Span]:
    if view.failure.extracted is not None and not view.task.multiple_choice:
        return
    if not _form_is_due(view) or _taken_is_right(view) or view.task.tool_use:
        return
    final = _only_right(view)
    if final is None:
        return
    # The usual sentence breaks no form, unless the task asks for another one.
    if view.task.form_asked or not _usual(view, final):
        yield _place(final)


def _missed(view: View) -> Iterator[Span]:
    final = _only_right(view)
    if final is None or _taken_is_right(view) or view.task.tool_use:
        return
    if not view.task.form_asked and (not view.task.multiple_choice or _usual(view, final)):
        yield _place(final)


def _too_strict(view: View) -> Iterator[Span]:
    """Point at an answer that the harness took and scored wrong although it is the reference."""
    if view.task.multiple_choice or view.task.tool_use or not _taken_is_right(view):
        return
    final = view.counted
    if final is not None and not view.task.form_asked:
        yield _place(final)


def _wrong_literal(view: View) -> Iterator[Span]:
    """Point at a right answer whose form is not the one that the task asks for."""
    if view.task.multiple_choice or view.task.tool_use or not _taken_is_right(view):
        return
    final = view.counted
    if final is not None and view.task.form_asked:
        yield _place(final)


def _several_finals(view: View) -> Iterator[Span]:
    """Point at a row of finals of which the last is right and the one scored is not."""
    finals = () if view.long else view.own_finals
    if len(finals) < 2 or view.run_on is not None or _taken_is_right(view):  # noqa: PLR2004
        return
    if not _right(view, finals[-1]) or _right(view, finals[0]):
        return
    between = view.text[finals[0].start : finals[-1].end]
    # Many words between two finals mean a change of mind, which is another matter.
    if len(between) <= _BARE_FINAL * len(finals):
        yield Span(finals[0].start, finals[-1].end)


_BARE_FINAL = 40
"""Characters of a final with hardly a word around it."""


def _infrastructure(view: View) -> Iterator[Span]:
    output = view.output
    if len(output) > _LONGEST_ERROR or view.own_finals or view.task.tool_use:
        return
    if _API_ERROR.match(output) and _FAULT_OUTSIDE.search(output):
        yield Span(0, view.stop)


RULES: tuple[Rule, ...] = (
    Rule(
        name="server-error",
        family=FAMILY,
        look=_infrastructure,
        prior=0.95,
        attribution="harness",
        attribution_subtype="infrastructure",
        title="Error text in place of an output",
        reason="An error message of a server or client stands where the output should be.",
        description=(
            "Speaks on short outputs that begin like an error message and name an outside fault, "
            "such as a time-out or a rate limit."
        ),
    ),
    Rule(
        name="wrong-marker",
        family=FAMILY,
        look=_wrong_marker,
        prior=0.9,
        category="E03",
        subcategory="wrong-marker",
        title="Right answer without the required marker",
        reason="The right answer is stated, but not in the form that is asked for and read.",
        description=(
            "Speaks where every final stated is the reference but the harness did not read it, "
            "and a form was due. Silent where the usual sentence was used."
        ),
    ),
    Rule(
        name="several-finals",
        family=FAMILY,
        look=_several_finals,
        prior=0.9,
        category="E03",
        subcategory="several-finals",
        title="Several final answers, the last one right",
        reason="A row of final answers is given where one is due; only the last is right.",
        description=(
            "Speaks where several finals stand in a row with hardly a word between them, the last "
            "is the reference and the first is not."
        ),
    ),
    Rule(
        name="wrong-literal",
        family=FAMILY,
        look=_wrong_literal,
        prior=0.9,
        category="E03",
        subcategory="wrong-literal",
        title="Right answer in a broken form",
        reason="The final answer is the right one, but not written in the form that is asked for.",
        description=(
            "Speaks where the answer that was read equals the reference up to its form and the "
            "task asks for a form."
        ),
    ),
    Rule(
        name="answer-missed",
        family=FAMILY,
        look=_missed,
        prior=0.88,
        attribution="harness",
        attribution_subtype="extraction",
        title="Right answer not extracted",
        reason="The right answer is stated in an acceptable form, and another or none was read.",
        description=(
            "Speaks where every final stated is the reference, in the usual sentence or with no "
            "form asked for, and the harness took something else or nothing."
        ),
    ),
    Rule(
        name="scored-too-strictly",
        family=FAMILY,
        look=_too_strict,
        prior=0.88,
        attribution="harness",
        attribution_subtype="scoring",
        title="Right answer scored as wrong",
        reason="The answer read equals the reference up to its form, and no form was asked for.",
        description=(
            "Speaks where the answer that was read has the value or the words of the reference."
        ),
    ),
)
