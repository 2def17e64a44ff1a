"""Cluster bootstrap over items: how counts vary when other items like these are drawn."""

import numpy as np
import pandas as pd

REPLICATES = 2000
"""How often the items are drawn again."""

_AT_ONCE = 100
"""Replicates made together: what bounds the memory."""


def resampled(rows: pd.DataFrame, *, seed: int, replicates: int = REPLICATES) -> pd.DataFrame:
    """Return the counts of each cell of each model under resampling of items.

    Items are drawn with replacement, as many as there are, and each brings along all its failures,
    of whatever model. So what is common to the models that fail it is kept together.

    Args:
        rows: One row per failure: model, item_id, cell (any label).
        seed: Of the draws; the same seed gives the same draws of the same items, whatever the
            models and cells.
        replicates: How often to draw.

    Returns:
        One row per replicate, one column per model and cell (a MultiIndex), both sorted.

    Source:
        Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapters 6 and 8; for
        clusters Davison and Hinkley (1997), Bootstrap Methods and their Application, section 3.8.
    """
    item, names = pd.factorize(rows["item_id"], sort=True)
    columns = pd.MultiIndex.from_frame(rows[["model", "cell"]])
    place, labels = pd.factorize(columns, sort=True)
    asked = len(names)
    counts = np.zeros((asked, len(labels)), dtype=np.float32)
    np.add.at(counts, (item, place), 1.0)
    draw = np.random.default_rng(seed)
    found = np.empty((replicates, len(labels)), dtype=np.float32)
    for first in range(0, replicates if asked else 0, _AT_ONCE):
        size = min(_AT_ONCE, replicates - first)
        drawn = draw.integers(0, asked, size=(size, asked))
        drawn += np.arange(size)[:, None] * asked
        often = np.bincount(drawn.ravel(), minlength=size * asked).reshape(size, asked)
        found[first : first + size] = often.astype(np.float32) @ counts
    return pd.DataFrame(found, columns=pd.MultiIndex.from_tuples(labels, names=["model", "cell"]))


def together(draws: pd.DataFrame, without: str | None = None) -> pd.DataFrame:
    """Return the counts of all models taken together: one row per replicate, a column per cell.

    Args:
        draws: What :func:`resampled` returned.
        without: A model to leave out.
    """
    kept = draws.loc[:, draws.columns.get_level_values("model") != without]
    summed: pd.DataFrame = kept.T.groupby(level="cell").sum().T
    return summed
