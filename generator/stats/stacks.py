"""Tables of many sets as one, with what each row is of before it."""

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from generator.stats.benchmarks import Anatomy
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
    told = [
        own.shares.assign(benchmark=name, tag=tag, value=value, basis=own.basis)
        for name, part in sorted(anatomies.items())
        for (tag, value), own in part.compositions.items()
    ]
    about = ["benchmark", "tag", "value", "basis"]
    return (
        _first(pd.concat(told, ignore_index=True), about) if told else pd.DataFrame(columns=about)
    )


def of_similarities(found: Iterable[Similarity]) -> Iterator[pd.DataFrame]:
    """Yield the pairs of models that can be held against each other, with what makes them so."""
    for one in found:
        benchmark, basis, judges = one.ground
        yield one.pairs.assign(benchmark=benchmark, basis=basis, judges="+".join(judges))


def _first(rows: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    return rows[[*names, *rows.columns.drop(names)]]
