"""What a set of failures is made of: shares of categories, with n and interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from generator.stats.coding import Coded, Codes, coded
from generator.stats.intervals import wilson_bounds
from generator.stats.parts import Part, part_of, whole_of
from generator.stats.precision import (
    design_spread,
    effective_numbers,
    effective_size,
    resampling_spread,
)
from generator.stats.resampling import Pooled, resampled

OUTCOMES = ("model", "benchmark", "harness", "undetermined", "no_verdict")
"""What can come of looking at a failure; ``model`` means that it has a category."""

Basis = Literal["sample", "all"]


@dataclass(frozen=True, eq=False)  # tables have no one answer to whether they are equal
class Composition:
    """Shares of a stated population of failures; known by what it is, not by what it holds."""

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
    outcome_part: Part
    """One row per outcome: outcome, count; share, low, high (of the failures looked at); effective
    (how many independent failures on further items would tell as much)."""
    share_part: Part
    """One row per category, zeros included: category, count; share, low, high (of the
    classified failures); share_of_all, low_of_all, high_of_all (of the failures looked at);
    effective and effective_of_all (how many independent failures on further items would tell as
    much as share and share_of_all)."""
    subshare_part: Part
    """One row per subcategory seen: category, subcategory, count; share, low, high (of the
    classified failures, as precise as the share of the category). None of runs and pools all of
    whose failures were looked at (``batches``)."""

    @property
    def outcomes(self) -> pd.DataFrame:
        """Return a table of ``outcome_part``.

        Source:
            As :func:`compose`.
        """
        return self.outcome_part.table()

    @property
    def shares(self) -> pd.DataFrame:
        """Return a table of ``share_part``.

        Source:
            As :func:`compose`.
        """
        return self.share_part.table()

    @property
    def subshares(self) -> pd.DataFrame:
        """Return a table of ``subshare_part``.

        Source:
            As :func:`compose`.
        """
        return self.subshare_part.table()


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
    return composed(coded(failures), categories, level, draws=draws, seed=seed)


def composed(
    failures: Coded,
    categories: Sequence[str],
    level: float,
    *,
    draws: Pooled | None = None,
    seed: int = 0,
) -> Composition:
    """Return the composition of failures that are coded, as :func:`compose` does; see there.

    Source:
        As :func:`compose`.
    """
    names = tuple(categories)
    design = _design(failures, draws, seed)
    outcome, category = failures.outcome.among(OUTCOMES), failures.category.among(names)
    placed = failures.category.told
    outcomes = _shares(design, outcome, OUTCOMES, failures.outcome.told, level)
    own = _shares(design, category, names, placed, level)
    wide = _shares(design, category, names, np.ones_like(placed), level)
    heard = np.bincount(failures.judge.places, minlength=len(failures.judge.names))
    return Composition(
        basis=design.basis,
        judges=tuple(failures.judge.names[heard > 0].tolist()),
        population=float(design.weight.sum()),
        looked_at=len(placed),
        classified=int(placed.sum()),
        effective=effective_size(design.weight[placed]),
        outcome_part=whole_of({"outcome": _axis(OUTCOMES), **outcomes.columns()}),
        share_part=whole_of(
            {
                "category": _axis(names),
                **own.columns(),
                "share_of_all": wide.share,
                "low_of_all": wide.low,
                "high_of_all": wide.high,
                "effective_of_all": wide.effective,
            }
        ),
        subshare_part=part_of(_subshares(failures, design.weight, names, own, level)),
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


_NO_MODEL = np.array([""], dtype=object)


def _design(failures: Coded, draws: Pooled | None, seed: int) -> _Design:
    weight, many = failures.weight, len(failures.weight)
    weighted = ~np.isnan(weight)
    if not weighted.any():
        if draws is None and len(np.unique(failures.item)) < many:
            whose = Codes(np.zeros(many, dtype=int), _NO_MODEL)
            draws = resampled(failures.item, whose, failures.cell, seed=seed).together()
        return _Design(np.ones(many), "all", np.empty(0, dtype=int), draws)
    if not weighted.all():
        msg = "failures of a sample and failures outside any sample cannot be composed together"
        raise ValueError(msg)
    return _Design(weight, "sample", np.unique(failures.run, return_inverse=True)[1], None)


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
    design: _Design, place: np.ndarray, names: tuple[str, ...], inside: np.ndarray, level: float
) -> _Shares:
    """Return the weighted share of each name among the failures inside, from their places."""
    whole, n = float(design.weight[inside].sum()), float(inside.sum())
    # What is none of the names is counted in a last place that is dropped again.
    counted = np.where(place < 0, len(names), place)
    counts, sums = (
        np.bincount(counted, each, len(names) + 1)[:-1] for each in (None, design.weight)
    )
    share = sums / (whole or 1.0)
    if design.basis == "sample":
        spreads = design_spread(design.weight, design.run, place, inside, share)
        stated, further = (effective_numbers(share, counts, each, n) for each in spreads)
    elif design.draws is None:
        stated = further = np.full(len(names), n)
    else:
        drawn = drawn_counts(design.draws, names)
        of = drawn.every if inside.all() else drawn.placed
        stated = further = effective_numbers(share, counts, resampling_spread(drawn.parts, of), n)
    return _Shares(counts, share, *wilson_bounds(share, stated, level), further, stated)


class Drawn(NamedTuple):
    """Counts under resampling of items; the last axis of ``parts`` is that of names."""

    parts: np.ndarray
    """Of each name."""
    placed: np.ndarray
    """Of all failures with a category."""
    every: np.ndarray
    """Of all failures."""


def drawn_counts(draws: Pooled, names: tuple[str, ...]) -> Drawn:
    """Return the drawn counts of each name, and of what they are shares of.

    Args:
        draws: Counts under resampling of items; of several sets, if there is an axis between.
        names: Categories or outcomes.

    Source:
        As :func:`compose`.
    """
    # Whole numbers far below 2^24: sums are exact in whatever order they are made.
    placed = draws.counts @ np.array([cell not in OUTCOMES for cell in draws.cells], np.float32)
    column = {cell: place for place, cell in enumerate(draws.cells)}
    parts = np.zeros((*placed.shape, len(names)), dtype=draws.counts.dtype)
    for place, name in enumerate(names):
        if name in column:
            parts[..., place] = draws.counts[..., column[name]]
        if name == "model":  # cells are categories; this outcome is all of them together
            parts[..., place] += placed
    return Drawn(parts, placed, draws.counts.sum(axis=-1))


def _subshares(
    failures: Coded, weight: np.ndarray, categories: tuple[str, ...], own: _Shares, level: float
) -> pd.DataFrame:
    """Return the shares of subcategories, each as precise as the share of its category."""
    category, subcategory = failures.category, failures.subcategory
    placed = category.told
    told, parts = placed & subcategory.told, subcategory.names
    pair = category.places[told] * len(parts) + subcategory.places[told]
    seen, which, counts = np.unique(pair, return_inverse=True, return_counts=True)
    kind = seen // (len(parts) or 1)
    share = np.bincount(which, weight[told], len(seen)) / (weight[placed].sum() or 1.0)
    # What is none of the categories asked for finds the last one.
    precise = np.append(own.stated, np.nan)
    n = precise[Codes(kind, category.names).among(categories)]
    low, high = wilson_bounds(share, n, level)
    return pd.DataFrame(
        {
            "category": category.names[kind],
            "subcategory": parts[seen % (len(parts) or 1)],
            "count": counts,
            "share": share,
            "low": low,
            "high": high,
        }
    )


@cache
def _axis(names: tuple[str, ...]) -> np.ndarray:
    """Return names as a column; made once for all."""
    return np.array(names, dtype=object)
