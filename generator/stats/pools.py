"""Runs taken together: the others on the benchmark of each, and all runs of a benchmark."""

from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType

import pandas as pd

from generator.stats.batches import composed_but_one
from generator.stats.compositions import Composition, compose
from generator.stats.precision import draws_of
from generator.store.kept import recalled


def together(
    shown: pd.DataFrame,
    categories: Sequence[str],
    level: float,
    seed: int,
    told: Mapping[str, str] = MappingProxyType({}),
) -> tuple[dict[tuple[str, str], Composition], dict[str, Composition]]:
    """Return the pool of each run, and the composition of each benchmark.

    Args:
        shown: The rows that shares rest on; see :func:`generator.stats.atlas.primary_rows`.
        categories: Category ids in the order of the taxonomy.
        level: Confidence level of the intervals.
        seed: Of everything drawn at random.
        told: By benchmark, a hash of all that its rows follow from, where it is known.

    Source:
        As :func:`generator.stats.compositions.compose`.
    """
    pool: dict[tuple[str, str], Composition] = {}
    whole: dict[str, Composition] = {}
    for name, on_it in shown.groupby("benchmark", observed=True):
        benchmark = str(name)
        sampled = on_it["weight"].notna()
        for basis, of_basis in (("all", on_it[~sampled]), ("sample", on_it[sampled])):
            if of_basis.empty:
                continue
            rows = of_basis.reset_index(drop=True)
            others, whole[benchmark] = recalled(
                "pools of a benchmark",
                (told.get(benchmark) or rows, basis, categories, level, seed),
                partial(_pooled, rows, categories, level, seed),
            )
            pool |= {(benchmark, model): composition for model, composition in others.items()}
    return pool, whole


def _pooled(
    rows: pd.DataFrame, categories: Sequence[str], level: float, seed: int
) -> tuple[dict[str, Composition], Composition]:
    """Return the pool of each model, and all of them together, of comparable rows."""
    models = sorted(rows["model"].unique())
    # The items are drawn again once, for all pools: that is most of the work.
    every = rows["weight"].isna().any() and len(models) > 1
    draws = draws_of(rows, seed) if every else None
    whole = compose(rows, categories, level, draws=None if draws is None else draws.together())
    if draws is not None:
        return composed_but_one(rows, draws, categories, level), whole
    pool = {
        str(model): compose(rows[rows["model"] != model], categories, level)
        for model in (models if len(models) > 1 else ())
    }
    return pool, whole
