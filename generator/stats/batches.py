"""Many compositions at once: of the runs on a benchmark, and of all but one of them.

What :func:`generator.stats.compositions.compose` does for one set of failures, with the same
numbers: counting in arrays, and one table for all of them, which each composition is a part of.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from generator.stats.compositions import Composition
from generator.stats.designs import FAULTLESS, OUTCOMES, drawn_counts, joining
from generator.stats.intervals import wilson_bounds
from generator.stats.parts import Part, part_of
from generator.stats.precision import effective_numbers, resampling_spread
from generator.stats.resampling import Draws, Pooled

_Key = tuple[str, str]

_TOGETHER = joining(OUTCOMES, [FAULTLESS])
"""What makes counts of outcomes and of those that are not the model's fault from the former."""

_AT_ONCE = 8
"""Pools taken together: a call for each would take longer, and all at once much memory."""


@dataclass(frozen=True)
class _Counts:
    """Failures of several sets, a row each, of which all were looked at."""

    outcomes: np.ndarray
    """By outcome, then of those that are not the model's fault together."""
    categories: np.ndarray
    """By category."""
    judges: np.ndarray
    """By judge."""
    looked_at: np.ndarray
    """In all."""
    told: np.ndarray
    """That have an outcome."""
    classified: np.ndarray
    """That have a category, be it one of those asked for or not."""

    def but_one(self) -> "_Counts":
        """Return for each set all the others taken together."""
        parts = {name: value.sum(axis=0) - value for name, value in vars(self).items()}
        return _Counts(**parts)


def composed_apart(
    failures: pd.DataFrame, categories: Sequence[str], level: float
) -> dict[_Key, Composition]:
    """Return the composition of each run, all of whose failures were looked at, each once.

    Args:
        failures: Rows as :func:`generator.stats.compositions.compose` takes them, without weights.
        categories: Category ids, in the order of the result.
        level: Confidence level of the intervals.

    Returns:
        Compositions by benchmark and model, without subcategories.

    Source:
        As :func:`generator.stats.compositions.compose`.
    """
    if failures.empty:
        return {}
    run = failures.groupby(["benchmark", "model"], observed=True, sort=True)
    names = [(str(key[0]), str(key[1])) for key in run.size().index]
    counts, judges = _counted(failures, run.ngroup().to_numpy(), len(names), categories)
    sizes = [
        np.repeat(n.astype(float)[:, None], many, axis=1)
        for n, many in (
            (counts.told, len(OUTCOMES) + 1),
            (counts.classified, len(categories)),
            (counts.looked_at, len(categories)),
        )
    ]
    made = _compositions(counts, judges, sizes, categories, level)
    return dict(zip(names, made, strict=True))


def composed_but_one(
    failures: pd.DataFrame, draws: Draws, categories: Sequence[str], level: float
) -> dict[str, Composition]:
    """Return for each model the composition of all the others on the same benchmark.

    Args:
        failures: Rows on one benchmark, as :func:`composed_apart` takes them.
        draws: Counts of these failures under resampling of items.
        categories: Category ids, in the order of the result.
        level: Confidence level of the intervals.

    Returns:
        Compositions by model that is left out, without subcategories.

    Source:
        As :func:`generator.stats.compositions.compose`.
    """
    place, models = pd.factorize(failures["model"], sort=True)
    own, judges = _counted(failures, place, len(models), categories)
    counts = own.but_one()
    names = tuple(categories)
    wide = (len(OUTCOMES) + 1, len(names), len(names))
    sizes = tuple(np.empty((len(models), many)) for many in wide)
    whole = draws.together().counts
    for first in range(0, len(models), _AT_ONCE):
        # Whole numbers far below 2^24: the difference is exact.
        rows = slice(first, first + _AT_ONCE)
        left = Pooled(draws.cells, whole - draws.counts[rows])
        came, placed = drawn_counts(left, OUTCOMES), drawn_counts(left, names)
        beside = _TOGETHER.T.astype(np.float32) @ came.parts
        for size, found, n, parts, of in (
            (sizes[0], counts.outcomes, counts.told, beside, came.every),
            (sizes[1], counts.categories, counts.classified, placed.parts, placed.placed),
            (sizes[2], counts.categories, counts.looked_at, placed.parts, placed.every),
        ):
            share = found[rows] / np.maximum(n[rows], 1)[:, None]
            apart = len(OUTCOMES) if size is sizes[0] else None
            spread = resampling_spread(parts, of)
            size[rows] = effective_numbers(share, found[rows], spread, n[rows], apart)
    made = _compositions(counts, judges, sizes, categories, level)
    return dict(zip(map(str, models), made, strict=True))


def _counted(
    failures: pd.DataFrame, group: np.ndarray, groups: int, categories: Sequence[str]
) -> tuple[_Counts, list[str]]:
    """Count the failures of each group; judges are listed in their order."""
    status = failures["status"].to_numpy(object)
    outcome = np.where(status == "verdict", failures["attribution"].to_numpy(object), status)
    judge, judges = pd.factorize(failures["judge"].to_numpy(object), sort=True)

    def by(values: np.ndarray, names: Sequence[str]) -> np.ndarray:
        place = pd.Index(list(names), dtype=object).get_indexer(pd.Index(values, dtype=object))
        return tabled(np.where(place < 0, len(names), place), len(names))

    def tabled(place: np.ndarray, many: int) -> np.ndarray:
        found = np.bincount(group * (many + 1) + place, minlength=groups * (many + 1))
        return found.reshape(groups, many + 1)[:, :many]

    category = failures["category"].to_numpy(object)
    counts = _Counts(
        by(outcome, OUTCOMES) @ _TOGETHER,
        by(category, categories),
        tabled(judge, len(judges)),
        np.bincount(group, minlength=groups),
        np.bincount(group[pd.notna(outcome)], minlength=groups),
        np.bincount(group[pd.notna(category)], minlength=groups),
    )
    return counts, [str(one) for one in judges]


def _compositions(
    counts: _Counts,
    judges: Sequence[str],
    sizes: Sequence[np.ndarray],
    categories: Sequence[str],
    level: float,
) -> list[Composition]:
    """Return a composition for each row of counts."""
    outcomes, own, wide = (
        _columns(part, n, size, level)
        for part, n, size in zip(
            (counts.outcomes, counts.categories, counts.categories),
            (counts.told, counts.classified, counts.looked_at),
            sizes,
            strict=True,
        )
    )
    groups = len(counts.looked_at)
    told = {"outcome": np.array([*OUTCOMES, "faultless"] * groups, dtype=object), **outcomes}
    faultless = {
        name: column[len(OUTCOMES) :: len(OUTCOMES) + 1] for name, column in outcomes.items()
    }
    shares = {
        "category": np.array([*categories] * groups, dtype=object),
        **own,
        **{f"{name}_of_all": wide[name] for name in ("share", "low", "high", "effective")},
    }
    none = part_of(
        pd.DataFrame(columns=["category", "subcategory", "count", "share", "low", "high"])
    )
    came, kinds = len(OUTCOMES), len(categories)
    return [
        Composition(
            basis="all",
            judges=tuple(
                name for name, seen in zip(judges, counts.judges[row], strict=True) if seen
            ),
            population=float(counts.looked_at[row]),
            looked_at=int(counts.looked_at[row]),
            classified=int(counts.classified[row]),
            effective=float(counts.classified[row]),
            outcome_part=Part(told, row * (came + 1), came),
            faultless_part=Part(faultless, row, 1),
            share_part=Part(shares, row * kinds, kinds),
            subshare_part=none,
        )
        for row in range(groups)
    ]


def _columns(
    counts: np.ndarray, n: np.ndarray, sizes: np.ndarray, level: float
) -> Mapping[str, np.ndarray]:
    """Return counts, shares and intervals, row after row."""
    share = (counts / np.maximum(n, 1)[:, None]).ravel()
    low, high = wilson_bounds(share, sizes.ravel(), level)
    found = {"count": counts.ravel(), "share": share, "low": low, "high": high}
    return found | {"effective": sizes.ravel()}
