"""A made-up checkout under git, judged and ready for a release."""

import shutil
import subprocess
from pathlib import Path

import pytest

from generator.cli.main import main
from generator.records.verdict import Evidence, JudgeId, Verdict
from generator.store.verdicts import read_stamp, read_verdicts, write_verdicts
from tests.integration.made_up import checkout

HIDDEN = ("PLANTEDTITLE", "PLANTEDSUMMARY", "Ann has", " pens", "<<", "How many has she")
"""Words of a withheld benchmark, and what a judge might repeat of them."""
EDITION = "2026.01"


def git(root: Path, *arguments: str) -> str:
    """Let git do something in a checkout."""
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", *who, *arguments], cwd=root, capture_output=True, text=True, check=True
    )
    return done.stdout


def commit(root: Path) -> None:
    """Commit everything."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "All")


def erroratlas(root: Path, *arguments: str) -> int:
    """Run the command; return its exit status."""
    with pytest.raises(SystemExit) as ended:
        main(["--root", str(root), *arguments])
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.fixture(scope="session")
def judged_checkout(tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> Path:
    """A judged and committed checkout; not to be changed."""
    root = checkout(tmp_path_factory.mktemp("release"), project_root)
    (root / ".gitignore").write_text("build/\ncache/\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ERRORATLAS_CACHE", str(root / "cache"))
        assert erroratlas(root, "judge", "--workers", "1") == 0
    _speak(root)
    git(root, "init", "--quiet")
    commit(root)
    return root


def _speak(root: Path) -> None:
    """Let an annotator speak on a withheld failure, and repeat more of it than it should."""
    path = root / "content/verdicts/notes/acme__alpha.parquet"
    verdicts = read_verdicts(path)
    said = Verdict(
        key=verdicts[0].key,
        item_id=verdicts[0].item_id,
        judge=JudgeId(name="annotator-1", version="1", prompt_hash="", taxonomy="1.0"),
        status="verdict",
        attribution="model",
        category="E13",
        subcategory="arithmetic",
        secondary=("E11",),
        title="PLANTEDTITLE",
        summary="PLANTEDSUMMARY",
        evidence=(Evidence(start=0, end=3),),
        confidence=0.75,
    )
    write_verdicts(path, [*verdicts, said], read_stamp(path))


@pytest.fixture
def root(judged_checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it."""
    copy = tmp_path / "checkout"
    shutil.copytree(judged_checkout, copy)
    monkeypatch.setenv("ERRORATLAS_CACHE", str(copy / "cache"))
    return copy


@pytest.fixture(scope="session")
def packaged(judged_checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A released checkout; not to be changed."""
    copy = tmp_path_factory.mktemp("packaged") / "checkout"
    shutil.copytree(judged_checkout, copy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ERRORATLAS_CACHE", str(copy / "cache"))
        assert erroratlas(copy, "release", EDITION, "--date", "2026-01-31") == 0
    return copy


@pytest.fixture
def package(packaged: Path, tmp_path: Path) -> Path:
    """A copy of the folder of its package, to be tampered with."""
    copy = tmp_path / f"erroratlas-{EDITION}"
    shutil.copytree(packaged / "build/release" / copy.name, copy)
    return copy
