"""What a benchmark measures."""

from functools import cache

import pandas as pd
import pytest

from generator.stats.benchmarks import DIFFICULTY, Anatomy, anatomy, causes
from tests.stats.attempts import KINDS, LEVEL, answers, failures, items

GIVEN = {
    "m1": "AAAAAAB",
    "m2": "AAAAABB",
    "m3": "AAAABBB",
    "m4": "AAABBBB",
    "m5": "AABBBBB",
    "m6": "ABBBBBB",
}


def rows(kind: dict[str, str]) -> pd.DataFrame:
    """Return every failure of ``GIVEN``, each model failing in its own way."""
    cells = [
        (model, f"q{place}", kind.get(model, "E11"))
        for model, letters in GIVEN.items()
        for place, letter in enumerate(letters)
        if letter != "A"
    ]
    return failures(*cells)


@cache
def found() -> Anatomy:
    made = rows({"m6": "E13", "m1": "E02", "m2": "E02"})
    tables = (answers(GIVEN), items(7), made)
    return anatomy(*tables, categories=KINDS, delivery=["E02"], level=LEVEL)


def test_items_failed_by_all_and_by_none() -> None:
    made = found()
    assert made.models == 6
    assert made.failed_by_all["item_id"].tolist() == ["q6"]
    assert made.failed_by_none["item_id"].tolist() == ["q0"]
    assert made.items["failed"].sum() == 21


def test_slices_by_tag_and_difficulty_account_for_every_item() -> None:
    slices = found().slices
    assert set(slices["tag"]) == {"odd", DIFFICULTY}  # the tag that names single items is no slice
    by_tag = slices.groupby("tag")[["items", "attempted", "failed"]].sum()
    assert by_tag.loc["odd"].tolist() == by_tag.loc[DIFFICULTY].tolist() == [7, 42, 21]
    steps = slices[slices["tag"] == DIFFICULTY].set_index("value")["items"].to_dict()
    assert steps == {
        "no model": 1,
        "up to a third of the models": 2,
        "a third to two thirds": 2,
        "more than two thirds, not all": 1,
        "every model": 1,
    }


def test_a_slice_has_the_composition_of_its_failures() -> None:
    made = found()
    odd = made.compositions["odd", "yes"]
    assert odd.looked_at == 9
    assert odd.shares.set_index("category")["count"].to_dict() == {"E02": 1, "E11": 5, "E13": 3}


def test_strong_and_weak_are_the_outer_thirds_of_six_models() -> None:
    split = found().standing
    assert split is not None
    assert (split.part, split.strong, split.weak) == ("third", ("m1", "m2"), ("m5", "m6"))
    row = split.differences.set_index("category").loc["E02"]
    assert (row["strong"], row["weak"], row["difference"]) == (1.0, 0.0, 1.0)
    assert row["low"] > 0
    assert row["q"] <= 0.05


def test_only_models_whose_failures_were_looked_at_are_split() -> None:
    some = rows({})
    some = some[some["model"].isin(["m1", "m2", "m6"])]
    tables = (answers(GIVEN), items(7), some)
    split = anatomy(*tables, categories=KINDS, delivery=[], level=LEVEL).standing
    assert split is not None
    assert (split.part, split.strong, split.weak) == ("half", ("m1",), ("m6",))


def test_causes_beside_the_task_are_counted_once() -> None:
    made = failures(
        ("a", "q0", "E02"), ("a", "q1", "harness"), ("a", "q2", "benchmark"), ("a", "q3", "E13")
    )
    counts = causes(made, ["E02"], LEVEL).set_index("cause")
    assert counts["count"].to_dict() == {
        "delivery": 1,
        "harness": 1,
        "benchmark": 1,
        "together": 3,
    }
    weighted = causes(made.assign(weight=[1.0, 1.0, 1.0, 7.0]), ["E02"], LEVEL)
    assert weighted.set_index("cause").loc["together", "share"] == pytest.approx(0.3)
