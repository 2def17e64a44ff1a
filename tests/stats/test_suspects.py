"""Items whose reference may be wrong."""

import pandas as pd
import pytest

from generator.records.keys import answer_hash
from generator.stats.suspects import COLUMNS, strong_models, suspects
from tests.stats.attempts import LEVEL, answers, failures, items

# q0 to q3 tell strong from weak; all strong models say B to q4, and q5 has every answer.
GIVEN = {
    "s1": "AAAABB",
    "s2": "AAAABC",
    "s3": "AAAABD",
    "w1": "ABCDAB",
    "w2": "ADBCC.",
    "w3": "ACDBD.",
    "w4": "ACDBD.",
    "w5": "ACDBD.",
    "w6": "ACDBD.",
}
NONE = failures()


def found(tried: pd.DataFrame, asked: pd.DataFrame, spoken: pd.DataFrame = NONE) -> pd.DataFrame:
    return suspects(tried, asked, spoken, ["person"], LEVEL).set_index("item_id")


def test_strong_models_are_the_upper_third_and_three_at_least() -> None:
    assert strong_models(answers(GIVEN)) == ["s1", "s2", "s3"]
    assert len(strong_models(answers({"a": "A", "b": "A", "c": "B", "d": "B"}))) == 3


def test_strong_models_that_agree_on_another_answer_make_an_item_suspect() -> None:
    made = found(answers(GIVEN), items(6))
    assert list(made.index) == ["q4"]
    row = made.loc["q4"]
    assert (row["strong"], row["strong_agreeing"], row["strong_solved"]) == (3, 3, 0)
    assert (row["models"], row["agreeing"], row["solved"]) == (9, 3, 1)
    assert row["agreeing_models"] == "s1 s2 s3"
    assert row["low"] < row["share"] == 1.0
    assert row["margin"] > 0


def test_weak_models_in_step_are_no_evidence() -> None:
    given = {f"s{n}": "AAAAAA" for n in range(3)} | {f"w{n}": "BBBBBB" for n in range(6)}
    assert found(answers(given), items(6)).empty


def test_an_answer_that_equals_the_reference_is_no_other_answer() -> None:
    tried = answers({f"s{n}": "AAAB" for n in range(4)})
    missed = tried["item_id"] == "q0"
    tried["failed"] = tried["failed"] | missed  # the harness marked it as wrong
    assert list(found(tried, items(4)).index) == ["q3"]


def test_references_that_differ_between_files_make_an_item_suspect() -> None:
    other = items(6).iloc[[2]].assign(variant=1, reference=[answer_hash("C")])
    made = found(answers(GIVEN), pd.concat([items(6), other]))
    assert made["references_differ"].to_dict() == {"q4": False, "q2": True}
    assert made.loc["q2", "references"] == 2


def test_a_wording_is_judged_by_those_who_saw_it() -> None:
    tried = answers({f"s{n}": "AAAB" for n in range(4)} | {"z": "ACBA"})
    tried.loc[(tried["model"] == "z") & (tried["item_id"] == "q3"), "variant"] = 1
    asked = pd.concat([items(4), items(4).iloc[[3]].assign(variant=1)])
    row = found(tried, asked).loc["q3"]
    assert (row["variant"], row["models"], row["solved"]) == (0, 4, 0)


def test_verdicts_against_the_benchmark_count_and_those_of_rules_only_for_solutions() -> None:
    spoken = failures(("w1", "q1", "benchmark"), ("w2", "q1", "benchmark")).assign(judge="person")
    ruled = failures(("w1", "q2", "benchmark"), ("w1", "q3", "benchmark"))
    ruled["rule"] = ["solution-differs", "right-by-another-file"]
    made = found(answers(GIVEN), items(6), pd.concat([spoken, ruled]))
    assert set(made.index) == {"q1", "q2", "q4"}
    assert made.loc["q1", "verdicts"] == 2
    assert made.loc["q2", "solution_findings"] == 1


def test_more_kinds_of_evidence_rank_first() -> None:
    given = {model: letters + "B" for model, letters in GIVEN.items()}
    spoken = failures(("s1", "q4", "benchmark")).assign(judge="person")
    made = found(answers(given), items(7), spoken)
    assert made["rank"].to_dict() == {"q4": 1, "q6": 2}
    assert made.loc["q4", "margin"] < made.loc["q6", "margin"]


def test_unanimous_wrong_answers_weigh_more_than_split_ones() -> None:
    given = {model: letters + "B" for model, letters in GIVEN.items()}
    made = found(answers(given), items(7))
    assert made.loc["q6", "margin"] > made.loc["q4", "margin"]


def test_where_answers_are_not_known_only_the_other_evidence_speaks() -> None:
    tried = answers(GIVEN).assign(answer=None).astype({"answer": object})
    asked = items(6).assign(reference=None).astype({"reference": object})
    assert found(tried, asked).empty
    assert list(suspects(tried, asked, NONE, [], LEVEL).columns) == list(COLUMNS)


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_rows_does_not_matter(order: int) -> None:
    made = found(answers(GIVEN).iloc[::order], items(6).iloc[::order])
    pd.testing.assert_frame_equal(made, found(answers(GIVEN), items(6)))
