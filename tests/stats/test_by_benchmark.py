"""What is computed of a benchmark by itself does not change with the others."""

from pathlib import Path

import pandas as pd
import pytest

from generator.stats import by_benchmark as module
from generator.stats import pools
from generator.stats.by_benchmark import OfBenchmark, by_benchmark
from generator.stats.pools import together
from generator.stats.tables import ATTEMPT_COLUMNS, LABEL_COLUMNS, Tables
from generator.store.kept import keeping
from tests.stats.attempts import KINDS, LEVEL, answers, failures, items

JUDGES = ("rules",)


def tables(second: str = "E13") -> Tables:
    """Return attempts on two benchmarks; what became of one failure on the second is given."""
    spoken = [
        failures(("a", "q0", "E02"), ("b", "q1", "E13"), benchmark="sums"),
        failures(("a", "q1", second), benchmark="words"),
    ]
    tried = [
        answers({"a": "BA", "b": "AB"}, "sums"),
        answers({"a": "AB"}, "words"),
        answers({"a": "A"}, "solved"),
    ]
    return Tables(
        pd.DataFrame(columns=list(ATTEMPT_COLUMNS)),
        pd.concat(spoken, ignore_index=True),
        pd.DataFrame(columns=list(LABEL_COLUMNS)),
        pd.concat(tried, ignore_index=True),
        pd.concat([items(2, name) for name in ("sums", "words", "solved")], ignore_index=True),
    )


def found(known: Tables) -> dict[str, OfBenchmark]:
    return by_benchmark(known, known.failures, KINDS, JUDGES, LEVEL)


def test_each_benchmark_has_what_is_told_of_it() -> None:
    made = found(tables())
    assert list(made) == ["solved", "sums", "words"]
    assert made["solved"] == OfBenchmark(None, None, (), ()), "nothing was failed there"
    assert [(one.benchmark, one.model) for one in made["sums"].vectors] == [
        ("sums", "a"),
        ("sums", "b"),
    ]
    own = made["words"].anatomy
    assert own is not None
    assert own.items["failed"].tolist() == [0, 1]


def test_a_change_on_a_benchmark_leaves_what_is_kept_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with keeping(tmp_path):
        found(tables())
    asked: list[str] = []
    counted = module.vectors

    def watched(tried: pd.DataFrame, *others: pd.DataFrame) -> object:
        asked.append(str(tried["benchmark"].iloc[0]))
        return counted(tried, *others)

    monkeypatch.setattr(module, "vectors", watched)
    with keeping(tmp_path):
        found(tables("E02"))
    assert asked == ["words"]


def test_the_hash_tells_of_the_judges_too_and_pools_are_found_by_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = tables()
    with keeping(tmp_path):
        told = {name: one.told for name, one in found(known).items()}
        others = by_benchmark(known, known.failures, KINDS, ("llm", *JUDGES), LEVEL)
        assert all(told[name] != one.told for name, one in others.items())
        made = together(known.failures, KINDS, LEVEL, 0, told)
    monkeypatch.setattr(pools, "_pooled", lambda *_: pytest.fail("made again"))
    with keeping(tmp_path):
        again = together(known.failures, KINDS, LEVEL, 0, told)
        assert [*again[0], *again[1]] == [*made[0], *made[1]]
        with pytest.raises(pytest.fail.Exception, match="made again"):
            together(known.failures, KINDS, LEVEL, 0, {**told, "words": "another"})
