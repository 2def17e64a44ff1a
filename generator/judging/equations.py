"""Equations and comparisons in free text, with operands, stated results and places."""

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from generator.judging.arithmetic import NUMERAL, Token, Value, evaluate, numeral, tokens
from generator.judging.rounding import agree
from generator.judging.sides import left_side, right_side

MOST_EQUATIONS = 150
MOST_SIGNS = 400
"""Equals signs of a text that are looked at."""
WINDOW = 110
"""Characters on either side of an equals sign that are read."""

_ANNOTATION = re.compile(r"<<([^<>=\n]{1,120})=([^<>=\n]{1,60})>>")
_EQUALS = re.compile(r"(?<![<>!=:\\])(?:=(?![=>])|≈|≃|≅)|\\approx(?![a-z])|\\simeq(?![a-z])")
_OPERATION = re.compile(r"[0-9)}\]%][^=\n]{0,40}(?:[-+*/×÷·^−–xX(]|\\[tcd])|\\[dt]?frac")  # noqa: RUF001
_DIGIT = re.compile(r"[0-9]")
_LINE_END = re.compile(r"[\n?;]|\\\\|&=")
_ANOTHER_ARITHMETIC = re.compile(
    r"\bmod(?:ulo)?\b|≡|\\equiv|\\pmod|\bbase\b|\bbinary\b|\bhex|\boctal|\\mathbb|\bGF\(|\bXOR\b|\bdivisible",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\b(?:if|suppose|assume|assuming|let(?!['\u2019]s)|not|whether|check|would|instead of)\b"
    r"[^.\n]{0,25}$",
    re.IGNORECASE,
)
_CONVERSIONS = (7, 10, 12, 16, 24, 30, 52, 60, 100, 365, 1000, 3600)
_POWERS_OF_TEN = frozenset(Fraction(10) ** power for power in range(-15, 16))
_COMPARISON = re.compile(
    rf"(?<![\w.,^*/+=<>$(\\-])(-?(?:{NUMERAL}))\s?"
    r"(<|>|is (?:greater|larger|bigger|higher|more|less|smaller|lower) than)\s?"
    rf"(-?(?:{NUMERAL}))(?![\w^%°$\\]|[.,]\d|\s?[-+*/×=<>(])"  # noqa: RUF001
)


class Equation(NamedTuple):
    """Two sides that the output sets equal, both of them pure arithmetic."""

    start: int
    """Offset of the left side, in code points."""
    end: int
    """Offset after the right side."""
    left: Value
    """Left side; has at least one operation."""
    right: Value
    """Stated result."""
    left_tokens: tuple[Token, ...]
    """Left side as read, for evaluating it again with a mended value."""
    annotated: bool
    """Whether it is a calculator annotation, ``<<a*b=c>>``."""
    holds: bool | None
    """Whether it is true as rounded; none where units or context leave it open."""


class Comparison(NamedTuple):
    """Two numbers that the output puts in an order."""

    start: int
    end: int
    holds: bool


def equations(text: str) -> tuple[Equation, ...]:
    """Read the equations of a text in order; at most :data:`MOST_EQUATIONS`.

    The time is linear in the length of the text: each equals sign reads a bounded window.
    """
    found = list(_annotations(text))
    plain = _ANNOTATION.sub(lambda match: " " * len(match.group()), text) if found else text
    found.extend(_plain_equations(plain))
    return tuple(sorted(found[: 2 * MOST_EQUATIONS])[:MOST_EQUATIONS])


def comparisons(text: str) -> tuple[Comparison, ...]:
    """Read the comparisons of two plain numbers, in order; at most :data:`MOST_EQUATIONS`."""
    found: list[Comparison] = []
    for match in _COMPARISON.finditer(text):
        left, right = _signed(match.group(1)), _signed(match.group(3))
        if left is None or right is None:
            continue
        before = text[max(0, match.start() - 40) : match.start()]
        if _SUPPOSED.search(before):
            continue
        relation = match.group(2)
        above = relation == ">" or any(
            word in relation for word in ("greater", "larger", "bigger", "higher", "more")
        )
        found.append(
            Comparison(match.start(), match.end(), left > right if above else left < right)
        )
        if len(found) == MOST_EQUATIONS:
            break
    return tuple(found)


def _signed(text: str) -> Fraction | None:
    value = numeral(text.lstrip("-"))
    return -value if value is not None and text.startswith("-") else value


def _annotations(text: str) -> Iterator[Equation]:
    for count, match in enumerate(_ANNOTATION.finditer(text)):
        if count == MOST_EQUATIONS:
            return
        left_tokens = tuple(tokens(text, match.start(1), match.end(1)))
        left = evaluate(left_tokens)
        right = evaluate(match.group(2))
        if left is None or right is None or left.operations == 0:
            continue
        holds = agree(left, right, approximate=False)
        yield Equation(match.start(), match.end(), left, right, left_tokens, True, holds)


def _plain_equations(text: str) -> Iterator[Equation]:
    signs = [match.span() for match in itertools.islice(_EQUALS.finditer(text), MOST_SIGNS)]
    count = 0
    for index, (start, end) in enumerate(signs):
        before = max(start - WINDOW, signs[index - 1][1] if index else 0)
        after = min(end + WINDOW, signs[index + 1][0] if index + 1 < len(signs) else len(text))
        # Most signs stand between words or symbols: tell so before any token is cut.
        if not _OPERATION.search(text, before, start) or not _DIGIT.search(text, end, after):
            continue
        equation = _equation(text, before, (start, end), after)
        if equation is not None:
            yield equation
            count += 1
            if count == MOST_EQUATIONS:
                return


def _equation(text: str, before: int, sign: tuple[int, int], after: int) -> Equation | None:
    breaks = [match.end() for match in _LINE_END.finditer(text, before, sign[0])]
    on_left = left_side(list(tokens(text, breaks[-1] if breaks else before, sign[0])))
    if not on_left.taken:
        return None
    line_end = _LINE_END.search(text, sign[1], after)
    asked = line_end is not None and line_end.group() == "?"
    on_right = right_side(list(tokens(text, sign[1], line_end.start() if line_end else after)))
    left, right = evaluate(on_left.taken), evaluate(on_right.taken)
    if left is None or right is None or left.operations == 0:
        return None
    start, end = on_left.taken[0].start, on_right.taken[-1].end
    approximate = text[sign[0] : sign[1]] != "="
    holds: bool | None = agree(left, right, approximate=approximate)
    if not holds:
        holds = _second_look(
            left,
            right,
            left_plain=evaluate(on_left.taken, percent=False) or left,
            right_plain=evaluate(on_right.taken, percent=False) or right,
            approximate=approximate,
            with_units=on_left.units or on_right.units,
        )
    if holds is False and (asked or _doubtful(text, start, end)):
        holds = None
    return Equation(start, end, left, right, on_left.taken, False, holds)


def _second_look(
    left: Value,
    right: Value,
    *,
    left_plain: Value,
    right_plain: Value,
    approximate: bool,
    with_units: bool,
) -> bool | None:
    """Look again at a false equation: other readings of per cent, implied conversions."""
    for one, other in ((left_plain, right), (left, right_plain), (left_plain, right_plain)):
        if agree(one, other, approximate=approximate):
            return True
    if right.exact and left.exact:
        ratio = abs(left.exact / right.exact)
        if with_units and any(
            abs(r - factor) * 200 < factor for factor in _CONVERSIONS for r in (ratio, 1 / ratio)
        ):
            return None
        if left.operators == "^*" and ratio in _POWERS_OF_TEN:
            return None
        if ratio == 100 and "%" in "".join(left.literals + right.literals):  # noqa: PLR2004
            return None
    return False


def _doubtful(text: str, start: int, end: int) -> bool:
    """Tell whether the surroundings show that the equation is not asserted as plain arithmetic."""
    before = text[max(0, start - 60) : start]
    nearby = text[max(0, start - 120) : end + 60]
    return bool(_SUPPOSED.search(before) or _ANOTHER_ARITHMETIC.search(nearby))
