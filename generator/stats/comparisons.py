"""The pairs of models that the pages compare, their tests held together as one family."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from generator.stats.comparison import Comparison, fair_comparison, shared_items
from generator.stats.compositions import Composition
from generator.stats.differences import discovered
from generator.stats.steps import Step
from generator.stats.tables import Tables

Compositions = Mapping[tuple[str, str], Composition]


@dataclass(frozen=True)
class Compared:
    """Two models held against each other."""

    step: Step
    """Which two, and what sets them apart."""
    judges: tuple[str, ...]
    """Judges whose verdicts count for the two."""
    counted: Comparison
    """By the verdicts that count."""
    by_rules: Comparison | None
    """Item by item by what rules say of all failures; None where ``counted`` is item by item, or
    rules did not look at all failures of both."""


def comparisons(
    tables: Tables,
    shown: pd.DataFrame,
    primary: Compositions,
    rules_alone: Compositions,
    steps: Sequence[Step],
    *,
    categories: Sequence[str],
    level: float,
) -> tuple[Compared, ...]:
    """Compare the models of each step, as fairly as their runs allow.

    Args:
        tables: Everything known.
        shown: The failures that ``primary`` rests on.
        primary: Per run, what its failures are made of.
        rules_alone: Per run with a sample, what rules settle among all its failures.
        steps: Which pairs; those with a model of no run are left out.
        categories: Category ids.
        level: Confidence level of the intervals.

    Returns:
        One entry per pair. The false-discovery rate ``q`` of their tables is over all categories of
        all pairs that either model has failures of.

    Source:
        False discoveries: Benjamini and Hochberg (1995), J. R. Stat. Soc. B 57, 289-300.
    """
    ruled = tables.failures[tables.failures["judge"] == "rules"].assign(weight=float("nan"))
    whole = _looked_at_all(ruled, tables.attempts)
    by_rules = {
        key: part
        for key, part in {**primary, **rules_alone}.items()
        if key in whole and part.basis == "all" and part.judges == ("rules",)
    }
    known = {model for _, model in primary}
    held = [step for step in steps if {step.first, step.second} <= known]
    # Each table is searched once, and not once a pair.
    answers, counting, ruling = (_by_model(rows) for rows in (tables.answers, shown, ruled))
    made: list[list[Comparison]] = []
    for step in held:
        models = (step.first, step.second)
        shared = shared_items(answers(models), *models)
        counted, alone = (
            fair_comparison(
                shared,
                tables.items,
                rows(models),
                compositions,
                models,
                categories=categories,
                level=level,
            )
            for rows, compositions in ((counting, primary), (ruling, by_rules))
        )
        further = counted.ground != "shared items" and alone.ground == "shared items"
        made.append([counted, alone] if further else [counted])
    tested = iter(_one_family([one for both in made for one in both], categories))
    return tuple(
        Compared(
            step,
            _judges(primary, step),
            next(tested),
            next(tested) if len(both) > 1 else None,
        )
        for step, both in zip(held, made, strict=True)
    )


def _judges(primary: Compositions, step: Step) -> tuple[str, ...]:
    """Return the judges whose verdicts count for two models."""
    parts = (part for (_, model), part in primary.items() if model in step[:2])
    return tuple(sorted({judge for part in parts for judge in part.judges}))


def _by_model(rows: pd.DataFrame) -> Callable[[Sequence[str]], pd.DataFrame]:
    """Return what gives the rows of some models."""
    places = rows.groupby("model", observed=True).indices
    nowhere = np.empty(0, dtype=np.intp)

    def of(models: Sequence[str]) -> pd.DataFrame:
        return rows.iloc[np.concatenate([places.get(model, nowhere) for model in models])]

    return of


def _looked_at_all(ruled: pd.DataFrame, attempts: pd.DataFrame) -> set[tuple[str, str]]:
    """Return the runs of which rules looked at every failure."""
    run = ["benchmark", "model"]
    counted = ruled.drop_duplicates([*run, "item_id"]).groupby(run, observed=True).size()
    failed = attempts.set_index(run)["failed"]
    return {(str(key[0]), str(key[1])) for key, n in counted.items() if failed.get(key) == n}  # type: ignore[index]


def _one_family(made: Sequence[Comparison], categories: Sequence[str]) -> list[Comparison]:
    """Replace ``q`` of every comparison by that over all of them together."""
    # Empty tables have no types of their own, and would take those of the others away.
    filled = {place: one.table for place, one in enumerate(made) if len(one.table)}
    if not filled:
        return [replace(one, table=one.table.assign(q=[])) for one in made]
    stacked = pd.concat(filled)
    seen = stacked["name"].isin(categories) & ((stacked["first"] > 0) | (stacked["second"] > 0))
    # Shares of nothing have no p, and take no part.
    p = stacked.loc[seen & stacked["p"].notna(), "p"].astype(float)
    q = discovered(p).reindex(stacked.index)
    return [
        replace(one, table=one.table.assign(q=q.loc[place] if len(one.table) else []))
        for place, one in enumerate(made)
    ]
