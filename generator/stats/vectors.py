"""What became of every item with every model, a byte each: all that a comparison needs."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from generator.stats.designs import OUTCOMES
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


def vectors(
    answers: pd.DataFrame,
    items: pd.DataFrame,
    failures: pd.DataFrame,
    shown: pd.DataFrame,
    categories: Sequence[str],
) -> tuple[Vector, ...]:
    """Return the vectors of every run on one benchmark whose answers are known.

    Each run has one by the verdicts that count. Where these are of a sample or not of rules alone,
    it has another one by the rules, which look at every failure.

    Args:
        answers: Items attempted on it, see ``generator.stats.tables``.
        items: Its wordings.
        failures: One row per failure and judge.
        shown: The failures that shares rest on; those of a sample have a weight.
        categories: Category ids in the order of the taxonomy.
    """
    if answers.empty:
        return ()
    benchmark, wanted, names = (
        str(answers["benchmark"].iloc[0]),
        wordings(items),
        labels(categories),
    )
    tried = _tried(answers, wanted)
    plain = np.zeros((len(tried.models), len(wanted)), dtype=np.uint8)
    plain[tried.model, tried.place] = np.where(tried.failed, NOT_LOOKED_AT, SOLVED)
    ruled = failures[failures["judge"] == "rules"].assign(weight=np.nan)
    codes = [_coded(rows, tried, names) for rows in (shown, ruled)]
    made: list[Vector] = []
    for model, own in zip(map(str, tried.models), plain, strict=True):
        run = (benchmark, model)
        found = [_vector(run, own, rows[model]) for rows in codes if model in rows]
        alike = len(found) > 1 and not len(found[0].weights) and found[0].judges == found[1].judges
        made += found[:1] if alike else found
    return tuple(made)


class _Tried(NamedTuple):
    """What was attempted on one benchmark, an entry each in every array: texts as numbers."""

    items: pd.Index
    """Names of its items."""
    models: pd.Index
    """Names of the models that attempted any, sorted."""
    item: np.ndarray
    """Item."""
    model: np.ndarray
    """Model."""
    place: np.ndarray
    """Which wording."""
    failed: np.ndarray
    """Whether it was failed."""


def _tried(answers: pd.DataFrame, wanted: pd.DataFrame) -> _Tried:
    """Return what was attempted of the wordings wanted, which are in the order of their places."""
    items = pd.Index(wanted["item_id"].unique())
    variant, asked = (rows["variant"].to_numpy(int) for rows in (answers, wanted))
    variants = 1 + asked.max(initial=0)
    # What is not known, be it an item or a wording, has the last place, where nothing stands.
    placed = np.full((len(items) + 1, variants + 1), -1)
    placed[items.get_indexer(pd.Index(wanted["item_id"])), asked] = np.arange(len(wanted))
    item = items.get_indexer(pd.Index(answers["item_id"]))
    place = placed[item, np.minimum(variant, variants)]
    known = place >= 0
    model, models = pd.factorize(answers["model"].to_numpy(object)[known], sort=True)
    failed = answers["failed"].to_numpy(bool)[known]
    return _Tried(items, pd.Index(models), item[known], model, place[known], failed)


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


def _coded(rows: pd.DataFrame, tried: _Tried, names: Sequence[str]) -> dict[str, _Coded]:
    """Return the failures of each model on one benchmark."""
    category, attribution, status = (
        rows[name].to_numpy(object) for name in ("category", "attribution", "status")
    )
    told = np.where(pd.notna(attribution), attribution, status)
    told = np.where(pd.notna(category), category, told)
    label = pd.Index(list(names), dtype=object).get_indexer(pd.Index(told, dtype=object))
    model, item = (
        known.get_indexer(pd.Index(rows[name]))
        for known, name in ((tried.models, "model"), (tried.items, "item_id"))
    )
    many = len(tried.items)
    kept = pd.DataFrame(
        {
            "failure": model * many + item,
            "code": np.where(label < 0, NOT_LOOKED_AT, FIRST_LABEL + label).astype(np.uint8),
            "weight": rows["weight"].to_numpy(float),
            "judge": rows["judge"].to_numpy(object),
        }
    )[(model >= 0) & (item >= 0)]
    # One by one: an item can be failed in several wordings.
    failed = pd.DataFrame({"failure": tried.model * many + tried.item, "place": tried.place})
    found = kept.merge(failed[tried.failed], on="failure")
    if found.empty:
        return {}
    whose, models = pd.factorize(found["failure"] // many, sort=True)
    ordered = np.lexsort((found["place"].to_numpy(), whose))
    ends = np.searchsorted(whose[ordered], np.arange(len(models)), side="right")
    columns = [
        np.split(found[name].to_numpy()[ordered], ends[:-1])
        for name in ("place", "code", "weight", "judge")
    ]
    spoken = tried.models[models]
    return {str(model): _Coded(*parts) for model, *parts in zip(spoken, *columns, strict=True)}


_NO_WEIGHTS = pd.Series(dtype=float)
"""One for all runs that have none: there are thousands."""


def _vector(run: tuple[str, str], plain: Codes, rows: _Coded) -> Vector:
    codes = plain.copy()
    codes[rows.place] = rows.code
    weights = rows.weight.astype(float)
    weights = weights[~np.isnan(weights)]
    judges = tuple(sorted(set(map(str, rows.judge))))
    return Vector(*run, judges, codes, pd.Series(weights) if len(weights) else _NO_WEIGHTS)
