"""How often two judges say the same of the same failures, whoever of them is right."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from generator.records.judges import ordered
from generator.stats.agreement import SILENT, Rate, pairs
from generator.stats.kappa import Kappa, kappa


@dataclass(frozen=True)
class Pairwise:
    """Two judges on one benchmark."""

    benchmark: str
    """Benchmark."""
    first: str
    """The judge that counts more."""
    second: str
    """The other one."""
    failures: int
    """Failures that both looked at."""
    same: Rate
    """Where both gave a cause: how often it is the same."""
    kappa_spoken: Kappa
    """Agreement beyond chance, where both gave a cause."""
    kappa: Kappa
    """The same over all that both looked at, *undetermined* being an answer like the others."""


def pairwise(failures: pd.DataFrame, judges: Sequence[str], level: float) -> tuple[Pairwise, ...]:
    """Compare any two judges that looked at the same failures.

    Args:
        failures: One row per failure and judge, see ``tables``.
        judges: Judges as ``atlas.yml`` lists them; others come last, by name.
        level: Confidence level of the intervals.

    Returns:
        By benchmark, then by the order of the judges.

    Source:
        Cohen's kappa, see ``kappa``; Wilson's interval.
    """
    found = []
    looked = failures[failures["status"] != "no_verdict"]
    for benchmark, rows in looked.groupby("benchmark", observed=True):
        parts = {str(name): part for name, part in rows.groupby("judge", observed=True)}
        listed = ordered(judges, parts)
        names = [*listed, *sorted(set(parts) - set(listed))]
        for first, second in combinations(names, 2):
            paired = pairs(parts[second], parts[first])
            if len(paired):
                found.append(_compared(str(benchmark), first, second, paired, level))
    return tuple(found)


def _compared(
    benchmark: str, first: str, second: str, paired: pd.DataFrame, level: float
) -> Pairwise:
    silent = paired["said"].isin(SILENT) | paired["known"].isin(SILENT)
    spoken = paired[~silent]
    same = int((spoken["said"] == spoken["known"]).sum())
    return Pairwise(
        benchmark=benchmark,
        first=first,
        second=second,
        failures=len(paired),
        same=Rate.of_counts(same, len(spoken), level),
        kappa_spoken=kappa(spoken["said"], spoken["known"], level),
        kappa=kappa(paired["said"], paired["known"], level),
    )
