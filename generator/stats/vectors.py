"""What became of every item with every model, a byte each: all that a comparison needs."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from generator.stats.designs import OUTCOMES
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
    ruled = tables.failures[tables.failures["judge"] == "rules"].assign(weight=np.nan)
    names = labels(categories)
    # One benchmark after the other: all together would take much memory.
    answers, counting, by_rules = (_by_benchmark(rows) for rows in (tables.answers, shown, ruled))
    made: list[Vector] = []
    for name, wanted in asked.groupby("benchmark", observed=True):
        benchmark = str(name)
        tried = answers(benchmark).merge(wanted, on=["benchmark", "item_id", "variant"])
        if tried.empty:
            continue
        codes = [_coded(rows(benchmark), tried, names) for rows in (counting, by_rules)]
        for model, own in _by_model(tried):
            plain = np.zeros(len(wanted), dtype=np.uint8)
            failed = own["failed"].to_numpy(bool)
            plain[own["place"].to_numpy()] = np.where(failed, NOT_LOOKED_AT, SOLVED)
            run = (benchmark, model)
            found = [_vector(run, plain, rows[model]) for rows in codes if model in rows]
            alike = (
                len(found) > 1 and not len(found[0].weights) and found[0].judges == found[1].judges
            )
            made += found[:1] if alike else found
    return tuple(made)


def _by_benchmark(rows: pd.DataFrame) -> Callable[[str], pd.DataFrame]:
    """Return what gives the rows of a benchmark."""
    places = rows.groupby("benchmark", observed=True).indices

    def of(benchmark: str) -> pd.DataFrame:
        return rows.iloc[places.get(benchmark, [])]

    return of


def _by_model(rows: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    for model, part in rows[["model", "place", "failed"]].groupby("model", observed=True):
        yield str(model), part


class _Coded(NamedTuple):
    """The failures of one run, in the order of their places."""

    place: np.ndarray
    """Which wording each is of."""
    code: np.ndarray
    """What each is."""
    weight: np.ndarray
    """How many failures each stands for, or nothing."""
    judge: np.ndarray
    """Who says so."""


def _coded(rows: pd.DataFrame, tried: pd.DataFrame, names: Sequence[str]) -> dict[str, _Coded]:
    """Return the failures of each model on one benchmark."""
    told = rows["category"].fillna(rows["attribution"]).fillna(rows["status"])
    place = pd.Series(range(FIRST_LABEL, FIRST_LABEL + len(names)), index=list(names))
    codes = told.astype(object).map(place).fillna(NOT_LOOKED_AT).astype(np.uint8)
    kept = rows[["model", "item_id", "weight", "judge"]].assign(code=codes)
    failed = tried.loc[tried["failed"].astype(bool), ["model", "item_id", "place"]]
    found = kept.merge(failed, on=["model", "item_id"])
    if found.empty:
        return {}
    whose, models = pd.factorize(found["model"], sort=True)
    ordered = np.lexsort((found["place"].to_numpy(), whose))
    ends = np.searchsorted(whose[ordered], np.arange(len(models)), side="right")
    columns = [
        np.split(found[name].to_numpy()[ordered], ends[:-1])
        for name in ("place", "code", "weight", "judge")
    ]
    return {str(model): _Coded(*parts) for model, *parts in zip(models, *columns, strict=True)}


_NO_WEIGHTS = pd.Series(dtype=float)
"""One for all runs that have none: there are thousands."""


def _vector(run: tuple[str, str], plain: Codes, rows: _Coded) -> Vector:
    codes = plain.copy()
    codes[rows.place] = rows.code
    weights = rows.weight.astype(float)
    weights = weights[~np.isnan(weights)]
    judges = tuple(sorted(set(map(str, rows.judge))))
    return Vector(*run, judges, codes, pd.Series(weights) if len(weights) else _NO_WEIGHTS)
