"""How rules erred on samples is carried to other runs only where that was tried and held."""

import pandas as pd
import pytest

from generator.stats.atlas import by_run, primary_rows
from generator.stats.compositions import compose
from generator.stats.tables import settled
from generator.stats.transport import CARRIED_COLUMNS, carried, trials
from tests.stats.failures import CATEGORIES, failing

LEVEL = 0.95
MANY = 400
JUDGES = ["reader", "rules"]


def world(found: list[float], share: float = 0.4) -> pd.DataFrame:
    """Return models of whose E02 failures rules find such parts; all but the last have a sample.

    Rules name E02 rightly or not at all, and see nothing else.
    """
    frames = []
    truly = round(share * MANY)
    for place, part in enumerate(found):
        model = f"m{place}"
        true = failing({model: [truly, 0, MANY - truly]})
        seen = (true["category"] == "E02") & (true.groupby("category").cumcount() < part * truly)
        said = true.assign(
            status=true["status"].where(seen, "undetermined"),
            attribution=true["attribution"].where(seen),
            category=true["category"].where(seen),
        )
        frames.append(said)
        if place < len(found) - 1:
            frames.append(true.iloc[::4].assign(judge="reader", weight=4.0))
    return pd.concat(frames, ignore_index=True)


def both(failures: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the trials by category and what was carried."""
    runs = by_run(primary_rows(settled(failures, JUDGES)))
    primary = {key: compose(rows, CATEGORIES, LEVEL) for key, rows in runs.items()}
    tried = trials(failures, runs, primary, categories=CATEGORIES, level=LEVEL)
    return tried.set_index("category"), carried(failures, tried, primary, level=LEVEL)


def test_what_rules_miss_alike_on_all_models_is_put_back() -> None:
    tried, found = both(world([0.5] * 7))
    assert tried["runs"]["E02"] == tried["held"]["E02"] == 6
    assert (tried["found"]["E02"], tried["positive"]["E02"]) == (120, 240)
    (row,) = found.to_dict("records")
    assert (row["model"], row["category"]) == ("m6", "E02")
    assert row["judged"] == pytest.approx(0.2)
    assert row["corrected"] == pytest.approx(0.4)
    assert row["low"] < 0.4 < row["high"]


def test_rules_that_err_otherwise_on_every_model_correct_nothing() -> None:
    tried, found = both(world([0.05, 0.9, 0.05, 0.9, 0.05, 0.9, 0.5]))
    assert tried["runs"]["E02"] == 6
    assert tried["held"]["E02"] < 0.9 * 6
    assert found.empty


def test_what_rules_never_found_is_not_guessed() -> None:
    tried, found = both(world([0.5] * 7))
    assert (tried["found"]["E13"], tried["positive"]["E13"]) == (0, 360)
    assert set(found["category"]) == {"E02"}


@pytest.mark.parametrize("models", [1, 2, 5])
def test_a_few_samples_are_no_trial(models: int) -> None:
    tried, found = both(world([0.5] * models))
    assert tried.empty or tried["runs"].max() < 5
    assert found.empty
    assert list(found.columns) == list(CARRIED_COLUMNS)


def test_a_sample_that_rules_did_not_see_all_of_is_no_trial() -> None:
    failures = world([0.5] * 7)
    first = failures[(failures["model"] == "m0") & (failures["judge"] == "rules")].index[0]
    tried, found = both(failures.drop(index=first))
    assert tried["runs"]["E02"] == 5
    assert len(found) == 1
