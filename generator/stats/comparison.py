"""Two models held against each other, fairly: on the items that both had, else at one mix."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from generator.stats.compositions import Composition
from generator.stats.designs import OUTCOMES
from generator.stats.differences import (
    discovered,
    independent_difference,
    mcnemar,
    paired_difference,
)
from generator.stats.mixes import mix_adjusted, mix_tested, reference_mix

Ground = Literal["shared items", "reference mix", "none"]
"""What makes a comparison fair; with ``none`` it would not be, and there are no numbers."""

FEWEST_SHARED = 30
"""Items that both attempted, below which the comparison does not rest on them."""

COLUMNS = (
    "name", "of", "first", "second", "difference", "low", "high", "only_first", "only_second",
    "method", "p", "q",
)  # fmt: skip


@dataclass(frozen=True)
class Comparison:
    """Two models, and by how much each kind of failure is more frequent with the first."""

    first: str
    """Model."""
    second: str
    """Model."""
    ground: Ground
    """What the comparison rests on."""
    items: int
    """Items that both attempted in the same wording."""
    mix: Mapping[str, float]
    """Benchmarks that it rests on, with the share of each."""
    says: str
    """The same in words, with a warning where there is no fair comparison."""
    table: pd.DataFrame
    """One row per category, then per outcome without one: name; of (what the rates are taken of:
    ``items``, ``classified`` or ``looked at``); first, second (rates); difference, low, high;
    only_first, only_second (items in it for one alone, missing without shared items); method, p;
    q (false-discovery rate over the categories, missing for outcomes)."""


def shared_items(answers: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """Return benchmark, item_id, variant of what both models attempted in the same wording."""
    place = ["benchmark", "item_id", "variant"]
    one, other = (answers.loc[answers["model"] == model, place] for model in (first, second))
    return one.merge(other, on=place)


def paired(
    shared: pd.DataFrame,
    failures: pd.DataFrame,
    models: tuple[str, str],
    categories: Sequence[str],
    level: float,
) -> pd.DataFrame:
    """Return rates per shared item, their differences and McNemar's test; see ``Comparison``.

    Args:
        shared: Items that both attempted, see ``shared_items``.
        failures: One row per failure, see ``tables.settled``; every failure of both models on
            these items must be among them, or those left out would count as solved.
        models: The two.
        categories: Category ids in the order of the result.
        level: Confidence level of the intervals.

    Source:
        McNemar (1947), Psychometrika 12, 153-157; intervals as in ``differences``.
    """
    names = [*categories, *(name for name in OUTCOMES if name != "model")]
    on_shared = failures[failures["model"].isin(models)].merge(
        shared[["benchmark", "item_id"]], on=["benchmark", "item_id"]
    )
    told = on_shared["category"].fillna(on_shared["attribution"]).fillna(on_shared["status"])
    kinds = on_shared.assign(name=told)[["benchmark", "item_id", "model", "name"]]
    one, other = (kinds[kinds["model"] == model] for model in models)
    both = one.merge(other, on=["benchmark", "item_id", "name"])["name"].value_counts()
    first, second = (part["name"].value_counts() for part in (one, other))
    counts = pd.DataFrame({"first": first, "second": second, "both": both})
    counts = counts.reindex(names).fillna(0).astype(int)
    alone = counts[["first", "second"]].sub(counts["both"], axis=0)
    tested = mcnemar(alone["first"], alone["second"])
    span = paired_difference(alone["first"], alone["second"], len(shared), level)
    made = span.join(tested).assign(
        of="items",
        first=counts["first"] / len(shared),
        second=counts["second"] / len(shared),
        only_first=alone["first"],
        only_second=alone["second"],
    )
    return _with_q(made.rename_axis("name").reset_index(), len(categories))


def fair_comparison(
    shared: pd.DataFrame,
    items: pd.DataFrame,
    failures: pd.DataFrame,
    compositions: Mapping[tuple[str, str], Composition],
    models: tuple[str, str],
    *,
    categories: Sequence[str],
    level: float,
) -> Comparison:
    """Compare two models on shared items, else at the reference mix of their common benchmarks.

    Shared items are used where there are at least ``FEWEST_SHARED`` of them and every failure on
    them was looked at; a sample of failures does not say what became of each item.

    Args:
        shared: Items that both attempted, see ``shared_items``.
        items: Wordings of all benchmarks, see ``generator.stats.tables``.
        failures: One row per failure that the compositions rest on.
        compositions: By benchmark and model.
        models: The two.
        categories: Category ids.
        level: Confidence level of the intervals.

    Source:
        As :func:`paired`, else direct standardisation, see :mod:`generator.stats.mixes`.
    """
    first, second = models
    ran = [{name for name, model in compositions if model == one} for one in models]
    common = sorted(ran[0] & ran[1])
    whole = [name for name in common if all(compositions[name, m].basis == "all" for m in models)]
    complete = shared[shared["benchmark"].isin(whole)]
    if len(complete) >= FEWEST_SHARED:
        table = paired(complete, failures, models, categories, level)
        sizes = complete.groupby("benchmark", observed=True).size() / len(complete)
        mix = {str(name): float(share) for name, share in sizes.items()}
        says = (
            f"Rates per item over the {len(complete):,} items of {_listed(mix)} that both models "
            "attempted in the same wording; McNemar's test item by item."
        )
        return Comparison(first, second, "shared items", len(shared), mix, says, table)
    alike = [
        name
        for name in common
        if compositions[name, first].basis == compositions[name, second].basis
        and all(compositions[name, model].classified for model in models)
    ]
    if not alike:
        why = "common benchmark" if not common else "common benchmark looked at in the same way"
        says = (
            f"Warning: no fair comparison: the models have no {why} and fewer than "
            f"{FEWEST_SHARED} shared items whose failures were all looked at."
        )
        empty = pd.DataFrame(columns=list(COLUMNS))
        return Comparison(first, second, "none", len(shared), {}, says, empty)
    mix = reference_mix(items, alike)
    table = _adjusted(compositions, models, mix, level, len(categories))
    one = len(mix) == 1
    says = (
        f"Shares of failures on {_listed(mix)}"
        + ("" if one else ", each model's brought to this mix of benchmarks (by their items)")
        + "; the two sets of failures are taken as independent. There is no item-by-item test: "
        + (
            "failures were read in samples."
            if any(compositions[name, first].basis == "sample" for name in mix)
            else f"fewer than {FEWEST_SHARED} items are shared."
        )
    )
    return Comparison(first, second, "reference mix", len(shared), mix, says, table)


def _adjusted(
    compositions: Mapping[tuple[str, str], Composition],
    models: tuple[str, str],
    mix: Mapping[str, float],
    level: float,
    categories: int,
) -> pd.DataFrame:
    parts = [{name: compositions[name, model] for name in mix} for model in models]
    one, other = (mix_adjusted(part, mix, level) for part in parts)
    p = mix_tested(parts[0], parts[1], mix)
    span = independent_difference(one, other)
    made = span.assign(
        name=one["name"],
        of=one["of"],
        first=one["share"],
        second=other["share"],
        only_first=np.nan,
        only_second=np.nan,
        method="pooled",
        p=p,
    )
    return _with_q(made, categories)


def _with_q(made: pd.DataFrame, categories: int) -> pd.DataFrame:
    """Add q over the first rows, which are the categories, and order the columns."""
    return made.assign(q=discovered(made["p"].iloc[:categories]))[list(COLUMNS)]


def _listed(mix: Mapping[str, float]) -> str:
    return ", ".join(f"{name} ({share:.0%})" for name, share in mix.items())
