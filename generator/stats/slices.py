"""Slices of a benchmark, such as its subjects or tasks: how often each model fails there."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from generator.stats.differences import clustered_size
from generator.stats.intervals import wilson_bounds

MOST_SLICES = 40
"""Values of a tag beyond which, or beyond half the items, it names items rather than slices."""
RUN_SLICE_COLUMNS = (
    "model",
    "tag",
    "value",
    "attempted",
    "failed",
    "rate",
    "low",
    "high",
    "others",
    "others_rate",
    "others_low",
    "others_high",
)


def tags_of(items: pd.DataFrame) -> pd.DataFrame:
    """Return the tags that cut the items into slices, one column each, by item.

    Args:
        items: Wordings of one benchmark: item_id, tags; the tags of an item's first one count.
    """
    first = items.drop_duplicates("item_id").set_index("item_id")
    wide = pd.DataFrame(list(first["tags"]), index=first.index, dtype=object)
    most = min(MOST_SLICES, len(wide) // 2)
    kept = [tag for tag in sorted(wide.columns) if 1 < wide[tag].nunique() <= most]
    return wide[kept]


def run_slices(answers: pd.DataFrame, tags: pd.DataFrame, level: float) -> pd.DataFrame:
    """Return how often each model fails the items of each slice, beside all other models.

    Args:
        answers: Items attempted on one benchmark: model, item_id, failed.
        tags: Slices of the items, see :func:`tags_of`.
        level: Confidence level of the intervals.

    Returns:
        One row per model, tag and value that it attempted: the columns of ``RUN_SLICE_COLUMNS``;
        attempted, failed (predictions); rate, low, high (share that failed); others (predictions of
        all other models on the same items); others_rate, others_low, others_high (share of these
        that failed; missing without any; several of them are on the same item).

    Source:
        As :func:`generator.stats.intervals.wilson`; of the others as
        :func:`generator.stats.differences.clustered_rate`.
    """
    made = [_by(*cells, level, str(tag)) for tag, cells in _cells(answers, tags)]
    if not made:
        return pd.DataFrame(columns=list(RUN_SLICE_COLUMNS))
    whole = pd.concat(made, ignore_index=True)
    return whole.astype({"model": str, "value": str})[list(RUN_SLICE_COLUMNS)]


class _Tried(NamedTuple):
    """Predictions on items of a slice, an entry each in every array."""

    cell: np.ndarray
    """Model and value: the place of the model times the number of values, and that of the value."""
    failed: np.ndarray
    """Whether it failed."""
    others: np.ndarray
    """Predictions of all other models on the same item."""
    others_failed: np.ndarray
    """How many of these failed."""


def _cells(
    answers: pd.DataFrame, tags: pd.DataFrame
) -> Iterator[tuple[str, tuple[np.ndarray, np.ndarray, _Tried]]]:
    """Yield each tag with the names of models, its values, and the predictions that have one."""
    whose, models = pd.factorize(answers["model"].to_numpy(object), sort=True)
    # An item without tags has the last place, and is in no slice.
    item = tags.index.get_indexer(pd.Index(answers["item_id"])) % (len(tags) + 1)
    failed = answers["failed"].to_numpy(bool).astype(int)
    others = np.bincount(item)[item] - 1
    others_failed = np.bincount(item, failed).astype(int)[item] - failed
    for tag in tags.columns:
        places, values = pd.factorize(tags[tag].to_numpy(object), sort=True)
        value = np.append(places, -1)[item]
        told = value >= 0
        columns = (whose * len(values) + value, failed, others, others_failed)
        yield str(tag), (models, values, _Tried(*(column[told] for column in columns)))


def _by(
    models: np.ndarray, values: np.ndarray, tried: _Tried, level: float, tag: str
) -> pd.DataFrame:
    """Return the rates of each model and value that it attempted."""
    cells, cell, items = np.unique(tried.cell, return_inverse=True, return_counts=True)
    failed, others, others_failed = (
        np.bincount(cell, counted, len(cells)).astype(int) for counted in tried[1:]
    )
    rate, known = failed / items, others > 0
    least = np.maximum(others, 1)
    others_rate = others_failed / least
    # What stands on one item goes together: each item is one case, as far as it deviates.
    apart = (tried.others_failed - others_rate[cell] * tried.others) ** 2
    share = np.bincount(cell, apart, len(cells)) / least**2
    low, high = wilson_bounds(rate, items.astype(float), level)
    size = clustered_size(others_rate, share, others, items)
    ends = wilson_bounds(others_rate, size, level)
    beside = (np.where(known, column, np.nan) for column in (others_rate, *ends))
    return pd.DataFrame(
        dict(
            zip(
                RUN_SLICE_COLUMNS,
                (
                    models[cells // len(values)],
                    tag,
                    values[cells % len(values)],
                    *(items, failed, rate, low, high),
                    *(others, *beside),
                ),
                strict=True,
            )
        )
    )
