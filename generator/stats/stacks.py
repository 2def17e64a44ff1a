"""Tables of many sets as one, with what each row is of before it."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import pandas as pd

from generator.stats.benchmarks import Anatomy
from generator.stats.comparisons import Compared
from generator.stats.compositions import Composition
from generator.stats.pairwise import Pairwise
from generator.stats.parts import stacked
from generator.stats.similarity import Similarity


def of_benchmarks(parts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return tables of benchmarks as one, with the benchmark first.

    Args:
        parts: Tables with the same columns by benchmark; at least one.
    """
    told = [part.assign(benchmark=name) for name, part in sorted(parts.items())]
    # One without rows has no types of its own; put beside others it would take theirs away.
    rows = pd.concat([part for part in told if len(part)] or told[:1], ignore_index=True)
    return _first(rows, ["benchmark"])


def of_slices(anatomies: Mapping[str, Anatomy]) -> pd.DataFrame:
    """Return what the failures of each slice of each benchmark are made of, zeros included."""
    found = [
        ((name, tag, value, own.basis), own.share_part)
        for name, part in sorted(anatomies.items())
        for (tag, value), own in part.compositions.items()
    ]
    about = pd.DataFrame(
        [told for told, _ in found], columns=["benchmark", "tag", "value", "basis"]
    )
    if not found:
        return about
    parts = [part for _, part in found]
    place = np.repeat(np.arange(len(parts)), [part.many for part in parts])
    return about.iloc[place].reset_index(drop=True).join(stacked(parts))


def of_similarities(found: Iterable[Similarity]) -> Iterator[pd.DataFrame]:
    """Yield the pairs of models that can be held against each other, with what makes them so."""
    for one in found:
        benchmark, basis, judges = one.ground
        yield one.pairs.assign(benchmark=benchmark, basis=basis, judges="+".join(judges))


def of_subcategories(wholes: Mapping[str, Composition]) -> pd.DataFrame:
    """Return the shares of the subcategories seen on each benchmark."""
    return of_benchmarks({name: whole.subshares for name, whole in wholes.items()})


def of_sides(anatomies: Mapping[str, Anatomy]) -> pd.DataFrame:
    """Return by how much each category is more frequent in strong models than in weak ones."""
    told = [
        found.standing.differences.assign(
            benchmark=name,
            part=found.standing.part,
            strong_models="+".join(found.standing.strong),
            weak_models="+".join(found.standing.weak),
        )
        for name, found in sorted(anatomies.items())
        if found.standing is not None
    ]
    return pd.concat(told, ignore_index=True) if told else pd.DataFrame()


def of_pairs(found: Iterable[Compared]) -> pd.DataFrame:
    """Return by how much each kind of failure is more frequent with one model of each pair."""
    told = [
        one.table.assign(
            model=one.first,
            other=one.second,
            step=pair.step.kind,
            verdicts=verdicts,
            ground=one.ground,
            shared=one.items,
        )
        for pair in found
        for verdicts, one in (("counting", pair.counted), ("rules", pair.by_rules))
        if one is not None and len(one.table)
    ]
    return pd.concat(told, ignore_index=True) if told else pd.DataFrame()


def of_judges(found: Iterable[Pairwise]) -> pd.DataFrame:
    """Return how often each two judges say the same, where both gave a cause, and beyond chance."""
    return pd.DataFrame(
        [
            {
                "benchmark": one.benchmark,
                "judge": one.first,
                "other_judge": one.second,
                "both": one.failures,
                "spoken": one.same.of,
                "same": one.same.held,
                **_estimate("agreement", one.same.share, one.same.low, one.same.high),
                **_estimate("kappa", *one.kappa_spoken),
                **_estimate("kappa_of_all", *one.kappa),
            }
            for one in found
        ]
    )


def _estimate(name: str, value: float, low: float, high: float) -> dict[str, float]:
    return {name: value, f"{name}_low": low, f"{name}_high": high}


def _first(rows: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    return rows[[*names, *rows.columns.drop(names)]]
