"""Shares corrected for the errors of a judge."""

import numpy as np
import pandas as pd
import pytest

from generator.stats import correction
from generator.stats.correction import (
    CAUTION,
    FEWEST_LABELLED,
    corrected_runs,
    prediction_powered,
    rogan_gladen,
)
from generator.stats.tables import FAILURE_COLUMNS
from tests.stats.failures import CATEGORIES, failing

LEVEL = 0.95
UNKNOWN = "undetermined"


def world(seed: int, seen: float) -> tuple[pd.Series, pd.Series]:
    """Return what is known of 3,000 failures, and what a judge says that sees some of them."""
    draw = np.random.default_rng(seed)
    known = draw.choice([*CATEGORIES, UNKNOWN], 3000, p=[0.3, 0.1, 0.2, 0.4])
    said = np.where(draw.random(3000) < seen, known, UNKNOWN)
    return pd.Series(known), pd.Series(said)


def labelled(known: pd.Series, said: pd.Series, size: int) -> pd.DataFrame:
    place = np.random.default_rng(9).choice(len(known), size, replace=False)
    both = pd.DataFrame({"known": known[place], "said": said[place]})
    return both.assign(weight=len(known) / size)


def test_the_estimate_is_the_judges_share_plus_what_the_sample_says_it_misses() -> None:
    known, said = world(1, 0.6)
    sample = labelled(known, said, 100)
    found = prediction_powered(sample, said, CATEGORIES, LEVEL).set_index("category")
    for category, row in found.iterrows():
        by_hand = (
            row["tuning"] * (said == category).mean()
            + ((sample["known"] == category) - row["tuning"] * (sample["said"] == category)).mean()
        )
        assert row["corrected"] == pytest.approx(by_hand)
        assert row["judged"] == (said == category).mean()
        assert row["raw"] == (sample["known"] == category).mean()


def test_a_judge_that_sees_much_narrows_the_interval_and_a_blind_one_does_not() -> None:
    widths = {}
    for seen in (0.9, 0.5, 0.0):
        known, said = world(2, seen)
        sample = labelled(known, said, 100)
        found = prediction_powered(sample, said, CATEGORIES, LEVEL).set_index("category").loc["E02"]
        widths[seen] = found["corrected_high"] - found["corrected_low"]
    raw = found["raw_high"] - found["raw_low"]
    assert widths[0.9] < 0.5 * raw
    assert widths[0.9] < widths[0.5] < raw
    assert widths[0.0] == pytest.approx(raw)
    assert found["tuning"] == 0


def test_a_judge_that_is_always_right_makes_the_share_nearly_known() -> None:
    known, said = world(3, 1.0)
    found = prediction_powered(labelled(known, said, 400), said, CATEGORIES, LEVEL)
    truth = [(known == category).mean() for category in CATEGORIES]
    assert found["corrected"].tolist() == pytest.approx(truth)


def test_the_interval_of_a_kind_with_few_labelled_is_a_conservative_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = pd.Series(["E02"] * 100 + ["E05"] * 100 + ["E07"] * 800)
    place = [*range(FEWEST_LABELLED), *range(100, 99 + FEWEST_LABELLED), *range(200, 260)]
    sample = pd.DataFrame({"known": known[place], "said": known[place], "weight": 10.0})
    found = prediction_powered(sample, known, ["E02", "E05"], LEVEL).set_index("category")
    assert found["labelled"].to_dict() == {"E02": FEWEST_LABELLED, "E05": FEWEST_LABELLED - 1}
    assert found["conservative"].to_dict() == {"E02": False, "E05": True}
    monkeypatch.setattr(correction, "FEWEST_LABELLED", 0)
    plain, strict = (
        prediction_powered(sample, known, ["E02", "E05"], level).set_index("category")
        for level in (LEVEL, 1 - CAUTION * (1 - LEVEL))
    )
    ends = ["corrected_low", "corrected_high"]
    assert found.loc["E02", ends].tolist() == plain.loc["E02", ends].tolist()
    assert found.loc["E05", ends].tolist() == strict.loc["E05", ends].tolist()
    assert found.loc["E05", "corrected"] == plain.loc["E05", "corrected"]


def test_where_everything_was_read_nothing_is_left_to_be_careful_about() -> None:
    known = pd.Series(["E02"] * 5 + ["E05"] * 30)
    everything = pd.DataFrame({"known": known, "said": "E02", "weight": 1.0})
    found = prediction_powered(everything, known, ["E02"], LEVEL).loc[0]
    assert found["corrected_low"] == found["corrected_high"] == pytest.approx(5 / 35)
    assert not found["conservative"]


def test_an_annotated_run_is_corrected_by_the_rules_that_saw_all_of_it() -> None:
    rules = failing({"a": [60, 0, 40], "b": [5, 5, 5]})
    kept = rules[rules["model"] == "a"].iloc[::5]
    annotated = kept.assign(judge="annotator-1", weight=5.0)
    both = pd.concat([rules, annotated], ignore_index=True)[list(FAILURE_COLUMNS)]
    settings = {"categories": CATEGORIES, "judges": ["annotator-1", "rules"], "level": LEVEL}
    found = corrected_runs(both, annotated, **settings).set_index("category")
    assert found["model"].unique().tolist() == ["a"]
    assert found.loc["E02", "corrected"] == pytest.approx(0.6)
    # Rules that did not speak on all of the sample cannot correct it.
    gaps = both[(both["judge"] != "rules") | (both["item_id"] != kept["item_id"].iloc[0])]
    assert corrected_runs(gaps, annotated, **settings).empty


def test_rogan_and_gladen_take_errors_back_out() -> None:
    # A share of 0.2 seen with sensitivity 0.5 and specificity 0.95: 0.2 x 0.5 + 0.8 x 0.05 = 0.14.
    row = {"said": 1400, "of": 10_000, "found": 50, "positive": 100, "cleared": 950}
    found = rogan_gladen(pd.DataFrame([{**row, "negative": 1000}]), LEVEL).loc[0]
    assert found["corrected"] == pytest.approx(0.2)
    assert found["low"] < 0.2 < found["high"]
    surer = {name: 100 * value for name, value in {**row, "negative": 1000}.items()}
    narrow = rogan_gladen(pd.DataFrame([surer]), LEVEL).loc[0]
    assert narrow["high"] - narrow["low"] < 0.2 * (found["high"] - found["low"])


def test_a_judge_no_better_than_chance_corrects_nothing() -> None:
    row = {"said": 5, "of": 10, "found": 5, "positive": 10, "cleared": 5, "negative": 10}
    assert rogan_gladen(pd.DataFrame([row]), LEVEL).isna().all(axis=None)
