"""Computation errors (E13): an equation or a comparison that is false.

A false equation in free text is often not the first major error. It settles only by a
counterfactual: with this one result mended, and the mended value carried through the later steps
that used the wrong one, the work ends at the reference.
"""

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from generator.judging.arithmetic import evaluate, numeral
from generator.judging.equations import Equation
from generator.judging.finals import Span
from generator.judging.options import Amount
from generator.judging.rounding import written_step
from generator.judging.rule import Rule
from generator.judging.view import View

FAMILY = "equations"
CATEGORY = "E13"
_BRACKETS = re.compile(r"[()\s]")
_PRODUCT = re.compile(r"[*/×·÷]")  # noqa: RUF001
_AFFIRMED = re.compile(
    r"[^.\n]{0,30}?\b(?:is|holds|which is|statement is)\s{0,2}(?:true|correct|right|satisfied)\b",
    re.IGNORECASE,
)
_CLOSE = Fraction(1, 150)
"""Relative distance at which a value with decimals is taken for the reference's."""
_CLOSE_BY_DIGITS = Fraction(1, 25)
"""The same, where the distance is below one step of the reference's last digit."""
_MOST_MENDED = 6
"""False equations of an output that are mended, one at a time."""


class Chain(NamedTuple):
    """What a false equation comes to when it alone is mended."""

    first: Equation
    """The false equation."""
    mended: dict[Fraction, Fraction]
    """Values as stated, and what they would have been."""
    last_stated: Fraction
    """Last value that depends on the false one, as stated."""
    last_mended: Fraction
    """What it would have been."""


def _worked(view: View) -> list[Equation]:
    """Return the equations before the scored final."""
    final = view.counted
    stop = final.end if final else len(view.body)
    return [equation for equation in view.equations if equation.start < stop]


def _chains(view: View) -> Iterator[Chain]:
    """Yield what each of the first false equations comes to when it alone is mended."""
    worked = _worked(view)
    false = (place for place, equation in enumerate(worked) if equation.holds is False)
    for place in itertools.islice(false, _MOST_MENDED):
        chain = _mended(worked, place)
        if chain is not None:
            yield chain


def _mended(worked: list[Equation], place: int) -> Chain | None:
    """Mend a false equation and carry its value through the steps that use it."""
    first = worked[place]
    mended = {first.right.exact: first.left.exact}
    stated, true = first.right.exact, first.left.exact
    for equation in worked[place + 1 :]:
        if not any(numeral(literal) in mended for literal in equation.left.literals):
            continue
        again = evaluate(equation.left_tokens, replaced=mended)
        if again is None:
            return None
        stated, true = equation.right.exact, again.exact
        mended[stated] = true
    return Chain(first, mended, stated, true)


def _close(value: Fraction, due: Amount) -> bool:
    """Tell whether a value is the reference's, within the digits that the reference shows."""
    off, size = abs(value - due.value), max(abs(value), abs(due.value))
    if off == 0:
        return True
    if value.denominator == 1 and due.value.denominator == 1:
        return False
    return off <= _CLOSE * size or (
        2 * off <= written_step(due.literal) and off <= _CLOSE_BY_DIGITS * size
    )


def _in_per_cent(view: View) -> bool:
    """Tell whether the right answer is a percentage, which the work may give as a share."""
    place = view.task.options.place(view.task.reference_letter)
    right = (
        view.task.options.texts[place : place + 1] if place is not None else view.failure.references
    )
    return any("%" in text or "percent" in text for text in right)


def _mendable(view: View) -> Iterator[Span]:
    due = view.task.reference_amount
    if due is None or not view.equations:
        return
    final = view.counted
    if final is not None and view.unread_before(final.start):
        return
    for chain in _chains(view):
        reaches = any(
            _close(chain.last_mended * scale, due) and not _close(chain.last_stated * scale, due)
            for scale in ((1, 100) if _in_per_cent(view) else (1,))
        )
        follows = final is None or final.number is None or final.number in chain.mended
        # In an expression, a step in the wrong order is no false result of a right one.
        reordered = view.task.expression_asked and _reordered(view, chain.first)
        if reaches and follows and not reordered:
            yield Span(chain.first.start, chain.first.end)
            return


def _nearest(view: View) -> Iterator[Span]:
    """Point at a false result that, once mended, falls nearest to the right option."""
    due = view.task.reference_amount
    if due is None or not view.task.options.mostly_numbers or not view.equations:
        return
    chosen = view.task.options.place(view.chosen_letter)
    taken = view.task.options.amounts[chosen] if chosen is not None else None
    chain = next(_chains(view), None)
    if chain is None or taken is None or taken.value == due.value:
        return
    known = [option.value for option in view.task.options.amounts if option]
    if (
        _by_distance(chain.last_mended, known) == due.value
        and not _close(chain.last_mended, due)
        and _by_distance(chain.last_stated, known) == taken.value
    ):
        yield Span(chain.first.start, chain.first.end)


def _by_distance(value: Fraction, known: list[Fraction]) -> Fraction:
    return min(known, key=lambda other: abs(other - value))


def _false_step(view: View) -> Equation | None:
    """Return the first false equation where the task is nothing but an expression."""
    if not view.task.expression_asked:
        return None
    return next((equation for equation in _worked(view) if equation.holds is False), None)


def _reordered(view: View, equation: Equation) -> bool:
    """Tell whether a side is the other with brackets against the order of operations."""
    sides = view.body[equation.start : equation.end].split("=")
    one, other = (_BRACKETS.sub("", side) for side in (sides[0], sides[-1]))
    return one == other and bool(_PRODUCT.search(one))


def _formal(view: View) -> Iterator[Span]:
    step = _false_step(view)
    if step is not None and not _reordered(view, step):
        yield Span(step.start, step.end)


def _order_of_operations(view: View) -> Iterator[Span]:
    step = _false_step(view)
    if step is not None and _reordered(view, step):
        yield Span(step.start, step.end)


def _any_false(view: View) -> Iterator[Span]:
    for equation in _worked(view):
        if equation.holds is False:
            yield Span(equation.start, equation.end)
            return


def _false_comparison(view: View) -> Iterator[Span]:
    for comparison in view.comparisons:
        if not comparison.holds and _AFFIRMED.match(view.body, comparison.end):
            yield Span(comparison.start, comparison.end)
            return


def _any_false_comparison(view: View) -> Iterator[Span]:
    for comparison in view.comparisons:
        if not comparison.holds:
            yield Span(comparison.start, comparison.end)
            return


RULES: tuple[Rule, ...] = (
    Rule(
        name="false-result",
        family=FAMILY,
        look=_mendable,
        prior=0.92,
        category=CATEGORY,
        subcategory="arithmetic",
        title="False result of a right step",
        reason=(
            "One equation is false; with its result mended and carried on, the work comes to the "
            "right answer."
        ),
        description=(
            "Speaks where the first false equation, mended and carried through the later steps "
            "that use its result, leads to the reference."
        ),
    ),
    Rule(
        name="false-result-nearest-option",
        family=FAMILY,
        look=_nearest,
        prior=0.8,
        category=CATEGORY,
        subcategory="arithmetic",
        title="False result, then the option nearest to it",
        reason="One equation is false; with its result mended, the right option is the nearest.",
        description=(
            "Speaks where the chosen option is the nearest to a false result and the right one "
            "is the nearest to the mended result."
        ),
    ),
    Rule(
        name="false-step-of-expression",
        family=FAMILY,
        look=_formal,
        prior=0.93,
        category=CATEGORY,
        subcategory="arithmetic",
        title="False step in evaluating the expression",
        reason="The task is to evaluate an expression, and this step of it is false.",
        description=(
            "Speaks on tasks that are one arithmetic expression: points at the first false step."
        ),
    ),
    Rule(
        name="order-of-operations",
        family=FAMILY,
        look=_order_of_operations,
        prior=0.88,
        category="E11",
        subcategory="wrong-operation",
        title="Brackets set against the order of operations",
        reason="The same expression is bracketed so that a sum is taken before a product.",
        description=(
            "Speaks on tasks that are one arithmetic expression, where the first false step is "
            "the same expression with brackets that the order of operations does not allow."
        ),
    ),
    Rule(
        name="false-comparison",
        family=FAMILY,
        look=_false_comparison,
        prior=0.9,
        category=CATEGORY,
        subcategory="comparison",
        title="False comparison called true",
        reason="Two numbers are put in the wrong order, and the order is affirmed.",
        description="Speaks where a false order of two numbers is called true, correct or right.",
    ),
    Rule(
        name="false-equation",
        family=FAMILY,
        look=_any_false,
        prior=0.4,
        category=CATEGORY,
        subcategory="arithmetic",
        title="An equation that is false",
        reason="An equation of the work is false; whether it is the first major error is open.",
        description="A hint: points at the first false equation, whatever follows from it.",
    ),
    Rule(
        name="false-order",
        family=FAMILY,
        look=_any_false_comparison,
        prior=0.4,
        category=CATEGORY,
        subcategory="comparison",
        title="A comparison that is false",
        reason="Two numbers are put in the wrong order; whether it matters is open.",
        description="A hint: points at the first false order of two numbers.",
    ),
)
