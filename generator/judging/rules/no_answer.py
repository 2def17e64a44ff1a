"""No final answer (E02): empty, looping, cut off, or ending without committing."""

from collections.abc import Iterator

from generator.judging.finals import Span
from generator.judging.options import plain
from generator.judging.rule import Rule
from generator.judging.view import View

FAMILY = "no_answer"
CATEGORY = "E02"
_SHOWN = 200
"""Characters at the end of an output that are shown as evidence of a missing answer."""


_SHORT = 60
"""Output that is no longer than this may be an answer in words."""
_PHRASE = 4
"""Options of more words than this can be restated in ways that no rule recognises."""
_PROSE = 120
"""Characters of a reference from which it is a text, and no answer that an output could state."""
_AT_THE_END = 12
"""An option named within this many characters of a break is the last thing said."""


def _unanswered(view: View) -> bool:
    """Tell whether nothing was delivered.

    For options, what the output states decides: harnesses fall back to a letter of their own
    where they find none. Elsewhere an answer that the harness took is taken for one.
    """
    if view.blank or view.own_finals:
        return False
    return view.task.multiple_choice or view.failure.extracted is None


def _closing(view: View) -> Span:
    return Span(max(view.speech.last, view.stop - _SHOWN), view.stop)


def _named_at_the_end(view: View) -> bool:
    """Tell whether a broken-off output ends on an option, by letter or by its text."""
    if view.closes_with_none:
        return True
    if not view.task.multiple_choice:
        return False
    letter = view.closing_letter
    if letter is not None and view.stop - letter.end <= _AT_THE_END:
        return True
    closing = plain(view.closing)
    return any(text and closing.endswith(text) for text in map(plain, view.task.options.texts))


def _answered_by_content(view: View) -> bool:
    """Tell whether a finished output may answer in words or by a value in its closing words."""
    if view.closes_with_none or view.closing_letter is not None:
        return True
    start = view.stop - len(view.closing)
    if any(final.end > start for final in view.finals):
        return True
    if not view.task.multiple_choice:
        return bool(view.closing_numbers)
    closing = plain(view.closing)
    if any(
        len(text.split()) > _PHRASE or text in closing
        for text in map(plain, view.task.options.texts)
    ):
        return True
    last = view.closing_numbers[-1:]
    return any(known.value in last for known in view.task.options.amounts if known)


def _empty(view: View) -> Iterator[Span]:
    # An empty list of calls is an answer, if a wrong one.
    if view.blank and not (view.task.tool_use and view.stop):
        yield Span(0, len(view.output))


def _loop(view: View) -> Iterator[Span]:
    # Calls of one function with other arguments look alike; nothing but calls is an answer.
    if view.task.tool_use and view.calls.made and not view.calls.wrapped:
        return
    if _unanswered(view) and view.loop_start is not None:
        yield Span(view.loop_start, view.stop)


def _truncated(view: View) -> Iterator[Span]:
    if view.task.tool_use:
        if view.cut_by_server:
            yield _closing(view)
        return
    if not _unanswered(view) or not view.cut_off:
        return
    if view.stop <= _SHORT and view.failure.finish_reason is None and not view.finals:
        return
    if view.loop_start is None and not _named_at_the_end(view):
        yield _closing(view)


def _no_conclusion(view: View) -> Iterator[Span]:
    if view.task.tool_use or view.failure.task_type == "free-text":
        return
    if view.stop <= 2 * _SHORT or not _unanswered(view) or view.cut_off:
        return
    if any(len(reference) > _PROSE for reference in view.failure.references) or view.strays:
        return
    if view.loop_start is None and not _answered_by_content(view):
        yield _closing(view)


RULES: tuple[Rule, ...] = (
    Rule(
        name="empty",
        family=FAMILY,
        look=_empty,
        prior=0.99,
        category=CATEGORY,
        subcategory="empty",
        title="Nothing put out",
        reason="The output holds no letter and no digit.",
        description="Speaks on an output without any letter or digit.",
    ),
    Rule(
        name="loop",
        family=FAMILY,
        look=_loop,
        prior=0.97,
        category=CATEGORY,
        subcategory="loop",
        title="Repeats itself without end",
        reason="The output repeats itself up to its end and states no final answer.",
        description=(
            "Speaks where the end of an output repeats itself, exactly or with other numbers, "
            "and no final answer is stated. Silent where the harness took an answer."
        ),
    ),
    Rule(
        name="truncated",
        family=FAMILY,
        look=_truncated,
        prior=0.95,
        category=CATEGORY,
        subcategory="truncated",
        title="Cut off before an answer",
        reason="The output breaks off in mid-sentence and states no final answer.",
        description=(
            "Speaks where an output breaks off in mid-sentence, or the server says that it was "
            "cut, and no final answer is stated, not even in the closing words."
        ),
    ),
    Rule(
        name="no-conclusion",
        family=FAMILY,
        look=_no_conclusion,
        prior=0.88,
        category=CATEGORY,
        subcategory="no-conclusion",
        title="Ends without an answer",
        reason="The output ends in a whole sentence but commits to no answer.",
        description=(
            "Speaks where an output ends properly but no final answer is stated and the closing "
            "words name no option, neither by letter nor by value. "
            "Silent where options or references are phrases, which an output may restate in its "
            "own words, and where it speaks of other things than the task."
        ),
    ),
)
