"""Differences between two rates or shares, with intervals, tests and false-discovery control.

Every function takes and gives columns, one value per category.
"""

from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import bdtr

from generator.stats.intervals import Interval, wilson

FEW = 25
"""Discordant pairs below which McNemar's test is the exact one."""


def mcnemar(only_first: pd.Series, only_second: pd.Series) -> pd.DataFrame:
    """Test whether two models differ over the same items, from the items that set them apart.

    Args:
        only_first: Per category, items that are in it for the first model alone.
        only_second: The same for the second.

    Returns:
        p: two-sided, 1 where nothing sets them apart; method: ``exact`` (binomial) where fewer
        than ``FEW`` items do, else ``chi-square`` (with one degree of freedom, uncorrected).

    Source:
        McNemar (1947), Psychometrika 12, 153-157; the limit of 25 as in Fagerland, Lydersen and
        Laake (2013), BMC Medical Research Methodology 13, 91.
    """
    first, second = only_first.to_numpy(float), only_second.to_numpy(float)
    apart = first + second
    exact = np.minimum(1.0, 2 * bdtr(np.minimum(first, second), apart.astype(int), 0.5))
    z = np.abs(first - second) / np.sqrt(np.maximum(apart, 1.0))
    few = apart < FEW
    return pd.DataFrame(
        {
            "p": np.where(few, exact, _two_sided(z)),
            "method": np.where(few, "exact", "chi-square"),
        },
        index=only_first.index,
    )


def paired_difference(
    only_first: pd.Series, only_second: pd.Series, items: int, level: float
) -> pd.DataFrame:
    """Return the difference of two rates over the same items: difference, low, high.

    Half a pair is added on either side, so that the interval has a width where no item sets the
    two apart; ``difference`` itself is the plain one.

    Args:
        only_first: Per category, items that are in it for the first model alone.
        only_second: The same for the second.
        items: Items that both attempted.
        level: Confidence level in (0, 1).

    Source:
        Bonett and Price (2012), Journal of Educational and Behavioral Statistics 37, 479-488.
    """
    more = (only_first + 1) / (items + 2)
    less = (only_second + 1) / (items + 2)
    reach = _reach(level) * np.sqrt((more + less - (more - less) ** 2) / (items + 2))
    centre = more - less
    return pd.DataFrame(
        {
            "difference": (only_first - only_second) / items if items else centre,
            "low": np.maximum(centre - reach, -1.0),
            "high": np.minimum(centre + reach, 1.0),
        }
    )


def independent_difference(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Return the difference of two independent shares: difference, low, high.

    The two intervals are put together so that neither loses its lopsidedness near 0 and 1.

    Args:
        first: Columns share, low, high, at one level of confidence.
        second: The same, with the same index.

    Source:
        Newcombe (1998), Statistics in Medicine 17, 873-890, method 10; for any two intervals:
        Zou and Donner (2008), Statistics in Medicine 27, 1693-1702.
    """
    difference = first["share"] - second["share"]
    down = np.hypot(first["share"] - first["low"], second["high"] - second["share"])
    up = np.hypot(first["high"] - first["share"], second["share"] - second["low"])
    return pd.DataFrame(
        {
            "difference": difference,
            "low": np.maximum(difference - down, -1.0),
            "high": np.minimum(difference + up, 1.0),
        }
    )


def discovered(p: pd.Series) -> pd.Series:
    """Return q: the smallest false-discovery rate at which each row counts as a discovery.

    Source:
        Benjamini and Hochberg (1995), J. R. Stat. Soc. B 57, 289-300.
    """
    values = p.to_numpy(float)
    order = np.argsort(values, kind="stable")
    # A row counts as one where any with a larger p does.
    q = values[order] * (len(values) / np.arange(1, len(values) + 1))
    found = np.empty_like(values)
    found[order] = np.minimum(np.minimum.accumulate(q[::-1])[::-1], 1.0)
    return pd.Series(found, p.index)


def clustered_rate(hits: pd.Series, of: pd.Series, level: float) -> tuple[float, Interval]:
    """Return a rate whose cases come in clusters, such as several models on the same item.

    The variance is that of a ratio over clusters; Wilson's interval is taken at the number of
    independent cases that would have it. Where all or none are hits, each cluster is one case.

    Args:
        hits: Per cluster, cases that are hits.
        of: Per cluster, its cases.
        level: Confidence level in (0, 1).

    Source:
        Ratio estimator: Cochran (1977), Sampling Techniques, section 6.4; effective size as in
        Korn and Graubard (1998), Survey Methodology 24, 193-201.
    """
    return clustered_mix([(hits, of)], [1.0], level)


def clustered_mix(
    parts: Sequence[tuple[pd.Series, pd.Series]], mix: Sequence[float], level: float
) -> tuple[float, Interval]:
    """Return a weighted mean of rates that share their clusters, such as models their items.

    As :func:`clustered_rate`, which is the case of one part: a cluster's deviation is the sum of
    its deviations in the parts, so that what fails together in several of them counts as such.

    Args:
        parts: Per part, hits and cases per cluster; a cluster may be missing in some of them.
        mix: Weight of each part, summing to 1.
        level: Confidence level in (0, 1).

    Source:
        As :func:`clustered_rate`; linearised for a sum of ratios as in Cochran, section 6.3.
    """
    totals = [float(of.sum()) for _, of in parts]
    if not all(totals):
        return float("nan"), Interval(0.0, 1.0)
    rates = [float(hits.sum()) / total for (hits, _), total in zip(parts, totals, strict=True)]
    rate = sum(weight * own for weight, own in zip(mix, rates, strict=True))
    apart = [
        weight * (hits - own * of) / total
        for (hits, of), weight, own, total in zip(parts, mix, rates, totals, strict=True)
    ]
    left = apart[0] if len(apart) == 1 else pd.concat(apart, axis=1).sum(axis=1)
    size = float(clustered_size(rate, float((left**2).sum()), sum(totals), len(left)))
    return rate, wilson(rate * size, size, level)


def clustered_size(
    rate: ArrayLike, squares: ArrayLike, cases: ArrayLike, clusters: ArrayLike
) -> np.ndarray:
    """Return of how many independent cases rates are as precise whose cases come in clusters.

    Args:
        rate: Rates in [0, 1]; several at once, all arguments of one shape.
        squares: Sum over the clusters of the squared share that each has in the rate's deviation.
        cases: Cases, the most that can come of it.
        clusters: Clusters; each is one case where none deviates.

    Source:
        As :func:`clustered_rate`.
    """
    share, number = np.asarray(rate, dtype=float), np.asarray(clusters, dtype=float)
    variance = np.asarray(squares, dtype=float) * number / np.maximum(number - 1, 1)
    deviates = variance > 0
    size = np.where(deviates, share * (1 - share) / np.where(deviates, variance, 1.0), number)
    bounded: np.ndarray = np.minimum(size, np.asarray(cases, dtype=float))
    return bounded


def _reach(level: float) -> float:
    """Return how many standard errors an interval reaches to either side."""
    return NormalDist().inv_cdf((1 + level) / 2)


def _two_sided(z: np.ndarray) -> np.ndarray:
    """Return two-sided p of standard normal deviates, 0 or more."""
    normal = NormalDist()
    return np.array([2 * normal.cdf(-value) for value in z])
