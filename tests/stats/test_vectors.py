"""What became of every item, a byte each."""

import pandas as pd

from generator.stats.vectors import (
    FIRST_LABEL,
    NOT_ATTEMPTED,
    NOT_LOOKED_AT,
    SOLVED,
    Vector,
    labels,
    vectors,
    wordings,
)
from tests.stats.attempts import KINDS, answers, failures, items

NAMES = labels(KINDS)


def code(name: str) -> int:
    return FIRST_LABEL + NAMES.index(name)


def of(tried: pd.DataFrame, spoken: pd.DataFrame, shown: pd.DataFrame) -> list[Vector]:
    return list(vectors(tried, items(12), spoken, shown, KINDS))


def test_items_are_in_natural_order_and_wordings_of_one_beside_each_other() -> None:
    second = items(12).iloc[[2]].assign(variant=1)
    found = wordings(pd.concat([second, items(12)]))
    assert found["item_id"].tolist()[:5] == ["q0", "q1", "q2", "q2", "q3"]
    assert found["variant"].tolist()[2:4] == [0, 1]
    assert found["item_id"].tolist()[-2:] == ["q10", "q11"]


def test_each_item_has_the_code_of_what_became_of_it() -> None:
    tried = answers({"a": "AB" + "B" * 9})
    spoken = failures(("a", "q1", "E13"), ("a", "q2", "undetermined"), ("a", "q10", "harness"))
    (found,) = of(tried, spoken, spoken)
    assert found.codes.tolist() == [
        SOLVED,
        code("E13"),
        code("undetermined"),
        *[NOT_LOOKED_AT] * 7,
        code("harness"),
        NOT_ATTEMPTED,
    ]
    assert not found.whole
    assert found.judges == ("rules",)
    assert found.weights.empty


def test_a_run_of_which_every_failure_was_looked_at_is_whole() -> None:
    spoken = failures(("a", "q1", "E13"), ("a", "q2", "undetermined"))
    (found,) = of(answers({"a": "ABB"}), spoken, spoken)
    assert found.whole


def test_a_sample_has_its_weights_and_the_rules_beside_it() -> None:
    rules = failures(*[("a", f"q{n}", "undetermined") for n in range(4)])
    read = failures(("a", "q3", "E02"), ("a", "q0", "E13")).assign(judge="reader")
    read["weight"] = [1.5, 2.5]
    sample, whole = of(answers({"a": "BBBB"}), pd.concat([rules, read]), read)
    assert sample.judges == ("reader",)
    assert sample.codes[:4].tolist() == [code("E13"), NOT_LOOKED_AT, NOT_LOOKED_AT, code("E02")]
    assert sample.weights.tolist() == [2.5, 1.5], "in the order of the places"
    assert not sample.whole
    assert whole.judges == ("rules",)
    assert whole.whole


def test_an_answer_to_another_wording_stands_in_another_place() -> None:
    asked = pd.concat([items(2), items(1).assign(variant=1)])
    tried = answers({"a": "BA"}).assign(variant=[1, 0])
    spoken = failures(("a", "q0", "E13"))
    (found,) = vectors(tried, asked, spoken, spoken, KINDS)
    assert found.codes.tolist() == [NOT_ATTEMPTED, code("E13"), SOLVED]


def test_a_failure_that_is_nothing_known_was_not_looked_at() -> None:
    spoken = failures(("a", "q0", "E99"))
    (found,) = of(answers({"a": "B"}), spoken, spoken)
    assert found.codes[0] == NOT_LOOKED_AT
    assert not found.whole


def test_without_answers_there_is_no_vector() -> None:
    spoken = failures(("a", "q0", "E13"))
    assert of(answers({"b": "A"}), spoken, spoken) == []
