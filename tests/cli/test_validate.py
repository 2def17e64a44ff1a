"""``erroratlas validate`` on parts of the content, and how it reports."""

import json
import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.cli.test_main import run
from tests.store.tree import BENCHMARK, MODEL, PREDICTIONS, RUN, lines, sound, write

ALPHA, BETA = "predictions/sums/acme__alpha", "predictions/sums/acme__beta"
BROKEN = lines([{**PREDICTIONS[0], "score": 7}])


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with two models."""
    content = sound(tmp_path / "content")
    write(content, "models/acme__beta.yml", MODEL.replace("lpha", "eta").replace("alpha", "beta"))
    write(content, f"{BETA}/run.yml", RUN)
    write(content, f"{BETA}/predictions.jsonl", lines(PREDICTIONS))
    monkeypatch.setenv("ERRORATLAS_CACHE", str(tmp_path / "cache"))
    return tmp_path


def git(project: Path, *arguments: str) -> None:
    """Run git in a checkout with a name of its own."""
    who = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=project, check=True, capture_output=True)


def test_somebody_elses_fault_is_not_yours(project: Path) -> None:
    write(project / "content", f"{ALPHA}/predictions.jsonl", BROKEN)
    assert run(project, "validate")[0] == 1
    status, out, messages = run(project, "validate", f"content/{BETA}")
    assert (status, messages) == (0, "")
    assert f"erroratlas {version('erroratlas')}: 2 content files checked, 0 problems" in out
    assert run(project, "validate", f"content/{ALPHA}/predictions.jsonl")[0] == 1
    assert run(project, "validate", f"content/{ALPHA}/run.yml")[0] == 0


def test_what_keeps_the_content_from_being_read_is_shown_wherever_it_lies(project: Path) -> None:
    write(project / "content", "models/acme__alpha.yml", "developer: 3\n")
    status, _, messages = run(project, "validate", f"content/{BETA}")
    assert status == 1
    assert "models/acme__alpha.yml" in messages


def test_a_path_elsewhere_and_a_second_way_of_choosing_are_refused(project: Path) -> None:
    status, _, messages = run(project, "validate", "mkdocs.yml")
    assert status == 1
    assert "not in the content folder" in messages
    assert "Traceback" not in messages
    assert run(project, "validate", "content", "--changed-since", "main")[0] == 2


def test_what_changed_since_a_branch_was_left_is_checked(project: Path) -> None:
    write(project / "content", f"{ALPHA}/predictions.jsonl", BROKEN)
    git(project, "init", "-q", "-b", "main")
    git(project, "add", "content")
    git(project, "commit", "-q", "-m", "before")
    git(project, "switch", "-q", "-c", "mine")
    write(project / "content", f"{BETA}/predictions.jsonl", lines(PREDICTIONS[:2]))
    git(project, "commit", "-q", "-a", "-m", "after")
    status, out, _ = run(project, "validate", "--changed-since", "main")
    assert status == 0
    assert "1 content files checked" in out
    write(project / "content", f"{BETA}/predictions.jsonl", BROKEN)
    git(project, "commit", "-q", "-a", "-m", "broken")
    status, out, messages = run(project, "validate", "--changed-since", "main")
    assert status == 1
    assert BETA in messages
    assert ALPHA not in messages


@pytest.mark.parametrize(
    "revision", ["no-such-branch", "--output=stolen", "; touch stolen", "$(id)"]
)
def test_a_revision_that_is_none_is_refused(project: Path, revision: str) -> None:
    git(project, "init", "-q", "-b", "main")
    status, _, messages = run(project, "validate", f"--changed-since={revision}")
    assert status == 1
    assert "revision" in messages or "fetch it first" in messages
    assert not (project / "stolen").exists()
    assert not (project / "content/stolen").exists()


def test_of_each_cause_twenty_are_shown_and_the_rest_counted(project: Path) -> None:
    rows = [{**PREDICTIONS[0], "item_id": f"x{number}"} for number in range(50)]
    write(project / "content", f"{ALPHA}/predictions.jsonl", lines(rows))
    _, out, messages = run(project, "validate")
    assert messages.count("the benchmark has no such item") == 21
    assert "30 more: the benchmark has no such item" in messages
    assert "50 problems found" in out
    _, out, _ = run(project, "validate", "--format", "github")
    assert out.count("::error file=") == 20
    assert out.count("::error::30 more") == 1
    report = json.loads(run(project, "validate", "--format", "json")[1])
    assert len(report["problems"]) == 50
    assert report["version"] == version("erroratlas")
    causes = [(one["level"], one["count"]) for one in report["causes"]]
    assert causes == [("error", 50)]


def test_warnings_inform_and_do_not_block(project: Path) -> None:
    write(project / "content", f"{BETA}/run.yml", RUN.replace("date: 2026-01-05\n", ""))
    status, out, messages = run(project, "validate")
    assert status == 0
    assert messages.startswith(f"warning: {BETA}/run.yml:1: date: ")
    assert "0 problems found, 1 warning" in out
    _, out, _ = run(project, "validate", "--format", "github")
    assert out.startswith(f"::warning file=content/{BETA}/run.yml,line=1::date: ")


def test_changed_settings_of_a_benchmark_concern_its_runs(project: Path) -> None:
    write(project / "content", "benchmarks/sums/benchmark.yml", BENCHMARK + "canary: MARK-1\n")
    status, _, messages = run(project, "validate", "content/benchmarks/sums")
    assert status == 1
    assert "benchmarks/sums/items.jsonl" in messages
    assert "canary" in messages
