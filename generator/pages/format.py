"""How numbers and dates are written. Templates get finished text and do no arithmetic."""

import math
from datetime import date

from generator.charts.labels import NBSP

MINUS = "\N{MINUS SIGN}"
NOTHING = "\N{EN DASH}"
"""Stands in a table where nothing is known, or there is none."""
_NAMES = {1e12: "trillion", 1e9: "billion", 1e6: "million"}
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def count(number: float) -> str:
    """Return a count: 174,031."""
    return f"{round(number):,}"


def counted(number: float, noun: str, several: str = "") -> str:
    """Return a count with its noun: 1 failure, 70 failures."""
    return f"{count(number)} {noun if round(number) == 1 else several or noun + 's'}"


def percent(share: float) -> str:
    """Return a share in [0, 1] with one decimal: 23.1 %."""
    return f"{share * 100:.1f}{NBSP}%"


def interval(low: float, high: float) -> str:
    """Return the ends of an interval of shares: 14.6 to 34.5."""
    return between(f"{low * 100:.1f}", f"{high * 100:.1f}")


def between(low: str, high: str) -> str:
    """Return the ends of an interval, never parted by the end of a line."""
    return f"{low}{NBSP}to{NBSP}{high}"


def sized(n: float) -> str:
    """Return a number of cases, never parted by the end of a line: n = 1,290."""
    return f"n{NBSP}={NBSP}{count(n)}"


def estimate(share: float, low: float, high: float, n: float) -> str:
    """Return a share with its interval, 23.1 % (14.6 to 34.5); a dash where n is 0."""
    if n <= 0 or math.isnan(share):
        return NOTHING
    return f"{percent(share)} ({interval(low, high)})"


def points(difference: float, low: float, high: float) -> str:
    """Return a difference of shares in percentage points: +5.1 (2.1 to 10.0)."""
    ends = [f"{value * 100:.1f}".replace("-", MINUS) for value in (low, high)]
    return f"{difference * 100:+.1f} ({between(*ends)})".replace("-", MINUS)


def shift(difference: float) -> str:
    """Return a difference of shares in percentage points, without an interval: +5.1."""
    return f"{difference * 100:+.1f}".replace("-", MINUS)


def level(confidence: float) -> str:
    """Return a confidence level or threshold: 95 %."""
    return f"{confidence * 100:g}{NBSP}%"


def decimal(value: float) -> str:
    """Return a confidence in [0, 1] with two decimals: 0.82."""
    return f"{value:.2f}"


def day(value: date) -> str:
    """Return a date: 23 November 2026."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def month(value: date) -> str:
    """Return the month of a date: November 2026."""
    return f"{_MONTHS[value.month - 1]} {value.year}"


def size(parameters: int) -> str:
    """Return a number of parameters: 7.2 billion."""
    for unit, name in _NAMES.items():
        if parameters >= unit:
            return f"{parameters / unit:.3g} {name}"
    return count(parameters)


def weight(size_in_bytes: int) -> str:
    """Return how large a file is: 812 B, 14 kB, 1.6 MB."""
    if size_in_bytes < _KB:
        return f"{size_in_bytes}{NBSP}B"
    if size_in_bytes < _KB**2:
        return f"{size_in_bytes / _KB:.0f}{NBSP}kB"
    return f"{size_in_bytes / _KB**2:.1f}{NBSP}MB"


_KB = 1000
