"""Whether two values are equal within the rounding that their written forms imply."""

from fractions import Fraction

from generator.judging.arithmetic import Value, numeral


def written_step(literal: str) -> Fraction:
    """Return the value of one unit in the last digit of a number as written."""
    _, _, decimals = literal.partition(".")
    return Fraction(1, 10 ** len(decimals))


def agree(left: Value, right: Value, *, approximate: bool) -> bool:
    """Tell whether two sides are equal within the rounding that their written forms imply.

    A result shown with fewer digits is rounded, not false, and cutting digits off counts as
    rounding. Whole-number sums must be exact.
    """
    difference = abs(left.exact - right.exact)
    size = max(abs(left.exact), abs(right.exact))
    if difference == 0 or (approximate and difference * 20 <= size):
        return True
    if not (left.inexact or right.inexact):
        return False
    if difference * 80 <= size:
        return True
    return _rounded(left, right, difference)


def _rounded(left: Value, right: Value, difference: Fraction) -> bool:
    """Tell whether a difference is below one step of the last digit shown."""
    shown = right if right.operations == 0 else left if left.operations == 0 else None
    if shown is not None and shown.literals:
        other = left if shown is right else right
        if other.exact.denominator != 1:
            step = written_step(shown.literals[0])
            cut = abs(shown.exact) < abs(other.exact) and difference < step
            return cut or difference * 2 <= step
    elif right.literals and _is_scientific(right):
        mantissa = numeral(right.literals[0])
        if mantissa:
            return difference < written_step(right.literals[0]) * abs(right.exact / mantissa)
    return False


def _is_scientific(value: Value) -> bool:
    """Tell whether a side is a number times a power of ten."""
    return value.operators == "^*" and value.literals[1:2] == ("10",)
