"""A few of the simulations of ``benchmarks/coverage.py``, seeded; all of them take half an hour."""

import numpy as np
import pandas as pd
import pytest

from benchmarks import coverage as simulated

FAMILIES = ("one model", "several models", "sample", "rate")
"""Kinds of intervals, by how the names of the methods begin; those after a judge stand apart."""


@pytest.fixture(scope="module")
def held() -> pd.DataFrame:
    rows = pd.concat([simulated.spans(chunk, 1, 2, 200) for chunk in range(24)])
    return rows[(rows["share"] > 0) & ~rows["method"].str.startswith("(")]


def test_every_method_is_tried(held: pd.DataFrame) -> None:
    assert held["method"].nunique() == 15


@pytest.mark.parametrize("family", FAMILIES)
def test_intervals_hold_the_truth_as_often_as_they_say(held: pd.DataFrame, family: str) -> None:
    own = held.loc[held["method"].str.startswith(family), "held"]
    assert len(own) > 1000
    # A variance half as large again would hold it in 98.4 %, one a third smaller in 89 %.
    assert 0.935 <= own.mean() <= 0.968


def test_corrected_intervals_hold_it_at_least_as_often(held: pd.DataFrame) -> None:
    own = held.loc[held["method"].str.startswith("corrected (prediction"), "held"]
    assert 0.94 <= own.mean() <= 0.995


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
