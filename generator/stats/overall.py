"""What a model's failures are made of over several benchmarks, in one stated mix."""

from collections.abc import Mapping
from typing import Literal

import numpy as np

from generator.stats.compositions import Composition
from generator.stats.intervals import Interval
from generator.stats.mixes import Mix, adjusted, checked, looked_size
from generator.stats.parts import whole_of

_Part = Literal["share_part", "outcome_part", "faultless_part"]

_ALL = 1e12
"""Size that stands for infinitely many failures, so that it can be reckoned with."""


def mixed(parts: Mapping[str, Composition], mix: Mix, level: float) -> Composition:
    """Return what a model's failures would be made of if they came in a stated mix.

    Counts, and the numbers of failures behind the shares, are sums over the benchmarks. A benchmark
    without a classified failure has no part in shares of classified failures.

    Args:
        parts: Compositions by benchmark, all of one basis.
        mix: Reference mix over benchmarks that are all in ``parts``.
        level: Confidence level of the intervals.

    Returns:
        What the failures are made of, without subcategories.

    Raises:
        ValueError: The mix does not sum to 1 or names a benchmark without a composition, or the
            compositions differ in basis.

    Source:
        As :func:`generator.stats.mixes.mix_adjusted`; where models share items, a benchmark counts
        as as many independent failures as each of its shares tells as much as.
    """
    checked(parts, mix)
    chosen = [parts[name] for name in mix]
    if len(bases := {part.basis for part in chosen}) != 1:
        raise ValueError("samples and whole sets of failures cannot be mixed")
    weights = np.array(list(mix.values()), dtype=float)
    classified = np.array([part.effective for part in chosen])
    looked = np.array([looked_size(part) for part in chosen])

    def column(frame: _Part, name: str) -> np.ndarray:
        """Return a column, a row for each composition."""
        return np.stack([getattr(part, frame).column(name) for part in chosen]).astype(float)

    def weighed(
        frame: _Part,
        share: str,
        effective: str,
        plain: np.ndarray,
        told: np.ndarray,
    ) -> dict[str, np.ndarray]:
        shares, sizes = column(frame, share), column(frame, effective)
        if chosen[0].basis == "sample":
            sizes = np.repeat(plain[:, None], shares.shape[1], axis=1)
        if not told.any():
            told = np.ones_like(told)
        part = np.where(told, weights, 0.0)
        found = adjusted(
            shares[told], np.minimum(sizes[told], _ALL), part[told] / part.sum(), level
        )
        return {name: found[name] for name in ("share", "low", "high", "effective")}

    own = weighed("share_part", "share", "effective", classified, classified > 0)
    wide = weighed("share_part", "share_of_all", "effective_of_all", looked, looked > 0)
    outcomes = weighed("outcome_part", "share", "effective", looked, looked > 0)
    faultless = weighed("faultless_part", "share", "effective", looked, looked > 0)
    first = chosen[0]
    return Composition(
        basis=bases.pop(),
        judges=tuple(sorted({judge for part in chosen for judge in part.judges})),
        population=sum(part.population for part in chosen),
        looked_at=sum(part.looked_at for part in chosen),
        classified=sum(part.classified for part in chosen),
        effective=_effective(weights, classified),
        outcome_part=whole_of(
            {
                "outcome": first.outcome_part.column("outcome"),
                "count": column("outcome_part", "count").sum(axis=0).astype(int),
                **outcomes,
            }
        ),
        faultless_part=whole_of(
            {"count": column("faultless_part", "count").sum(axis=0).astype(int), **faultless}
        ),
        share_part=whole_of(
            {
                "category": first.share_part.column("category"),
                "count": column("share_part", "count").sum(axis=0).astype(int),
                **own,
                **{f"{name}_of_all": values for name, values in wide.items()},
            }
        ),
        subshare_part=first.subshare_part._replace(many=0),
    )


def mixed_accuracy(
    tried: Mapping[str, tuple[int, int]], mix: Mix, level: float
) -> tuple[float, Interval]:
    """Return the share of items solved as it would be if the items came in a stated mix.

    Args:
        tried: Per benchmark, items solved and items attempted.
        mix: Reference mix over benchmarks that are all in ``tried``.
        level: Confidence level of the interval.

    Source:
        As :func:`generator.stats.mixes.mix_adjusted`.
    """
    checked(tried, mix)
    solved, attempted = np.array([tried[name] for name in mix], dtype=float).T[:, :, None]
    weights = np.array(list(mix.values()), dtype=float)
    found = adjusted(solved / np.maximum(attempted, 1.0), attempted, weights, level)
    return float(found["share"][0]), Interval(float(found["low"][0]), float(found["high"][0]))


def _effective(weights: np.ndarray, sizes: np.ndarray) -> float:
    """Return the size of a simple sample as precise as strata of these sizes; 0 for none."""
    told = sizes > 0
    part = np.where(told, weights, 0.0)
    if not told.any():
        return 0.0
    return 1 / float(((part[told] / part.sum()) ** 2 / sizes[told]).sum())
