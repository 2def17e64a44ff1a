"""What was read of the runs is not read again, unless it changed."""

from pathlib import Path

import pyarrow as pa
import pytest

from generator.cli.building import atlas_numbers
from generator.judging.run import judge_run, seal, states
from generator.stats.collect import collect
from generator.store import parquet
from generator.store.checks import check_content
from generator.store.content import load_content
from generator.store.references import IndexRow, index_bytes, read_index_stamp, read_scores
from generator.store.seen import (
    gathered,
    joined,
    keep,
    kept_notes,
    kept_rows,
    mark,
    reading_once,
)
from generator.store.verdicts import read_stamp, write_verdicts
from tests.store.test_references import INDEX, kept
from tests.store.tree import sound


def table(*items: str) -> pa.Table:
    return pa.table({"item_id": list(items), "score": [0.5] * len(items)})


def files(folder: Path, *names: str) -> list[Path]:
    made = [folder / name for name in names]
    for path in made:
        path.write_bytes(b"")
    return made


def test_rows_of_several_files_are_kept_apart_with_their_notes(tmp_path: Path) -> None:
    one, other = files(tmp_path, "one", "other")
    marks = {path: mark(path) for path in (one, other)}
    noted = table("q1", "q2").replace_schema_metadata({"stamp": "s"})
    with reading_once():
        keep((one, other), marks, gathered([noted, table("q2")], ["item_id"]))
        rows = [kept_rows(path) for path in (one, other)]
        assert [part["item_id"].to_pylist() for part in rows] == [["q1", "q2"], ["q2"]]
        assert kept_notes(one) == {b"stamp": b"s"}
        assert kept_notes(other) == {}
        assert joined([*rows, table("q3")])["item_id"].to_pylist() == ["q1", "q2", "q2", "q3"]
        assert pa.types.is_dictionary(joined(rows)["item_id"].type)
        other.write_bytes(b"another")
        assert kept_rows(other) is None
        assert kept_rows(one) is not None
    assert kept_rows(one) is None


def test_what_was_kept_is_joined_to_what_a_file_says_never_lacks(tmp_path: Path) -> None:
    """As where a run was judged after the check, and its new verdicts were read from the file."""
    (one,) = files(tmp_path, "one")
    marks = {one: mark(one)}
    strict = pa.schema(
        [pa.field("item_id", pa.string(), nullable=False), pa.field("score", pa.float64())]
    )
    with reading_once():
        keep([one], marks, gathered([table("q1").cast(strict)], ["item_id"]))
        again = kept_rows(one)
        assert again is not None
        parts = [again, table("q2").cast(strict)]
        assert joined(parts)["item_id"].to_pylist() == ["q1", "q2"]
        assert joined(parts[::-1])["item_id"].to_pylist() == ["q2", "q1"]


def test_nothing_is_kept_where_nobody_reads_again(tmp_path: Path) -> None:
    (one,) = files(tmp_path, "one")
    rows = gathered([table("q1")], ["item_id"], lambda _: pytest.fail("not wanted"))
    assert rows is None
    keep([one], {one: mark(one)}, rows)
    assert kept_rows(one) is None


def test_what_was_checked_is_counted_without_being_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = kept(tmp_path)
    write_verdicts(root / "verdicts/kept/acme__alpha.parquet", [], {"rules": "s"})
    content = load_content(root)
    path, index = root / "verdicts/kept/acme__alpha.parquet", root / INDEX
    known = states(content)
    before = collect(content)
    stamps, scores = read_index_stamp(index), read_scores(index).tolist()
    with reading_once():
        check_content(content, judged=False)
        opened: list[str] = []
        plain = parquet._opened
        monkeypatch.setattr(
            parquet, "_opened", lambda path: opened.append(path.name) or plain(path)
        )
        after = collect(content)
        assert set(opened) <= {"items.parquet"}
        assert read_stamp(path) == {"rules": "s"}
        assert (read_index_stamp(index), read_scores(index).tolist()) == (stamps, scores)
        assert states(content) == known
        index.write_bytes(index_bytes([IndexRow("q1", 0, 1.0)]))
        assert len(collect(content).answers) == 1
    for name in ("attempts", "failures", "answers"):
        assert getattr(after, name).equals(getattr(before, name)), name


def test_verdicts_that_were_kept_are_counted_as_those_that_were_read(tmp_path: Path) -> None:
    content = load_content(sound(tmp_path))
    seal(content, judge_run(content, ("sums", "acme__alpha"), tmp_path))
    before = collect(content)
    with reading_once():
        assert check_content(content, judged=False) == []
        after = collect(content)
    assert len(after.failures) == 3
    assert after.failures.equals(before.failures)
    assert atlas_numbers(content, after).attempts.equals(atlas_numbers(content, before).attempts)
