"""Intervals for one share, for several at once, and for sums and products of shares."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import ndtri


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
        Wilson (1927), J. Am. Stat. Assoc. 22, 209-212.
    """
    if n <= 0:
        return Interval(0.0, 1.0)
    low, high = _scored(np.float64(successes), np.float64(n), level)
    # At the ends the interval is closed by definition; rounding would leave it a hair open.
    return Interval(
        0.0 if successes <= 0 else float(low),
        1.0 if successes >= n else float(high),
    )


def wilson_bounds(shares: np.ndarray, n: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
    """Return Wilson's interval of many shares: the lower ends and the upper ends.

    Where ``n`` is infinite, a share is known without error and its interval is a point.

    Args:
        shares: Shares in [0, 1].
        n: What each is a share of (effective size, fractional if need be).
        level: Confidence level in (0, 1).

    Source:
        As :func:`wilson`.
    """
    share = np.clip(shares, 0.0, 1.0)
    some, all_known = n > 0, np.isinf(n)
    counted = np.where(some & ~all_known, n, 1.0)
    low, high = _scored(share * counted, counted, level)
    low, high = np.where(share <= 0, 0.0, low), np.where(share >= 1, 1.0, high)
    low, high = np.where(some, low, 0.0), np.where(some, high, 1.0)
    return np.where(all_known, share, low), np.where(all_known, share, high)


def _scored(successes: ArrayLike, n: ArrayLike, level: float) -> tuple[np.ndarray, np.ndarray]:
    """Return both ends of Wilson's interval; ``n`` is above 0."""
    # Not the ready-made one of statsmodels: half of what a build imports would come along.
    share, size = np.divide(successes, n), np.asarray(n)
    reach = -ndtri((1 - level) / 2)
    narrower = 1 + reach**2 / size
    middle = (share + reach**2 / (2 * size)) / narrower
    apart = reach * np.sqrt(share * (1 - share) / size + reach**2 / (4 * size**2)) / narrower
    return np.clip(middle - apart, 0.0, 1.0), np.clip(middle + apart, 0.0, 1.0)


def wilson_ends(shares: pd.Series, n: pd.Series, level: float) -> pd.DataFrame:
    """Return :func:`wilson_bounds` as a table: a row for each share, with low and high.

    Args:
        shares: Shares in [0, 1].
        n: What each is a share of, by the same index.
        level: Confidence level in (0, 1).

    Source:
        As :func:`wilson`.
    """
    low, high = wilson_bounds(shares.to_numpy(float), n.to_numpy(float), level)
    return pd.DataFrame({"low": low, "high": high}, index=shares.index)


def wilson_size(share: pd.Series, low: pd.Series, high: pd.Series, level: float) -> pd.Series:
    """Return the sizes at which Wilson's intervals would be as wide as these.

    For shares that are known by their interval alone. Infinite for points, and 0 where the interval
    is all there is.

    Args:
        share: Shares in [0, 1].
        low: Lower ends.
        high: Upper ends.
        level: Confidence level in (0, 1).

    Source:
        Solved from :func:`wilson`.
    """
    wide = (high - low) ** 2
    rest = 2 * share * (1 - share) - wide
    reach = float(ndtri((1 - level) / 2)) ** 2 * (rest + np.sqrt(rest**2 + wide - wide**2))
    found: pd.Series = (reach / wide.where(wide > 0)).fillna(np.inf)
    return found


def recovered(middle: pd.Series, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return intervals of sums of independent shares: a row each, with low and high.

    The distance of each share from the end of its own interval stands for its variance on that
    side, so the result keeps the skew that intervals of rare kinds have.

    Args:
        middle: The sums.
        parts: Per summand, by the index of ``middle``: share, low, high, weight (by how much the
            sum changes with the share, at least 0).

    Source:
        Method of variance estimates recovery: Zou and Donner (2008), Statistics in Medicine 27,
        1693-1702; for several binomial shares Zou, Huang and Zhang (2009), Computational
        Statistics and Data Analysis 53, 1080-1085.
    """
    columns = {
        name: np.stack([np.broadcast_to(part[name], len(middle)) for part in parts])
        for name in ("share", "low", "high", "weight")
    }
    low, high = recovered_ends(middle.to_numpy(float), **columns)
    return pd.DataFrame({"low": low, "high": high}, index=middle.index)


def recovered_ends(
    middle: np.ndarray, share: np.ndarray, low: np.ndarray, high: np.ndarray, weight: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return both ends of intervals of sums of independent shares.

    Args:
        middle: The sums.
        share: A row for each summand, as ``low``, ``high`` and ``weight``.
        low: Lower ends.
        high: Upper ends.
        weight: By how much the sum changes with the share.

    Source:
        As :func:`recovered`.
    """
    below, above = (
        np.add.accumulate((weight * apart) ** 2)[-1] ** 0.5 for apart in (share - low, high - share)
    )
    return np.clip(middle - below, 0.0, None), np.clip(middle + above, None, 1.0)
