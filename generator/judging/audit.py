"""Compares the steps of a worked answer with the task's numbers and a worked solution's steps."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from generator.judging.arithmetic import NUMERAL, Token, evaluate, numeral
from generator.judging.equations import Equation

MOST_STEPS = 40
MOST_NUMBERS = 200
_SAME_STEP = 80
"""Characters within which an annotation and the plain equation around it are one step."""
_NUMERAL = re.compile(
    rf"(?<![\w.])(?:{NUMERAL})(?:\s?/\s?\d{{1,4}})?(?!\w)|\b[a-z]{{3,9}}\b", re.IGNORECASE
)
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
WORDS: dict[str, Fraction] = {
    **{word: Fraction(value) for value, word in enumerate(_UNITS.split())},
    **{
        word: Fraction(value)
        for word, value in {
            "thirty": 30,
            "forty": 40,
            "fifty": 50,
            "sixty": 60,
            "hundred": 100,
            "thousand": 1000,
            "twice": 2,
            "double": 2,
            "doubled": 2,
            "doubles": 2,
            "both": 2,
            "pair": 2,
            "couple": 2,
            "thrice": 3,
            "triple": 3,
            "tripled": 3,
            "triples": 3,
            "dozen": 12,
            "dozens": 12,
        }.items()
    },
    "half": Fraction(1, 2),
    "halves": Fraction(1, 2),
    "third": Fraction(1, 3),
    "thirds": Fraction(1, 3),
    "quarter": Fraction(1, 4),
    "quarters": Fraction(1, 4),
    "fourth": Fraction(1, 4),
    "fifth": Fraction(1, 5),
    "tenth": Fraction(1, 10),
}
"""Number words of word problems."""


class Step(NamedTuple):
    """One equation of a worked answer."""

    start: int
    """Offset in code points."""
    end: int
    """Offset after it."""
    tokens: tuple[Token, ...]
    """Its left side."""
    operands: tuple[Fraction, ...]
    """Numbers of the left side, sorted."""
    operators: str
    """Operators of the left side."""
    value: Fraction
    """Result as stated."""
    holds: bool
    """Whether it is not false."""


def steps_of(equations: Iterable[Equation], stop: int | None = None) -> tuple[Step, ...]:
    """Return the steps of a worked text, annotations counted once with what stands around them.

    Args:
        equations: Its equations in order.
        stop: Offset at which the final answer ends; later equations are left out.
    """
    kept: list[Equation] = []
    known = [equation for equation in equations if stop is None or equation.start < stop]
    noted = [equation for equation in known if equation.annotated]
    for equation in known[: 2 * MOST_STEPS]:
        doubled = not equation.annotated and any(
            other.right.exact == equation.right.exact
            and abs(other.start - equation.start) < _SAME_STEP
            for other in noted
        )
        if not doubled:
            kept.append(equation)
    return tuple(_step(equation) for equation in kept[:MOST_STEPS])


def _step(equation: Equation) -> Step:
    read = (numeral(literal) for literal in equation.left.literals)
    return Step(
        equation.start,
        equation.end,
        equation.left_tokens,
        tuple(sorted(value for value in read if value is not None)),
        equation.left.operators,
        equation.right.exact,
        equation.holds is not False,
    )


def numbers_of(text: str) -> frozenset[Fraction]:
    """Return the numbers that a text gives, in digits, as fractions or in words."""
    found: set[Fraction] = set()
    for match in itertools.islice(_NUMERAL.finditer(text), 4_000):
        word = match.group().lower()
        if word in WORDS:
            found.add(WORDS[word])
        elif not word[0].isalpha():
            above, _, below = word.partition("/")
            value, divisor = numeral(above.strip()), numeral(below.strip()) if below else None
            if value is not None:
                found.add(value)
                if divisor:
                    found.add(value / divisor)
        if len(found) > MOST_NUMBERS:
            break
    return frozenset(found)


def readings(given: Iterable[Fraction]) -> frozenset[Fraction]:
    """Return numbers with the forms that percentages take: as a share, and its complement."""
    found: set[Fraction] = set()
    for number in given:
        found.add(number)
        if 0 < number <= 200:  # noqa: PLR2004
            share = number / 100
            found |= {share, 1 - share, 1 + share, 100 - number, 100 + number}
        if 0 < number < 1:
            found |= {1 - number, 1 + number}
    return frozenset(found)


def outcome(steps: Sequence[Step], place: int, value: Fraction) -> Fraction | None:
    """Return what a chain comes to if one step had another value, none where it cannot be told.

    The value is carried through the later steps that use it.
    """
    mended = {steps[place].value: value}
    last = value
    for step in steps[place + 1 :]:
        if not any(operand in mended for operand in step.operands):
            continue
        again = evaluate(step.tokens, replaced=mended)
        if again is None:
            return None
        mended[step.value] = again.exact
        last = again.exact
    return last


def same_operands(one: Step, other: Step) -> bool:
    """Tell whether two steps combine the same numbers; ones and hundreds do not count."""
    return _telling(one.operands) == _telling(other.operands)


def _telling(operands: Iterable[Fraction]) -> Counter[Fraction]:
    return Counter(operand for operand in operands if operand not in {1, 100})
