"""What is called distinctive of a model."""

import numpy as np
import pandas as pd
import pytest

from generator.stats.compositions import compose
from generator.stats.distinctive import DISTINCTIVE_COLUMNS, compared, distinctive
from tests.stats.failures import CATEGORIES, failing


def held(own: list[int], others: list[int], weight: float | None = None) -> pd.DataFrame:
    """Hold a model against another one that stands for the pool."""
    rows = failing({"a": own, "b": others}).assign(weight=weight or float("nan"))
    made = {
        ("sums", model): compose(rows[rows["model"] == model], CATEGORIES, 0.95) for model in "ab"
    }
    pool = {("sums", "a"): made["sums", "b"]}
    return distinctive(compared(made, pool)).set_index("category")


def test_a_large_difference_is_distinctive_and_a_small_one_is_not() -> None:
    found = held([60, 30, 10], [100, 250, 150])
    assert found["distinctive"].to_dict() == {"E02": True, "E11": True, "E13": True}
    assert found["log_odds"].gt(0).tolist() == [True, False, False]
    assert not held([30, 40, 30], [160, 190, 150])["distinctive"].any()


def test_without_a_prior_the_log_odds_would_be_those_of_the_counts() -> None:
    found = held([600, 300, 100], [1000, 2500, 1500])
    assert found.loc["E02", "log_odds"] == pytest.approx(np.log(1.5) - np.log(0.25), rel=0.01)
    assert found.loc["E02", "z"] == pytest.approx(
        found.loc["E02", "log_odds"] / (1 / 600 + 1 / 400 + 1 / 1000 + 1 / 4000) ** 0.5, rel=0.01
    )


def test_what_was_seen_once_is_drawn_towards_no_difference() -> None:
    found = held([1, 10, 10], [0, 100, 100])
    assert not found.loc["E02", "distinctive"]
    assert np.isfinite(found["z"]).all()


def test_a_weighted_sample_counts_for_what_it_tells_and_not_for_what_it_stands_for() -> None:
    once, often = (held([12, 8, 0], [10, 10, 10], weight=weight) for weight in (2.0, 200.0))
    assert once["z"].tolist() == pytest.approx(often["z"].tolist())


def test_a_category_that_neither_has_is_no_comparison() -> None:
    assert list(held([5, 5, 0], [5, 5, 0]).index) == ["E02", "E11"]


def test_a_pool_that_fails_in_one_way_only_gives_no_comparison() -> None:
    assert held([5, 0, 0], [9, 0, 0]).empty


def test_nothing_to_compare_gives_the_same_columns() -> None:
    assert list(distinctive(compared({}, {})).columns) == list(DISTINCTIVE_COLUMNS)


def test_more_comparisons_raise_the_bar() -> None:
    rows = failing({"a": [30, 20, 0], "b": [60, 90, 0]})
    made = {
        ("sums", model): compose(rows[rows["model"] == model], CATEGORIES, 0.95) for model in "ab"
    }
    one = compared(made, {("sums", "a"): made["sums", "b"]})
    even = one.assign(pool_share=one["share"])
    many = pd.concat([one, *(even.assign(model=f"m{number}") for number in range(20))])
    assert distinctive(one)["distinctive"].all()
    assert not distinctive(many)["distinctive"].any()
