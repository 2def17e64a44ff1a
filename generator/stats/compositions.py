"""What a set of failures is made of: shares of categories, with n and interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from generator.stats.coding import Coded, Codes, coded
from generator.stats.designs import (
    FAULTLESS,
    OUTCOMES,
    Basis,
    Shares,
    design_of,
    shares_of,
)
from generator.stats.intervals import wilson_bounds
from generator.stats.parts import Part, whole_of
from generator.stats.precision import effective_size
from generator.stats.resampling import Pooled


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
    faultless_part: Part
    """One row, of what is not the model's fault (``FAULTLESS`` together): count; share, low, high
    (of the failures looked at); effective."""
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
    design = design_of(failures, draws, seed)
    outcome, category = failures.outcome.among(OUTCOMES), failures.category.among(names)
    placed = failures.category.told
    told = failures.outcome.told
    [outcomes] = shares_of(design, outcome, OUTCOMES, [told], level, groups=[FAULTLESS])
    own, wide = shares_of(design, category, names, [placed, np.ones_like(placed)], level)
    apart = len(OUTCOMES)
    heard = np.bincount(failures.judge.places, minlength=len(failures.judge.names))
    return Composition(
        basis=design.basis,
        judges=tuple(failures.judge.names[heard > 0].tolist()),
        population=float(design.weight.sum()),
        looked_at=len(placed),
        classified=int(placed.sum()),
        effective=effective_size(design.weight[placed]),
        outcome_part=whole_of({"outcome": _axis(OUTCOMES), **outcomes.columns(slice(apart))}),
        faultless_part=whole_of(outcomes.columns(slice(apart, None))),
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
        subshare_part=whole_of(_subshares(failures, design.weight, names, own, level)),
    )


def _subshares(
    failures: Coded, weight: np.ndarray, categories: tuple[str, ...], own: Shares, level: float
) -> dict[str, np.ndarray]:
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
    return {
        "category": category.names[kind],
        "subcategory": parts[seen % (len(parts) or 1)],
        "count": counts,
        "share": share,
        "low": low,
        "high": high,
    }


@cache
def _axis(names: tuple[str, ...]) -> np.ndarray:
    """Return names as a column; made once for all."""
    return np.array(names, dtype=object)
