"""How much a share tells: samples, wholes, and several models on the same items."""

import numpy as np
import pandas as pd
import pytest

from generator.stats.coding import codes_of
from generator.stats.compositions import Composition, compose
from generator.stats.intervals import recovered, wilson, wilson_ends
from generator.stats.precision import draws_of, resampling_spread
from generator.stats.rates import outcome_rates, rates
from generator.stats.resampling import resampled
from tests.stats.attempts import KINDS, composition, failures
from tests.stats.failures import CATEGORIES, failing

LEVEL = 0.95


def spans(made: Composition) -> pd.DataFrame:
    return made.shares.set_index("category")[["share", "low", "high"]]


def drawn(whole: pd.DataFrame, size: int, seed: int) -> pd.DataFrame:
    """Draw some failures of each model, weighted by how many each stands for."""
    draw = np.random.default_rng(seed)
    parts = []
    for _, rows in whole.groupby("model"):
        place = np.sort(draw.choice(len(rows), size, replace=False))
        parts.append(rows.iloc[place].assign(weight=len(rows) / size))
    return pd.concat(parts, ignore_index=True)


def test_a_tenth_and_the_whole_give_the_same_shares_within_the_interval() -> None:
    whole = failing({"a": [300, 150, 50], "b": [100, 100, 800]})
    known = spans(compose(whole, CATEGORIES, LEVEL))["share"]
    for seed in range(4):
        parts = drawn(whole, 100, seed)
        some = spans(compose(parts, CATEGORIES, LEVEL))
        assert ((some["low"] <= known) & (known <= some["high"])).all()
        assert compose(parts, CATEGORIES, LEVEL).population == pytest.approx(1500)


def test_a_sample_of_everything_leaves_nothing_to_the_draw() -> None:
    whole = failing({"a": [30, 15, 5]}).assign(weight=1.0)
    made = spans(compose(whole, CATEGORIES, LEVEL))
    assert made["low"].tolist() == pytest.approx(made["share"].tolist())
    assert made["high"].tolist() == pytest.approx(made["share"].tolist())


def test_the_more_of_the_population_is_drawn_the_narrower_the_interval() -> None:
    few = failing({"a": [30, 15, 5]})
    widths = [
        (made := spans(compose(few.assign(weight=weight), CATEGORIES, LEVEL)))["high"] - made["low"]
        for weight in (100.0, 2.0, 1.25)
    ]
    assert (widths[0] > widths[1]).all()
    assert (widths[1] > widths[2]).all()


def test_models_that_fail_an_item_alike_tell_less_than_as_many_failures_apart() -> None:
    alike = failing({"a": [60, 40, 0], "b": [60, 40, 0]})
    apart = alike.assign(item_id=[f"q{number}" for number in range(len(alike))])
    both, single = (spans(compose(rows, CATEGORIES, LEVEL)) for rows in (alike, apart))
    wide, narrow = both["high"] - both["low"], single["high"] - single["low"]
    # Two models that agree on everything are worth one: the interval is wider by about sqrt 2.
    assert wide["E02"] / narrow["E02"] == pytest.approx(2**0.5, rel=0.08)
    assert wide["E13"] > narrow["E13"]
    assert both["share"].tolist() == single["share"].tolist()


def test_resampling_is_the_same_every_time_and_keeps_models_together() -> None:
    rows = failing({"a": [5, 5, 0], "b": [5, 5, 0]})
    once, again = draws_of(rows, 3, 50), draws_of(rows, 3, 50)
    assert (once.models, once.cells) == (("a", "b"), ("E02", "E11"))
    assert np.array_equal(once.counts, again.counts)
    assert not np.array_equal(once.counts, draws_of(rows, 4, 50).counts)
    assert np.array_equal(once.counts[0], once.counts[1])
    assert np.array_equal(once.together(without="b").counts, once.counts[0])
    assert once.together().counts.sum(axis=0).tolist() == [20.0] * 50
    assert np.array_equal(
        draws_of(rows, 3, 50, by_model=False).together().counts, once.together().counts
    )


def test_resampling_varies_as_independent_items_do() -> None:
    model, cell = codes_of(np.full(400, "a")), codes_of(np.repeat(["x", "y"], [100, 300]))
    found = resampled(np.arange(400), model, cell, seed=1, replicates=1000).counts[0, 0]
    assert found.mean() == pytest.approx(100, abs=1)
    assert found.std() == pytest.approx((400 * 0.25 * 0.75) ** 0.5, rel=0.07)


def test_shares_of_several_sets_vary_as_those_of_each_and_a_share_of_nothing_is_none() -> None:
    parts = np.array([[[2, 0, 1, 3], [1, 0, 2, 0]], [[1, 2, 3, 4], [0, 1, 0, 1]]], dtype=np.float32)
    whole = np.array([[4, 0, 5, 3], [0, 0, 0, 8]], dtype=np.float32)
    found = resampling_spread(parts, whole)
    drawn = parts[0][:, [0, 2, 3]] / whole[0, [0, 2, 3]].astype(float)
    assert found.variance[0] == pytest.approx(drawn.var(axis=1, ddof=1))
    assert found.variance[1].tolist() == [0.0, 0.0]  # one share has no variance
    for place in range(2):
        alone = resampling_spread(parts[place], whole[place])
        assert np.array_equal(alone.variance, found.variance[place])


def test_the_draws_given_and_the_draws_made_are_the_same() -> None:
    rows = failing({"a": [6, 3, 1], "b": [1, 3, 6]})
    given = compose(rows, CATEGORIES, LEVEL, draws=draws_of(rows, 7).together())
    pd.testing.assert_frame_equal(given.shares, compose(rows, CATEGORIES, LEVEL, seed=7).shares)


def test_a_rate_counts_per_item_attempted() -> None:
    own = compose(failing({"a": [30, 15, 5]}), CATEGORIES, LEVEL)
    found = rates(own, 500, 50, LEVEL).set_index("category")
    assert found["rate"].tolist() == [0.06, 0.03, 0.01]
    assert found.loc["E02", ["rate_low", "rate_high"]].tolist() == pytest.approx(
        list(wilson(30, 500, LEVEL))
    )


def test_the_rate_of_a_sample_is_the_share_failed_times_the_share_of_failures() -> None:
    own = compose(failing({"a": [30, 20, 0]}).assign(weight=4.0), CATEGORIES, LEVEL)
    found = rates(own, 1000, 200, LEVEL).set_index("category")
    assert found.loc["E02", "rate"] == pytest.approx(0.2 * 0.6)
    exact = wilson(120, 1000, LEVEL)
    assert found.loc["E02", "rate_low"] < exact.low
    assert found.loc["E02", "rate_high"] > exact.high
    assert found.loc["E13", "rate"] == 0
    assert found.loc["E13", "rate_high"] == pytest.approx(0.2 * wilson(0, 49, LEVEL).high, rel=0.01)


def test_many_intervals_at_once_are_those_one_by_one() -> None:
    shares, n = pd.Series([0.0, 0.3, 1.0, 0.5]), pd.Series([10.0, 7.5, 4.0, 0.0])
    found = wilson_ends(shares, n, LEVEL)
    for place in range(4):
        one = wilson(shares[place] * n[place], n[place], LEVEL)
        assert found.loc[place].tolist() == pytest.approx(list(one))
    assert wilson_ends(shares[:2], pd.Series([np.inf] * 2), LEVEL).loc[1].tolist() == [0.3, 0.3]


def test_the_interval_of_a_sum_of_one_is_its_own() -> None:
    part = pd.DataFrame({"share": [0.3], "low": [0.2], "high": [0.5], "weight": [1.0]})
    assert recovered(part["share"], [part]).loc[0].tolist() == pytest.approx([0.2, 0.5])
    assert recovered(part["share"] * 2, [part, part]).loc[0, "high"] < 1.0


def test_rates_of_outcomes_and_categories_are_of_the_same_items() -> None:
    own = composition(E02=20, E13=5, undetermined=15, harness=10)
    found = outcome_rates(own, 500, 50, LEVEL).set_index("category")
    assert "model" not in found.index
    assert found.loc["undetermined", "rate"] == pytest.approx(15 / 500)
    assert own.shares["category"].tolist() == list(KINDS)
    whole = found["rate"].sum() + rates(own, 500, 50, LEVEL)["rate"].sum()
    assert whole == pytest.approx(50 / 500)
    # Looked at in part, they are shares of the share failed.
    part = outcome_rates(own, 1000, 200, LEVEL).set_index("category")
    assert part.loc["undetermined", "rate"] == pytest.approx(0.2 * 15 / 50)


def one_kind(size: int, population: int) -> pd.DataFrame:
    """Return the intervals of a sample whose failures are all of one kind, outcomes last."""
    rows = failing({"a": [size, 0, 0]}).assign(weight=population / size)
    made = compose(rows, CATEGORIES, LEVEL)
    wide = made.shares[["low_of_all", "high_of_all"]].set_axis(["low", "high"], axis=1)
    return pd.concat([made.shares[["low", "high"]], wide, made.outcomes[["low", "high"]]])


@pytest.mark.parametrize("size", [10, 20, 30, 50, 70])
def test_no_sample_short_of_its_population_knows_a_share_without_error(size: int) -> None:
    # Weights that are no whole numbers sum to a hair less than what they are divided by.
    for population in (size + 1, size + 4, *range(size + 5, 1200, 29), 1033, 1199):
        ends = one_kind(size, population)
        assert (ends["high"] - ends["low"] > 0.001).all(), population
    ends = one_kind(size, size)
    assert (ends["high"] == ends["low"]).all()


def test_runs_that_fail_in_one_way_each_do_not_tell_a_share_without_error() -> None:
    rows = failing({"a": [20, 0, 0], "b": [0, 20, 0]})
    for weight, exact in ((3.3, False), (1.0, True)):
        made = spans(compose(rows.assign(weight=weight), CATEGORIES, LEVEL))
        assert ((made["high"] - made["low"] > 0.01) != exact).all()
    # Nor do models that fail each item in two ways, on other items.
    made = spans(compose(rows.assign(item_id=[f"q{n % 20}" for n in range(40)]), CATEGORIES, LEVEL))
    assert (made["high"] - made["low"] > 0.01).all()


def test_what_is_not_the_models_fault_is_counted_as_one() -> None:
    sampled = composition(E02=30, E13=20).faultless_part.table().loc[0]
    assert (sampled["share"], sampled["low"]) == (0, 0)
    # None of 50: as wide as either of the two alone, not as both put together.
    assert sampled["high"] == pytest.approx(wilson(0, 50, LEVEL).high)
    kinds = ["E02"] * 30 + ["benchmark"] * 15 + ["harness"] * 5
    some = failures(*(("m", f"q{place}", kind) for place, kind in enumerate(kinds)))
    (row,) = compose(some, KINDS, LEVEL).faultless_part.rows()
    assert (row["count"], row["share"]) == (20, 0.4)
    assert (row["low"], row["high"]) == pytest.approx(tuple(wilson(20, 50, LEVEL)))


def test_with_one_fault_alone_faults_together_are_that_one() -> None:
    rows = failing({"a": [40, 5, 15], "b": [30, 20, 10]})
    harness = rows["category"] == "E13"
    rows = rows.assign(
        attribution=rows["attribution"].where(~harness, "harness"),
        category=rows["category"].where(~harness),
    )
    for weight in (np.nan, 3.3):
        made = compose(rows.assign(weight=weight), CATEGORIES, LEVEL)
        (together,) = made.faultless_part.rows()
        alone = made.outcome_part.row("outcome", "harness")
        assert together == {name: alone[name] for name in together}
