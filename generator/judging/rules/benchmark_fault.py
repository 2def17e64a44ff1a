"""Faults of the benchmark: the reference is contradicted by the item's own material or models."""

import re
from collections.abc import Iterator
from fractions import Fraction

from generator.judging.arithmetic import evaluate
from generator.judging.audit import numbers_of, outcome
from generator.judging.finals import Span
from generator.judging.rule import Rule
from generator.judging.view import View
from generator.records.benchmark import Item
from generator.records.keys import answer_hash, item_hash

FAMILY = "benchmark_fault"
_CLOSING_LINE = re.compile(r"####|\nA:")
_FEWEST_MODELS = 5
_AGREEING = 0.9
"""Share of the strongest models that must give the same other answer."""


def _place(view: View) -> Span:
    final = view.counted
    return Span(final.start, final.end) if final else Span(0, view.stop)


def _right_elsewhere(view: View) -> Iterator[Span]:
    """Point at an answer that would be right if the item were as another file has it."""
    wordings = view.context.wordings
    answer = view.chosen_letter if view.task.multiple_choice else view.failure.extracted
    if not wordings or answer is None:
        return
    given = view.failure
    # The same question and options with this very answer as the reference: nothing else differs.
    supposed = Item.of_checked(
        item_id=given.item_id, input=given.input, choices=given.choices, references=(answer,)
    )
    own = answer in given.references
    if not own and bytes.fromhex(item_hash(given.benchmark, supposed)) in wordings:
        yield _place(view)


def _models_agree(view: View) -> Iterator[Span]:
    answers = view.context.answers
    answer = view.chosen_letter if view.task.multiple_choice else view.failure.extracted
    chosen = answer_hash(answer)
    if len(answers) < _FEWEST_MODELS or chosen is None:
        return
    if any(answer_hash(reference) == chosen for reference in view.failure.references):
        return
    if answers.count(chosen) >= _AGREEING * len(answers):
        yield _place(view)


def _solution_result(view: View) -> Fraction | None:
    """Return what the worked solution really comes to, where that is not the reference."""
    due, steps = view.task.reference_number, view.task.steps_due
    if due is None or not steps or view.task.options.texts:
        return None
    false = next((place for place, step in enumerate(steps) if not step.holds), None)
    if false is not None:
        true = evaluate(steps[false].tokens)
        result = outcome(steps, false, true.exact) if true else None
        return result if result != due else None
    # A step in words may come to the reference, so it must stand nowhere in the solution.
    work = _CLOSING_LINE.split(view.task.worked)[0]
    return None if due in numbers_of(work) else steps[-1].value


def _solution_differs(view: View) -> Iterator[Span]:
    final = view.counted
    if final is None or final.number is None:
        return
    if final.number == _solution_result(view) != view.task.reference_number:
        yield _place(view)


RULES: tuple[Rule, ...] = (
    Rule(
        name="right-by-another-file",
        family=FAMILY,
        look=_right_elsewhere,
        prior=0.87,
        attribution="benchmark",
        attribution_subtype="wrong-reference",
        title="Right by the reference of another file",
        reason="Another file of the benchmark gives this answer as the right one.",
        description=(
            "Speaks with context only: another file of the benchmark has the same question and "
            "options and calls the answer given right."
        ),
    ),
    Rule(
        name="strong-models-agree",
        family=FAMILY,
        look=_models_agree,
        prior=0.35,
        attribution="benchmark",
        attribution_subtype="wrong-reference",
        title="Strong models agree on this answer",
        reason="Nine of the ten strongest other models give this answer and not the reference.",
        description=(
            "A hint, with context only: a shared wrong answer is about as often a shared error as "
            "a wrong reference."
        ),
    ),
    Rule(
        name="solution-differs",
        family=FAMILY,
        look=_solution_differs,
        prior=0.8,
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
