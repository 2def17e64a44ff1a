"""A safe reader of arithmetic: own tokens, recursive descent, exact fractions.

Nothing is ever evaluated as code. Every dimension is bounded: tokens of an expression, depth of
parentheses, digits of a number, exponents, bits of every intermediate value. What does not fit
is not read at all, never approximated.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

MOST_TOKENS = 80
MOST_DEPTH = 12
MOST_DIGITS = 30
MOST_EXPONENT = 64
MOST_BITS = 2048
_ROOT_SCALE = 10**20

NUMERAL = r"\d{1,3}(?:,\d{3}){1,9}(?!,?\d)(?:\.\d{1,30})?|\d{1,30}(?:\.\d{1,30})?|\.\d{1,30}"

_TOKEN = re.compile(
    r"(?P<unit>\\(?:text|mathrm|mathit|textrm)\s?\{[^{}]{0,40}\})"
    rf"|(?P<number>{NUMERAL})"
    r"|(?P<equals>=|≈|≃|≅|\\approx(?![a-z])|\\simeq(?![a-z]))"
    r"|(?P<operator>\*\*|\\times(?![a-z])|\\cdot(?![a-z])|\\div(?![a-z])|[-+*/×÷·^−–])"  # noqa: RUF001
    r"|(?P<fraction>\\[dt]?frac(?![a-z]))"
    r"|(?P<root>\\sqrt(?=\s{0,2}\{)|\bsqrt(?=\s{0,2}\()|√(?=\())"
    r"|(?P<skip>\\(?:left|right|big|Big)(?![a-z])|\\[,;:! ]|\\?\$|[£€~]|\s)"
    r"|(?P<open>[(\[{])"
    r"|(?P<close>[)\]}])"
    r"|(?P<percent>\\?%)"
    r"|(?P<word>\\?[^\W\d_]+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_SPELLINGS = {
    "\\times": "*",
    "\\cdot": "*",
    "\\div": "/",
    "×": "*",  # noqa: RUF001
    "·": "*",
    "÷": "/",
    "**": "^",
    "−": "-",  # noqa: RUF001
    "–": "-",  # noqa: RUF001
}


class Token(NamedTuple):
    """A piece of an expression, with its place in the text."""

    kind: str
    text: str
    start: int
    end: int


class Value(NamedTuple):
    """What an expression comes to, and how it was written."""

    exact: Fraction
    """Exact value."""
    operations: int
    """Operators applied."""
    operators: str
    """The operators in the order applied, such as ``*-``."""
    literals: tuple[str, ...]
    """Numbers as written."""
    inexact: bool
    """Whether decimals or divisions make rounding likely."""


class _UnreadableError(Exception):
    """The text is no arithmetic within the bounds."""


def tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """Yield the tokens of ``text[start:end]``, spaces and currency signs left out."""
    for match in _TOKEN.finditer(text, start, end):
        kind = match.lastgroup or "other"
        if kind != "skip":
            found = match.group()
            yield Token(kind, _SPELLINGS.get(found, found), match.start(), match.end())


def numeral(text: str) -> Fraction | None:
    """Return the value of a number as written, with commas for thousands; none if too long."""
    plain = text.replace(",", "")
    whole, _, decimals = plain.partition(".")
    digits = whole + decimals
    # int() and Fraction() take every Unicode digit; only the ten of ASCII are numbers here.
    if not digits.isascii() or not digits.isdigit() or len(digits) > MOST_DIGITS:
        return None
    return Fraction(int(digits), 10 ** len(decimals))


def evaluate(
    expression: str | Sequence[Token],
    *,
    percent: bool = True,
    replaced: Mapping[Fraction, Fraction] | None = None,
) -> Value | None:
    """Evaluate an arithmetic expression exactly.

    Args:
        expression: Text, or the tokens of one.
        percent: Whether a per-cent sign divides by 100; otherwise it is passed over.
        replaced: Numbers to read as other numbers, to carry a mended value onwards.

    Returns:
        The value, or none where the text is no arithmetic or exceeds a bound.
    """
    if isinstance(expression, str):
        # Longer texts than the most tokens can cover are refused before any is read.
        if len(expression) > MOST_TOKENS * MOST_DIGITS:
            return None
        expression = list(tokens(expression, 0, len(expression)))
    if not 0 < len(expression) <= MOST_TOKENS:
        return None
    reader = _Reader(expression, percent=percent, replaced=replaced or {})
    try:
        exact = reader.sum(0)
    except _UnreadableError:
        return None
    if reader.at < len(expression):
        return None
    return Value(
        exact,
        len(reader.operators),
        "".join(reader.operators),
        tuple(reader.literals),
        reader.inexact,
    )


def _bounded(value: Fraction) -> Fraction:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MOST_BITS:
        raise _UnreadableError
    return value


class _Reader:
    """One pass over the tokens of one expression."""

    def __init__(
        self, given: Sequence[Token], *, percent: bool, replaced: Mapping[Fraction, Fraction]
    ) -> None:
        self.given = given
        self.percent = percent
        self.replaced = replaced
        self.at = 0
        self.operators: list[str] = []
        self.literals: list[str] = []
        self.inexact = False

    def peek(self) -> Token | None:
        return self.given[self.at] if self.at < len(self.given) else None

    def takes(self, kind: str, choices: str = "") -> str | None:
        token = self.peek()
        if token is None or token.kind != kind or (choices and token.text not in choices):
            return None
        self.at += 1
        return token.text

    def sum(self, depth: int) -> Fraction:
        value = self.product(depth)
        while operator := self.takes("operator", "+-"):
            other = self.product(depth)
            self.operators.append(operator)
            value = _bounded(value + other if operator == "+" else value - other)
        return value

    def product(self, depth: int) -> Fraction:
        value = self.signed(depth)
        while True:
            token = self.peek()
            if operator := self.takes("operator", "*/"):
                other = self.signed(depth)
            elif token is not None and token.kind in {"open", "fraction", "root"}:
                operator, other = "*", self.power(depth)
            else:
                return value
            self.operators.append(operator)
            value = _bounded(value * other) if operator == "*" else self.quotient(value, other)

    def quotient(self, value: Fraction, other: Fraction) -> Fraction:
        if other == 0:
            raise _UnreadableError
        self.inexact = True
        return _bounded(value / other)

    def signed(self, depth: int) -> Fraction:
        negative = False
        while sign := self.takes("operator", "+-"):
            negative ^= sign == "-"
        value = self.power(depth)
        return -value if negative else value

    def power(self, depth: int) -> Fraction:
        value = self.atom(depth)
        if self.takes("operator", "^"):
            negative = self.takes("operator", "-") is not None
            exponent = self.atom(depth)
            self.operators.append("^")
            if exponent.denominator != 1 or abs(exponent) > MOST_EXPONENT:
                raise _UnreadableError
            whole = int(-exponent if negative else exponent)
            bits = max(value.numerator.bit_length(), value.denominator.bit_length())
            if bits * abs(whole) > MOST_BITS or (value == 0 and whole < 0):
                raise _UnreadableError
            value = value**whole
        while self.takes("percent"):
            self.inexact = True
            if self.percent:
                value /= 100
        return value

    def atom(self, depth: int) -> Fraction:
        if depth > MOST_DEPTH:
            raise _UnreadableError
        if literal := self.takes("number"):
            value = numeral(literal)
            if value is None:
                raise _UnreadableError
            self.literals.append(literal)
            self.inexact |= "." in literal
            return self.replaced.get(value, value)
        if self.takes("fraction"):
            above = self.bracketed(depth)
            below = self.bracketed(depth)
            self.operators.append("/")
            return self.quotient(above, below)
        if self.takes("root"):
            value = self.bracketed(depth)
            self.operators.append("√")
            return self.root(value)
        return self.bracketed(depth)

    def root(self, value: Fraction) -> Fraction:
        """Return the square root, exact where there is one, else to some twenty digits."""
        if value < 0:
            raise _UnreadableError
        square = value.numerator * value.denominator
        whole = math.isqrt(square)
        if whole * whole == square:
            return Fraction(whole, value.denominator)
        self.inexact = True
        return _bounded(
            Fraction(math.isqrt(square * _ROOT_SCALE**2), _ROOT_SCALE * value.denominator)
        )

    def bracketed(self, depth: int) -> Fraction:
        if depth > MOST_DEPTH or self.takes("open") is None:
            raise _UnreadableError
        value = self.sum(depth + 1)
        if self.takes("close") is None:
            raise _UnreadableError
        return value
