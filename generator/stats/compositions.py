"""What a set of failures is made of: shares of categories, with n and interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from generator.stats.intervals import wilson_bounds
from generator.stats.precision import (
    design_variance,
    draws_of,
    effective_numbers,
    effective_size,
    resampling_variance,
    share_items,
)
from generator.stats.resampling import Pooled

OUTCOMES = ("model", "benchmark", "harness", "undetermined", "no_verdict")
"""What can come of looking at a failure; ``model`` means that it has a category."""

Basis = Literal["sample", "all"]


@dataclass(frozen=True)
class Composition:
    """Shares of a stated population of failures."""

    basis: Basis
    """``sample``: weighted shares of a random sample, whose intervals speak of the failures that
    it was drawn from; ``all``: every failure was looked at, and the intervals speak of failures on
    further items like these."""
    judges: tuple[str, ...]
    """Judges whose verdicts are counted."""
    population: float
    """Failures that the numbers speak of: all of them, or what the sample stands for."""
    looked_at: int
    """Failures that a judge looked at."""
    classified: int
    """Failures among them that have a category."""
    effective: float
    """Effective number of classified failures: ``classified`` with equal weights (Kish)."""
    outcomes: pd.DataFrame
    """One row per outcome: outcome, count; share, low, high (of the failures looked at); effective
    (how many independent failures on further items would tell as much)."""
    shares: pd.DataFrame
    """One row per category, zeros included: category, count; share, low, high (of the
    classified failures); share_of_all, low_of_all, high_of_all (of the failures looked at);
    effective and effective_of_all (how many independent failures on further items would tell as
    much as share and share_of_all)."""
    subshares: pd.DataFrame
    """One row per subcategory seen: category, subcategory, count; share, low, high (of the
    classified failures, as precise as the share of the category). None of runs and pools all of
    whose failures were looked at (``batches``)."""


def compose(
    failures: pd.DataFrame,
    categories: Sequence[str],
    level: float,
    *,
    draws: Pooled | None = None,
    seed: int = 0,
) -> Composition:
    """Return the composition of failures, one row each (see ``tables.settled``).

    Rows with a weight are a sample and each stands for as many failures as it weighs; if no row
    has one, all failures were looked at. Mixing both is an error of the caller.

    Args:
        failures: Rows with benchmark, model, item_id, status, attribution, category, subcategory,
            judge, weight.
        categories: Category ids, in the order of the result.
        level: Confidence level of the intervals.
        draws: Counts of these failures under resampling of items (``resampling.Draws.together``),
            made here if None where several models share items.
        seed: Of the draws made here.

    Raises:
        ValueError: Some rows have a weight and others have none.

    Source:
        Wilson's interval of the effective number of failures, which comes from the design of the
        sample or from resampling the items: Korn and Graubard (1998), Survey Methodology 24,
        193-201. See ``precision`` for both.
    """
    design = _design(failures, draws, seed)
    status = failures["status"].to_numpy(object)
    outcome = np.where(status == "verdict", failures["attribution"].to_numpy(object), status)
    category = failures["category"].to_numpy(object)
    placed = failures["category"].notna().to_numpy()
    everything = np.ones_like(placed)
    outcomes = _shares(design, outcome, OUTCOMES, pd.notna(outcome), level)
    own = _shares(design, category, tuple(categories), placed, level)
    wide = _shares(design, category, tuple(categories), everything, level)
    return Composition(
        basis=design.basis,
        judges=tuple(sorted(failures["judge"].unique())),
        population=float(design.weight.sum()),
        looked_at=len(failures),
        classified=int(placed.sum()),
        effective=effective_size(design.weight[placed]),
        outcomes=pd.DataFrame({"outcome": _axis(OUTCOMES), **outcomes.columns()}),
        shares=pd.DataFrame(
            {
                "category": _axis(tuple(categories)),
                **own.columns(),
                "share_of_all": wide.share,
                "low_of_all": wide.low,
                "high_of_all": wide.high,
                "effective_of_all": wide.effective,
            }
        ),
        subshares=_subshares(failures[placed], design.weight[placed], categories, own, level),
    )


class _Design(NamedTuple):
    """How the failures came to be looked at."""

    weight: np.ndarray
    """How many failures each one stands for."""
    basis: Basis
    run: np.ndarray
    """Stratum of each failure of a sample, counted from 0; empty where all were looked at."""
    draws: Pooled | None
    """Counts under resampling of items; None where no item is shared."""


def _design(failures: pd.DataFrame, draws: Pooled | None, seed: int) -> _Design:
    weight = failures["weight"].to_numpy(float)
    weighted = ~np.isnan(weight)
    if not weighted.any():
        if draws is None and share_items(failures):
            draws = draws_of(failures, seed, by_model=False).together()
        return _Design(np.ones(len(failures)), "all", np.empty(0, dtype=int), draws)
    if not weighted.all():
        msg = "failures of a sample and failures outside any sample cannot be composed together"
        raise ValueError(msg)
    benchmark, model = (pd.factorize(failures[key])[0] for key in ("benchmark", "model"))
    run = np.unique(benchmark * (model.max(initial=0) + 1) + model, return_inverse=True)[1]
    return _Design(weight, "sample", run, None)


class _Shares(NamedTuple):
    """Weighted shares of labels, in the order of the names asked for."""

    counts: np.ndarray
    share: np.ndarray
    low: np.ndarray
    high: np.ndarray
    effective: np.ndarray
    """How many independent failures on further items would tell as much."""
    stated: np.ndarray
    """The same for the failures that the interval speaks of."""

    def columns(self) -> dict[str, np.ndarray]:
        """Return what a composition shows."""
        ends = {"low": self.low, "high": self.high, "effective": self.effective}
        return {"count": self.counts, "share": self.share, **ends}


def _shares(
    design: _Design, labels: np.ndarray, names: tuple[str, ...], inside: np.ndarray, level: float
) -> _Shares:
    """Return the weighted share of each name among the failures inside."""
    whole, n = float(design.weight[inside].sum()), float(inside.sum())
    place = pd.Index(names, dtype=object).get_indexer(pd.Index(labels, dtype=object))
    # What is none of the names is counted in a last place that is dropped again.
    counted = np.where(place < 0, len(names), place)
    counts, sums = (
        np.bincount(counted, each, len(names) + 1)[:-1] for each in (None, design.weight)
    )
    share = sums / (whole or 1.0)
    if design.basis == "sample":
        variances = design_variance(design.weight, design.run, place, inside, share)
        stated, further = (effective_numbers(share, counts, each, n) for each in variances)
    elif design.draws is None:
        stated = further = np.full(len(names), n)
    else:
        parts, total = drawn_counts(design.draws, names, placed_only=not inside.all())
        stated = further = effective_numbers(share, counts, resampling_variance(parts, total), n)
    return _Shares(counts, share, *wilson_bounds(share, stated, level), further, stated)


def drawn_counts(
    draws: Pooled, names: tuple[str, ...], *, placed_only: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Return the drawn counts of each name, and of all that they are shares of.

    Args:
        draws: Counts under resampling of items; of several sets, if there is an axis between.
        names: Categories or outcomes.
        placed_only: Whether shares are of the failures with a category alone.

    Source:
        As :func:`compose`.
    """
    has_category = np.array([cell not in OUTCOMES for cell in draws.cells], dtype=bool)
    placed = draws.counts[..., has_category].sum(axis=-1)
    columns = dict(zip(draws.cells, np.moveaxis(draws.counts, -1, 0), strict=True))
    # Cells are categories; the outcome "model" is all of them together.
    columns["model"] = placed + columns.get("model", 0.0)
    nothing = np.zeros_like(placed)
    parts = np.stack([columns.get(name, nothing) for name in names], axis=-1)
    return parts, placed if placed_only else draws.counts.sum(axis=-1)


def _subshares(
    placed: pd.DataFrame,
    weight: np.ndarray,
    categories: Sequence[str],
    own: _Shares,
    level: float,
) -> pd.DataFrame:
    """Return the shares of subcategories, each as precise as the share of its category."""
    (category, kinds), (subcategory, parts) = (
        pd.factorize(placed[key].to_numpy(object), sort=True) for key in ("category", "subcategory")
    )
    told = subcategory >= 0
    pair = category[told] * len(parts) + subcategory[told]
    seen, which, counts = np.unique(pair, return_inverse=True, return_counts=True)
    of, part = (kinds[seen // (len(parts) or 1)], parts[seen % (len(parts) or 1)])
    share = np.bincount(which, weight[told], len(seen)) / (weight.sum() or 1.0)
    precise = dict(zip(categories, own.stated, strict=True))
    n = np.array([precise.get(name, np.nan) for name in of], dtype=float)
    low, high = wilson_bounds(share, n, level)
    return pd.DataFrame(
        {"category": of, "subcategory": part, "count": counts, "share": share}
        | {"low": low, "high": high}
    )


@cache
def _axis(names: tuple[str, ...]) -> pd.Index:
    """Return names as a column; made once, since text is slow to make columns of."""
    return pd.Index(list(names))
