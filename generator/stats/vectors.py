"""What became of every item with every model, a byte each: all that a comparison needs."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from generator.stats.compositions import OUTCOMES
from generator.stats.tables import Tables
from generator.store.ordering import natural

NOT_ATTEMPTED, SOLVED, NOT_LOOKED_AT, FIRST_LABEL = range(4)
"""Codes of an item; from the last one on they are places in the list of labels."""

Codes = np.ndarray[tuple[int], np.dtype[np.uint8]]


class Vector(NamedTuple):
    """What became of the items of one run, by the verdicts of some judges."""

    benchmark: str
    """Benchmark."""
    model: str
    """Model."""
    judges: tuple[str, ...]
    """Judges whose verdicts these are."""
    codes: Codes
    """A code for each wording of the benchmark, in the order of ``wordings``."""
    weights: pd.Series
    """How many failures each one with a label stands for, in the order of their places; empty
    where all failures were to be looked at."""

    @property
    def whole(self) -> bool:
        """Tell whether every failure was looked at."""
        return not len(self.weights) and not bool((self.codes == NOT_LOOKED_AT).any())


def labels(categories: Sequence[str]) -> list[str]:
    """Return what a failure can be, in the order of the codes: a category, or an outcome."""
    return [*categories, *(name for name in OUTCOMES if name != "model")]


def wordings(items: pd.DataFrame) -> pd.DataFrame:
    """Return benchmark, item_id, variant in the order of the codes: of items, then of wordings."""
    names = sorted(set(items["item_id"]), key=natural)
    rank = pd.Series(range(len(names)), index=names, dtype="int64")
    placed = items[["benchmark", "item_id", "variant"]].assign(_rank=items["item_id"].map(rank))
    placed = placed.sort_values(["benchmark", "_rank", "variant"], kind="stable")
    return placed.drop(columns="_rank").reset_index(drop=True)


def vectors(tables: Tables, shown: pd.DataFrame, categories: Sequence[str]) -> tuple[Vector, ...]:
    """Return the vectors of every run whose answers are known.

    Each run has one by the verdicts that count. Where these are of a sample or not of rules alone,
    it has another one by the rules, which look at every failure.

    Args:
        tables: Everything known.
        shown: The failures that shares rest on; those of a sample have a weight.
        categories: Category ids in the order of the taxonomy.
    """
    asked = wordings(tables.items)
    asked["place"] = asked.groupby("benchmark").cumcount()
    sizes = asked["benchmark"].value_counts().to_dict()
    tried = tables.answers.merge(asked, on=["benchmark", "item_id", "variant"])
    tried = tried[["benchmark", "model", "item_id", "place", "failed"]]
    ruled = tables.failures[tables.failures["judge"] == "rules"].assign(weight=np.nan)
    counting, by_rules = (_coded(rows, tried, labels(categories)) for rows in (shown, ruled))
    made = []
    for run, answers in _by_run(tried).items():
        plain = np.zeros(sizes[run[0]], dtype=np.uint8)
        failed = answers["failed"].to_numpy(bool)
        plain[answers["place"].to_numpy()] = np.where(failed, NOT_LOOKED_AT, SOLVED)
        found = [_vector(run, plain, rows[run]) for rows in (counting, by_rules) if run in rows]
        alike = len(found) > 1 and not len(found[0].weights) and found[0].judges == found[1].judges
        made += found[:1] if alike else found
    return tuple(made)


def _coded(
    rows: pd.DataFrame, tried: pd.DataFrame, names: Sequence[str]
) -> dict[tuple[str, str], pd.DataFrame]:
    """Return by run: place, code, weight and judge of each failure, in the order of the places."""
    told = rows["category"].fillna(rows["attribution"]).fillna(rows["status"])
    place = pd.Series(range(FIRST_LABEL, FIRST_LABEL + len(names)), index=list(names))
    codes = told.astype(object).map(place).fillna(NOT_LOOKED_AT).astype(np.uint8)
    kept = rows[["benchmark", "model", "item_id", "weight", "judge"]].assign(code=codes)
    found = kept.merge(tried[tried["failed"].astype(bool)], on=["benchmark", "model", "item_id"])
    found = found.sort_values("place", kind="stable")
    return _by_run(found)


def _by_run(rows: pd.DataFrame) -> dict[tuple[str, str], pd.DataFrame]:
    grouped = rows.groupby(["benchmark", "model"], observed=True)
    return {(str(key[0]), str(key[1])): part for key, part in grouped if isinstance(key, tuple)}


def _vector(run: tuple[str, str], plain: Codes, rows: pd.DataFrame) -> Vector:
    codes = plain.copy()
    codes[rows["place"].to_numpy()] = rows["code"].to_numpy()
    weights = rows["weight"].dropna().astype(float)
    judges = tuple(sorted(map(str, rows["judge"].unique())))
    return Vector(*run, judges, codes, weights.reset_index(drop=True))
