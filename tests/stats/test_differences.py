"""Differences of rates, their intervals and tests."""

import math

import pandas as pd
import pytest
from scipy.stats import binomtest

from generator.stats.differences import (
    clustered_mix,
    clustered_rate,
    discovered,
    independent_difference,
    mcnemar,
    paired_difference,
)
from generator.stats.intervals import wilson, wilson_ends


def test_few_discordant_pairs_are_tested_exactly_and_many_by_chi_square() -> None:
    found = mcnemar(pd.Series([5, 0, 30, 2]), pd.Series([1, 0, 10, 2]))
    assert found["method"].tolist() == ["exact", "exact", "chi-square", "exact"]
    assert found["p"][0] == pytest.approx(binomtest(5, 6).pvalue)
    assert found["p"][1] == found["p"][3] == 1.0
    # (30 - 10)^2 / 40 = 10 on one degree of freedom.
    assert found["p"][2] == pytest.approx(0.0015654, abs=1e-6)


def test_a_paired_difference_has_a_width_where_no_item_sets_two_models_apart() -> None:
    found = paired_difference(pd.Series([0, 40]), pd.Series([0, 10]), 100, 0.95)
    assert found["difference"].tolist() == pytest.approx([0.0, 0.3])
    assert found["low"][0] < 0 < found["high"][0]
    # Bonett and Price: (41 - 11) / 102 and its reach of 1.96 standard errors.
    assert found["low"][1] == pytest.approx(0.1678, abs=1e-3)
    assert found["high"][1] == pytest.approx(0.4204, abs=1e-3)


def test_an_independent_difference_agrees_with_the_published_example() -> None:
    # Newcombe (1998), Statistics in Medicine 17, 873-890, table II: 56/70 - 48/80, method 10.
    sides = [pd.DataFrame({"share": [k / n]}) for k, n in ((56, 70), (48, 80))]
    made = [
        side.join(wilson_ends(side["share"], pd.Series([n]), 0.95))
        for side, n in zip(sides, (70, 80), strict=True)
    ]
    found = independent_difference(*made)
    assert found["low"][0] == pytest.approx(0.0524, abs=5e-4)
    assert found["high"][0] == pytest.approx(0.3339, abs=5e-4)


@pytest.mark.parametrize(("hits", "of"), [(0, 7), (3, 7), (7, 7), (81, 263)])
def test_score_intervals_of_many_shares_are_those_of_one(hits: int, of: int) -> None:
    found = wilson_ends(pd.Series([hits / of]), pd.Series([of]), 0.95)
    assert tuple(found.iloc[0]) == pytest.approx(wilson(hits, of, 0.95))
    by_scipy = binomtest(hits, of).proportion_ci(0.95, method="wilson")
    assert tuple(found.iloc[0]) == pytest.approx((by_scipy.low, by_scipy.high))


def test_models_that_share_an_item_are_not_counted_as_so_many_draws() -> None:
    hits, of = pd.Series([4, 0] * 10), pd.Series([4] * 20)
    rate, span = clustered_rate(hits, of, 0.95)
    assert rate == 0.5
    # Four models in step are one draw an item: as wide as 20 cases, not as 80.
    alone = wilson(10, 20, 0.95)
    assert span.high - span.low == pytest.approx(alone.high - alone.low, rel=0.05)


def test_models_in_step_at_one_mix_are_one_draw_an_item() -> None:
    """Each weighs the same; the interval is that of one of them, and of a sum with itself."""
    hits, of = pd.Series([1, 0] * 10), pd.Series([1] * 20)
    assert clustered_mix([(hits, of)], [1.0], 0.95) == clustered_rate(hits, of, 0.95)
    twice = clustered_mix([(hits, of), (hits, of)], [0.5, 0.5], 0.95)
    assert twice == clustered_rate(hits, of, 0.95)
    opposed = clustered_mix([(hits, of), (1 - hits, of)], [0.5, 0.5], 0.95)
    assert opposed[0] == 0.5
    assert opposed[1].high - opposed[1].low < twice[1].high - twice[1].low


def test_at_one_mix_a_model_that_fails_often_speaks_no_louder() -> None:
    seldom = (pd.Series([1], ["a"]), pd.Series([1], ["a"]))
    often = (pd.Series([0] * 9, list("bcdefghij")), pd.Series([1] * 9, list("bcdefghij")))
    assert clustered_mix([seldom, often], [0.5, 0.5], 0.95)[0] == 0.5


def test_a_rate_of_nothing_is_not_known() -> None:
    rate, span = clustered_rate(pd.Series([], dtype=int), pd.Series([], dtype=int), 0.95)
    assert math.isnan(rate)
    assert span == (0.0, 1.0)


def test_discoveries_are_those_of_benjamini_and_hochberg() -> None:
    assert discovered(pd.Series([0.01, 0.02, 0.04])).tolist() == pytest.approx([0.03, 0.03, 0.04])
    assert discovered(pd.Series([], dtype=float)).empty
