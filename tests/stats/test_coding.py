"""Failures as numbers: what stands in the place of texts says the same."""

import numpy as np
import pandas as pd

from generator.stats.coding import coded, codes_of, items_of
from generator.stats.compositions import compose, composed
from tests.stats.failures import CATEGORIES, failing

LEVEL = 0.95


def test_a_text_is_a_place_in_the_sorted_list() -> None:
    found = codes_of(pd.Series(["b", None, "a", "b"], dtype=object))
    assert found.names.tolist() == ["a", "b"]
    assert found.places.tolist() == [1, -1, 0, 1]
    assert found.told.tolist() == [True, False, True, True]


def test_places_in_another_list_are_found_and_others_are_nowhere() -> None:
    found = codes_of(np.array(["b", None, "a", "c"], dtype=object))
    assert found.among(["c", "b"]).tolist() == [1, -1, -1, 0]
    assert codes_of(np.array([], dtype=object)).among(["a"]).tolist() == []


def test_the_same_id_on_two_benchmarks_is_two_items_in_the_order_of_names() -> None:
    rows = pd.DataFrame({"benchmark": ["y", "x", "y", "x"], "item_id": ["q1", "q2", "q1", "q1"]})
    assert items_of(rows).tolist() == [2, 1, 2, 0]


def test_a_part_is_composed_as_its_rows_are() -> None:
    rows = failing({"a": [6, 3, 1], "b": [1, 3, 6]})
    one = (rows["model"] == "a").to_numpy()
    own, same = compose(rows[one], CATEGORIES, LEVEL), coded(rows).part(one)
    found = composed(same, CATEGORIES, LEVEL)
    pd.testing.assert_frame_equal(found.shares, own.shares)
    pd.testing.assert_frame_equal(found.outcomes, own.outcomes)
    pd.testing.assert_frame_equal(found.subshares, own.subshares)
    assert (found.judges, found.looked_at) == (own.judges, own.looked_at)
