"""Audits the operands and operations of a worked answer against a worked solution.

Each rule points at the first step whose value the solution does not have. The codebook's
tie-break on operands tells the categories apart: the same operands and another operation (E11);
one given number in place of another (E06); a number that the task does not give (E08).
"""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from generator.judging.audit import outcome, readings, same_operands
from generator.judging.finals import Span
from generator.judging.rule import Rule
from generator.judging.solution import audited, foreign, founded, place_of, unused, values_due
from generator.judging.view import View

FAMILY = "audit"
_COMMON = frozenset(
    map(Fraction, (0, 1, 2, 3, 4, 5, 7, 10, 12, 24, 30, 31, 52, 60, 100, 365, 1000, 3600))
)
"""Numbers that everybody may use: small ones, percentages and the calendar."""


def _other_operation(view: View) -> Iterator[Span]:
    """Point at the first foreign step, if the solution combines its operands otherwise."""
    found = audited(view)
    place = foreign(view) if found else None
    if found is None or place is None or unused(view):
        return
    step = view.steps[place]
    for due in view.task.steps_due:
        if (
            same_operands(step, due)
            and len(step.operands) > 1
            and step.operators != due.operators
            and outcome(view.steps, place, due.value) == found[1]
        ):
            yield place_of(step)
            return


def _other_operation_hint(view: View) -> Iterator[Span]:
    found = audited(view)
    place = foreign(view) if found else None
    if found is None or place is None:
        return
    step = view.steps[place]
    if any(
        same_operands(step, due) and len(step.operands) > 1 and due.value != step.value
        for due in view.task.steps_due
    ):
        yield place_of(step)


def _other_quantity(view: View) -> Iterator[Span]:
    """Point at the first foreign step, if one given number in place of another mends it."""
    found = audited(view)
    place = foreign(view) if found else None
    if found is None or place is None or not founded(view, place):
        return
    step = view.steps[place]
    for due in view.task.steps_due:
        wrong = Counter(step.operands) - Counter(due.operands)
        right = Counter(due.operands) - Counter(step.operands)
        if wrong.total() != 1 or right.total() != 1 or step.operators != due.operators:
            continue
        used, meant = next(iter(wrong)), next(iter(right))
        before = {operand for earlier in view.steps[:place] for operand in earlier.operands}
        if (
            used in view.task.given
            and used not in before
            and meant in view.task.given
            and outcome(view.steps, place, due.value) == found[1]
        ):
            yield place_of(step)
            return


def _invented(view: View) -> Iterator[Span]:
    """Point at an operand that neither the task gives nor any step derives."""
    found = audited(view)
    place = foreign(view) if found else None
    if found is None or place is None:
        return
    step = view.steps[place]
    known = readings(view.task.given) | _COMMON | values_due(view)
    known |= {earlier.value for earlier in view.steps[:place]}
    known |= {operand for due in view.task.steps_due for operand in due.operands}
    pool = sorted(view.task.given)[:30]
    for operand in step.operands:
        if operand in known or any(abs(operand - value) < 1 for value in known):
            continue
        if any(operand in {a + b, abs(a - b), a * b} for a in pool for b in pool):
            continue
        yield place_of(step)
        return


def _other_base(view: View) -> Iterator[Span]:
    """Point at the first foreign step, if a conversion that the solution makes is missing."""
    found = audited(view)
    if found is None or found[0].number is None or not found[0].number:
        return
    ratio = found[1] / found[0].number
    factor = max(abs(ratio), 1 / abs(ratio)) if ratio else Fraction(0)
    if factor not in _FACTORS or factor in view.task.given:
        return
    used = {operand for step in view.steps for operand in step.operands}
    if factor not in used and any(factor in due.operands for due in view.task.steps_due):
        yield Span(view.steps[-1].start, found[0].end)


_FACTORS = frozenset(map(Fraction, (7, 12, 24, 30, 52, 60, 100, 365, 1000, 3600)))


RULES: tuple[Rule, ...] = (
    Rule(
        name="other-operation",
        family=FAMILY,
        look=_other_operation,
        prior=0.9,
        category="E11",
        subcategory="wrong-operation",
        title="Right quantities, wrong operation",
        reason=(
            "The solution combines the same numbers by another operation; with its result in this "
            "step, the rest of the work comes to the right answer."
        ),
        description=(
            "Speaks where the first step that leaves the worked solution has the operands of one "
            "of its steps, that step's value, carried on, leads to the reference, and every given "
            "number is named."
        ),
    ),
    Rule(
        name="other-operation-open",
        family=FAMILY,
        look=_other_operation_hint,
        prior=0.6,
        category="E11",
        subcategory="wrong-operation",
        title="The same quantities combined otherwise",
        reason="The solution combines the same numbers otherwise; whether that is all is open.",
        description="A hint: as other-operation, without the test that the rest comes out right.",
    ),
    Rule(
        name="other-quantity",
        family=FAMILY,
        look=_other_quantity,
        prior=0.86,
        category="E06",
        subcategory="wrong-quantity",
        title="Another quantity of the task is used",
        reason=(
            "A step uses one number of the task in place of another; with the right one, the rest "
            "of the work comes to the right answer."
        ),
        description=(
            "Speaks where the first step that leaves the worked solution has one given number in "
            "place of another, and mending it leads to the reference."
        ),
    ),
    Rule(
        name="number-from-nowhere",
        family=FAMILY,
        look=_invented,
        prior=0.5,
        category="E08",
        subcategory="invented-quantity",
        title="A number that the task does not give",
        reason="A step uses a number that is neither given nor derived.",
        description="A hint: the number may be a slip of the pen or general knowledge.",
    ),
    Rule(
        name="conversion-missing",
        family=FAMILY,
        look=_other_base,
        prior=0.7,
        category="E15",
        subcategory="unit",
        title="A conversion is missing",
        reason="The answer is off by exactly the factor of a conversion that the solution makes.",
        description=(
            "A hint: speaks where answer and reference differ by a factor of units or time that "
            "the worked solution uses and the work does not."
        ),
    ),
)
