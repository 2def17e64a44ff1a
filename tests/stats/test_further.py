"""What a release publishes beside shares is what the site publishes, from rows alone."""

from typing import Any

import pandas as pd
import pytest

from generator.stats.atlas import numbers
from generator.stats.further import Further, further
from generator.stats.published import Settings
from generator.stats.steps import one_step_apart
from generator.stats.tables import ATTEMPT_COLUMNS, LABEL_COLUMNS, Tables, attempts_of
from tests.stats.failures import CATEGORIES, failing
from tests.stats.test_published import attempted

SETTINGS = Settings(
    tuple(CATEGORIES),
    ("person", "annotator-1", "rules"),
    0.9,
    7,
    (CATEGORIES[0],),
    ("b__y-1", "b__y-2"),
)
MANY = {"a__x": [13, 4, 15], "b__y-1": [6, 22, 1], "b__y-2": [3, 9, 12]}


def failures_of(*, sampled: bool) -> pd.DataFrame:
    rules = failing(MANY)
    if not sampled:
        return rules
    read = {"a__x": [11, 1, 4], "b__y-1": [6, 12, 1]}
    annotator = failing(read, judge="annotator-1").assign(weight=2.0)
    return pd.concat([rules, annotator], ignore_index=True)


def items_of(answers: pd.DataFrame) -> pd.DataFrame:
    """Return items in two halves, by a tag."""
    ids = sorted(answers["item_id"].unique())
    tags = [{"half": "first" if place % 2 else "second"} for place, _ in enumerate(ids)]
    rows = {"benchmark": "sums", "item_id": ids, "variant": 0, "reference": None, "tags": tags}
    return pd.DataFrame(rows)


def made(failures: pd.DataFrame) -> tuple[Further, pd.DataFrame, pd.DataFrame]:
    answers = attempted(failures).assign(variant=0, answer=None)
    items = items_of(answers)
    return further(failures, answers, items, SETTINGS), answers, items


@pytest.mark.parametrize("sampled", [False, True])
def test_tables_are_those_of_the_site(*, sampled: bool) -> None:
    failures = failures_of(sampled=sampled)
    found, answers, items = made(failures)
    tables = Tables(
        attempts_of(answers)[[*ATTEMPT_COLUMNS]],
        failures,
        pd.DataFrame(columns=[*LABEL_COLUMNS]),
        answers,
        items,
    )
    shown = numbers(
        tables,
        CATEGORIES,
        SETTINGS.judges,
        SETTINGS.level,
        delivery=SETTINGS.delivery,
        steps=one_step_apart(SETTINGS.systems),
        seed=SETTINGS.seed,
    )
    rates = found.rates_by_run.set_index(["benchmark", "model"])
    assert {*rates.index} == {*shown.rates}
    for key, expected in shown.rates.items():
        same(rates.loc[[key]], expected)
    same(found.distinctive, shown.distinctive)
    same(found.corrected, shown.corrected)
    assert len(found.distinctive) > 0
    assert (len(found.corrected) > 0) is sampled
    same(found.similarity, pd.concat([one.pairs for one in shown.similarities]))
    anatomy = shown.anatomies["sums"]
    same(found.slices, anatomy.slices)
    same(found.slices_by_run, anatomy.by_model)
    assert {"half", "failed by"} == {*found.slices["tag"]}
    by_slice = found.shares_by_slice.set_index(["tag", "value"])
    for slice_key, own in anatomy.compositions.items():
        same(by_slice.loc[[slice_key]], own.shares)
    same(found.items_failed, anatomy.items)
    same(found.subcategories, shown.benchmarks["sums"].subshares)
    same(found.causes, anatomy.causes)
    assert anatomy.standing is not None
    same(found.strong_and_weak, anatomy.standing.differences)
    assert found.strong_and_weak.loc[0, "strong_models"] == "+".join(anatomy.standing.strong)
    (pair,) = shown.comparisons
    told = found.pairs.set_index("verdicts")
    made_of = {"counting": pair.counted, "rules": pair.by_rules}
    filled = {name: one.table for name, one in made_of.items() if one and len(one.table)}
    assert {*told.index} == {*filled}
    assert filled or sampled  # of which one model has no sample
    for verdicts, table in filled.items():
        same(told.loc[[verdicts]], table)
    assert {*told["step"]} <= {"version"}
    assert len(found.judges) == len(shown.pairwise) == sampled
    for (_, row), pair in zip(found.judges.iterrows(), shown.pairwise, strict=True):
        assert (row["judge"], row["other_judge"]) == (pair.first, pair.second)
        assert (row["spoken"], row["same"], row["agreement"]) == (
            pair.same.of,
            pair.same.held,
            pair.same.share,
        )
        assert row["kappa_low"] == pair.kappa_spoken.low
        assert row["kappa_of_all"] == pair.kappa.value


def same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    """Hold what both tables have against each other."""
    columns: list[Any] = [name for name in expected.columns if name in found.columns]
    assert len(columns) > 1
    pd.testing.assert_frame_equal(
        found[columns].reset_index(drop=True),
        expected[columns].reset_index(drop=True),
        check_dtype=False,
    )


def test_the_order_of_rows_does_not_matter() -> None:
    failures = failures_of(sampled=True)
    once, answers, items = made(failures)
    turned = further(failures[::-1], answers[::-1], items[::-1], SETTINGS)
    for one, other in zip(once, turned, strict=True):
        keys = [name for name in one.columns if one[name].dtype.kind not in "fib"]
        ordered = [part.sort_values(keys, ignore_index=True) for part in (one, other)]
        pd.testing.assert_frame_equal(*ordered)


def test_nothing_gives_nothing() -> None:
    failures = failing({"a__x": [0, 0, 0]})
    answers = attempted(failing({"a__x": [1, 0, 0]}))[:0]
    found = further(failures, answers, items_of(answers), SETTINGS)
    assert [len(part) for part in found] == [0] * 14
    assert all(len(part.columns) > 3 for part in found)
