"""Cluster bootstrap over items: how counts vary when other items like these are drawn."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_array

from generator.stats.coding import Codes

REPLICATES = 2000
"""How often the items are drawn again."""

_AT_ONCE = 100_000
"""Items drawn together: what bounds the memory."""


class Pooled(NamedTuple):
    """Counts of several models taken together."""

    cells: tuple[str, ...]
    """What the failures are."""
    counts: np.ndarray
    """One row per cell, one column per replicate: what is summed lies side by side."""


@dataclass(frozen=True)
class Draws:
    """Counts under resampling of items."""

    models: tuple[str, ...]
    """Whose failures; sorted."""
    cells: tuple[str, ...]
    """What the failures are; sorted."""
    counts: np.ndarray
    """Of shape (models, cells, replicates)."""

    @cached_property
    def _all(self) -> np.ndarray:
        """Counts of all models taken together, of shape (cells, replicates)."""
        whole: np.ndarray = self.counts.sum(axis=0)
        return whole

    def together(self, without: str | None = None) -> Pooled:
        """Return the counts of all models, or of all but one of them."""
        if without is None:
            return Pooled(self.cells, self._all)
        # Whole numbers far below 2^24: the difference is exact.
        return Pooled(self.cells, self._all - self.counts[self.models.index(without)])


def resampled(
    item: np.ndarray,
    model: Codes,
    cell: Codes,
    *,
    seed: int,
    replicates: int = REPLICATES,
) -> Draws:
    """Return the counts of each cell of each model under resampling of items.

    Items are drawn with replacement, as many as there are, and each brings along all its failures,
    of whatever model. So what is common to the models that fail it is kept together.

    Args:
        item: Number of the item of each failure; only their order counts.
        model: Whose failure it is.
        cell: What it is.
        seed: Of the draws; the same seed gives the same draws of the same items, whatever the
            models and cells.
        replicates: How often to draw.

    Source:
        Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapters 6 and 8; for
        clusters Davison and Hinkley (1997), Bootstrap Methods and their Application, section 3.8.
    """
    numbers, place = np.unique(item, return_inverse=True)
    asked, kinds = len(numbers), len(cell.names)
    wide = len(model.names) * kinds
    # A model fails an item in one way: of a table of items by models and cells, some hundredth is
    # filled. Failures given twice are added up.
    told = cell.told
    column = (model.places * kinds + cell.places)[told]
    one = np.ones(len(column), dtype=np.float32)
    counts = coo_array((one, (column, place[told])), shape=(wide, asked)).tocsr()
    draw = np.random.default_rng(seed)
    found = np.zeros((wide, replicates), dtype=np.float32)
    most = max(1, _AT_ONCE // (asked or 1))
    for first in range(0, replicates if asked else 0, most):
        size = min(most, replicates - first)
        drawn = draw.integers(0, asked, size=(size, asked))
        drawn *= size
        drawn += np.arange(size)[:, None]
        often = np.bincount(drawn.ravel(), minlength=asked * size).reshape(asked, size)
        # Whole numbers far below 2^24: they are exact in whatever order they are added.
        found[:, first : first + size] = counts @ often.astype(np.float32)
    shaped = found.reshape(len(model.names), kinds, replicates)
    return Draws(tuple(map(str, model.names)), tuple(map(str, cell.names)), shaped)
