"""Signatures over several benchmarks, brought to one stated mix of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from generator.stats.compositions import Composition
from generator.stats.intervals import recovered_ends, wilson_bounds, wilson_size
from generator.stats.parts import Part
from generator.stats.pooled import pooled_test

Mix = Mapping[str, float]
"""Share of each benchmark, summing to 1."""


def reference_mix(items: pd.DataFrame, benchmarks: Iterable[str]) -> dict[str, float]:
    """Return the mix in which every item of the benchmarks counts the same.

    It is a property of the benchmarks, so it does not move when a model is added.

    Args:
        items: One row per wording, see ``generator.stats.tables``.
        benchmarks: Benchmarks to mix; each must have items.

    Source:
        Direct standardisation, see :func:`mix_adjusted`.
    """
    wanted = sorted(set(benchmarks))
    known = items[items["benchmark"].isin(wanted)]
    counts = known.groupby("benchmark", observed=True)["item_id"].nunique()
    total = int(counts.sum())
    return {name: int(counts[name]) / total for name in wanted}


def mix_adjusted(parts: Mapping[str, Composition], mix: Mix, level: float) -> pd.DataFrame:
    """Return a model's shares as they would be if its failures came in a stated mix.

    In each benchmark the shares are as observed; the benchmarks are weighed by the mix instead
    of by how much the model happened to run and fail on each. The interval is Wilson's at the
    number of failures that a simple sample of the same variance would have; for that variance
    each benchmark is lent one failure of the adjusted share, so that a kind not seen in a few
    failures is not taken to be impossible.

    Args:
        parts: The model's composition on each benchmark.
        mix: Reference mix over benchmarks that are all in ``parts``.
        level: Confidence level of the intervals.

    Returns:
        One row per category, then per outcome other than ``model``: name, of (``classified``
        or ``looked at``), share, low, high, variance. Shares of nothing are NaN.

    Raises:
        ValueError: The mix does not sum to 1 or names a benchmark without a composition.

    Source:
        Post-stratification (direct standardisation): Holt and Smith (1979), J. R. Stat. Soc. A
        142, 33-46; interval as in Korn and Graubard (1998), Survey Methodology 24, 193-201.
    """
    weights = np.array(list(mix.values()), dtype=float)
    return pd.concat(
        [_stratified(each, weights, level) for each in _strata(parts, mix)], ignore_index=True
    )


def mix_tested(
    first: Mapping[str, Composition], second: Mapping[str, Composition], mix: Mix
) -> np.ndarray:
    """Return two-sided p of the differences between two models, in the order of ``mix_adjusted``.

    Args:
        first: A model's composition on each benchmark.
        second: Another model's.
        mix: Reference mix over benchmarks that are in both.

    Raises:
        ValueError: As :func:`mix_adjusted`.

    Source:
        As :func:`generator.stats.pooled.pooled_test`.
    """
    weights = list(mix.values())
    return np.concatenate(
        [
            pooled_test(one.shares, one.sizes, other.shares, other.sizes, weights)
            for one, other in zip(_strata(first, mix), _strata(second, mix), strict=True)
        ]
    )


def mixed_rates(parts: Mapping[str, Part], mix: Mix, level: float) -> pd.DataFrame:
    """Return a model's rates per item as they would be if its items came in a stated mix.

    Args:
        parts: The model's rates on each benchmark, see :mod:`generator.stats.rates`.
        mix: Reference mix over benchmarks that are all in ``parts``.
        level: Confidence level of the intervals, that of ``parts``.

    Returns:
        One row per row of the parts: name, of (``items``), share, low, high, effective.

    Source:
        Direct standardisation, as :func:`mix_adjusted`; interval of a weighted sum of independent
        rates as :func:`generator.stats.intervals.recovered`.
    """
    chosen = [parts[name] for name in mix]
    share, low, high = (
        np.stack([part.column(name) for part in chosen])
        for name in ("rate", "rate_low", "rate_high")
    )
    weights = np.array(list(mix.values()), dtype=float)[:, None]
    # Benchmark after benchmark, so that sums have the same last bit whatever the machine.
    rate = np.add.accumulate(share * weights)[-1]
    ends = recovered_ends(rate, share, low, high, weights)
    made = pd.DataFrame(
        {"name": chosen[0].column("category"), "of": "items", "share": rate}
        | {"low": ends[0], "high": ends[1]}
    )
    return made.assign(effective=wilson_size(made["share"], made["low"], made["high"], level))


def checked(parts: Mapping[str, object], mix: Mix) -> None:
    """Raise ``ValueError`` unless the mix sums to 1 over benchmarks of the parts.

    Source:
        As :func:`mix_adjusted`.
    """
    if not np.isclose(sum(mix.values()), 1.0) or not mix.keys() <= parts.keys():
        msg = f"a mix must sum to 1 over benchmarks that were run: {dict(mix)}"
        raise ValueError(msg)


def looked_size(part: Composition) -> float:
    """Return the effective number of failures looked at, from that of the classified ones.

    Source:
        As :func:`mix_adjusted`.
    """
    return part.looked_at * (part.effective / part.classified if part.classified else 1.0)


class _Strata(NamedTuple):
    """Shares on the benchmarks of a mix, a row for each."""

    names: list[str]
    """Of what, a column each."""
    of: str
    """What they are shares of."""
    shares: np.ndarray
    """Shares."""
    sizes: np.ndarray
    """Cases that they rest on."""


def _strata(parts: Mapping[str, Composition], mix: Mix) -> tuple[_Strata, _Strata]:
    """Return shares of categories, and of outcomes other than ``model``."""
    checked(parts, mix)
    chosen = [parts[name] for name in mix]
    beside = [name != "model" for name in chosen[0].outcome_part.column("outcome")]
    kinds = [part.share_part.column("share") for part in chosen]
    outcomes = [part.outcome_part.column("share")[beside] for part in chosen]
    classified, looked = [part.effective for part in chosen], [looked_size(part) for part in chosen]
    return (
        _strata_of(chosen[0].share_part.column("category"), "classified", kinds, classified),
        _strata_of(chosen[0].outcome_part.column("outcome")[beside], "looked at", outcomes, looked),
    )


def _strata_of(
    names: np.ndarray, of: str, shares: Sequence[np.ndarray], sizes: Sequence[float]
) -> _Strata:
    observed = np.vstack(shares).astype(float)
    n = np.repeat(np.array(sizes, dtype=float)[:, None], observed.shape[1], axis=1)
    return _Strata(list(names), of, observed, n)


def _stratified(strata: _Strata, weights: np.ndarray, level: float) -> pd.DataFrame:
    """Weigh the shares of strata."""
    found = adjusted(strata.shares, strata.sizes, weights, level)
    del found["effective"]
    return pd.DataFrame({"name": strata.names, "of": strata.of, **found})


def adjusted(
    observed: np.ndarray, n: np.ndarray, weights: np.ndarray, level: float
) -> dict[str, np.ndarray]:
    """Weigh shares of strata; see :func:`mix_adjusted` for the interval.

    Args:
        observed: Shares, a row for each stratum.
        n: Cases that each of them rests on.
        weights: Weight of each stratum, summing to 1.
        level: Confidence level.

    Returns:
        Columns share, low, high, variance and effective: the number of failures of a simple sample
        that would have the same variance.

    Source:
        As :func:`mix_adjusted`.
    """
    adjusted = weights @ observed
    if (n <= 0).any():
        adjusted = np.full(len(adjusted), np.nan)
        n = np.maximum(n, 1e-9)
    lent = (observed * n + adjusted) / (n + 1)
    variance = ((weights**2)[:, None] * lent * (1 - lent) / n).sum(axis=0)
    plain = 1 / ((weights**2)[:, None] / n).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.where(variance > 0, adjusted * (1 - adjusted) / variance, plain)
    counted = np.where(size > 0, size, plain)
    low, high = wilson_bounds(adjusted, counted, level)
    return {
        "share": adjusted,
        "low": low,
        "high": high,
        "variance": variance,
        "effective": counted,
    }
