"""Faults of the benchmark: the reference is contradicted by the item's own material or models."""

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from generator.judging.arithmetic import evaluate
from generator.judging.audit import numbers_of, outcome
from generator.judging.finals import Span
from generator.judging.options import amount
from generator.judging.rule import Rule
from generator.judging.view import View

FAMILY = "benchmark_fault"
_CLOSING_LINE = re.compile(r"####|\nA:")
_FEWEST_MODELS = 3
_AGREEING = 0.75
"""Share of the strongest models that must give the same other answer."""


def _place(view: View) -> Span:
    final = view.counted
    return Span(final.start, final.end) if final else Span(0, view.stop)


def _equal(view: View, reference: str) -> bool:
    """Tell whether the answer given is what another reference asks for."""
    bare = reference.strip().strip("().")
    if view.multiple_choice:
        return view.chosen_letter is not None and view.chosen_letter == bare
    known = amount(reference)
    final = view.counted
    return (
        known is not None
        and final is not None
        and final.number == known.value
        and known.value != view.reference_number
    )


def _right_elsewhere(view: View) -> Iterator[Span]:
    own = set(view.failure.references)
    if any(_equal(view, other) for other in view.context.references_elsewhere if other not in own):
        yield _place(view)


def _models_agree(view: View) -> Iterator[Span]:
    answers = view.context.answers_elsewhere
    if len(answers) < _FEWEST_MODELS or view.chosen_letter is None:
        return
    letter, count = Counter(answer.strip().strip("().") for answer in answers).most_common(1)[0]
    if letter == view.chosen_letter != view.reference_letter and count >= _AGREEING * len(answers):
        yield _place(view)


def _solution_result(view: View) -> Fraction | None:
    """Return what the worked solution really comes to, where that is not the reference."""
    due, steps = view.reference_number, view.steps_due
    if due is None or not steps or view.options.texts:
        return None
    false = next((place for place, step in enumerate(steps) if not step.holds), None)
    if false is not None:
        true = evaluate(steps[false].tokens)
        result = outcome(steps, false, true.exact) if true else None
        return result if result != due else None
    # A step in words may come to the reference, so it must stand nowhere in the solution.
    work = _CLOSING_LINE.split(view.worked)[0]
    return None if due in numbers_of(work) else steps[-1].value


def _solution_differs(view: View) -> Iterator[Span]:
    final = view.counted
    if final is None or final.number is None:
        return
    if final.number == _solution_result(view) != view.reference_number:
        yield _place(view)


RULES: tuple[Rule, ...] = (
    Rule(
        name="right-by-another-file",
        family=FAMILY,
        look=_right_elsewhere,
        confidence=0.87,
        attribution="benchmark",
        attribution_subtype="wrong-reference",
        title="Right by the reference of another file",
        reason="Another file of the benchmark gives this answer as the right one.",
        description=(
            "Speaks with context only: files of the benchmark differ in the reference, and the "
            "answer given is the other file's."
        ),
    ),
    Rule(
        name="strong-models-agree",
        family=FAMILY,
        look=_models_agree,
        confidence=0.35,
        attribution="benchmark",
        attribution_subtype="wrong-reference",
        title="Strong models agree on this answer",
        reason="Most of the strongest models give this answer and not the reference.",
        description=(
            "A hint, with context only: a shared wrong answer is more often a shared error than a "
            "wrong reference."
        ),
    ),
    Rule(
        name="solution-differs",
        family=FAMILY,
        look=_solution_differs,
        confidence=0.8,
        attribution="benchmark",
        attribution_subtype="wrong-reference",
        title="The worked solution comes to this answer",
        reason="The benchmark's own worked solution comes to this answer and not to its reference.",
        description=(
            "Speaks where the worked solution ends at another value than the reference, or has a "
            "false step, and the answer given is what it really comes to."
        ),
    ),
)
