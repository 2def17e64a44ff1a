"""Verdict files are made a few rows at a time, and show nothing of it."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from generator.errors import InputError
from generator.records.verdict import Criterion, Evidence, JudgeId, Verdict
from generator.store.resealed import resealed_bytes
from generator.store.verdicts import read_verdicts, verdict_bytes


def verdict(number: int, judge: str = "llm") -> Verdict:
    """Return a made-up verdict; some have no category, evidence or criteria."""
    told = number % 3 > 0
    return Verdict(
        key=f"{number:064x}",
        item_id=f"q{number}",
        judge=JudgeId(name=judge, version=f"v{number % 2}", prompt_hash="ab", taxonomy="1.0"),
        status="verdict" if told else "undetermined",
        attribution="model" if told else None,
        category=f"E{10 + number % 4}" if told else None,
        secondary=("E02",) if number % 4 == 1 else (),
        title=f"Title {number % 5}" if told else None,
        evidence=(Evidence(quote="3 + 1", start=number, end=number + 5),) if told else (),
        criteria=(Criterion(criterion="A sum", present=True),) if number % 2 else (),
        confidence=0.5 if told else None,
    )


ALL = [verdict(number, judge) for number in range(25) for judge in ("llm", "rules")]


@pytest.mark.parametrize("size", [1, 7, 1_000])
def test_bytes_do_not_depend_on_how_many_rows_are_made_at_a_time_nor_on_their_order(
    monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    whole = verdict_bytes(ALL, {"llm": "x"})
    monkeypatch.setattr("generator.store.verdict_rows._AT_A_TIME", size)
    assert verdict_bytes(ALL, {"llm": "x"}) == whole
    assert verdict_bytes(ALL[::-1], {"llm": "x"}) == whole


def test_a_file_made_from_another_is_the_same_as_one_made_at_once(tmp_path: Path) -> None:
    path = tmp_path / "acme__alpha.parquet"
    path.write_bytes(verdict_bytes(ALL[:30], {}))
    old = read_verdicts(path)
    kept = [entry.judge.name == "rules" for entry in old]
    new = [entry for entry in ALL if entry.judge.name == "llm"]
    made = resealed_bytes(path, kept, new, {"llm": "x"})
    rules = [entry for entry in ALL[:30] if entry.judge.name == "rules"]
    assert made == verdict_bytes([*rules, *new], {"llm": "x"})
    assert resealed_bytes(tmp_path / "none", [], [], {}) == verdict_bytes([], {})


@pytest.mark.parametrize("size", [1, 7, 1_000])
def test_a_long_file_has_groups_that_do_not_depend_on_how_it_was_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr("generator.store.verdict_rows._GROUP", 20)
    whole = verdict_bytes(ALL, {})
    monkeypatch.setattr("generator.store.verdict_rows._AT_A_TIME", size)
    monkeypatch.setattr("generator.store.resealed._AT_A_TIME", size)
    path = tmp_path / "acme__alpha.parquet"
    path.write_bytes(verdict_bytes([one for one in ALL if one.judge.name == "rules"], {}))
    new = [one for one in ALL if one.judge.name == "llm"]
    assert resealed_bytes(path, [True] * 25, new, {}) == whole
    path.write_bytes(whole)
    assert pq.read_metadata(path).num_row_groups == 3
    assert sorted(read_verdicts(path), key=str) == sorted(ALL, key=str)


def test_a_file_out_of_order_or_of_another_length_is_not_made_over(tmp_path: Path) -> None:
    path = tmp_path / "odd.parquet"
    path.write_bytes(verdict_bytes(ALL, {}))
    for kept in ([True] * 49, [True] * 51):
        with pytest.raises(InputError, match=r"odd\.parquet: not verdicts of this generator"):
            resealed_bytes(path, kept, [], {})
    pq.write_table(pq.read_table(path)[::-1], path)
    with pytest.raises(InputError, match=r"odd\.parquet: not verdicts of this generator"):
        resealed_bytes(path, [True] * 50, [], {})


def test_a_file_of_others_is_not_made_over(tmp_path: Path) -> None:
    path = tmp_path / "odd.parquet"
    pq.write_table(pa.table({"x": [1]}), path)
    with pytest.raises(InputError, match=r"odd\.parquet: not verdicts of this generator"):
        resealed_bytes(path, [True], [], {})
