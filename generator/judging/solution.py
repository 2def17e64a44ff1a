"""How far the steps of a work follow a worked solution."""

from fractions import Fraction

from generator.judging.audit import Step, readings, same_operands
from generator.judging.finals import Final, Span
from generator.judging.view import View

SMALL = frozenset(map(Fraction, (0, 1, 2)))
"""Numbers that occur too often to tell where they come from."""


def audited(view: View) -> tuple[Final, Fraction] | None:
    """Return the wrong final and the number due, where work and solution can be compared."""
    final, due = view.counted, view.task.reference_number
    if view.task.options.texts or view.task.tool_use or final is None or due is None:
        return None
    if final.number is None or final.number == due or not view.steps or not view.task.steps_due:
        return None
    if view.unread_before(final.end) or not all(step.holds for step in view.steps):
        return None
    return final, due


def values_due(view: View) -> frozenset[Fraction]:
    """Return the values that the solution's steps come to."""
    return frozenset(step.value for step in view.task.steps_due)


def foreign(view: View) -> int | None:
    """Return the place of the first step whose value the solution does not have."""
    known = values_due(view) | view.task.given
    return next((i for i, step in enumerate(view.steps) if step.value not in known), None)


def place_of(step: Step) -> Span:
    """Return where a step stands."""
    return Span(step.start, step.end)


def founded(view: View, place: int) -> bool:
    """Tell whether the steps before a place use only what is given, derived or in the solution."""
    known = set(readings(view.task.given)) | SMALL
    known |= {operand for due in view.task.steps_due for operand in due.operands}
    for step in view.steps[:place]:
        if not all(operand in known for operand in step.operands):
            return False
        known.add(step.value)
    return True


def follows(view: View, step: Step) -> bool:
    """Tell whether a step is one of the solution's."""
    return any(step.value == due.value and same_operands(step, due) for due in view.task.steps_due)


def unused(view: View) -> frozenset[Fraction]:
    """Return the given numbers that the solution's steps use and the work nowhere names."""
    needed = {operand for step in view.task.steps_due for operand in step.operands}
    named = readings(view.named) | {operand for step in view.steps for operand in step.operands}
    return frozenset(
        n for n in view.task.given if n in needed and n not in named and n not in SMALL
    )
