"""Files that do not belong, are too large, executable, or barred by some system."""

import os
from pathlib import Path

import pytest

from generator.store.checks import check_content
from generator.store.content import load_content
from tests.store.tree import sound, write


def wrongs(root: Path) -> list[tuple[str, str]]:
    """Return file and fault of all problems."""
    return [(problem.path, problem.wrong) for problem in check_content(load_content(root))]


def test_sound_content_has_no_file_too_many(tmp_path: Path) -> None:
    assert wrongs(sound(tmp_path)) == []


@pytest.mark.parametrize(
    "name",
    [
        ".DS_Store",
        "setup.py",
        "models/notes.txt",
        "models/.acme__beta.yml",
        "pages/page.html",
        "pages/a/b/deep.md",
        "predictions/sums/acme__alpha/predictions.zip",
        "predictions/sums/acme__alpha/predictions.jsonl.gz.sh",
        "benchmarks/sums/items.pkl",
        "verdicts/sums/acme__alpha.parquet\n",
        "prices.yaml",
    ],
)
def test_a_file_that_does_not_belong_is_named(tmp_path: Path, name: str) -> None:
    write(sound(tmp_path), name, "x\n")
    found = wrongs(tmp_path)
    assert [wrong for _, wrong in found] == ["no file that belongs here"]
    assert "\n" not in found[0][0]


def test_executable_files_are_refused(tmp_path: Path) -> None:
    path = sound(tmp_path) / "models/acme__alpha.yml"
    path.chmod(0o755)
    assert wrongs(tmp_path) == [("models/acme__alpha.yml", "the file is executable")]


def test_names_that_windows_bars_are_refused(tmp_path: Path) -> None:
    write(sound(tmp_path), "pages/aux.md", "x\n")
    assert wrongs(tmp_path) == [("pages/aux.md", "a name that Windows keeps for devices")]


def test_files_beyond_the_limit_are_refused(tmp_path: Path) -> None:
    path = write(sound(tmp_path), "samples/large.csv", "")
    os.truncate(path, 10_000_001)
    assert ("samples/large.csv", "the file is larger than 10,000,000 bytes") in wrongs(tmp_path)
