"""The make targets of the workflows, run as the workflows run them, hostile branches included."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_main import run
from tests.cli.test_validate import git
from tests.store.tree import MODEL, PREDICTIONS, RUN, lines, sound, write


@pytest.fixture
def checkout(tmp_path: Path, project_root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone of a bare repository, with our Makefile and the installed command."""
    bare, folder = tmp_path / "bare.git", tmp_path / "clone"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(bare)], check=True)
    subprocess.run(["git", "clone", "-q", str(bare), str(folder)], check=True, capture_output=True)
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(project_root / name, folder / name)
    write(folder, ".gitignore", ".venv\nbuild\ncache\n")
    sound(folder / "content")
    monkeypatch.setenv("ERRORATLAS_CACHE", str(folder / "cache"))
    run(folder, "judge", "--workers", "1")
    command = f'#!/bin/sh\nexec "{sys.executable}" -m generator "$@"\n'
    write(folder, ".venv/bin/erroratlas", command).chmod(0o755)
    python = f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'
    write(folder, ".venv/bin/python", python).chmod(0o755)
    git(folder, "checkout", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "before")
    git(folder, "push", "-q", "origin", "main")
    write(folder, ".venv/.installed", "")
    return folder


def make(
    folder: Path, target: str, project_root: Path, **env: str
) -> subprocess.CompletedProcess[str]:
    """Run a make target with the package of this checkout."""
    return subprocess.run(
        ["make", "--no-print-directory", target],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(project_root), **env},
        capture_output=True,
        text=True,
        check=False,
    )


def contribute(folder: Path, branch: str = "mine") -> None:
    """Add a model and a run on a branch."""
    git(folder, "switch", "-q", "-c", branch)
    content = folder / "content"
    write(content, "models/acme__beta.yml", MODEL.replace("lpha", "eta").replace("alpha", "beta"))
    write(content, "predictions/sums/acme__beta/run.yml", RUN)
    write(content, "predictions/sums/acme__beta/predictions.jsonl", lines(PREDICTIONS))
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "after")


def test_a_contribution_is_checked_and_reviewed(checkout: Path, project_root: Path) -> None:
    contribute(checkout)
    done = make(checkout, "validate-changes", project_root)
    assert done.returncode == 0, done.stderr
    assert "3 content files checked, 0 problems found" in done.stdout
    summary = checkout / "step.md"
    done = make(
        checkout, "review", project_root, PULL_REQUEST="7", GITHUB_STEP_SUMMARY=str(summary)
    )
    assert done.returncode == 0, done.stderr
    assert "acme&#95;&#95;beta" in summary.read_text(encoding="utf-8")
    assert '"pull_request": 7' in (checkout / "build/review/review.json").read_text("utf-8")


def test_a_problem_fails_the_check_and_is_still_reviewed(
    checkout: Path, project_root: Path
) -> None:
    contribute(checkout)
    broken = lines([{**PREDICTIONS[0], "score": 7}])
    write(checkout / "content", "predictions/sums/acme__beta/predictions.jsonl", broken)
    git(checkout, "commit", "-q", "-a", "-m", "broken")
    done = make(checkout, "validate-changes", project_root, GITHUB_ACTIONS="true")
    assert done.returncode != 0
    assert (
        "::error file=content/predictions/sums/acme__beta/predictions.jsonl,line=1::" in done.stdout
    )
    summary = checkout / "step.md"
    assert make(checkout, "review", project_root, GITHUB_STEP_SUMMARY=str(summary)).returncode != 0
    assert "1 problem to mend" in summary.read_text(encoding="utf-8")


HOSTILE = ("$(touch${IFS}stolen)", "`touch${IFS}stolen`", "a;touch${IFS}stolen", "$(shell>stolen)")
"""Names that git allows for a branch."""


def test_the_name_of_a_branch_is_not_run(checkout: Path, project_root: Path) -> None:
    for branch in HOSTILE:
        git(checkout, "branch", branch)
    contribute(checkout)
    for branch in HOSTILE:
        done = make(checkout, "validate-changes", project_root, BASE=branch)
        assert done.returncode == 0, done.stderr
        assert "3 content files checked" in done.stdout
    assert make(checkout, "review", project_root, BASE=HOSTILE[0]).returncode == 0
    done = make(checkout, "review", project_root, BASE=HOSTILE[3], PULL_REQUEST="1;touch stolen")
    assert done.returncode != 0
    assert list(checkout.rglob("stolen")) == []


def test_new_verdicts_are_pushed_once_signed_off(checkout: Path, project_root: Path) -> None:
    contribute(checkout, "later")
    git(checkout, "switch", "-q", "main")
    git(checkout, "merge", "-q", "later")
    git(checkout, "push", "-q", "origin", "main")
    run(checkout, "judge", "--workers", "1")
    done = make(checkout, "commit-verdicts", project_root)
    assert done.returncode == 0, done.stderr
    told = subprocess.run(
        ["git", "log", "-1", "--format=%an%n%B", "--name-only", "origin/main"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert told.startswith("ErrorAtlas bot\n")
    assert "Signed-off-by: ErrorAtlas bot" in told
    assert "content/verdicts/sums/acme__beta.parquet" in told
    again = make(checkout, "commit-verdicts", project_root)
    assert (again.returncode, again.stdout) == (0, "No new verdicts\n")


def test_without_a_model_nobody_is_asked(checkout: Path, project_root: Path) -> None:
    done = make(checkout, "judge-llm", project_root, ERRORATLAS_MODEL="")
    assert done.returncode != 0
    assert "nobody is asked" in done.stdout
