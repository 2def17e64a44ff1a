"""Whole builds: the same content gives the same bytes, and a kill loses and doubles nothing."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.integration.made_up import checkout, files, many_predictions

KILLS = 20


def build(root: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """Start a build in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "generator", "--root", str(root), "build", *arguments],
        env={**os.environ, "ERRORATLAS_CACHE": str(root / "cache"), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finished(process: subprocess.Popen[str]) -> str:
    """Wait for a build that must succeed."""
    out, messages = process.communicate(timeout=300)
    assert process.returncode == 0, messages
    return out


def made(root: Path) -> dict[str, bytes]:
    """Return what a build makes that has to be the same everywhere."""
    return {
        f"{part}/{name}": data
        for part in ("content", "build/docs")
        for name, data in files(root / part).items()
    }


def written(root: Path) -> dict[Path, int]:
    """Return when each file was written, but for the lock that names the process."""
    files_there = (path for path in root.rglob("*") if path.is_file() and path.name != ".lock")
    return {path: path.stat().st_mtime_ns for path in files_there}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> Path:
    """A checkout that was built once, without its site; not to be changed."""
    root = checkout(tmp_path_factory.mktemp("first"), project_root)
    finished(build(root, "--no-site", "--workers", "1"))
    return root


@pytest.fixture
def built(first: Path, tmp_path: Path) -> Path:
    """A copy of it, its files of the same age."""
    root = tmp_path / "built"
    shutil.copytree(first, root)
    return root


def test_two_builds_in_different_places_give_the_same_bytes(
    tmp_path: Path, project_root: Path
) -> None:
    one = checkout(tmp_path / "one", project_root)
    other = checkout(tmp_path / "a much deeper" / "place", project_root)
    first = build(one, "--no-site", "--workers", "1", PYTHONHASHSEED="1", TZ="Asia/Tokyo")
    finished(first)
    second = build(
        other, "--no-site", "--workers", "2", PYTHONHASHSEED="2", TZ="America/Lima", LC_ALL="C"
    )
    finished(second)
    assert made(one) == made(other)
    assert "content/verdicts/notes/acme__beta.parquet" in made(one)


def test_a_build_after_a_build_rewrites_nothing(built: Path) -> None:
    finished(build(built, "--no-site", "--workers", "1"))  # keeps the checks of what was judged
    times = written(built)
    out = finished(build(built, "--no-site", "--workers", "1"))
    assert "0 of 3 runs judged" in out
    assert written(built) == times


def test_a_build_after_a_change_gives_what_a_fresh_one_gives(
    built: Path, tmp_path: Path, project_root: Path
) -> None:
    """What is kept from build to build never shows."""
    fresh = checkout(tmp_path / "fresh", project_root)
    assert any((built / "build/kept").iterdir())
    for place in (built, fresh):
        (place / "content/models/acme__beta.yml").write_text(
            "name: Renamed\ndeveloper: Acme\n", encoding="utf-8"
        )
        predictions = place / "content/predictions/sums/acme__alpha/predictions.jsonl"
        first = predictions.read_text(encoding="utf-8").splitlines(keepends=True)[0]
        predictions.write_text(first, encoding="utf-8")
        finished(build(place, "--no-site", "--workers", "1"))
    assert made(built) == made(fresh)


def test_without_the_text_the_committed_verdicts_give_the_same_pages(built: Path) -> None:
    before = made(built)
    nowhere = str(built / "none")
    out = finished(build(built, "--no-site", "--workers", "1", ERRORATLAS_CACHE=nowhere))
    assert "0 of 3 runs judged" in out
    assert made(built) == before


@pytest.mark.slow
def test_a_build_killed_at_any_moment_loses_and_doubles_nothing(
    tmp_path: Path, project_root: Path
) -> None:
    undisturbed = checkout(tmp_path / "undisturbed", project_root)
    disturbed = checkout(tmp_path / "disturbed", project_root)
    for root in (undisturbed, disturbed):
        many_predictions(root / "content", 2_000)
    began = time.monotonic()
    finished(build(undisturbed, "--workers", "2"))
    whole = time.monotonic() - began
    dice = random.Random(20261123)  # noqa: S311  a draw that can be repeated, no secret
    killed = 0
    for _ in range(KILLS):
        # Half of the kills meet a build that has everything to judge again.
        if dice.random() < 0.5:
            shutil.rmtree(disturbed / "content/verdicts", ignore_errors=True)
        process = build(disturbed, "--workers", "2")
        try:
            process.communicate(timeout=dice.uniform(0.02, 0.7) * whole)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            killed += 1
    # A machine that has less to do by now builds faster than the first time was.
    assert killed > KILLS // 4, "most builds were quicker than their kill"
    finished(build(disturbed, "--workers", "2"))
    assert made(disturbed) == made(undisturbed)
    assert set(files(disturbed / "build/site")) == set(files(undisturbed / "build/site"))
