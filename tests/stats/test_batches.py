"""Many compositions at once are those that each would be alone."""

import pandas as pd
import pytest

from generator.stats.batches import composed_apart, composed_but_one
from generator.stats.compositions import Composition, compose
from generator.stats.precision import draws_of
from generator.stats.rates import rates, rates_of_runs
from tests.stats.attempts import KINDS, LEVEL, failures

WHAT = ("E02", "E13", "undetermined", "E13", "benchmark", "harness", "E99")
"""What becomes of failures in turn; the last is a category that nobody asks for."""


def rows(benchmark: str = "sums") -> pd.DataFrame:
    """Return the failures of four models, many of them on the same items."""
    cells = [
        (model, f"q{n}", WHAT[(n * turn + n // 3) % len(WHAT)])
        for turn, model in enumerate("abcd", start=1)
        for n in range(5 * turn, 40, turn)
    ]
    made = failures(*cells, benchmark=benchmark)
    first = made.index[made["model"] == "a"][:4]
    made.loc[first, "judge"] = "person"
    made.loc[first[:1], ["status", "attribution", "category"]] = ["no_verdict", None, None]
    return made


def same(found: Composition, known: Composition) -> None:
    plain = ("basis", "judges", "population", "looked_at", "classified", "effective")
    assert [getattr(found, name) for name in plain] == [getattr(known, name) for name in plain]
    for name in ("shares", "outcomes"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(known, name))
    both = (part.faultless_part.table() for part in (found, known))
    pd.testing.assert_frame_equal(*both)


def test_runs_are_composed_as_each_is_alone() -> None:
    both = pd.concat([rows(), rows("words")], ignore_index=True)
    found = composed_apart(both, KINDS, LEVEL)
    assert len(found) == 8
    for (benchmark, model), own in found.items():
        alone = both[(both["benchmark"] == benchmark) & (both["model"] == model)]
        same(own, compose(alone, KINDS, LEVEL))


def test_all_but_one_model_are_composed_as_they_are_alone() -> None:
    every = rows()
    draws = draws_of(every, 5)
    found = composed_but_one(every, draws, KINDS, LEVEL)
    assert list(found) == list("abcd")
    for model, pool in found.items():
        rest = every[every["model"] != model]
        same(pool, compose(rest, KINDS, LEVEL, draws=draws.together(without=model)))


def test_nothing_is_composed_of_no_failures() -> None:
    assert composed_apart(rows().iloc[:0], KINDS, LEVEL) == {}


@pytest.mark.parametrize("failed", [40, 41])
def test_rates_of_many_runs_are_those_of_each(failed: int) -> None:
    """Whether or not all failures of a run were looked at."""
    found = composed_apart(rows(), KINDS, LEVEL)
    attempts = {
        key: (100, failed if key[1] == "a" else own.looked_at) for key, own in found.items()
    }
    del attempts["sums", "d"]
    made = rates_of_runs(found, attempts, LEVEL)
    assert list(made) == [("sums", model) for model in "abc"]
    for key, table in made.items():
        alone = rates(found[key], *attempts[key], LEVEL)
        pd.testing.assert_frame_equal(table, alone)
