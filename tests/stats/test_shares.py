"""Shares, their intervals, and which verdict counts."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.stats.atlas import numbers
from generator.stats.compositions import compose, effective_size
from generator.stats.intervals import wilson
from generator.stats.tables import ATTEMPT_COLUMNS, FAILURE_COLUMNS, LABEL_COLUMNS, Tables, settled

CATEGORIES = ["E02", "E11", "E13"]


def rows(*cells: tuple[str, str, str | None, float | None], judge: str = "rules") -> pd.DataFrame:
    """Return failures from (model, outcome, category, weight)."""
    made = []
    for number, (model, outcome, category, weight) in enumerate(cells):
        status = outcome if outcome in {"undetermined", "no_verdict"} else "verdict"
        made.append(
            {
                "benchmark": "sums",
                "model": model,
                "item_id": f"q{number}",
                "judge": judge,
                "status": status,
                "attribution": outcome if status == "verdict" else None,
                "attribution_subtype": None,
                "category": category,
                "subcategory": "a" if category else None,
                "rule": None,
                "confidence": 0.9,
                "weight": weight,
            }
        )
    frame = pd.DataFrame(made, columns=list(FAILURE_COLUMNS))
    return frame.astype({"weight": float})


def test_wilson_agrees_with_the_published_example() -> None:
    # Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263, method 3.
    low, high = wilson(81, 263, 0.95)
    assert low == pytest.approx(0.2553, abs=5e-5)
    assert high == pytest.approx(0.3662, abs=5e-5)


def test_nothing_is_known_of_nothing() -> None:
    assert wilson(0, 0, 0.95) == (0.0, 1.0)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_narrows_with_n(pair: tuple[int, int]) -> None:
    successes, n = pair
    low, high = wilson(successes, n, 0.95)
    assert 0 <= low <= successes / n <= high <= 1
    wide = wilson(successes * 10, n * 10, 0.95)
    assert wide.high - wide.low < high - low


def test_equal_weights_count_fully_and_unequal_ones_less() -> None:
    assert effective_size(pd.Series([7.0] * 5)) == pytest.approx(5)
    assert effective_size(pd.Series([1.0, 9.0])) < 2
    assert effective_size(pd.Series([], dtype=float)) == 0


def test_a_composition_accounts_for_every_failure() -> None:
    made = compose(
        rows(
            ("a", "model", "E02", None),
            ("a", "model", "E13", None),
            ("a", "model", "E13", None),
            ("a", "benchmark", None, None),
            ("a", "harness", None, None),
            ("a", "undetermined", None, None),
            ("a", "no_verdict", None, None),
        ),
        CATEGORIES,
        0.95,
    )
    assert made.basis == "all"
    assert (made.looked_at, made.classified) == (7, 3)
    assert made.outcomes.set_index("outcome")["count"].to_dict() == {
        "model": 3,
        "benchmark": 1,
        "harness": 1,
        "undetermined": 1,
        "no_verdict": 1,
    }
    shares = made.shares.set_index("category")
    assert shares["count"].to_dict() == {"E02": 1, "E11": 0, "E13": 2}
    assert shares.loc["E13", "share"] == pytest.approx(2 / 3)
    assert shares.loc["E13", "share_of_all"] == pytest.approx(2 / 7)
    assert (shares["low"] <= shares["share"]).all()
    assert (shares["share"] <= shares["high"]).all()


def test_design_weights_take_a_sample_back_to_its_population() -> None:
    # Model a: 100 failures, 2 drawn; model b: 10 failures, 2 drawn.
    made = compose(
        rows(
            ("a", "model", "E02", 50.0),
            ("a", "model", "E02", 50.0),
            ("b", "model", "E13", 5.0),
            ("b", "model", "E13", 5.0),
        ),
        CATEGORIES,
        0.95,
    )
    assert made.basis == "sample"
    assert made.population == 110
    assert made.shares.set_index("category").loc["E02", "share"] == pytest.approx(100 / 110)
    assert made.effective < made.classified


def test_a_sample_and_a_whole_do_not_mix() -> None:
    with pytest.raises(ValueError, match="cannot be composed together"):
        compose(rows(("a", "model", "E02", 1.0), ("a", "model", "E02", None)), CATEGORIES, 0.95)


def test_no_failures_give_zeros_with_open_intervals() -> None:
    made = compose(rows(), CATEGORIES, 0.95)
    assert made.looked_at == 0
    assert set(made.shares["share"]) == {0.0}
    assert set(made.shares["high"]) == {1.0}


def test_the_first_judge_that_looked_settles() -> None:
    annotator = rows(("a", "undetermined", None, None), judge="annotator-1")
    rules = rows(("a", "model", "E13", None))
    one = settled(pd.concat([rules, annotator]), ["annotator-1", "rules"])
    assert one["status"].tolist() == ["undetermined"]
    other = settled(pd.concat([rules, annotator]), ["rules", "annotator-1"])
    assert other["category"].tolist() == ["E13"]


def test_a_judge_that_failed_is_passed_over() -> None:
    failed = rows(("a", "no_verdict", None, None), judge="annotator-1")
    rules = rows(("a", "undetermined", None, None))
    one = settled(pd.concat([failed, rules]), ["annotator-1", "rules"])
    assert one["judge"].tolist() == ["rules"]


def test_a_judge_that_is_not_listed_does_not_count() -> None:
    assert settled(rows(("a", "model", "E13", None), judge="stranger"), ["rules"]).empty


def test_a_run_with_a_sample_rests_on_it_and_the_pool_on_others_like_it() -> None:
    annotated = rows(("a", "model", "E11", 10.0), ("b", "model", "E02", 4.0), judge="annotator-1")
    rules = rows(
        ("a", "model", "E13", 10.0),
        ("b", "undetermined", None, 4.0),
        ("a", "model", "E13", None),
        ("c", "model", "E02", None),
    )
    attempts = pd.DataFrame(
        [("sums", "a", 20, 10), ("sums", "b", 10, 4), ("sums", "c", 4, 1)],
        columns=list(ATTEMPT_COLUMNS),
    )
    failures = pd.concat([annotated, rules], ignore_index=True)
    tables = Tables(attempts, failures, pd.DataFrame(columns=list(LABEL_COLUMNS)))
    made = numbers(tables, CATEGORIES, ["annotator-1", "rules"], 0.95)
    own = made.primary["sums", "a"]
    assert own.basis == "sample"
    assert own.shares.set_index("category").loc["E11", "share"] == 1.0
    assert made.rules_alone["sums", "a"].shares.set_index("category").loc["E13", "count"] == 2
    assert ("sums", "c") not in made.rules_alone
    assert made.pool["sums", "a"].shares.set_index("category").loc["E02", "share"] == 1.0
    assert ("sums", "c") not in made.pool
    assert made.benchmarks["sums"].basis == "sample"
    accuracy = made.attempts.set_index("model").loc["a"]
    assert accuracy["accuracy"] == 0.5
    assert accuracy["low"] < 0.5 < accuracy["high"]
