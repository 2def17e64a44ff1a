"""Stories with a plan: what is given, and the steps that lead to the answer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, NamedTuple

from generator.planted.dice import Dice

Conversion = Literal["", "unit", "time-base", "percentage"]

PATIENCE = 20_000
"""Draws of the quantities of a story before giving up."""


class Step(NamedTuple):
    """One step of a plan."""

    name: str
    """Name that later steps use."""
    expression: str
    """Operands (quantities, earlier steps, constants) and ``+ - * /``, read left to right."""
    label: str
    """What the result is, as a noun phrase without article."""
    conversion: Conversion = ""
    """What the constant of the step converts, if it does."""
    counts: bool = False
    """Whether the step counts places with both ends included and so adds one."""
    remark: str = ""
    """Sentence before the step: a quantity that was invented, or a false statement."""


class Invention(NamedTuple):
    """A quantity that the text does not give, and the sentence that brings it in."""

    after: str
    """Step whose result it changes."""
    remark: str
    """Sentence with the slot ``{v}``."""
    operation: Literal["+", "-"]
    """What is done with it."""


class Falsehood(NamedTuple):
    """A false statement about a concept or a formula, and the step that follows it."""

    step: str
    """Step that is worked out by it."""
    statements: tuple[str, ...]
    """Ways to state it."""
    expression: str
    """Expression that the statement leads to."""
    kind: Literal["wrong-definition", "wrong-formula"]
    """What it is about."""


@dataclass(frozen=True)
class Story:
    """A kind of problem: the plan, and the ways to tell it."""

    id: str
    """Name, unique over all families."""
    wordings: tuple[str, ...]
    """Texts with slots for names and quantities; the question is their last sentence."""
    quantities: Mapping[str, tuple[int, int, int]]
    """Name to lowest value, highest value, and step between values."""
    steps: tuple[Step, ...]
    """Plan."""
    inventions: tuple[Invention, ...]
    """What a careless reader might add."""
    unit: str = ""
    """Word after the answer."""
    falsehoods: tuple[Falsehood, ...] = ()
    """What somebody who does not know the concepts might believe."""
    asked: tuple[str, ...] = ()
    """Steps asked for; the last one if empty."""

    @property
    def targets(self) -> tuple[str, ...]:
        """Steps asked for."""
        return self.asked or (self.steps[-1].name,)


class Line(NamedTuple):
    """One step with its numbers."""

    name: str
    label: str
    operands: tuple[int, ...]
    operators: tuple[str, ...]
    result: int
    remark: str = ""


@dataclass(frozen=True)
class Work:
    """A worked solution, right or wrong."""

    lines: tuple[Line, ...]
    """Steps in order."""
    answers: tuple[int, ...]
    """What is given as the answer, one number for each thing asked."""
    goals: tuple[str, ...]
    """What the work says is asked for, as noun phrases."""
    results: Mapping[str, int] = field(default_factory=dict)
    """Result of each step by its name."""


def parts_of(expression: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return operands and operators of an expression."""
    tokens = expression.split()
    return tuple(tokens[0::2]), tuple(tokens[1::2])


def evaluate(operands: tuple[int, ...], operators: tuple[str, ...]) -> Fraction | None:
    """Return the value read from left to right, or none where it divides by zero."""
    total = Fraction(operands[0])
    for operator, operand in zip(operators, operands[1:], strict=True):
        match operator:
            case "+":
                total += operand
            case "-":
                total -= operand
            case "*":
                total *= operand
            case _:
                if operand == 0:
                    return None
                total /= operand
    return total


def solve(
    steps: tuple[Step, ...],
    values: Mapping[str, int],
    targets: tuple[str, ...],
    *,
    slips: Mapping[str, int] | None = None,
) -> Work | None:
    """Work through a plan; none where a result is not a positive whole number.

    Args:
        steps: the plan.
        values: the quantities by name.
        targets: names of the steps asked for.
        slips: results to state instead of the right ones; later steps carry them.
    """
    slips = slips or {}
    known = dict(values)
    lines = []
    for step in steps:
        names, operators = parts_of(step.expression)
        operands = tuple(known[name] if name in known else int(name) for name in names)
        exact = evaluate(operands, operators)
        if exact is None or exact.denominator != 1 or exact <= 0:
            return None
        known[step.name] = slips.get(step.name, int(exact))
        lines.append(
            Line(step.name, step.label, operands, operators, known[step.name], step.remark)
        )
    labels = {step.name: step.label for step in steps}
    return Work(
        lines=tuple(lines),
        answers=tuple(known[name] for name in targets),
        goals=tuple(labels[name] for name in targets),
        results={line.name: line.result for line in lines},
    )


def draw_values(story: Story, dice: Dice) -> dict[str, int]:
    """Draw quantities with which every step comes out whole and no two numbers are the same.

    Raises:
        ValueError: the ranges of the story leave no such quantities.
    """
    constants = [
        int(token) for step in story.steps for token in re.findall(r"\d+", step.expression)
    ]
    for _ in range(PATIENCE):
        values = {
            name: low + step * dice.whole(0, (high - low) // step)
            for name, (low, high, step) in story.quantities.items()
        }
        work = solve(story.steps, values, story.targets)
        if work is None:
            continue
        numbers = [*values.values(), *work.results.values()]
        if len(set(numbers)) == len(numbers) and not set(numbers) & set(constants):
            return values
    msg = f"story {story.id}: no quantities fit its steps"
    raise ValueError(msg)
