"""Results are found again for the same code and arguments, and for nothing else."""

import pickle
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pydantic import BaseModel

from generator.stats.parts import Part
from generator.store import kept as module
from generator.store.kept import hashed, keeping, kept, recalled, recalled_later

calls: list[object] = []


@pytest.fixture(autouse=True)
def _forget() -> None:
    calls.clear()


@kept
def doubled(rows: pd.DataFrame, *, by: int = 2) -> pd.DataFrame:
    calls.append(by)
    return rows.assign(value=rows["value"] * by)


def table(*values: int) -> pd.DataFrame:
    return pd.DataFrame({"name": ["x"] * len(values), "value": values})


def test_what_was_computed_from_the_same_is_found_again(tmp_path: Path) -> None:
    with keeping(tmp_path):
        first = doubled(table(1, 2))
    with keeping(tmp_path):
        pd.testing.assert_frame_equal(doubled(table(1, 2)), first)
    assert calls == [2]


def test_other_arguments_are_something_else(tmp_path: Path) -> None:
    with keeping(tmp_path):
        doubled(table(1))
        assert doubled(table(2))["value"].tolist() == [4]
        assert doubled(table(1), by=3)["value"].tolist() == [3]
    assert calls == [2, 2, 3]


def test_what_is_changed_by_its_user_is_whole_for_the_next(tmp_path: Path) -> None:
    with keeping(tmp_path):
        mine = doubled(table(1))
        mine["value"] = 7
        assert doubled(table(1))["value"].tolist() == [2]
    assert calls == [2]


def test_other_code_or_libraries_compute_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with keeping(tmp_path):
        doubled(table(1))
    monkeypatch.setattr(module, "_code", lambda: ("another",))
    with keeping(tmp_path):
        doubled(table(1))
    assert calls == [2, 2]


def test_what_is_not_used_any_more_goes_but_not_after_a_failure(tmp_path: Path) -> None:
    def fail() -> None:
        with keeping(tmp_path):
            doubled(table(1))
            raise OSError("full")

    with keeping(tmp_path):
        doubled(table(1))
        doubled(table(2))
    with pytest.raises(OSError, match="full"):
        fail()
    assert len(list(tmp_path.iterdir())) == 2
    with keeping(tmp_path):
        doubled(table(1))
    assert len(list(tmp_path.iterdir())) == 1


@kept
def outer(rows: pd.DataFrame) -> int:
    return int(doubled(rows)["value"].sum())


def test_what_a_result_was_made_of_stays_as_long_as_the_result(tmp_path: Path) -> None:
    for _ in range(3):
        with keeping(tmp_path):
            assert outer(table(1)) == 2
    with keeping(tmp_path):
        doubled(table(1))
    assert calls == [2]


def test_a_file_that_is_broken_is_made_again(tmp_path: Path) -> None:
    with keeping(tmp_path):
        doubled(table(1))
    (file,) = tmp_path.iterdir()
    for data in (b"", b"nonsense", pickle.dumps(1)[:-1]):
        file.write_bytes(data)
        with keeping(tmp_path):
            assert doubled(table(1))["value"].tolist() == [2]
    assert calls == [2, 2, 2, 2]


def test_nothing_is_kept_where_nothing_was_asked_for(tmp_path: Path) -> None:
    doubled(table(1))
    doubled(table(1))
    assert calls == [2, 2]
    assert recalled("x", object(), lambda: 5) == 5
    assert list(tmp_path.iterdir()) == []


def test_large_tables_are_found_as_well(tmp_path: Path) -> None:
    """Their arrays come as they lie in memory, not as bytes."""
    large = pd.DataFrame({"value": range(200_000), "other": [0.5] * 200_000})
    for _ in range(2):
        with keeping(tmp_path):
            assert len(doubled(large)) == len(large)
    assert calls == [2]


def test_a_damaged_result_is_made_again(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> str:
        made.append(1)
        return "result"

    for damage in (b"", b"\x80", b"\x80\x05cos\nno_such_name\n.", b"\x80\x05}.", b"garbage"):
        with keeping(tmp_path):
            assert recalled("name", "about", make) == "result"
        (kept_file,) = (path for path in tmp_path.iterdir() if not path.name.startswith("."))
        kept_file.write_bytes(damage)
    assert len(made) == 5


def test_a_table_is_known_by_what_it_holds_however_it_lies_in_memory(tmp_path: Path) -> None:
    rows = pd.DataFrame({"name": ["x", "y", None], "value": [1, 2, 3], "tags": [{}, {"a": 1}, {}]})
    pieces = pd.concat([rows.iloc[:1], rows.iloc[1:]])
    pieces.index = rows.index
    with keeping(tmp_path):
        doubled(rows)
        doubled(pieces)
        assert calls == [2]
        doubled(rows.assign(name=["x", "z", None]))
        doubled(rows.assign(tags=[{}, {"a": 2}, {}]))
        doubled(rows.rename(columns={"tags": "other"}))
    assert calls == [2, 2, 2, 2]


class Option(BaseModel):
    """A record with a field that need not be given."""

    times: int = 2


@kept
def longer(of: Option, part: Part) -> int:
    calls.append(part.many)
    return of.times * int(part.column("value").sum())


def test_a_record_is_known_by_its_values_and_a_part_by_its_own_rows(tmp_path: Path) -> None:
    few = Part({"value": np.array([1, 2])}, 0, 2)
    among_others = Part({"value": np.array([9, 1, 2, 9])}, 1, 2)
    with keeping(tmp_path):
        # Which fields were given is a set, whose order differs from process to process.
        assert longer(Option(), few) == longer(Option(times=2), among_others) == 6
        assert calls == [2]
        assert longer(Option(times=3), few) == 9
        assert longer(Option(), Part(among_others.columns, 2, 2)) == 22
    assert calls == [2, 2, 2]


def test_what_several_results_are_made_from_is_hashed_once_for_all(tmp_path: Path) -> None:
    assert hashed(table(1)) == "", "nobody asks for it"
    with keeping(tmp_path):
        told = hashed(table(1, 2))
        assert told == hashed(table(1, 2))
        assert told != hashed(table(1, 3))


def test_what_was_cut_short_is_computed_again(tmp_path: Path) -> None:
    with keeping(tmp_path):
        doubled(table(1))
    (only,) = tmp_path.iterdir()
    only.write_bytes(only.read_bytes()[:-7])
    with keeping(tmp_path):
        assert doubled(table(1))["value"].tolist() == [2]
    assert calls == [2, 2]


def test_what_takes_its_time_is_begun_at_once_and_kept_when_asked_for(tmp_path: Path) -> None:
    def begin() -> Callable[[], int]:
        calls.append("begun")
        return lambda: 7

    with keeping(tmp_path):
        first, second = (recalled_later("x", 1, begin) for _ in range(2))
        assert calls == ["begun"]
        assert list(tmp_path.iterdir()) == []
        assert (first(), second()) == (7, 7)
    assert len(list(tmp_path.iterdir())) == 1
    with keeping(tmp_path):
        assert recalled_later("x", 1, begin)() == 7
    assert calls == ["begun"]
    assert recalled_later("x", 1, begin)() == 7
    assert calls == ["begun", "begun"]
