"""How often a model fails in some way, per item that it attempted."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from generator.records.keys import RunKey
from generator.stats.compositions import Composition
from generator.stats.intervals import recovered, wilson, wilson_bounds, wilson_ends
from generator.stats.parts import Part, Parts, part_of


def rates(own: Composition, attempted: int, failed: int, level: float) -> pd.DataFrame:
    """Return the rate of each category per attempted item.

    Where all failures were looked at, it is a share of the items. Where a sample was, it is the
    share of the items failed times the share of the category among the failures. Either way the
    interval speaks of further items like these.

    Args:
        own: What the failures of one run are made of.
        attempted: Items that the model answered.
        failed: Items among them that it failed.
        level: Confidence level in (0, 1).

    Returns:
        One row per category, in their order: category, rate, rate_low, rate_high (in [0, 1]).

    Source:
        Wilson's interval of one share; of a product of two independent ones, which is a sum to the
        first order, see :func:`generator.stats.intervals.recovered`.
    """
    names = {"share_of_all": "share", "effective_of_all": "effective"}
    parts = own.shares[["category", "count", *names]].rename(columns=names)
    return _per_item(parts, own, attempted, failed, level)


def rates_of_runs(
    compositions: Mapping[RunKey, Composition],
    attempts: Mapping[RunKey, tuple[int, int]],
    level: float,
) -> Parts[RunKey]:
    """Return the rates of many runs, as :func:`rates` does for each; see there.

    Args:
        compositions: What the failures of each run are made of.
        attempts: Items attempted and failed; runs without are left out.
        level: Confidence level in (0, 1).

    Source:
        As :func:`rates`.
    """
    known = {key: own for key, own in compositions.items() if key in attempts}
    counted = {key: own for key, own in known.items() if _all_counted(own, attempts[key][1])}
    found = _counted_rates(counted, attempts, level) if counted else {}
    return Parts(
        {
            key: found[key] if key in found else part_of(rates(own, *attempts[key], level))
            for key, own in known.items()
        }
    )


def _all_counted(own: Composition, failed: int) -> bool:
    """Tell whether every failure of a run was looked at."""
    return own.basis == "all" and own.looked_at == failed


def _counted_rates(
    compositions: Mapping[RunKey, Composition],
    attempts: Mapping[RunKey, tuple[int, int]],
    level: float,
) -> dict[RunKey, Part]:
    """Return the rates of runs all of whose failures were looked at, from one table of all."""
    parts = [own.share_part for own in compositions.values()]
    sizes = [part.many for part in parts]
    attempted = np.repeat([attempts[key][0] for key in compositions], sizes)
    often = np.concatenate([part.column("count") for part in parts]) / np.maximum(attempted, 1)
    low, high = wilson_bounds(often, attempted.astype(float), level)
    category = np.concatenate([part.column("category") for part in parts])
    made = {"category": category, "rate": often, "rate_low": low, "rate_high": high}
    ends = np.cumsum(sizes).tolist()
    return {
        key: Part(made, end - size, size)
        for key, size, end in zip(compositions, sizes, ends, strict=True)
    }


def outcome_rates(own: Composition, attempted: int, failed: int, level: float) -> pd.DataFrame:
    """Return the rate of each outcome other than ``model`` per attempted item, as :func:`rates`.

    Args:
        own: What the failures of one run are made of.
        attempted: Items that the model answered.
        failed: Items among them that it failed.
        level: Confidence level in (0, 1).

    Returns:
        One row per outcome, in their order: category (the outcome), rate, rate_low, rate_high.

    Source:
        As :func:`rates`.
    """
    parts = own.outcomes[own.outcomes["outcome"] != "model"].reset_index(drop=True)
    return _per_item(parts.rename(columns={"outcome": "category"}), own, attempted, failed, level)


def _per_item(
    parts: pd.DataFrame, own: Composition, attempted: int, failed: int, level: float
) -> pd.DataFrame:
    """Turn shares of the failures looked at (category, count, share, effective) into rates."""
    share, n = parts["share"], parts["effective"]
    if _all_counted(own, failed):
        often = parts["count"].to_numpy() / (attempted or 1)
        low, high = wilson_bounds(often, np.full(len(often), float(attempted)), level)
        made = {"rate": often, "rate_low": low, "rate_high": high}
        return pd.DataFrame({"category": parts["category"], **made})
    failing = failed / attempted if attempted else 0.0
    rate = failing * share
    among = wilson_ends(share, n, level).assign(share=share, weight=failing)
    ends = wilson(failed, attempted, level)._asdict()
    whole = pd.DataFrame({"share": failing, **ends, "weight": share})
    span = recovered(rate, [among, whole])
    columns = {"rate": rate, "rate_low": span["low"], "rate_high": span["high"]}
    return pd.DataFrame({"category": parts["category"], **columns})
