"""What a set of failures is made of: shares of categories, with n and interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from generator.stats.intervals import wilson_ends
from generator.stats.precision import (
    design_variance,
    draws_of,
    effective_numbers,
    effective_size,
    resampling_variance,
    share_items,
)
from generator.stats.resampling import together

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
    classified failures, as precise as the share of the category)."""


class _Design(NamedTuple):
    """How the failures came to be looked at."""

    failures: pd.DataFrame
    basis: Basis
    draws: pd.DataFrame | None
    """Counts under resampling of items, a column per cell; None where no item is shared."""


def compose(
    failures: pd.DataFrame,
    categories: Sequence[str],
    level: float,
    *,
    draws: pd.DataFrame | None = None,
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
        draws: Counts of these failures under resampling of items (``resampling.together``), made
            here if None where several models share items.
        seed: Of the draws made here.

    Raises:
        ValueError: Some rows have a weight and others have none.

    Source:
        Wilson's interval of the effective number of failures, which comes from the design of the
        sample or from resampling the items: Korn and Graubard (1998), Survey Methodology 24,
        193-201. See ``precision`` for both.
    """
    weighted = failures["weight"].notna()
    if weighted.any() and not weighted.all():
        msg = "failures of a sample and failures outside any sample cannot be composed together"
        raise ValueError(msg)
    basis: Basis = "sample" if len(failures) and bool(weighted.all()) else "all"
    if basis == "all" and draws is None and share_items(failures):
        draws = together(draws_of(failures, seed))
    design = _Design(
        failures.assign(weight=failures["weight"].astype(float).fillna(1.0)), basis, draws
    )
    weights = design.failures["weight"].astype(float)
    outcome = failures["attribution"].where(failures["status"] == "verdict", failures["status"])
    category = failures["category"].astype(object)
    placed = category.notna()
    outcomes = _shares(design, outcome, OUTCOMES, level)
    shares = _shares(design, category, categories, level)
    wide = _shares(design, category.fillna("-"), categories, level)
    return Composition(
        basis=basis,
        judges=tuple(sorted(failures["judge"].unique())),
        population=float(weights.sum()),
        looked_at=len(failures),
        classified=int(placed.sum()),
        effective=effective_size(weights[placed]),
        outcomes=outcomes.drop(columns="stated").reset_index(names="outcome"),
        shares=shares.drop(columns="stated")
        .join(wide[["share", "low", "high", "effective"]].add_suffix("_of_all"))
        .reset_index(names="category"),
        subshares=_subshares(design.failures[placed], shares["stated"], level),
    )


def _shares(design: _Design, labels: pd.Series, names: Sequence[str], level: float) -> pd.DataFrame:
    """Return the weighted share of each name among the labels, missing ones left out.

    Returns:
        By name: count; share, low, high; effective numbers: effective (for further items like
        these), stated (for the failures that the interval speaks of).
    """
    weights = design.failures["weight"].to_numpy(float)
    index, inside = pd.Index(list(names)), labels.notna().to_numpy()
    whole, n = float(weights[inside].sum()), float(inside.sum())
    # What is none of the names is counted in a last place that is dropped again.
    place = index.get_indexer(pd.Index(labels))
    place = np.where(place < 0, len(index), place)
    counts, sums = (
        pd.Series(np.bincount(place, each, len(index) + 1)[:-1], index) for each in (None, weights)
    )
    share = sums / (whole or 1.0)
    if design.basis == "sample":
        variances = design_variance(design.failures, labels, share)
        stated, further = (
            effective_numbers(share, counts, variances[which], n) for which in variances
        )
    elif design.draws is None:
        stated = further = pd.Series(n, share.index)
    else:
        parts, total = _drawn(design.draws, labels, names)
        stated = further = effective_numbers(share, counts, resampling_variance(parts, total), n)
    ends = wilson_ends(share, stated, level)
    made = {"count": counts, "share": share, **ends, "effective": further, "stated": stated}
    return pd.DataFrame(made, index=share.index)


def _drawn(
    draws: pd.DataFrame, labels: pd.Series, names: Sequence[str]
) -> tuple[pd.DataFrame, pd.Series]:
    """Return the drawn counts of each name, and of all that they are shares of."""
    beside = [cell for cell in draws if cell in OUTCOMES]
    placed = draws.drop(columns=beside).sum(axis=1)
    everything = draws.sum(axis=1)
    # Cells are categories; the outcome "model" is all of them together.
    parts = draws.assign(model=placed + draws.get("model", 0.0))
    whole = everything if labels.notna().all() else placed
    return parts.reindex(columns=list(names), fill_value=0.0), whole


def _subshares(placed: pd.DataFrame, stated: pd.Series, level: float) -> pd.DataFrame:
    """Return the shares of subcategories, each as precise as the share of its category."""
    keys = ["category", "subcategory"]
    grouped = placed.groupby(keys, observed=True)["weight"].agg(["size", "sum"])
    share = grouped["sum"] / float(placed["weight"].sum() or 1.0)
    n = pd.Series(
        stated.reindex(grouped.index.get_level_values("category")).to_numpy(), share.index
    )
    ends = wilson_ends(share, n, level)
    made = {"count": grouped["size"].astype(int), "share": share, **ends}
    return pd.DataFrame(made, index=share.index).reset_index()
