"""Which models fail alike."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.stats import similarity
from generator.stats.drawn_distances import drawn_apart, nearest_counts
from generator.stats.similarity import (
    clustered_order,
    comparable,
    distances,
    similarities,
)
from generator.store.aside import working_aside
from tests.stats.attempts import LEVEL, composition

ALIKE = {
    ("sums", "a"): composition(E02=40, E11=10),
    ("sums", "b"): composition(E13=45, E11=5),
    ("sums", "c"): composition(E02=38, E11=12),
    ("sums", "d"): composition(E13=44, E11=6),
}
SHARES = st.lists(st.integers(0, 50), min_size=3, max_size=3).filter(any)


def distance(one: np.ndarray, other: np.ndarray) -> float:
    (found,) = distances(np.stack([one, other]))
    return float(found)


def test_the_distance_is_0_for_equal_and_1_for_disjoint_signatures() -> None:
    assert distance(np.array([0.2, 0.8]), np.array([0.2, 0.8])) == pytest.approx(0, abs=1e-7)
    assert distance(np.array([1.0, 0.0]), np.array([0.0, 1.0])) == pytest.approx(1)
    # H(3/4, 1/4) - H(1/2, 1/2) / 2 = 0.8112781 - 0.5 bits.
    apart = distance(np.array([1.0, 0.0]), np.array([0.5, 0.5]))
    assert apart**2 == pytest.approx(0.3112781, abs=1e-6)


@given(SHARES, SHARES, SHARES)
@settings(max_examples=50)
def test_the_distance_is_a_metric(one: list[int], two: list[int], three: list[int]) -> None:
    a, b, c = (np.array(counts) / sum(counts) for counts in (one, two, three))
    assert distance(a, b) == pytest.approx(distance(b, a))
    assert distance(a, c) <= distance(a, b) + distance(b, c) + 1e-9


def test_models_that_fail_alike_are_nearest_and_stand_side_by_side() -> None:
    (found,) = similarities(ALIKE, LEVEL)
    assert found.ground == ("sums", "all", ("rules",))
    nearest = found.pairs.drop_duplicates("model").set_index("model")
    assert nearest["other"].to_dict() == {"a": "c", "b": "d", "c": "a", "d": "b"}
    assert (nearest["nearest"] > 0.9).all()
    assert set(found.order[:2]) in ({"a", "c"}, {"b", "d"})
    assert (nearest["low"] == 0).all()  # chance alone may have set them apart
    far = found.pairs[(found.pairs["model"] == "a") & (found.pairs["other"] == "b")].iloc[0]
    assert 0.5 < far["low"] < far["distance"] < far["high"] <= 1
    assert far["distance"] < far["observed"]


def test_the_same_numbers_come_again_whoever_else_is_there() -> None:
    whole, few = (
        similarities(chosen, LEVEL)[0].pairs
        for chosen in (ALIKE, {key: ALIKE[key] for key in list(ALIKE)[:2]})
    )
    both = whole.merge(few, on=["model", "other"])
    assert len(both) == 2
    assert both["low_x"].tolist() == both["low_y"].tolist()


def test_only_signatures_of_one_benchmark_and_basis_with_enough_failures_are_compared() -> None:
    made = {
        **ALIKE,
        ("sums", "few"): composition(E02=3, undetermined=60),
        ("words", "a"): composition(E02=50),
    }
    assert comparable(made) == {("sums", "all", ("rules",)): ["a", "b", "c", "d"]}


def test_what_is_compared_aside_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    (here,) = similarities(ALIKE, LEVEL)
    monkeypatch.setattr(similarity, "_MANY", 0)
    with working_aside():
        (aside,) = similarities(ALIKE, LEVEL)
    assert aside.order == here.order
    pd.testing.assert_frame_equal(aside.pairs, here.pairs)


def test_two_rows_keep_their_order() -> None:
    rows = pd.DataFrame({"E02": [1.0, 0.0], "E11": [0.0, 1.0]}, index=["z", "a"])
    assert clustered_order(rows) == ["z", "a"]


def test_the_nearest_are_the_first_rows_of_a_model_and_each_pair_is_told_from_both_sides() -> None:
    (found,) = similarities(ALIKE, LEVEL)
    for model, rows in found.pairs.groupby("model"):
        near = found.nearest(str(model), 2)
        assert near == rows.iloc[:2].to_dict("records")
        assert rows["distance"].is_monotonic_increasing
    sides = found.pairs.merge(found.pairs, left_on=["model", "other"], right_on=["other", "model"])
    for name in ("observed", "distance", "low", "high"):
        assert (sides[f"{name}_x"] == sides[f"{name}_y"]).all()
    assert found.pairs.groupby("model")["nearest"].sum().tolist() == [1.0] * 4
    assert found.nearest("nobody", 2) == []


def test_of_models_that_are_as_near_in_a_sample_the_first_one_counts() -> None:
    apart = np.array([[1, 3, 2, 2, 5], [1, 1, 2, 4, 5], [0, 1, 2, 2, 4]], dtype=np.float32)
    counted = np.bincount(apart.argmin(axis=0), minlength=3)
    assert nearest_counts(apart).tolist() == counted.tolist() == [2, 1, 2]
    assert nearest_counts(apart[:, :1]).tolist() == [0, 0, 1]


def test_bootstrap_distances_are_those_of_the_drawn_signatures() -> None:
    draw = np.random.default_rng(7)
    chances = np.array([[0.6, 0.4, 0.0, 0.0], [0.0, 0.2, 0.8, 0.0], [0.25, 0.25, 0.25, 0.25]])
    drawn = np.stack([draw.multinomial(30, each, size=5) / 30 for each in chances])
    found = drawn_apart(np.moveaxis(drawn, -1, 0).astype(np.float32))
    for sample in range(5):
        one, two, three = distances(drawn[:, sample])
        assert found[[0, 0, 1], [1, 2, 2], sample] == pytest.approx([one, two, three], abs=1e-4)
    assert (found == found.transpose(1, 0, 2)).all()
