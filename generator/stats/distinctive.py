"""Which categories are distinctive of a model: more or less frequent than in its pool."""

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from generator.records.keys import RunKey
from generator.stats.compositions import Composition
from generator.stats.differences import discovered

DISTINCTIVE_COLUMNS = (
    "benchmark",
    "model",
    "category",
    "share",
    "pool_share",
    "log_odds",
    "z",
    "p",
    "q",
    "distinctive",
)

PRIOR = 0.5
"""Failures a category that the prior is worth on the average."""


def compared(
    primary: Mapping[RunKey, Composition], pool: Mapping[RunKey, Composition]
) -> pd.DataFrame:
    """Return shares and effective numbers of each run beside those of its pool.

    Args:
        primary: Per run, what its failures are made of.
        pool: Per run, the others that it is held against; runs without any are left out.

    Returns:
        One row per run and category that either has: benchmark, model, category, share, n,
        pool_share, pool_n.
    """
    keys = [key for key in sorted(pool) if primary[key].classified and pool[key].classified]
    columns = ["benchmark", "model", "category", "share", "n", "pool_share", "pool_n"]
    if not keys:
        return pd.DataFrame(columns=columns)
    # One table of all runs, not one for each: thousands of small ones take longer to make.
    sizes = [primary[key].share_part.many for key in keys]

    def stacked(parts: Mapping[RunKey, Composition], column: str) -> np.ndarray:
        return np.concatenate([parts[key].share_part.column(column) for key in keys])

    both = pd.DataFrame(
        {
            "benchmark": np.repeat([benchmark for benchmark, _ in keys], sizes),
            "model": np.repeat([model for _, model in keys], sizes),
            "category": stacked(primary, "category"),
            "share": stacked(primary, "share"),
            "n": stacked(primary, "effective"),
            "pool_share": stacked(pool, "share"),
            "pool_n": stacked(pool, "effective"),
        }
    )
    run = pd.Series(np.repeat(np.arange(len(keys)), sizes))
    seen = (both["share"] > 0) | (both["pool_share"] > 0)
    # Where all fail in one way, there is nothing to tell apart.
    several = seen.groupby(run).transform("sum") > 1
    return both[seen & several].reset_index(drop=True)


def distinctive(both: pd.DataFrame, rate: float = 0.05) -> pd.DataFrame:
    """Return how distinctive each category is of each run.

    The log-odds of a category in a run are held against those in its pool, both with a Dirichlet
    prior that has the shares of the two together: what was seen a few times only is drawn towards
    no difference. Counts are effective numbers, so a weighted sample counts for what it tells.
    Over all runs and categories together, the false discovery rate is held at ``rate``.

    Args:
        both: Rows of :func:`compared`.
        rate: Expected share of false ones among those called distinctive, at most.

    Returns:
        One row per run and category: benchmark, model, category; share, pool_share; log_odds
        (natural, positive where the run has more), z, p (two-sided), q (adjusted p); distinctive.

    Source:
        Monroe, Colaresi and Quinn (2008), Fightin' Words, Political Analysis 16, 372-403, section
        3.5.1, with the variance of both odds in full; Benjamini and Hochberg (1995), J. R. Stat.
        Soc. B 57, 289-300.
    """
    if both.empty:
        return pd.DataFrame(columns=list(DISTINCTIVE_COLUMNS))
    seen, seen_pool = both["share"] * both["n"], both["pool_share"] * both["pool_n"]
    size = both.groupby(["benchmark", "model"], observed=True)["category"].transform("size")
    strength = PRIOR * size
    prior = strength * (seen + seen_pool) / (both["n"] + both["pool_n"])
    log_odds, variance = seen * 0.0, seen * 0.0
    for sign, many, n in ((1, seen, both["n"]), (-1, seen_pool, both["pool_n"])):
        inside, outside = many + prior, n - many + strength - prior
        log_odds += sign * np.log(inside / outside)
        variance += 1 / inside + 1 / outside
    z = log_odds / np.sqrt(variance)
    p = z.abs().map(lambda one: math.erfc(one / math.sqrt(2)))
    q = discovered(p)
    return both.assign(log_odds=log_odds, z=z, p=p, q=q, distinctive=q <= rate)[
        list(DISTINCTIVE_COLUMNS)
    ]
