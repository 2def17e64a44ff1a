"""A few of the simulations of ``benchmarks/coverage.py``, seeded; all of them take half an hour."""

import numpy as np
import pandas as pd

from benchmarks import coverage as simulated


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    rows = pd.concat([simulated.spans(chunk, 1, 2, 200) for chunk in range(3)])
    found = simulated.coverage(rows)
    used = found[~found.index.str.startswith("(")]
    assert len(used) == 15
    assert used["all"].between(0.85, 1.0).all()
    assert 0.93 <= rows.loc[~rows["method"].str.startswith("("), "held"].mean() <= 0.985


def test_nothing_is_called_distinctive_of_models_that_are_alike() -> None:
    found = simulated.discovered(simulated.discoveries(0, 1, 1))
    assert found.filter(like="no differences", axis=0)["called"].sum() <= 1


def test_rogan_and_gladen_hold_in_nineteen_of_twenty() -> None:
    draw = np.random.default_rng(1)
    share, sensitivity = draw.uniform(0.01, 0.6, 4000), draw.uniform(0.3, 0.95, 4000)
    specificity = draw.uniform(0.9, 0.999, 4000)
    apparent = share * sensitivity + (1 - share) * (1 - specificity)
    rows = pd.DataFrame(
        {
            "said": draw.binomial(3000, apparent),
            "of": 3000,
            "found": draw.binomial(80, sensitivity),
            "positive": 80,
            "cleared": draw.binomial(400, specificity),
            "negative": 400,
        }
    )
    found = simulated.rogan_gladen(rows, simulated.LEVEL)
    assert 0.94 <= ((found["low"] <= share) & (share <= found["high"])).mean() <= 0.96
