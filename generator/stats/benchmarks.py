"""What a benchmark measures: which items are failed, by whom, and in what way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from generator.stats.causes import causes
from generator.stats.coding import Coded, coded
from generator.stats.compositions import Composition, composed
from generator.stats.differences import (
    clustered_rate,
    discovered,
    independent_difference,
)
from generator.stats.intervals import Interval
from generator.stats.pooled import tested
from generator.stats.slices import run_slices, tags_of

THIRDS_FROM = 6
"""Models from which strong and weak are the outer thirds; halves below that."""

DELIVERY = "delivery"
"""Group of the taxonomy whose categories are about what came out."""

DIFFICULTY = "failed by"
"""Name of the slices made from how many of the models failed an item."""
STEPS = {
    "no model": (0.0, 0.0),
    "up to a third of the models": (0.0, 1 / 3),
    "a third to two thirds": (1 / 3, 2 / 3),
    "more than two thirds, not all": (2 / 3, 1.0),
    "every model": (1.0, 1.0),
}
"""Those slices, with the shares of failing models that bound them (lower end excluded)."""

SLICE_COLUMNS = ("tag", "value", "items", "attempted", "failed", "rate", "low", "high")


@dataclass(frozen=True)
class Standing:
    """The most and the least accurate models on a benchmark, and how each side fails."""

    part: str
    """``third`` or ``half``."""
    strong: tuple[str, ...]
    """The upper part, the most accurate first."""
    weak: tuple[str, ...]
    """The lower part, the most accurate first."""
    strong_failures: Composition
    """What the failures of the upper part are made of."""
    weak_failures: Composition
    """What the failures of the lower part are made of."""
    differences: pd.DataFrame
    """One row per category: category; strong, weak (shares of classified); difference, low,
    high; p (``pooled.tested``) and q (false-discovery rate over the categories)."""


@dataclass(frozen=True)
class Anatomy:
    """What a benchmark measures."""

    models: int
    """Models that attempted it."""
    items: pd.DataFrame
    """One row per item attempted: benchmark, item_id, models, failed (int)."""
    slices: pd.DataFrame
    """One row per slice: tag, value, items; attempted, failed (predictions); rate, low, high (of
    predictions that failed; the interval is for other items of the same slice, and missing for
    slices by difficulty)."""
    compositions: Mapping[tuple[str, str], Composition]
    """Per slice (tag, value) with failures looked at, what these are made of."""
    by_model: pd.DataFrame
    """One row per model and slice: how often it fails there, see ``slices.run_slices``."""
    standing: Standing | None
    """Strong against weak models; None with fewer than two of them looked at."""
    causes: pd.DataFrame
    """One row per entry of ``causes.CAUSES``: cause, count; share, low, high (of failures looked
    at)."""

    @property
    def failed_by_all(self) -> pd.DataFrame:
        """Items that every one of at least two models failed."""
        return self.items[
            (self.items["failed"] == self.items["models"]) & (self.items["models"] > 1)
        ]

    @property
    def failed_by_none(self) -> pd.DataFrame:
        """Items that no model failed."""
        return self.items[self.items["failed"] == 0]


def anatomy(
    answers: pd.DataFrame,
    items: pd.DataFrame,
    shown: pd.DataFrame,
    *,
    categories: Sequence[str],
    delivery: Sequence[str],
    level: float,
    seed: int = 0,
) -> Anatomy:
    """Return what one benchmark measures.

    It is described by the failures of samples where there are any, else by all.

    Args:
        answers: Items attempted on it, see ``generator.stats.tables``.
        items: Its wordings; the tags of the first one count.
        shown: The failures that its shares rest on, one row each; see
            :func:`generator.stats.atlas.primary_rows`.
        categories: Category ids in the order of the taxonomy.
        delivery: Those of them that are about what came out and not about what was worked out.
        level: Confidence level of the intervals.
        seed: Of everything drawn at random.

    Source:
        The share of those who fail an item as its difficulty: Lord and Novick (1968), Statistical
        Theories of Mental Test Scores; intervals as :func:`differences.clustered_rate` and
        :func:`compositions.compose`.
    """
    sampled = shown[shown["weight"].notna()]
    failures = (sampled if len(sampled) else shown).reset_index(drop=True)
    tried = answers.groupby("item_id", observed=True, sort=False)["failed"]
    counted = pd.DataFrame({"models": tried.size(), "failed": tried.sum().astype(int)})
    tags = tags_of(items)
    tagged = tags.reindex(counted.index).assign(**{DIFFICULTY: _difficulty(counted)})
    whole = coded(failures)
    # Whose item was attempted by none has the last place, and is in no slice.
    item = counted.index.get_indexer(pd.Index(failures["item_id"]))
    slices, compositions = [], {}
    for tag in tagged.columns:
        grouped = counted.groupby(tagged[tag], sort=True, observed=True)
        for value, part in grouped:
            rate, span = clustered_rate(part["failed"], part["models"], level)
            if tag == DIFFICULTY:  # its items were chosen by their rate: nothing is estimated
                span = Interval(float("nan"), float("nan"))
            sums = (len(part), int(part["models"].sum()), int(part["failed"].sum()))
            slices.append((str(tag), str(value), *sums, rate, *span))
            inside = np.zeros(len(counted) + 1, dtype=bool)
            inside[grouped.indices[value]] = True
            if inside[item].any():
                rows = whole.part(inside[item])
                compositions[str(tag), str(value)] = composed(rows, categories, level)
    benchmark = str(answers["benchmark"].iloc[0]) if len(answers) else ""
    return Anatomy(
        models=int(answers["model"].nunique()),
        items=counted.assign(benchmark=benchmark).reset_index()[
            ["benchmark", "item_id", "models", "failed"]
        ],
        slices=pd.DataFrame(slices, columns=list(SLICE_COLUMNS)),
        compositions=compositions,
        by_model=run_slices(answers, tags, level),
        standing=_standing(answers, failures["model"], whole, categories, level),
        # As of the composition of all, so that the same share has the same interval there.
        causes=causes(whole, delivery, level, seed=seed if len(set(failures["model"])) > 1 else 0),
    )


def _difficulty(counted: pd.DataFrame) -> pd.Series:
    """Return per item by how many of the models it was failed; missing with a single model."""
    share = (counted["failed"] / counted["models"]).to_numpy(float)
    place = np.full(len(counted), -1, dtype=np.int8)
    for step, (above, upto) in enumerate(STEPS.values()):
        between = (share > above) & (share <= upto) & (share < 1)
        place[between if above < upto else share == upto] = step
    place[counted["models"].to_numpy() <= 1] = -1
    return pd.Series(
        pd.Categorical.from_codes(place, pd.Index(list(STEPS)), ordered=True), counted.index
    )


def _standing(
    answers: pd.DataFrame,
    whose: pd.Series,
    failures: Coded,
    categories: Sequence[str],
    level: float,
) -> Standing | None:
    """Split the models whose failures were looked at by accuracy; ``whose`` names their models."""
    accuracy = 1 - answers.groupby("model", observed=True)["failed"].mean()
    looked = accuracy[accuracy.index.isin(whose.unique())]
    ordered = [str(m) for m in looked.sort_values(ascending=False, kind="stable").index]
    part, share = ("third", 3) if len(ordered) >= THIRDS_FROM else ("half", 2)
    size = len(ordered) // share
    if not size:
        return None
    strong, weak = tuple(ordered[:size]), tuple(ordered[-size:])
    one, other = (
        composed(failures.part(whose.isin(side).to_numpy()), categories, level)
        for side in (strong, weak)
    )
    return Standing(part, strong, weak, one, other, held_apart(one, other))


def held_apart(strong: Composition, weak: Composition) -> pd.DataFrame:
    """Return by how much each category is more frequent on one side; see ``Standing``.

    Args:
        strong: What the failures of the one are made of.
        weak: What those of the other are made of.

    Source:
        As :func:`differences.independent_difference`, :func:`pooled.pooled_test` and
        :func:`differences.discovered`.
    """
    mine, theirs = strong.shares.set_index("category"), weak.shares.set_index("category")
    apart = independent_difference(mine, theirs)
    apart = apart.assign(strong=mine["share"], weak=theirs["share"], p=tested(mine, theirs))
    return apart.assign(q=discovered(apart["p"])).reset_index()
