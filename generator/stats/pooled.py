"""Whether shares of two sets of failures differ by more than chance, few or none seen included.

A normal test that takes the variance of each share from the share itself knows none where nothing
was seen, and then calls 0 of 300 less than 14 of 1,900. Here both are one under the null: what was
seen of a kind on both sides together falls to either side as the sizes of these have it.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

MOST = 1e6
"""Failures as which more of them count as well; also where nothing is left to chance."""


def pooled_test(
    first: np.ndarray,
    first_n: np.ndarray,
    second: np.ndarray,
    second_n: np.ndarray,
    mix: Sequence[float] = (1.0,),
) -> np.ndarray:
    """Return two-sided p of differences between shares of two independent sets of failures.

    Within each benchmark of a mix the shares of both sets are pooled, which gives the numbers of
    failures that shares in this mix rest on if nothing sets the two apart. With them the test is
    Fisher's, taken at the middle of what was seen; numbers that are no whole ones, as under a
    design, are filled in by the same ratios of neighbouring chances.

    Args:
        first: Shares of one set, a row for each benchmark of the mix.
        first_n: Independent failures that each rests on: those seen over their design effect.
        second: Shares of the other set.
        second_n: Independent failures that each of these rests on.
        mix: Weight of each benchmark, summing to 1.

    Returns:
        One p for each column; missing where a benchmark has no failures.

    Source:
        Mid-p of Fisher's exact test: Lancaster (1961), J. Am. Stat. Assoc. 56, 223-234; counts over
        their design effect: Rao and Scott (1992), Biometrics 48, 577-585; of standardised rates the
        scaled count with the same variance: Dobson, Kuulasmaa, Eberle and Scherer (1991),
        Statistics in Medicine 10, 457-462.
    """
    weights = np.asarray(mix, dtype=float)[:, None]
    sizes = [np.clip(np.broadcast_to(n, first.shape), 0.0, MOST) for n in (first_n, second_n)]
    known = (sizes[0] > 0).all(axis=0) & (sizes[1] > 0).all(axis=0)
    one, other = (np.where(n > 0, n, 1.0) for n in sizes)
    pooled = (first * one + second * other) / (one + other)
    whole = (weights * pooled).sum(axis=0)
    apart = whole * (1 - whole)
    spread = weights**2 * pooled * (1 - pooled)
    rest_on = [_sizes(apart, (spread / n).sum(axis=0)) for n in (one, other)]
    hits = [
        (weights * share).sum(axis=0) * n for share, n in zip((first, second), rest_on, strict=True)
    ]
    p = [
        _mid_p(*map(float, row)) if told else float("nan")
        for told, *row in zip(known, hits[0], rest_on[0], hits[1], rest_on[1], strict=True)
    ]
    return np.array(p)


def tested(first: pd.DataFrame, second: pd.DataFrame) -> pd.Series:
    """Return two-sided p of the differences between shares of one benchmark, or of none.

    Args:
        first: Columns share and effective (independent failures that it rests on).
        second: The same, with the same index.

    Source:
        As :func:`pooled_test`.
    """
    one, n, other, of = (
        part[name].to_numpy(float)[None, :]
        for part in (first, second)
        for name in ("share", "effective")
    )
    return pd.Series(pooled_test(one, n, other, of), first.index)


def _sizes(apart: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """Return how many failures shares with a pooled variance rest on."""
    some = variance > 0
    found = np.where(some, apart / np.where(some, variance, 1.0), np.where(apart > 0, MOST, 0.0))
    return np.minimum(found, MOST)


def _mid_p(hits: float, n: float, others: float, of: float) -> float:
    """Return two-sided p of hits on two sides given their sum; half of those seen on either."""
    fewer, more = _fewer(hits, n, others, of), _fewer(others, of, hits, n)
    return (2 * min(fewer, more) + 1) / (fewer + more + 1)


def _fewer(hits: float, n: float, others: float, of: float) -> float:
    """Return how likely fewer hits are than those seen, as a multiple of how likely these are."""
    step = np.arange(np.ceil(max(min(hits, of - others), 0.0)))
    ratios = (hits - step) * (of - others - step) / (n - hits + step + 1) / (others + step + 1)
    with np.errstate(over="ignore"):  # far from what is expected, those seen are next to nothing
        return float(np.cumprod(ratios).sum())
