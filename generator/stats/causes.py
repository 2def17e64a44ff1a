"""How many failures on a benchmark need not be about its task."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from generator.stats.coding import Coded
from generator.stats.designs import FAULTLESS, OUTCOMES, design_of, shares_of

CAUSES = ("delivery", "harness", "benchmark", "together")
"""Why a failure may say nothing of what a model knows or can work out."""


def causes(
    failures: Coded, delivery: Sequence[str], level: float, *, seed: int = 0
) -> pd.DataFrame:
    """Return how many failures are a matter of form, harness or benchmark.

    The same share has the same interval as in the composition of these failures.

    Args:
        failures: One entry each, all or none of them with a weight.
        delivery: Categories that are about what came out.
        level: Confidence level of the intervals.
        seed: Of what is drawn where models share items.

    Returns:
        One row per entry of ``CAUSES``: cause, count, share, low, high (of failures looked at).

    Source:
        As :func:`generator.stats.compositions.compose`.
    """
    design, every = design_of(failures, None, seed), np.ones(len(failures.weight), dtype=bool)
    kinds, cells = tuple(failures.category.names), tuple(failures.cell.names)
    form, fault, both = (
        shares_of(design, place, names, [inside], level, groups=[group])[0]
        for place, names, inside, group in (
            (failures.category.places, kinds, every, delivery),
            (failures.outcome.among(OUTCOMES), OUTCOMES, failures.outcome.told, FAULTLESS),
            (failures.cell.places, cells, every, (*delivery, *FAULTLESS)),
        )
    )
    columns = [part.columns() for part in (form, fault, both)]
    names = {"delivery": (0, -1), **{name: (1, OUTCOMES.index(name)) for name in FAULTLESS}}
    # What is all of one kind is that kind: it has one interval and not two.
    one_kind = {0: (1, -1), 1: (0, -1)}
    empty = [table for table in one_kind if not columns[table]["count"][-1]]
    names["together"] = one_kind[empty[0]] if empty else (2, -1)
    rows = [
        (cause, *(columns[table][name][row] for name in ("count", "share", "low", "high")))
        for cause, (table, row) in ((cause, names[cause]) for cause in CAUSES)
    ]
    made = pd.DataFrame(rows, columns=["cause", "count", "share", "low", "high"])
    return made.astype({"count": int})
