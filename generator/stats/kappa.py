"""Agreement beyond chance."""

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import pandas as pd

from generator.stats.intervals import wilson


class Kappa(NamedTuple):
    """Cohen's kappa with its interval, all in [-1, 1]; NaN where it is not defined."""

    value: float
    low: float
    high: float


UNKNOWN = Kappa(math.nan, math.nan, math.nan)
"""Kappa of nothing, or of two judges who both know a single answer."""


def kappa(said: pd.Series, known: pd.Series, level: float) -> Kappa:
    """Return Cohen's kappa of two judges over the same failures.

    The interval is the one for large samples. Where the two agree on everything it would shrink
    to a point; there Wilson's interval of the observed agreement is used, chance held fixed.

    Args:
        said: One answer a failure.
        known: The other judge's answers, in the same order.
        level: Confidence level in (0, 1).

    Source:
        Fleiss, Cohen and Everitt (1969), Psychological Bulletin 72, 323-327.
    """
    n = len(said)
    places, answers = pd.factorize(np.concatenate([said, known]).astype(object), sort=True)
    if len(answers) <= 1:
        return UNKNOWN
    pairs = places[:n] * len(answers) + places[n:]
    table = np.bincount(pairs, minlength=len(answers) ** 2).reshape(len(answers), len(answers))
    shares = table / n
    by_one, by_other = shares.sum(axis=1), shares.sum(axis=0)
    agreed, chance = float(np.trace(shares)), float((by_one * by_other).sum())
    # Rounding may carry it past its bounds, and leave a variance of nothing below 0.
    value = min(max((agreed - chance) / (1 - chance), -1.0), 1.0)
    spread = max(_variance(shares, value, chance) / n, 0.0) ** 0.5
    if spread > 0:
        reach = NormalDist().inv_cdf((1 + level) / 2) * spread
        return Kappa(value, max(value - reach, -1.0), min(value + reach, 1.0))
    same = int((said.to_numpy() == known.to_numpy()).sum())
    low, high = (max((end - chance) / (1 - chance), -1.0) for end in wilson(same, n, level))
    return Kappa(value, min(low, value), max(high, value))


def _variance(shares: np.ndarray, value: float, chance: float) -> float:
    """Return the variance of kappa, times the number of failures.

    Args:
        shares: Share of the failures with each pair of answers, one judge's down, the other's
            across.
        value: Kappa.
        chance: Share on which the two would agree by chance.

    Source:
        As :func:`kappa`.
    """
    by_one, by_other = shares.sum(axis=1), shares.sum(axis=0)
    same = np.diag(shares)
    apart = shares * (by_other[:, None] + by_one) ** 2
    agreeing = same * (1 - (by_one + by_other) * (1 - value)) ** 2
    parts = agreeing.sum() + (1 - value) ** 2 * (apart.sum() - np.trace(apart))
    return float(parts - (value - chance * (1 - value)) ** 2) / (1 - chance) ** 2
