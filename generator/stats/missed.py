"""Intervals of corrected shares: what a judge names wrongly, and what it misses.

A category's share is the share that the judge gives it, times how often it is right there, plus
what it misses: the failures of the category to which it gave something else. In a sample of some
tens a category has a handful of the first and mostly none of the second, so that each alone says
next to nothing. All categories together say more: how much is missed in all is well known, and
only its division among the categories is not.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import betaincinv, gammaln

from generator.stats.intervals import recovered

WORTH = 5.0
"""Failures that the expected division of what is missed is worth beside those seen."""
EVEN = (0.2, 1.0)
"""Two ways in which mistakes may go, by the share of them that is even over the categories: mostly
as the judge's names go, where it misses some of every kind; or evenly, where it sees few kinds."""
JEFFREYS = 0.5
"""Failures added to either side of how much is missed in all, and of how often a name is right."""
_LEAST = 1e-9


class Seen(NamedTuple):
    """What a sample says of a judge, category by category; numbers are effective ones."""

    often: pd.Series
    """Share of all failures that the judge gives the category."""
    named: pd.Series
    """Failures of the sample that the judge gives it."""
    right: pd.Series
    """Those of them that are of it."""
    missed: pd.Series
    """Failures of the sample that are of it, and that the judge gives something else."""
    size: float
    """Failures of the sample."""


def powered_ends(seen: Seen, level: float) -> pd.DataFrame:
    """Return intervals of corrected shares: a row per category, with low and high.

    How often a name is right, and how much is missed in all, have Beta posteriors. What is missed
    is divided by a mixture of Dirichlet posteriors, one for each way in which mistakes may go; how
    well the sample bears each out is its weight. The two parts are added from the ends of their own
    intervals, so that the sum keeps their skew. A category of which the sample has nothing may be
    absent: its interval begins at 0.

    Source:
        Two parts with Beta posteriors (the chain rule estimate): Hofer, Maynez, Dhingra, Fisch,
        Globerson and Cohen (2024), Bayesian prediction-powered inference, arXiv 2405.06034; the
        division of a total with an expectation worth so many observations: Fienberg and Holland
        (1973), J. Am. Stat. Assoc. 68, 683-691, weighed as in Good (1965), The Estimation of
        Probabilities, MIT Press; the sum as :func:`~.intervals.recovered`; the lower
        end at nothing seen: Brown, Cai and DasGupta (2001), Statistical Science 16, 101-133.
    """
    given = max(float(seen.often.sum()), _LEAST)
    ways = [(1 - even) * seen.often / given + even / len(seen.often) for even in EVEN]
    mistakes = sum(ways, seen.often * 0.0) / len(ways) * given
    tail = (1 - level) / 2
    precise, lacking = _precision(seen, mistakes, tail), _missing(seen, ways, tail)
    # Among the failures without the name the sample may have drawn more or fewer than there are.
    without = (1 - seen.often) * seen.size / (seen.size - seen.named).clip(lower=_LEAST)
    parts = [
        precise.assign(weight=seen.often),
        lacking.assign(weight=without.clip(upper=2.0)),
    ]
    middle = sum((part["weight"] * part["share"] for part in parts), seen.often * 0.0)
    ends = recovered(middle, parts)
    return ends.assign(low=ends["low"].where(seen.right + seen.missed > 0, 0.0))


def _precision(seen: Seen, expected: pd.Series, tail: float) -> pd.DataFrame:
    """Return how often a name is right.

    Args:
        seen: What the sample says.
        expected: How often the judge would give each category if all that it gives were mistaken.
        tail: Chance that the truth lies beyond either end.
    """
    wrong = (seen.named.sum() - seen.right.sum() + JEFFREYS) / (seen.named.sum() + 2 * JEFFREYS)
    by_chance = 1 / len(seen.often)
    prior = (1 - wrong * expected / seen.often.clip(lower=_LEAST)).clip(lower=by_chance)
    weight = 2 * JEFFREYS
    return _posterior(
        seen.right + weight * prior, seen.named - seen.right + weight * (1 - prior), tail
    )


def _missing(seen: Seen, ways: Sequence[pd.Series], tail: float) -> pd.DataFrame:
    """Return the share of all failures that are of a category and have another name, or none.

    Args:
        seen: What the sample says.
        ways: Part of what is missed that each category may be expected to have; one is so.
        tail: Chance that the truth lies beyond either end.
    """
    total = float(seen.missed.sum())
    chances = np.array([_borne_out(seen.missed, WORTH * way) for way in ways])
    weights = np.exp(chances - chances.max())
    # Mean, and mean of the square, of each category's part, and of how much is missed in all.
    part = square = seen.missed * 0.0
    for way, weight in zip(ways, weights / weights.sum(), strict=True):
        own = seen.missed + WORTH * way
        part = part + weight * own / (total + WORTH)
        square = square + weight * own * (own + 1) / ((total + WORTH) * (total + WORTH + 1))
    count, size = total + JEFFREYS, seen.size + 2 * JEFFREYS
    mean = part * count / size
    variance = square * count * (count + 1) / (size * (size + 1)) - mean**2
    # A Beta distribution with the moments of the product.
    worth = (mean * (1 - mean) / variance.clip(lower=_LEAST**2) - 1).clip(lower=_LEAST)
    return _posterior(mean * worth, (1 - mean) * worth, tail)


def _borne_out(counts: pd.Series, expected: pd.Series) -> float:
    """Return the log chance of counts, but for what is the same for all expectations."""
    return float((gammaln(counts + expected) - gammaln(expected)).sum())


def _posterior(first: pd.Series, second: pd.Series, tail: float) -> pd.DataFrame:
    """Return the median of Beta distributions as share, and their ends as low and high."""
    ends = {
        name: np.nan_to_num(betaincinv(first, second, chance))
        for name, chance in (("share", 0.5), ("low", tail), ("high", 1 - tail))
    }
    return pd.DataFrame(ends, index=first.index)
