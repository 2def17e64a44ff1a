"""What a benchmark measures."""

from functools import cache

import pandas as pd
import pytest

from generator.stats.benchmarks import DIFFICULTY, Anatomy, anatomy, held_apart
from generator.stats.compositions import Composition, compose
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


def test_a_difference_that_chance_makes_is_none() -> None:
    """As it was on BFCL: none of 326 failures of strong models, 14 of 1,891 of weak ones."""
    sides = {"strong": (196, 130, 0), "weak": (1127, 750, 14)}
    cells = [
        (model, f"{model}-{place}", kind)
        for model, counts in sides.items()
        for place, kind in enumerate(
            kind
            for kind, count in zip(("E11", "E13", "E02"), counts, strict=True)
            for _ in range(count)
        )
    ]
    strong, weak = (
        compose(failures(*(cell for cell in cells if cell[0] == side)), KINDS, LEVEL)
        for side in sides
    )
    row = held_apart(strong, weak).set_index("category").loc["E02"]
    assert (row["strong"], row["low"] < 0 < row["high"]) == (0, True)
    assert row["p"] == pytest.approx(0.107, abs=0.001)
    assert row["q"] > 0.05


def test_models_on_the_same_items_are_told_apart_by_what_they_tell() -> None:
    """Ten models that fail alike on ten items are no hundred failures."""

    def side(name: str, kinds: str, models: int) -> Composition:
        cells = [
            (f"{name}{model}", f"{name}-{item}", kind)
            for model in range(models)
            for item, kind in enumerate({"a": "E02", "b": "E13"}[one] for one in kinds)
        ]
        return compose(failures(*cells), KINDS, LEVEL)

    alone, many = (
        held_apart(side("s", "aaab", models), side("w", "abbb", models)).set_index("category")["p"]
        for models in (1, 10)
    )
    assert many["E02"] > alone["E02"] / 2
