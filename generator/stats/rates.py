"""How often a model fails in some way, per item that it attempted."""

import numpy as np
import pandas as pd

from generator.stats.compositions import Composition
from generator.stats.intervals import recovered, wilson, wilson_bounds, wilson_ends


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
    if own.basis == "all" and own.looked_at == failed:
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
