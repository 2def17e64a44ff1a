"""What a build found in files holds for the next one, as long as they stay as they are."""

import re
from pathlib import Path
from typing import Any

import pytest

from generator.errors import ContentError, Problem
from generator.stats.collect import Tables, collect
from generator.store import parquet, reading
from generator.store.checks import check_content
from generator.store.content import load_content
from generator.store.kept import keeping
from generator.store.references import IndexRow, index_bytes
from generator.store.seen import reading_once
from generator.store.unchanged import found_before
from generator.store.verdicts import write_verdicts
from tests.store.test_references import INDEX, kept

VERDICTS = "verdicts/kept/acme__alpha.parquet"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = kept(tmp_path)
    write_verdicts(made / VERDICTS, [], {"rules": "s"})
    return made


@pytest.fixture
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that is not within the content."""
    return tmp_path_factory.mktemp("results")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the Parquet files that are opened from now on."""
    names: list[str] = []
    plain = parquet._opened
    monkeypatch.setattr(parquet, "_opened", lambda path: names.append(path.name) or plain(path))
    return names


def build(root: Path, folder: Path) -> tuple[list[Problem], Tables]:
    """Check and collect as a build does."""
    content = load_content(root)
    with keeping(folder), reading_once():
        return check_content(content, judged=False), collect(content)


def test_files_that_stayed_as_they_were_are_not_read_again(
    root: Path, results: Path, opened: list[str]
) -> None:
    first = build(root, results)
    assert {"items.parquet", "acme__alpha.parquet"} <= set(opened)
    opened.clear()
    again = build(root, results)
    assert set(opened) <= {"items.parquet"}  # of which statistics want more than the checks
    assert again[0] == first[0]
    for name in ("attempts", "failures", "answers"):
        assert getattr(again[1], name).equals(getattr(first[1], name)), name


def test_a_file_that_changed_is_looked_at_anew(root: Path, results: Path) -> None:
    before, _ = build(root, results)
    (root / INDEX).write_bytes(index_bytes([IndexRow("nobody", 0, 1.0)]))
    after, tables = build(root, results)
    assert [p.value for p in after if p not in before and p.field == "item_id"] == ["nobody"]
    assert after == check_content(load_content(root), judged=False)
    assert len(tables.answers) == 1
    (root / VERDICTS).write_bytes(b"no table")
    spoilt = check_content(load_content(root), judged=False)
    with keeping(results), reading_once():
        assert check_content(load_content(root), judged=False) == spoilt
    assert VERDICTS in {problem.path for problem in spoilt}


def test_runs_that_stayed_as_they_were_are_not_parsed_again(
    root: Path, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []
    plain = reading.read_document

    def noting(path: Path, *told: Any) -> Any:
        parsed.append(path.name)
        return plain(path, *told)

    monkeypatch.setattr(reading, "read_document", noting)
    with keeping(results):
        first = load_content(root).runs
    assert "run.yml" in parsed
    parsed.clear()
    with keeping(results):
        assert load_content(root).runs == first
    assert "run.yml" not in parsed
    path = min(root.rglob("run.yml"))
    path.write_text(path.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    for _ in range(2):  # what is wrong is told each time
        with keeping(results), pytest.raises(ContentError, match="colour"):
            load_content(root)


def test_what_is_no_fault_of_a_file_is_asked_anew(root: Path, results: Path) -> None:
    before, _ = build(root, results)
    card = root / "benchmarks/kept/benchmark.yml"
    text = card.read_text()
    assert "score_range" not in text
    card.write_text(
        re.sub("success_threshold: .*", "success_threshold: 2.5\nscore_range: [2, 3]", text)
    )
    after, _ = build(root, results)
    assert {p.field for p in after if p not in before} == {"score"}


def test_a_file_that_cannot_be_read_is_left_to_who_says_so(tmp_path: Path, results: Path) -> None:
    path = tmp_path / "one"
    path.write_bytes(b"1")
    with keeping(results):
        assert found_before("size", [path], (), lambda: 1) == 1
        assert found_before("size", [path], (), lambda: 2) == 1
        assert found_before("size", [path], ("else",), lambda: 3) == 3
        path.unlink()
        path.mkdir()
        assert found_before("size", [path], (), lambda: 4) == 4


def test_what_changes_while_it_is_read_is_not_kept(tmp_path: Path, results: Path) -> None:
    path = tmp_path / "one"
    path.write_bytes(b"1")

    def find() -> bytes:
        path.write_bytes(b"2")
        return path.read_bytes()

    with keeping(results):
        assert found_before("bytes", [path], (), find) == b"2"
        path.write_bytes(b"1")
        assert found_before("bytes", [path], (), path.read_bytes) == b"1"
