"""A few of the simulations of ``benchmarks/coverage.py``, seeded; all of them take half an hour."""

import numpy as np
import pandas as pd
import pytest

from benchmarks import coverage as simulated
from benchmarks import discoveries

FAMILIES = ("one model", "several models", "sample", "rate")
"""Kinds of intervals, by how the names of the methods begin; those after a judge stand apart."""


@pytest.fixture(scope="module")
def held() -> pd.DataFrame:
    rows = pd.concat([simulated.spans(chunk, 1, 2, 200) for chunk in range(24)])
    return rows[(rows["share"] > 0) & ~rows["method"].str.startswith("(")]


def test_every_method_is_tried(held: pd.DataFrame) -> None:
    assert held["method"].nunique() == 11 + 3 * len(simulated.JUDGES)


@pytest.mark.parametrize("family", FAMILIES)
def test_intervals_hold_the_truth_as_often_as_they_say(held: pd.DataFrame, family: str) -> None:
    own = held.loc[held["method"].str.startswith(family), "held"]
    assert len(own) > 1000
    # A variance half as large again would hold it in 98.4 %, one a third smaller in 89 %.
    assert 0.935 <= own.mean() <= 0.968


@pytest.fixture(scope="module")
def labelled() -> pd.DataFrame:
    """Corrected shares with many labels: of few, few are given."""
    rows = pd.concat([simulated.spans(chunk, 1, 2, 0, labels=200) for chunk in range(54)])
    return rows[rows["share"] > 0]


@pytest.mark.parametrize("judge", simulated.JUDGES)
def test_corrected_intervals_hold_it_whatever_the_judge(labelled: pd.DataFrame, judge: str) -> None:
    own = labelled[labelled["method"] == f"corrected (prediction-powered), {judge}"]
    assert len(own) > 500
    assert 0.935 <= own["held"].mean() <= 0.968
    rare, common = own[own["share"] < 0.1]["held"], own[own["share"] >= 0.1]["held"]
    assert min(rare.mean(), common.mean()) >= 0.9


def test_corrected_intervals_hold_it_with_few_labels(held: pd.DataFrame) -> None:
    own = held[held["method"].str.startswith("corrected (prediction-powered)")]
    assert len(own) > 250
    assert 0.935 <= own["held"].mean() <= 0.973


@pytest.mark.parametrize("rows", ["held", "labelled"])
@pytest.mark.parametrize("judge", simulated.JUDGES)
def test_conservative_intervals_hold_it_at_least_as_often(
    rows: str, judge: str, request: pytest.FixtureRequest
) -> None:
    every = request.getfixturevalue(rows)
    own = every[every["method"] == f"conservative, {judge}"]
    assert len(own) > 300
    assert own["held"].mean() >= 0.95


def test_corrected_intervals_are_narrower_than_those_of_the_sample(held: pd.DataFrame) -> None:
    width = held[held["share"] > 0.1].groupby("method")["width"].mean()
    for judge, most in (("a good judge", 0.35), ("any judge", 0.7), ("a judge of few kinds", 0.85)):
        alone = width[f"sample alone, beside {judge}"]
        assert width[f"corrected (prediction-powered), {judge}"] < most * alone


def test_nothing_is_called_distinctive_of_models_that_are_alike() -> None:
    found = discoveries.discovered(discoveries.discoveries(0, 1, 1))
    assert found.filter(like="no differences", axis=0)["called"].sum() <= 1


def test_strong_and_weak_models_that_fail_alike_are_seldom_told_apart() -> None:
    rows = discoveries.apart(0, 1, 60)
    called = rows.groupby("scene")["called"].agg(lambda found: (found > 0).mean())
    assert len(called) == len(discoveries.SIDES)
    # A test with a variance of its own for each share calls some in 4 to 39 of 100.
    assert called.max() <= 0.1
    assert called.mean() <= 0.05


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
