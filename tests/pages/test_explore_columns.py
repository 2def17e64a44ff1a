"""Columns of codes: narrow, whole, and counted without losing a failure."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pages.explore_columns import (
    KEPT,
    NO_CONFIDENCE,
    Packed,
    coded,
    cube,
    pack,
    percent,
    width_for,
)

CODES = st.lists(st.integers(0, 70_000), min_size=1, max_size=40)


def read_back(packed: Packed, name: str) -> list[int]:
    """Read a column as the browser does: a view of the file where the layout says it lies."""
    column = next(one for one in packed.columns if one["name"] == name)
    assert column["offset"] % column["width"] == 0
    kind = f"<u{column['width']}"
    return np.frombuffer(packed.data, kind, packed.rows, column["offset"]).tolist()


@given(CODES, st.data())
def test_what_is_packed_can_be_read_back(first: list[int], data: Any) -> None:
    second = data.draw(st.lists(st.integers(0, 200), min_size=len(first), max_size=len(first)))
    table = {
        "narrow": np.array(second, dtype=np.uint32),
        "wide": np.array(first, dtype=np.uint32),
    }
    packed = pack(table)
    assert read_back(packed, "wide") == first
    assert read_back(packed, "narrow") == second


@pytest.mark.parametrize(("most", "width"), [(0, 1), (255, 1), (256, 2), (65_535, 2), (65_536, 4)])
def test_a_column_is_as_narrow_as_its_largest_code_allows(most: int, width: int) -> None:
    assert width_for(most) == width


def test_a_missing_value_is_0_and_an_unknown_one_an_error() -> None:
    assert coded(pd.Series(["b", None, "a"]), ["a", "b"]).tolist() == [2, 0, 1]
    with pytest.raises(ValueError, match="does not list: c"):
        coded(pd.Series(["c"]), ["a", "b"])


def test_confidences_are_whole_per_cents() -> None:
    assert percent(pd.Series([0.0, 0.935, 1.0, None])).tolist() == [0, 94, 100, NO_CONFIDENCE]


@given(st.lists(st.tuples(*(st.integers(0, 3) for _ in KEPT)), min_size=1, max_size=60))
def test_the_cube_counts_every_failure_once(rows: list[tuple[int, ...]]) -> None:
    table = {
        name: np.array([row[place] for row in rows], dtype=np.uint32)
        for place, name in enumerate(KEPT)
    }
    counted = cube(table)
    assert int(counted["count"].sum()) == len(rows)
    whole = list(zip(*(counted[name].tolist() for name in KEPT), strict=True))
    assert len(set(whole)) == len(whole)
    assert {key: whole.count(key) for key in whole} == dict.fromkeys(set(rows), 1)
