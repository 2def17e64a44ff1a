"""How often each model fails in each slice of a benchmark."""

import numpy as np
import pandas as pd
import pytest

from generator.stats.differences import clustered_rate
from generator.stats.slices import RUN_SLICE_COLUMNS, run_slices, tags_of

LEVEL = 0.95
ANSWERS = pd.DataFrame(
    [
        *(("m1", f"q{n}", failed) for n, failed in enumerate([True, True, False, False])),
        *(("m2", f"q{n}", failed) for n, failed in enumerate([True, False, True, True])),
        ("m3", "q0", True),
    ],
    columns=["model", "item_id", "failed"],
)
ITEMS = pd.DataFrame(
    {
        "item_id": ["q0", "q1", "q2", "q3", "q3"],
        "variant": [0, 0, 0, 0, 1],
        "tags": [
            {"subject": "law", "number": "0"},
            {"subject": "law", "number": "1"},
            {"subject": "art", "number": "2"},
            {"subject": "art", "number": "3"},
            {"subject": "law", "number": "3"},
        ],
    }
)


def found() -> pd.DataFrame:
    return run_slices(ANSWERS, tags_of(ITEMS), LEVEL).set_index(["model", "value"])


def test_a_tag_that_names_items_is_no_slice_and_an_items_first_wording_counts() -> None:
    assert tags_of(ITEMS)["subject"].to_dict() == {
        "q0": "law",
        "q1": "law",
        "q2": "art",
        "q3": "art",
    }
    assert list(tags_of(ITEMS).columns) == ["subject"]


def test_every_prediction_is_in_one_slice_of_a_tag() -> None:
    rows = found()
    assert rows["attempted"].sum() == len(ANSWERS)
    assert rows["failed"].sum() == ANSWERS["failed"].sum()
    assert rows.loc[("m1", "law"), ["attempted", "failed"]].tolist() == [2, 2]
    assert ("m3", "art") not in rows.index  # it answered none of them


def test_the_others_are_all_models_but_this_one_on_the_same_items() -> None:
    rows = found()
    assert rows.loc[("m1", "law"), ["others", "others_rate"]].tolist() == [3, pytest.approx(2 / 3)]
    assert rows.loc[("m3", "law"), ["others", "others_rate"]].tolist() == [2, 1.0]


def test_the_interval_of_the_others_is_that_of_predictions_that_share_their_items() -> None:
    draw = np.random.default_rng(5)
    names, hard = [f"q{n}" for n in range(60)], draw.random(60)
    rows = [
        (f"m{number}", name, draw.random() < chance)
        for number in range(5)
        for name, chance in zip(names, hard, strict=True)
    ]
    many = pd.DataFrame(rows, columns=["model", "item_id", "failed"])
    tags = pd.DataFrame({"subject": ["law", "art", "law"] * 20}, index=names)
    others = many[(many["model"] != "m0") & (many["item_id"].map(tags["subject"]) == "law")]
    per = others.groupby("item_id")["failed"]
    rate, ends = clustered_rate(per.sum(), per.size(), LEVEL)
    row = run_slices(many, tags, LEVEL).set_index(["model", "value"]).loc[("m0", "law")]
    assert row["others"] == len(others)
    assert (row["others_rate"], row["others_low"], row["others_high"]) == pytest.approx(
        (rate, *ends)
    )


def test_a_model_alone_has_no_others() -> None:
    alone = run_slices(ANSWERS[ANSWERS["model"] == "m1"], tags_of(ITEMS), LEVEL)
    assert alone["others"].tolist() == [0, 0]
    assert alone["others_rate"].isna().all()


def test_a_rate_stands_within_its_interval() -> None:
    rows = found()
    assert ((rows["low"] <= rows["rate"]) & (rows["rate"] <= rows["high"])).all()
    assert rows.loc[("m1", "law"), "low"] == pytest.approx(0.342, abs=1e-3)  # Wilson's, 2 of 2


def test_without_tags_there_are_no_slices() -> None:
    bare = ITEMS.assign(tags=[{}] * len(ITEMS))
    made = run_slices(ANSWERS, tags_of(bare), LEVEL)
    assert made.empty
    assert list(made.columns) == list(RUN_SLICE_COLUMNS)
