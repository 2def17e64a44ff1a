"""Slices of a benchmark, such as its subjects or tasks: how often each model fails there."""

import pandas as pd

from generator.stats.differences import clustered_size
from generator.stats.intervals import wilson_ends

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
    on_item = answers.groupby("item_id", observed=True)["failed"]
    rows = pd.DataFrame(
        {
            "model": answers["model"],
            "attempted": 1,
            "failed": answers["failed"].astype(int),
            "others": on_item.transform("size") - 1,
            "others_failed": on_item.transform("sum") - answers["failed"].astype(int),
        }
    )
    made = [
        _by(rows.assign(value=answers["item_id"].map(tags[tag])), level).assign(tag=str(tag))
        for tag in tags.columns
    ]
    if not made:
        return pd.DataFrame(columns=list(RUN_SLICE_COLUMNS))
    whole = pd.concat(made, ignore_index=True)
    return whole.astype({"model": str, "value": str})[list(RUN_SLICE_COLUMNS)]


def _by(rows: pd.DataFrame, level: float) -> pd.DataFrame:
    """Return the rates of each model and value, from a row per prediction."""
    cell = ["model", "value"]
    counts = ["attempted", "failed", "others", "others_failed"]
    sums = rows.groupby(cell, observed=True)[counts].sum()
    sums["rate"] = sums["failed"] / sums["attempted"]
    sums["others_rate"] = sums["others_failed"] / sums["others"].where(sums["others"] > 0)
    # What stands on one item goes together: each item is one case, as far as it deviates.
    per = rows.merge(sums["others_rate"], left_on=cell, right_index=True)
    squares = (per["others_failed"] - per["others_rate"] * per["others"]) ** 2
    squares = squares.groupby([per[name] for name in cell], observed=True).sum()
    items = sums["attempted"]
    share = squares / sums["others"] ** 2
    size = clustered_size(sums["others_rate"], share, sums["others"], items)
    for name, n in (("", items), ("others_", pd.Series(size, sums.index))):
        ends = wilson_ends(sums[f"{name}rate"].fillna(0.0), n, level)
        known = sums[f"{name}rate"].notna()
        for end in ("low", "high"):
            sums[name + end] = ends[end].where(known)
    return sums.reset_index()
