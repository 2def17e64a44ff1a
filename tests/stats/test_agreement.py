"""A judge held against what is known."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.stats.agreement import compare, pairs, rule_rates, score
from generator.stats.kappa import kappa
from generator.stats.tables import ATTEMPT_COLUMNS, FAILURE_COLUMNS, LABEL_COLUMNS, Tables
from generator.stats.trust import trust

ANSWERS = ("E02", "E11", "E13", "benchmark", "undetermined")


def failures(judge: str, *answers: str, weight: float | None = None) -> pd.DataFrame:
    """Return a failure per answer, q0 and on, as the tables hold them."""
    made = []
    for number, answer in enumerate(answers):
        spoke = answer not in {"undetermined", "no_verdict"}
        fault = "model" if answer.startswith("E") else answer
        row = ("sums", "a", f"q{number}", judge, "verdict" if spoke else answer)
        row += (fault if spoke else None, None, answer if fault == "model" else None, None)
        made.append((*row, "false-sum" if spoke and judge == "rules" else None, 0.9, weight))
    return pd.DataFrame(made, columns=list(FAILURE_COLUMNS)).astype({"weight": float})


def labels(**known: str | tuple[str, ...]) -> pd.DataFrame:
    """Return a label per item: its answer, then further ones that could be defended."""
    made = []
    for item, answers in known.items():
        first, *more = (answers,) if isinstance(answers, str) else answers
        status = "undetermined" if first == "undetermined" else "verdict"
        fault = "model" if first.startswith("E") else first
        placed = first if fault == "model" else None
        made.append(("sums", "a", item, status, fault, placed, tuple(more)))
    return pd.DataFrame(made, columns=list(LABEL_COLUMNS), dtype=object)


def test_kappa_is_that_of_a_worked_example() -> None:
    # 20 both yes, 15 both no, 5 and 10 apart: observed 0.7, chance 0.5.
    said = pd.Series(["yes"] * 25 + ["no"] * 25)
    known = pd.Series(["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15)
    found = kappa(said, known, 0.95)
    assert found.value == pytest.approx(0.4)
    assert found.low < 0.4 < found.high
    wide = kappa(said, known, 0.99)
    assert wide.high - wide.low > found.high - found.low


def test_kappa_is_as_precise_as_another_program_says() -> None:
    # What statsmodels 0.15 says of the same tables: kappa and its standard error.
    for table, value, error in (
        ([[20, 5], [10, 15]], 0.4, 0.126996063),
        ([[9, 2, 0], [3, 14, 1], [0, 4, 7]], 0.607843137, 0.108630954),
    ):
        cells = [(one, other) for one, row in enumerate(table) for other in range(len(row))]
        many = [table[one][other] for one, other in cells]
        said, known = (
            pd.Series(np.repeat([f"E{cell[place]}" for cell in cells], many)) for place in (0, 1)
        )
        found = kappa(said, known, 0.95)
        assert found.value == pytest.approx(value)
        assert (found.high - found.low) / 2 == pytest.approx(1.959963984540054 * error)


def test_kappa_of_full_agreement_still_has_an_interval() -> None:
    same = pd.Series(["E02", "E13", "E13"])
    found = kappa(same, same, 0.95)
    assert (found.value, found.high) == (1.0, 1.0)
    assert found.low < 0.5


def test_kappa_of_nothing_or_of_a_single_answer_is_not_known() -> None:
    nothing = pd.Series([], dtype=object)
    one = pd.Series(["E02", "E02"])
    assert all(map(math.isnan, kappa(nothing, nothing, 0.95)))
    assert all(map(math.isnan, kappa(one, one, 0.95)))


@given(
    st.lists(st.tuples(st.sampled_from(ANSWERS), st.sampled_from(ANSWERS)), min_size=1, max_size=40)
)
def test_scores_account_for_every_failure(given_pairs: list[tuple[str, str]]) -> None:
    said = failures("rules", *(one for one, _ in given_pairs))
    known = failures("annotator-1", *(other for _, other in given_pairs))
    found = score(pairs(said, known), 0.95)
    right = sum(one == other for one, other in given_pairs)
    assert found.failures == found.answers["said"].sum() == found.answers["known"].sum()
    assert found.failures == found.confusion["count"].sum()
    assert found.accuracy.held == found.answers["right"].sum() == right
    assert found.precision.of == sum(one != "undetermined" for one, _ in given_pairs)
    assert found.rules["spoke"].sum() == found.precision.of
    assert found.precision.held <= found.defensible.held
    for end in found.kappa:
        assert math.isnan(end) or -1 <= end <= 1
    if not math.isnan(found.kappa.value):
        assert found.kappa.low <= found.kappa.value + 1e-9
        assert found.kappa.value <= found.kappa.high + 1e-9


def test_precision_is_where_the_judge_spoke_and_silence_costs_recall() -> None:
    said = failures("rules", "E13", "E13", "undetermined", "E02")
    known = labels(q0="E13", q1=("E11", "E13"), q2="E13", q3="undetermined")
    found = score(pairs(said, known), 0.95)
    assert (found.precision.held, found.precision.of) == (1, 3)
    assert found.defensible.held == 2
    assert found.coverage.share == 0.75
    assert (found.precision_of("E13", 0.95).held, found.precision_of("E13", 0.95).of) == (1, 2)
    assert (found.recall_of("E13", 0.95).held, found.recall_of("E13", 0.95).of) == (1, 2)
    assert math.isnan(found.recall_of("E05", 0.95).share)
    ((rule, strict, lenient),) = rule_rates(found, 0.95)
    assert (rule, strict.of, strict.held, lenient.held) == ("false-sum", 3, 1, 2)


def test_whose_fault_it_is_has_to_be_right_too() -> None:
    known = labels(q0="benchmark", q1="benchmark", q2="E13")
    found = score(pairs(failures("rules", "benchmark", "E13", "harness"), known), 0.95)
    assert (found.precision.held, found.precision.of) == (1, 3)
    counted = {(row.known, row.said): row.count for row in found.confusion.itertuples(index=False)}
    assert counted == {
        ("benchmark", "benchmark"): 1,
        ("benchmark", "E13"): 1,
        ("E13", "harness"): 1,
    }


def test_a_failed_judgement_is_no_answer() -> None:
    found = score(pairs(failures("llm", "no_verdict", "E13"), labels(q0="E13", q1="E13")), 0.95)
    assert found.precision.of == 1
    assert found.accuracy.held == 1


def test_benchmarks_are_scored_apart_and_together() -> None:
    said, known = failures("rules", "E13", "E02"), labels(q0="E13", q1="E13")
    said.loc[1, "benchmark"] = known.loc[1, "benchmark"] = "other"
    found = compare(pairs(said, known), 0.95, "labels")
    assert {name: part.precision.held for name, part in found.benchmarks.items()} == {
        "other": 0,
        "sums": 1,
    }
    assert found.whole.failures == 2


def tables(*parts: pd.DataFrame, known: pd.DataFrame | None = None) -> Tables:
    attempts = pd.DataFrame(columns=list(ATTEMPT_COLUMNS))
    return Tables(
        attempts, pd.concat(parts, ignore_index=True), labels() if known is None else known
    )


def test_each_judge_is_held_against_those_that_count_more() -> None:
    annotator = failures("annotator-1", "E13", "undetermined", weight=2.0)
    llm = failures("llm", "E13", "E02", weight=2.0)
    rules = failures("rules", "E02", "undetermined", weight=2.0)
    order = ("person", "annotator-1", "llm", "rules")
    found = {one.judge: one for one in trust(tables(rules, llm, annotator), order, 0.95)}
    assert list(found) == ["llm", "rules"]
    for one in found.values():
        assert one.annotated is not None
        assert one.annotated.against == "annotator-1"
        assert one.labelled is None
    assert found["llm"].annotated is not None
    assert found["llm"].annotated.whole.precision.held == 1
    assert found["rules"].coverage.to_numpy().tolist() == [["sums", 2, 1]]


def test_failures_outside_a_sample_are_compared_with_labels_alone() -> None:
    rules = failures("rules", "E13", "E13")
    (found,) = trust(tables(rules, known=labels(q0="E13")), ("annotator-1", "rules"), 0.95)
    assert found.annotated is None
    assert found.labelled is not None
    assert found.labelled.whole.failures == 1


def test_a_judge_of_which_nothing_is_known_is_left_out() -> None:
    assert trust(tables(failures("rules", "E13")), ("rules",), 0.95) == ()


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(st.sampled_from(["E01", "E02", "undetermined"]), st.sampled_from(["E01", "E02"])),
        max_size=6,
    )
)
def test_kappa_and_its_interval_stay_within_their_bounds_however_few_there_are(
    answered: list[tuple[str, str]],
) -> None:
    said, known = (pd.Series([one[place] for one in answered], dtype=object) for place in (0, 1))
    found = kappa(said, known, 0.95)
    if not math.isnan(found.value):
        assert -1.0 <= found.low <= found.value <= found.high <= 1.0
