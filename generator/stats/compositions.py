"""What a set of failures is made of: shares of categories, with n and interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from generator.stats.intervals import wilson

OUTCOMES = ("model", "benchmark", "harness", "undetermined", "no_verdict")
"""What can come of looking at a failure; ``model`` means that it has a category."""

Basis = Literal["sample", "all"]


@dataclass(frozen=True)
class Composition:
    """Shares of a stated population of failures."""

    basis: Basis
    """``sample``: weighted shares of a random sample; ``all``: every failure was looked at."""
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
    """One row per outcome: outcome, count; share, low, high (of the failures looked at)."""
    shares: pd.DataFrame
    """One row per category, zeros included: category, count; share, low, high (of the
    classified failures); share_of_all, low_of_all, high_of_all (of the failures looked at)."""
    subshares: pd.DataFrame
    """One row per subcategory seen: category, subcategory, count; share, low, high (of the
    classified failures)."""


def effective_size(weights: pd.Series) -> float:
    """Return Kish's effective sample size ``(sum w)^2 / sum w^2``; 0 for none.

    Source:
        Kish (1965), Survey Sampling, section 11.7.
    """
    squares = float((weights**2).sum())
    return float(weights.sum()) ** 2 / squares if squares > 0 else 0.0


def _weighted(values: pd.Series, weights: pd.Series, names: Sequence[str]) -> pd.DataFrame:
    """Count and weigh each name among the values."""
    grouped = pd.DataFrame({"value": values, "weight": weights}).groupby("value", observed=True)
    counts = grouped["weight"].agg(["size", "sum"]).reindex(list(names), fill_value=0)
    return pd.DataFrame(
        {"count": counts["size"].astype(int), "weight": counts["sum"].astype(float)}
    )


def _shares(counts: pd.DataFrame, weights: pd.Series, level: float) -> pd.DataFrame:
    """Turn weighed counts into shares of ``weights`` with Wilson intervals."""
    total, n = float(weights.sum()), effective_size(weights)
    share = counts["weight"] / total if total > 0 else counts["weight"] * 0.0
    spans = [wilson(min(s, 1.0) * n, n, level) for s in share]
    return pd.DataFrame(
        {
            "share": share,
            "low": [span.low for span in spans],
            "high": [span.high for span in spans],
        },
        index=counts.index,
    )


def compose(failures: pd.DataFrame, categories: Sequence[str], level: float) -> Composition:
    """Return the composition of failures, one row each (see ``tables.settled``).

    Rows with a weight are a sample and each stands for as many failures as it weighs; if no row
    has one, all failures were looked at. Mixing both is an error of the caller.

    Args:
        failures: Rows with status, attribution, category, subcategory, judge, weight.
        categories: Category ids, in the order of the result.
        level: Confidence level of the intervals.

    Raises:
        ValueError: Some rows have a weight and others have none.
    """
    weighted = failures["weight"].notna()
    if weighted.any() and not weighted.all():
        msg = "failures of a sample and failures outside any sample cannot be composed together"
        raise ValueError(msg)
    basis: Basis = "sample" if len(failures) and bool(weighted.all()) else "all"
    weights = failures["weight"].fillna(1.0).astype(float)
    outcome = failures["attribution"].where(failures["status"] == "verdict", failures["status"])
    placed = failures["category"].notna()
    of_classified, of_all = weights[placed], weights

    outcomes = _weighted(outcome, weights, OUTCOMES)
    counts = _weighted(failures.loc[placed, "category"], of_classified, categories)
    wide = _shares(counts, of_all, level).add_suffix("_of_all")
    pairs = failures.loc[placed & failures["subcategory"].notna(), ["category", "subcategory"]]
    grouped = pairs.assign(weight=weights).groupby(["category", "subcategory"], observed=True)
    sub = pd.DataFrame({"count": grouped["weight"].size(), "weight": grouped["weight"].sum()})
    return Composition(
        basis=basis,
        judges=tuple(sorted(failures["judge"].unique())),
        population=float(weights.sum()),
        looked_at=len(failures),
        classified=int(placed.sum()),
        effective=effective_size(of_classified),
        outcomes=_tidy(outcomes, _shares(outcomes, of_all, level), "outcome"),
        shares=_tidy(counts, _shares(counts, of_classified, level), "category").join(
            wide.reset_index(drop=True)
        ),
        subshares=_tidy(sub, _shares(sub, of_classified, level), None),
    )


def _tidy(counts: pd.DataFrame, shares: pd.DataFrame, name: str | None) -> pd.DataFrame:
    """Join counts and shares and turn the index into columns."""
    joined = counts[["count"]].join(shares)
    if name is not None:
        joined.index.name = name
    return joined.reset_index()
