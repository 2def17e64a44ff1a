"""A judge on the parts of a benchmark that are told apart: developed, and held out.

Whoever works on a judge may look at the developed part; what the held-out part says is what can be
trusted. An item's tag ``split`` says where it belongs.
"""

from collections.abc import Mapping

import pandas as pd

from generator.stats.agreement import Compared, compare, pairs

SPLITS = ("developed", "held-out")
"""Parts that are reported apart, in the order shown."""

Splits = Mapping[str, Compared]
"""Scores by part; ``benchmarks`` of each are its task families."""


def by_split(
    verdicts: pd.DataFrame, labels: pd.DataFrame, items: pd.DataFrame, level: float
) -> Mapping[str, Splits]:
    """Score a judge on each part of every benchmark that has parts.

    Args:
        verdicts: One row per failure, as ``agreement.pairs`` takes them.
        labels: What is known of them.
        items: benchmark, item_id, tags (dict), one row per wording.
        level: Confidence level of the intervals.

    Returns:
        By benchmark and part, where at least one failure can be compared.

    Source:
        As :func:`generator.stats.agreement.score`.
    """
    found: dict[str, dict[str, Compared]] = {}
    if labels.empty or items.empty:
        return found
    tagged = items.drop_duplicates(["benchmark", "item_id"])
    tagged = tagged.assign(split=[tags.get("split") for tags in tagged["tags"]])
    known = labels.merge(tagged[["benchmark", "item_id", "split"]], on=["benchmark", "item_id"])
    for benchmark in sorted(known["benchmark"].unique()):
        own = _by_family(verdicts[verdicts["benchmark"] == benchmark])
        told = _by_family(known[known["benchmark"] == benchmark])
        for split in SPLITS:
            paired = pairs(own, told[told["split"] == split])
            if len(paired):
                found.setdefault(benchmark, {})[split] = compare(paired, level, split)
    return found


def _by_family(rows: pd.DataFrame) -> pd.DataFrame:
    """Put the task family in the place of the benchmark: what is told apart here are families."""
    return rows.assign(benchmark=[family_of(item_id) for item_id in rows["item_id"]])


def family_of(item_id: str) -> str:
    """Return the task family, which an item's identifier begins with."""
    return item_id.rpartition("-")[0]
