"""Intervals for one share."""

from typing import NamedTuple

from statsmodels.stats.proportion import proportion_confint


class Interval(NamedTuple):
    """A confidence interval of a share, both ends in [0, 1]."""

    low: float
    high: float


def wilson(successes: float, n: float, level: float) -> Interval:
    """Return Wilson's score interval of ``successes / n``.

    Both may be fractional: under design weights ``n`` is the effective sample size. With
    ``n = 0`` nothing is known and the interval is [0, 1].

    Args:
        successes: How often it happened, between 0 and ``n``.
        n: How often it could have happened.
        level: Confidence level in (0, 1), such as 0.95.

    Source:
        Wilson (1927), J. Am. Stat. Assoc. 22, 209-212; computed by statsmodels.
    """
    if n <= 0:
        return Interval(0.0, 1.0)
    low, high = proportion_confint(successes, n, alpha=1 - level, method="wilson")
    # At the ends the interval is closed by definition; rounding would leave it a hair open.
    return Interval(
        0.0 if successes <= 0 else float(low),
        1.0 if successes >= n else float(high),
    )
