"""Computation errors (E13): an equation or a comparison that is false.

A false equation in free text is often not the first major error. It settles only by a
counterfactual: with this one result mended, and the mended value carried through the later steps
that used the wrong one, the work ends at the reference.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from generator.judging.arithmetic import evaluate, numeral
from generator.judging.equations import Equation
from generator.judging.finals import Span
from generator.judging.rule import Rule
from generator.judging.view import View

FAMILY = "equations"
CATEGORY = "E13"
_FORMAL = re.compile(r"\s{0,9}([-+*/()\d\s]{3,300}?)\s{0,9}=?\s{0,9}\??\s{0,9}")
_AFFIRMED = re.compile(
    r"[^.\n]{0,30}?\b(?:is|holds|which is|statement is)\s{0,2}(?:true|correct|right|satisfied)\b",
    re.IGNORECASE,
)
_CLOSE = Fraction(1, 150)
"""Relative distance at which a value with decimals is taken for the reference's."""


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


def _chain(view: View) -> Chain | None:
    """Mend the first false equation and carry its value through the steps that use it."""
    worked = _worked(view)
    place = next((i for i, equation in enumerate(worked) if equation.holds is False), None)
    if place is None:
        return None
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


def _close(value: Fraction, due: Fraction) -> bool:
    return value == due or (
        (value.denominator != 1 or due.denominator != 1)
        and abs(value - due) <= _CLOSE * max(abs(value), abs(due))
    )


def _in_per_cent(view: View) -> bool:
    """Tell whether the right answer is a percentage, which the work may give as a share."""
    place = view.options.place(view.reference_letter)
    right = view.options.texts[place : place + 1] if place is not None else view.failure.references
    return any("%" in text or "percent" in text for text in right)


def _mendable(view: View) -> Iterator[Span]:
    due = view.reference_number
    if due is None or not view.equations:
        return
    chain = _chain(view)
    if chain is None or not any(
        _close(chain.last_mended * scale, due) and not _close(chain.last_stated * scale, due)
        for scale in ((1, 100) if _in_per_cent(view) else (1,))
    ):
        return
    final = view.counted
    if final is not None and final.number is not None and final.number not in chain.mended:
        return
    yield Span(chain.first.start, chain.first.end)


def _nearest(view: View) -> Iterator[Span]:
    """Point at a false result that, once mended, falls nearest to the right option."""
    due = view.reference_number
    if due is None or not view.options.mostly_numbers or not view.equations:
        return
    chosen = view.options.place(view.chosen_letter)
    taken = view.options.amounts[chosen] if chosen is not None else None
    chain = _chain(view)
    if chain is None or taken is None or taken.value == due:
        return
    known = [option.value for option in view.options.amounts if option]
    if (
        _by_distance(chain.last_mended, known) == due
        and not _close(chain.last_mended, due)
        and _by_distance(chain.last_stated, known) == taken.value
    ):
        yield Span(chain.first.start, chain.first.end)


def _by_distance(value: Fraction, known: list[Fraction]) -> Fraction:
    return min(known, key=lambda other: abs(other - value))


def _formal(view: View) -> Iterator[Span]:
    """Point at the first false equation where the task is nothing but an expression."""
    due = view.reference_number
    match = (
        _FORMAL.fullmatch(view.failure.input.split("\n", 1)[0][:320]) if due is not None else None
    )
    if match is None:
        return
    asked = evaluate(match.group(1))
    if asked is None or asked.exact != due:
        return
    for equation in _worked(view):
        if equation.holds is False:
            yield Span(equation.start, equation.end)
            return


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
        confidence=0.92,
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
        confidence=0.8,
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
        confidence=0.93,
        category=CATEGORY,
        subcategory="arithmetic",
        title="False step in evaluating the expression",
        reason="The task is to evaluate an expression, and this step of it is false.",
        description=(
            "Speaks on tasks that are one arithmetic expression: points at the first false step."
        ),
    ),
    Rule(
        name="false-comparison",
        family=FAMILY,
        look=_false_comparison,
        confidence=0.9,
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
        confidence=0.4,
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
        confidence=0.4,
        category=CATEGORY,
        subcategory="comparison",
        title="A comparison that is false",
        reason="Two numbers are put in the wrong order; whether it matters is open.",
        description="A hint: points at the first false order of two numbers.",
    ),
)
