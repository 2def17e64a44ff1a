"""How many failures need not be about the task."""

import numpy as np
import pandas as pd
import pytest

from generator.stats.causes import causes
from generator.stats.coding import coded
from generator.stats.compositions import compose
from tests.stats.attempts import KINDS, LEVEL, failures


def test_causes_beside_the_task_are_counted_once() -> None:
    made = failures(
        ("a", "q0", "E02"), ("a", "q1", "harness"), ("a", "q2", "benchmark"), ("a", "q3", "E13")
    )
    counts = causes(coded(made), ["E02"], LEVEL).set_index("cause")
    assert counts["count"].to_dict() == {
        "delivery": 1,
        "harness": 1,
        "benchmark": 1,
        "together": 3,
    }
    weighted = causes(coded(made.assign(weight=[1.0, 1.0, 1.0, 7.0])), ["E02"], LEVEL)
    assert weighted.set_index("cause").loc["together", "share"] == pytest.approx(0.3)


def shared(weight: float, *without: str) -> pd.DataFrame:
    """Return failures of six models on forty items, which they mostly fail alike."""
    kinds = [kind for kind in ("E02", "harness", "E13", "E11", "benchmark") if kind not in without]
    cells = [
        (f"m{model}", f"q{item}", kinds[(item + (item * model) % 7 // 6) % len(kinds)])
        for model in range(6)
        for item in range(40)
    ]
    return failures(*cells).assign(weight=weight)


@pytest.mark.parametrize("weight", [np.nan, 4.4])
def test_a_share_has_the_interval_that_it_has_elsewhere(weight: float) -> None:
    rows = shared(weight)
    found = causes(coded(rows), ["E02"], LEVEL, seed=5).set_index("cause")
    whole = compose(rows, KINDS, LEVEL, seed=5)
    form = whole.share_part.row("category", "E02")
    assert found.loc["delivery"].tolist() == pytest.approx(
        [form[name] for name in ("count", "share_of_all", "low_of_all", "high_of_all")]
    )
    for cause in ("harness", "benchmark"):
        row = whole.outcome_part.row("outcome", cause)
        known = [row[name] for name in ("count", "share", "low", "high")]
        assert found.loc[cause].tolist() == pytest.approx(known)
    assert found.loc["together", "count"] == found["count"].iloc[:3].sum()


def test_models_that_fail_an_item_alike_make_causes_less_certain() -> None:
    rows = shared(np.nan)
    apart = rows.assign(item_id=[f"q{place}" for place in range(len(rows))])
    wide, narrow = (
        causes(coded(one), ["E02"], LEVEL).set_index("cause").loc["together"]
        for one in (rows, apart)
    )
    assert wide["share"] == narrow["share"]
    assert wide["high"] - wide["low"] > 1.5 * (narrow["high"] - narrow["low"])


@pytest.mark.parametrize("without", [("harness", "benchmark"), ("E02",)])
def test_together_is_what_there_is_alone(without: tuple[str, ...]) -> None:
    found = causes(coded(shared(np.nan, *without)), ["E02"], LEVEL).set_index("cause")
    if without == ("E02",):
        assert found.loc["together", "share"] == found.loc[["harness", "benchmark"], "share"].sum()
    else:
        assert found.loc["together"].tolist() == found.loc["delivery"].tolist()
