"""What a release publishes is what the pages show, from rows alone."""

import pandas as pd
import pytest

from generator.stats.atlas import numbers
from generator.stats.published import Settings, counting, published
from generator.stats.tables import ATTEMPT_COLUMNS, LABEL_COLUMNS, Tables, attempts_of
from tests.stats.failures import CATEGORIES, failing

SETTINGS = Settings(tuple(CATEGORIES), ("person", "rules"), 0.9, 7)


def attempted(failures: pd.DataFrame, solved: int = 5) -> pd.DataFrame:
    """Return one row per item: those that were failed, and some that each model solved."""
    failed = failures[["benchmark", "model", "item_id"]].drop_duplicates().assign(failed=True)
    others = [
        {"benchmark": "sums", "model": model, "item_id": f"s{place}", "failed": False}
        for model in failed["model"].unique()
        for place in range(solved)
    ]
    return pd.concat([failed, pd.DataFrame(others)], ignore_index=True)


@pytest.mark.parametrize("sampled", [False, True])
def test_shares_and_outcomes_are_those_of_the_pages(*, sampled: bool) -> None:
    rules = failing({"a__x": [3, 4, 5], "b__y": [6, 2, 1]})
    spoken = [rules]
    if sampled:
        person = failing({"a__x": [1, 1, 4]}, judge="person").assign(weight=2.0)
        spoken.append(person)
    failures = pd.concat(spoken, ignore_index=True)
    answers = attempted(failures)
    made = published(failures, answers, SETTINGS)
    tables = Tables(
        attempts_of(answers)[[*ATTEMPT_COLUMNS]], failures, pd.DataFrame(columns=[*LABEL_COLUMNS])
    )
    shown = numbers(tables, CATEGORIES, SETTINGS.judges, SETTINGS.level, seed=SETTINGS.seed)
    own = made.shares_by_run.set_index(["benchmark", "model", "numbers"]).sort_index(kind="stable")
    pairs = {"primary": shown.primary, "rules_alone": shown.rules_alone}
    for name, compositions in pairs.items():
        for key, composition in compositions.items():
            part = own.loc[(*key, name)].reset_index(drop=True)
            columns = ["category", "count", "share", "low", "high", "high_of_all"]
            pd.testing.assert_frame_equal(part[columns], composition.shares[columns])
            assert set(part["n"]) == {composition.classified}
    whole = made.outcomes_by_benchmark[["outcome", "count", "share", "low", "high"]]
    pd.testing.assert_frame_equal(whole, shown.benchmarks["sums"].outcomes[[*whole.columns]])
    columns = ["attempted", "failed", "accuracy", "low", "high"]
    pd.testing.assert_frame_equal(made.runs[columns], shown.attempts[columns], check_dtype=False)
    assert ("rules_alone" in set(made.shares_by_run["numbers"])) is sampled


def test_the_order_of_rows_does_not_matter() -> None:
    failures = failing({"a__x": [3, 4, 5], "b__y": [6, 2, 1]})
    answers = attempted(failures)
    once = published(failures, answers, SETTINGS)
    turned = published(failures[::-1], answers[::-1], SETTINGS)
    for one, other in zip(once, turned, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_shares_rest_on_the_sample_of_a_run_that_has_one() -> None:
    rules = failing({"a__x": [3, 4, 5], "b__y": [1, 1, 1]})
    person = failing({"a__x": [2, 0, 0]}, judge="person").assign(weight=6.0)
    found = counting(pd.concat([rules, person], ignore_index=True), SETTINGS.judges)
    assert found.groupby("model")["in_shares"].sum().to_dict() == {"a__x": 2, "b__y": 3}
    assert len(found) == 12 + 3


def test_nothing_gives_nothing() -> None:
    failures = failing({"a__x": [0, 0, 0]})
    made = published(failures, attempted(failing({"a__x": [1, 0, 0]}))[:0], SETTINGS)
    assert [len(part) for part in made] == [0, 0, 0, 0, 0]
