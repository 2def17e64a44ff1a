"""Tables of many sets as one."""

from types import SimpleNamespace
from typing import Any

import pandas as pd

from generator.stats.parts import part_of
from generator.stats.stacks import of_benchmarks, of_similarities, of_slices


def test_benchmarks_stand_in_order_and_one_without_rows_leaves_the_types() -> None:
    some = pd.DataFrame({"tag": ["half"], "items": [3]})
    made = of_benchmarks({"b": some, "a": some.assign(items=4), "c": some.iloc[:0].astype(object)})
    assert made.to_dict("list") == {
        "benchmark": ["a", "b"],
        "tag": ["half", "half"],
        "items": [4, 3],
    }
    assert made["items"].dtype == "int64"
    assert of_benchmarks({"c": some.iloc[:0]}).columns.tolist() == ["benchmark", "tag", "items"]


def test_slices_say_what_each_row_is_of() -> None:
    shares = part_of(pd.DataFrame({"category": ["E01"], "share": [0.5]}))
    own = SimpleNamespace(share_part=shares, basis="all")
    anatomies: Any = {"sums": SimpleNamespace(compositions={("half", "first"): own})}
    (row,) = of_slices(anatomies).to_dict("records")
    assert row == {
        "benchmark": "sums",
        "tag": "half",
        "value": "first",
        "basis": "all",
        "category": "E01",
        "share": 0.5,
    }
    assert of_slices({}).columns.tolist() == ["benchmark", "tag", "value", "basis"]


def test_pairs_say_what_makes_them_comparable() -> None:
    one: Any = SimpleNamespace(
        ground=("sums", "sample", ("person", "rules")), pairs=pd.DataFrame({"model": ["a"]})
    )
    (made,) = of_similarities([one])
    assert made.to_dict("records") == [
        {"model": "a", "benchmark": "sums", "basis": "sample", "judges": "person+rules"}
    ]
