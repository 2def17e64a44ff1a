"""Which models fail alike: distances between signatures, nearest models, an order for charts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering
from scipy.spatial.distance import pdist

from generator.stats.compositions import Composition
from generator.stats.drawn_distances import (
    DRAWS,
    cleared,
    drawn_apart,
    drawn_signature,
    nearest_counts,
)
from generator.stats.parts import whole_of
from generator.store.aside import recalled_aside

FEWEST = 10
"""Classified failures below which a signature is not compared."""

Ground = tuple[str, str, tuple[str, ...]]
"""Benchmark, basis and judges: only signatures that share all three are compared."""


PAIR_COLUMNS = ("model", "other", "n", "n_other", "observed", "distance", "low", "high", "nearest")


@dataclass(frozen=True, eq=False)
class Similarity:
    """The signatures of comparable models, each held against each.

    Kept as arrays, with each pair once: as tables, those of all benchmarks were a quarter of all
    that the pages are made from.
    """

    ground: Ground
    """What makes them comparable."""
    order: tuple[str, ...]
    """Models so ordered that those with like signatures stand side by side."""
    models: tuple[str, ...]
    """Models in the order of what follows."""
    sizes: np.ndarray
    """Effective classified failures of each."""
    apart: np.ndarray
    """Observed distances, distances cleared of chance, lower and upper ends: a row each, its
    columns the pairs as :func:`distances` lists them."""
    often: np.ndarray
    """In how many bootstrap samples no model is nearer to the one of the row than that of the
    column."""

    @property
    def pairs(self) -> pd.DataFrame:
        """One row per model and other model, the nearest first.

        Columns are model, other; n, n_other (effective classified failures); observed (distance of
        the signatures as they are); distance, low, high (without what chance adds to it, in
        [0, 1]); nearest (share of the bootstrap samples in which no other model is nearer).

        Source:
            As :func:`similarity`.
        """
        one = np.repeat(np.arange(len(self.models)), len(self.models) - 1)
        near = [self._nearest(place) for place in range(len(self.models))]
        return pd.DataFrame(self._columns(one, np.concatenate(near)))

    def nearest(self, model: str, many: int) -> list[dict[str, Any]]:
        """Return the rows of ``pairs`` of the models nearest to one, so many at most.

        Source:
            As :func:`similarity`.
        """
        if model not in self.models:
            return []
        one = self.models.index(model)
        near = self._nearest(one)[:many]
        return whole_of(self._columns(np.full_like(near, one), near)).rows()

    def _nearest(self, one: int) -> np.ndarray:
        """Return the places of the other models, the nearest first."""
        other = np.delete(np.arange(len(self.models)), one)
        observed, cleared = self.apart[:2, _pair(one, other, len(self.models))]
        ordered: np.ndarray = other[np.lexsort((observed, cleared))]
        return ordered

    def _columns(self, one: np.ndarray, other: np.ndarray) -> dict[str, np.ndarray]:
        """Return the columns of ``pairs`` of some pairs."""
        names = np.array(self.models, dtype=object)
        columns = (
            *(names[place] for place in (one, other)),
            *(self.sizes[place] for place in (one, other)),
            *self.apart[:, _pair(one, other, len(self.models))],
            self.often[one, other] / DRAWS,
        )
        return dict(zip(PAIR_COLUMNS, columns, strict=True))


def _pair(one: np.ndarray | int, other: np.ndarray, models: int) -> np.ndarray:
    """Return the places of pairs of models among all pairs."""
    first, second = np.minimum(one, other), np.maximum(one, other)
    place: np.ndarray = first * (2 * models - first - 1) // 2 + second - first - 1
    return place


def distances(signatures: np.ndarray) -> np.ndarray:
    """Return the Jensen-Shannon distance of each two rows: 0 is alike, 1 nothing in common.

    It is the square root of the divergence with logarithms to base 2, and a metric.

    Args:
        signatures: One row of shares that sum to 1 per model.

    Returns:
        The distances as scipy lists them: of the first row and each later one, then of the second.

    Source:
        Endres and Schindelin (2003), IEEE Trans. Inf. Theory 49, 1858-1860; by scipy.
    """
    # scipy takes natural logarithms here. Rounding can leave a divergence of equal signatures a
    # hair below 0, and its root undefined.
    found: np.ndarray = np.nan_to_num(pdist(signatures, "jensenshannon")) / np.sqrt(np.log(2))
    return found


def clustered_order(signatures: pd.DataFrame) -> list[str]:
    """Return the index so ordered that like rows stand side by side.

    Args:
        signatures: One row per model of shares that sum to 1.

    Source:
        Average linkage; order of the leaves: Bar-Joseph, Gifford and Jaakkola (2001),
        Bioinformatics 17, S22-S29; by scipy.
    """
    names = [str(name) for name in signatures.index]
    if len(names) < 3:  # noqa: PLR2004 - two have no order
        return names
    apart = distances(signatures.to_numpy(float))
    tree = optimal_leaf_ordering(linkage(apart, method="average"), apart)
    return [names[place] for place in leaves_list(tree)]


def comparable(compositions: Mapping[tuple[str, str], Composition]) -> dict[Ground, list[str]]:
    """Return which models may be compared on what ground, grounds with a single model left out.

    Args:
        compositions: By benchmark and model.
    """
    found: dict[Ground, list[str]] = {}
    for (benchmark, model), part in sorted(compositions.items()):
        if part.effective >= FEWEST:
            found.setdefault((benchmark, part.basis, part.judges), []).append(model)
    return {ground: models for ground, models in found.items() if len(models) > 1}


def similarities(
    compositions: Mapping[tuple[str, str], Composition], level: float
) -> tuple[Similarity, ...]:
    """Return the distances of all models that can be compared, one entry per ground.

    Args:
        compositions: By benchmark and model.
        level: Confidence level of the intervals.

    Source:
        As :func:`similarity`.
    """
    return tuple(one() for one in similarities_begun(compositions, level))


def similarities_begun(
    compositions: Mapping[tuple[str, str], Composition], level: float
) -> list[Callable[[], Similarity]]:
    """Begin what :func:`similarities` returns; return how to get each of them.

    Args:
        compositions: By benchmark and model.
        level: Confidence level of the intervals.

    Source:
        As :func:`similarity`.
    """
    grounds = comparable(compositions)
    worth = sum(len(models) ** 2 for models in grounds.values()) > _MANY
    return [
        _begun(ground, {m: compositions[ground[0], m] for m in models}, level, worth=worth)
        for ground, models in grounds.items()
    ]


_MANY = 5_000
"""Models by models from which a process of its own is worth starting."""


def similarity(ground: Ground, parts: Mapping[str, Composition], level: float) -> Similarity:
    """Return distances, nearest models and order of comparable models.

    A distance between two samples is too large on average, since chance sets them apart too, and
    more so in the bootstrap, which adds chance a second time. On the scale of the divergence that
    excess is additive: the distance is cleared of it, and the interval is the basic one (twice
    the estimate less the quantiles), which reaches 0 where the two may well be the same.

    Args:
        ground: What makes them comparable.
        parts: Compositions by model.
        level: Confidence level of the intervals.

    Source:
        Basic bootstrap: Davison and Hinkley (1997), Bootstrap Methods and their Application,
        section 5.2.
    """
    return _begun(ground, parts, level, worth=False)()


def _begun(
    ground: Ground, parts: Mapping[str, Composition], level: float, *, worth: bool
) -> Callable[[], Similarity]:
    """Begin to compare models, aside where that is worth it; return how to get what comes of it."""
    sizes = np.array([part.effective for part in parts.values()], dtype=float)
    told = (ground, tuple(parts), _signatures(parts), sizes, level)
    work = partial(_held_together, *told)
    return recalled_aside("similarity", told, work, worth=worth)


def _held_together(
    ground: Ground, models: tuple[str, ...], observed: np.ndarray, sizes: np.ndarray, level: float
) -> Similarity:
    """Return the similarity of models whose signatures rest on so many classified failures."""
    count = len(models)
    # Categories first: whatever is summed then lies side by side. What no model has adds nothing.
    some = observed.any(axis=0)
    draws = np.empty((int(some.sum()), count, DRAWS), dtype=np.float32)
    for place, (model, share, n) in enumerate(zip(models, observed, sizes.tolist(), strict=True)):
        draws[:, place] = drawn_signature(model, share, max(1, round(n)))[:, some].T
    apart, drawn = distances(observed), drawn_apart(draws)
    ends = cleared(apart, drawn, level)
    itself = np.arange(count)
    drawn[itself, itself] = np.inf
    often = np.stack([nearest_counts(each) for each in drawn])
    order = clustered_order(pd.DataFrame(observed, index=list(models)))
    whole = np.stack([apart, *ends])
    return Similarity(ground, tuple(order), models, sizes, whole, often.astype(np.uint16))


def _signatures(parts: Mapping[str, Composition]) -> np.ndarray:
    """Return one row of shares per model."""
    return np.stack([part.share_part.column("share") for part in parts.values()])
