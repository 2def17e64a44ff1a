"""Intervals of corrected shares: what the sample says of all categories together."""

import pandas as pd

from generator.stats.missed import Seen, powered_ends

NAMES = ["E01", "E02", "E03", "E04"]


def seen(missed: list[float], right: tuple[float, ...] = (20, 10, 5, 0)) -> Seen:
    """Return what a sample of 100 says of a judge that names 40, 35 of them rightly."""
    often, named = [0.2, 0.12, 0.07, 0.01], [20.0, 12.0, 7.0, 1.0]
    each = (pd.Series(values, NAMES) for values in (often, named, list(right), missed))
    return Seen(*each, size=100)


def width(ends: pd.DataFrame) -> pd.Series:
    return ends["high"] - ends["low"]


def test_what_is_missed_in_all_bounds_what_is_missed_of_each() -> None:
    little, much = powered_ends(seen([1, 0, 0, 0]), 0.95), powered_ends(seen([40, 0, 0, 0]), 0.95)
    # E02 was missed in neither sample; where little is missed at all, less can have been of it.
    assert little.loc["E02", "high"] > 0.12
    assert little.loc["E03", "high"] < 0.07 + 0.04
    assert much.loc["E01", "low"] > 0.2 + 0.25


def test_mistakes_go_as_the_names_do_only_where_the_sample_bears_it_out() -> None:
    # All that is missed is of kinds that the judge seldom names: the one that it names is seen.
    ends = powered_ends(seen([0, 0, 20, 20]), 0.95)
    like_the_names = powered_ends(seen([20, 12, 7, 1]), 0.95)
    assert ends.loc["E01", "high"] < 0.24
    assert like_the_names.loc["E01", "low"] > 0.3


def test_a_category_of_which_nothing_was_seen_may_be_absent() -> None:
    ends = powered_ends(seen([0, 0, 0, 0]), 0.95)
    assert ends.loc["E04", "low"] == 0
    assert 0 < ends.loc["E04", "high"] < 0.05
    assert (ends["low"] <= ends["high"]).all()


def test_a_higher_level_is_wider_and_a_larger_sample_narrower() -> None:
    some = seen([2, 1, 1, 0])
    often, *counts = some[:4]
    larger = Seen(often, *(9 * each for each in counts), size=900)
    assert (width(powered_ends(some, 0.99)) > width(powered_ends(some, 0.8))).all()
    assert (width(powered_ends(larger, 0.95)) < 0.6 * width(powered_ends(some, 0.95))).all()
