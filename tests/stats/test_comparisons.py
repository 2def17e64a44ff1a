"""Pairs of models on the pages: what each rests on, and one family of tests."""

import pandas as pd
import pytest
from scipy.stats import false_discovery_control

from generator.stats.atlas import numbers
from generator.stats.comparisons import Compared
from generator.stats.steps import Step
from generator.stats.tables import ATTEMPT_COLUMNS, LABEL_COLUMNS, Tables
from tests.stats.attempts import KINDS, LEVEL, answers, failures, items

N = 40
STEPS = [Step("a", "b", "size"), Step("a", "c", "version"), Step("a", "nobody", "variant")]


def compared(judged: pd.DataFrame, failed: dict[str, int]) -> list[Compared]:
    """Compare a with b and c, who failed the first so many of the items."""
    attempts = [("sums", model, N, many) for model, many in failed.items()]
    tried = {model: "B" * many + "A" * (N - many) for model, many in failed.items()}
    tables = Tables(
        pd.DataFrame(attempts, columns=list(ATTEMPT_COLUMNS)),
        judged,
        pd.DataFrame(columns=list(LABEL_COLUMNS)),
        answers(tried),
        items(N),
    )
    return list(numbers(tables, KINDS, ["reader", "rules"], LEVEL, steps=STEPS).comparisons)


def ruled(model: str, *kinds: tuple[str, int]) -> pd.DataFrame:
    """Return what rules say of the failures of a model."""
    told = [kind for kind, many in kinds for _ in range(many)]
    return failures(*[(model, f"q{place}", kind) for place, kind in enumerate(told)])


A = ruled("a", ("E13", 18), ("undetermined", 2))
B = ruled("b", ("E02", 9), ("E13", 1))
C = ruled("c", ("E13", 12), ("undetermined", 3))


def test_pairs_are_compared_item_by_item_where_rules_are_all_there_is() -> None:
    found = compared(pd.concat([A, B, C], ignore_index=True), {"a": 20, "b": 10, "c": 15})
    assert [one.step for one in found] == STEPS[:2]
    assert [one.counted.ground for one in found] == ["shared items", "shared items"]
    assert [one.by_rules for one in found] == [None, None]
    assert [one.judges for one in found] == [("rules",), ("rules",)]


def test_q_is_over_the_categories_of_all_pairs_that_occur() -> None:
    found = compared(pd.concat([A, B, C], ignore_index=True), {"a": 20, "b": 10, "c": 15})
    tables = [one.counted.table.set_index("name") for one in found]
    tested = [(0, "E02"), (0, "E13"), (1, "E13")]
    p = [tables[place].loc[kind, "p"] for place, kind in tested]
    q = [tables[place].loc[kind, "q"] for place, kind in tested]
    assert q == pytest.approx(list(false_discovery_control(p)))
    assert tables[0]["q"].notna().sum() == 2
    assert tables[1]["q"].notna().sum() == 1


def test_samples_are_joined_by_the_rules_that_saw_everything() -> None:
    sample = [
        failures(*[(model, f"q{n}", "E11") for n in range(5)]).assign(judge="reader", weight=4.0)
        for model in "ab"
    ]
    found = compared(pd.concat([A, B, C, *sample], ignore_index=True), {"a": 20, "b": 10, "c": 15})
    first, second = found
    assert (first.counted.ground, second.counted.ground) == ("reference mix", "none")
    for one in found:
        assert one.by_rules is not None
        assert one.by_rules.ground == "shared items"
    assert first.by_rules is not None
    rates = first.by_rules.table.set_index("name")["first"]
    assert rates["E13"] == pytest.approx(18 / N)
    assert rates["E11"] == 0
    assert second.counted.table.empty
    assert (first.judges, second.judges) == (("reader",), ("reader", "rules"))


def test_rules_that_saw_a_part_are_no_ground() -> None:
    sample = failures(*[("a", f"q{n}", "E11") for n in range(5)]).assign(judge="reader", weight=4.0)
    first, _ = compared(
        pd.concat([A.iloc[:19], B, C, sample], ignore_index=True), {"a": 20, "b": 10, "c": 15}
    )
    assert first.counted.ground == "none"
    assert first.by_rules is None
