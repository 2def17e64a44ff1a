"""What a worked answer leaves out, against a worked solution.

By the codebook's tie-breaks: a stated quantity that is used nowhere is an ignored condition
(E06); a value that was derived and then left out of a sum is skipped (E14); every step right and
the last ones missing stops short (E12).
"""

from collections import Counter
from collections.abc import Iterator

from generator.judging.audit import Step
from generator.judging.finals import Span
from generator.judging.rule import Rule
from generator.judging.solution import (
    SMALL,
    audited,
    follows,
    foreign,
    place_of,
    unused,
    values_due,
)
from generator.judging.view import View

FAMILY = "omissions"


def _missing_steps(view: View) -> list[Step]:
    values = {step.value for step in view.steps}
    return [due for due in view.task.steps_due if due.value not in values]


def _stops_short(view: View) -> Iterator[Span]:
    found = audited(view)
    if found is None or not all(follows(view, step) for step in view.steps):
        return
    final = found[0]
    missing = _missing_steps(view)
    if not missing or final.number in SMALL or final.number not in values_due(view):
        return
    if final.number == view.steps[-1].value and not unused(view):
        yield Span(view.steps[-1].start, final.end)


def _ignored_condition(view: View) -> Iterator[Span]:
    found = audited(view)
    if found is None or not all(follows(view, step) for step in view.steps):
        return
    final = found[0]
    if final.number == view.steps[-1].value and unused(view) and _missing_steps(view):
        yield Span(view.steps[-1].start, final.end)


def _unused_given(view: View) -> Iterator[Span]:
    found = audited(view)
    if found is not None and unused(view):
        yield Span(view.steps[-1].start, found[0].end)


def _dropped_term(view: View) -> Iterator[Span]:
    """Point at a sum that leaves out one value which the work itself had before."""
    found = audited(view)
    place = foreign(view) if found else None
    if found is None or place is None:
        return
    step = view.steps[place]
    if set(step.operators) != {"+"}:
        return
    had = Counter(earlier.value for earlier in view.steps[:place])
    later = {after.value for after in view.steps[place + 1 :]}
    for due in view.task.steps_due:
        if set(due.operators) != {"+"}:
            continue
        left_out = Counter(due.operands) - Counter(step.operands)
        extra = Counter(step.operands) - Counter(due.operands)
        if left_out.total() != 1 or extra or due.value in later:
            continue
        term = next(iter(left_out))
        # Where two terms are equal, one of them in the sum does not stand for both.
        if had[term] > Counter(step.operands)[term]:
            yield place_of(step)
            return


RULES: tuple[Rule, ...] = (
    Rule(
        name="stops-short",
        family=FAMILY,
        look=_stops_short,
        prior=0.4,
        category="E12",
        subcategory="stops-short",
        title="Stops at an intermediate value",
        reason="Every step is right, but the last ones are missing.",
        description=(
            "Speaks where all steps are the worked solution's, all its given numbers are used, "
            "and the final is a value on its way."
        ),
    ),
    Rule(
        name="condition-ignored",
        family=FAMILY,
        look=_ignored_condition,
        prior=0.86,
        category="E06",
        subcategory="ignored-condition",
        title="A stated quantity is used nowhere",
        reason="Every step is right, but a quantity that the task states never enters the work.",
        description=(
            "Speaks where all steps are the worked solution's and a number of the task that its "
            "other steps use stands nowhere in the output."
        ),
    ),
    Rule(
        name="given-unused",
        family=FAMILY,
        look=_unused_given,
        prior=0.5,
        category="E06",
        subcategory="ignored-condition",
        title="A given number is not used",
        reason="A number of the task that the solution uses stands nowhere in the output.",
        description="A hint: the first error may lie elsewhere.",
    ),
    Rule(
        name="term-dropped",
        family=FAMILY,
        look=_dropped_term,
        prior=0.86,
        category="E14",
        subcategory="skipped",
        title="A value is left out of the sum",
        reason="The work has all the values that are to be added, and its sum leaves one out.",
        description=(
            "Speaks where the first step that leaves the worked solution is one of its sums but "
            "for one term, which the work had before."
        ),
    ),
)
