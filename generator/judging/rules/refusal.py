"""Refusal or abstention (E01): declines, asks back, or says that it cannot be told."""

import re
from collections.abc import Iterator

from generator.judging.finals import Span
from generator.judging.rule import Rule
from generator.judging.view import View

FAMILY = "refusal"
CATEGORY = "E01"
_OPENING = 300
"""Characters at the beginning in which a refusal is looked for."""

_REFUSES = re.compile(
    r"(?:^|[.!?\n]\s{0,4})(?:"
    r"(?:I['’]?m|I am) (?:very |so |really )?(?:sorry|afraid),? (?:but|I|that)"  # noqa: RUF001
    r"|Sorry,? (?:but )?I\b"
    r"|I (?:can(?:no|['’])t|can not|won['’]t|will not|must decline to|am not able to|am unable to"  # noqa: RUF001
    r"|'m unable to)"
    r" (?:help|assist|answer|provide|comply|fulfil|complete|discuss|solve|give|respond"
    r"|do (?:this|that|so))"
    r"|I(?: would|['’]d)? (?:rather|prefer) not\b|I (?:must |have to )?decline\b|As an AI\b)",  # noqa: RUF001
    re.IGNORECASE,
)
_TO_THE_ASKER = re.compile(r"\b(?:you|your|please)\b", re.IGNORECASE)
_UNANSWERABLE = re.compile(
    r"\b(?:can(?:not|'t| not) be (?:determined|answered|solved|calculated)"
    r"|(?:not|in)(?: enough|sufficient)? ?(?:information|data)? ?(?:is|are)? ?(?:given|provided)?"
    r" to (?:determine|answer|solve|calculate)"
    r"|(?:not enough|insufficient|not sufficient) (?:information|data)"
    r"|(?:impossible|not possible) to (?:determine|answer|solve|tell|say|calculate)"
    r"|cannot (?:determine|answer|tell)|unable to (?:determine|answer))",
    re.IGNORECASE,
)
_WITHOUT_ANSWER = re.compile(
    r"\b(?:cannot|can't|not enough|insufficient|impossible|undetermined|indeterminate"
    r"|unanswerable|none)\b",
    re.IGNORECASE,
)


def _declined(view: View) -> bool:
    """Tell whether no answer of the kind that is due was stated."""
    if view.blank:
        return False
    if view.task.multiple_choice:
        return not view.own_finals and view.closing_letter is None
    return all(_WITHOUT_ANSWER.search(final.text) for final in view.own_finals)


def _refusal(view: View) -> Iterator[Span]:
    match = _REFUSES.search(view.text[:_OPENING])
    if match and _declined(view) and not view.equations:
        start = match.start() + len(match.group()) - len(match.group().lstrip(" \n.!?"))
        end = view.text.find("\n", match.end())
        yield Span(start, len(view.text) if end == -1 else end)


def _asks_back(view: View) -> Iterator[Span]:
    if not view.closing.endswith("?") or (view.task.tool_use and view.calls.made):
        return
    match = _TO_THE_ASKER.search(view.closing)
    if match and _declined(view) and not view.equations:
        yield Span(view.stop - len(view.closing), view.stop)


def _declares_unanswerable(view: View) -> Iterator[Span]:
    match = _UNANSWERABLE.search(view.closing)
    if match is None or not _declined(view) or view.equations or view.cut_off:
        return
    # Where "cannot be determined" is itself an option, saying so is an answer.
    if any(_UNANSWERABLE.search(text) for text in view.task.options.texts):
        return
    if any(_UNANSWERABLE.search(reference) for reference in view.failure.references):
        return
    start = view.stop - len(view.closing)
    yield Span(start + match.start(), start + match.end())


RULES: tuple[Rule, ...] = (
    Rule(
        name="refusal",
        family=FAMILY,
        look=_refusal,
        prior=0.9,
        category=CATEGORY,
        subcategory="refusal",
        title="Declines to answer",
        reason="The output opens by declining and states no answer.",
        description=(
            "Speaks where the opening words decline (sorry, cannot help, as an AI) and no answer "
            "is stated. Silent where the output computes anything."
        ),
    ),
    Rule(
        name="asks-back",
        family=FAMILY,
        look=_asks_back,
        prior=0.88,
        category=CATEGORY,
        subcategory="asks-back",
        title="Asks back instead of answering",
        reason="The output ends in a question to the asker and states no answer.",
        description=(
            "Speaks where an output ends in a question to the asker and no answer is stated."
        ),
    ),
    Rule(
        name="declares-unanswerable",
        family=FAMILY,
        look=_declares_unanswerable,
        prior=0.6,
        category=CATEGORY,
        subcategory="declares-unanswerable",
        title="Says that it cannot be answered",
        reason="The closing words say that the answer cannot be told, without any computation.",
        description=(
            "Speaks where the closing words say that something cannot be determined and nothing "
            "was computed. A hint: the item may be at fault, or a false step may lead there."
        ),
    ),
)
