"""``agreement --judge llm``: failures of the user's own before a scripted endpoint."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.judging.journal import journal_folder
from tests.cli.test_main import project, run
from tests.judging.scripted_server import ScriptedServer
from tests.judging.served import by_rote, served
from tests.store.tree import lines, write

__all__ = ["project"]

FAILURES = [
    {
        "id": f"{benchmark}/{number}/alpha",
        "benchmark": benchmark,
        "model": "alpha",
        "question": f"Story {number}: how many are left?",
        "reference": str(number + 1),
        "output": f"Looking at story {number}, a guess. The answer is {number + 7}.",
        "extracted_prediction": None,
    }
    for benchmark in ("elsewhere", "sums")
    for number in range(4)
]
# The same task and output, by another model: no judge could tell it from the first.
TWIN = {**FAILURES[0], "id": "elsewhere/0/beta", "model": "beta"}
LABELS = [
    {"id": row["id"], "status": "verdict", "attribution": "model", "category": "E13"}
    for row in [*FAILURES, TWIN]
]


@pytest.fixture
def asked(project: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The arguments of a comparison over a file of failures."""
    monkeypatch.setenv("ERRORATLAS_CACHE", str(project / "cache"))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-made-up")
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    failures = write(project, "failures.jsonl", lines([*FAILURES, TWIN]))
    labels = write(project, "labels.jsonl", lines(LABELS))
    arguments = ["--failures", str(failures), "--labels", str(labels)]
    return ["agreement", *arguments, "--judge", "llm", "--model", "m-1"]


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with served(ScriptedServer(by_rote)) as one:
        yield one


def report(project: Path, *arguments: str) -> dict[str, Any]:
    status, out, messages = run(project, *arguments, "--format", "json")
    assert status == 0, messages
    found: dict[str, Any] = json.loads(out)
    return found


def test_a_language_model_judges_the_failures_of_the_file_once(
    project: Path, asked: list[str], server: ScriptedServer
) -> None:
    arguments = [*asked, "--base-url", server.base_url]
    found = report(project, *arguments)
    assert found["compared"] == len(LABELS)
    assert found["judge_id"]["version"] == "m-1"
    assert set(found["benchmarks"]) == {"elsewhere", "sums"}
    assert found["benchmarks"]["sums"]["seconds"] > 0
    assert len(server.requests) == len(FAILURES), "the twin is free"
    assert found["asked"]["requests"] == len(FAILURES) + len(server.trials)
    again = report(project, *arguments)
    assert again["asked"]["requests"] == again["asked"]["pending_before"] == 0
    assert again["all"]["confusion"] == found["all"]["confusion"]
    assert len(server.requests) == len(FAILURES)
    assert not (project / "content/verdicts").exists()


def test_a_budget_ends_it_and_the_next_call_goes_on(
    project: Path, asked: list[str], server: ScriptedServer
) -> None:
    arguments = [*asked, "--base-url", server.base_url]
    part = report(project, *arguments, "--max-requests", "5")
    assert "5 requests is used up" in part["asked"]["stopped"]
    assert part["unjudged"] > 0
    rest = report(project, *arguments)
    assert (rest["asked"]["stopped"], rest["unjudged"]) == (None, 0)
    assert len(server.requests) == len(FAILURES)


def test_a_dry_run_sends_nothing_and_says_what_it_takes(
    project: Path, asked: list[str], server: ScriptedServer
) -> None:
    found = report(project, *asked, "--base-url", server.base_url, "--dry-run")
    assert sum(row["requests"] for row in found["benchmarks"].values()) == len(FAILURES)
    assert server.requests == server.trials == []
    assert not list(journal_folder(project / "cache").glob("*.jsonl"))
    assert "Nothing was sent" in run(project, *asked, "--dry-run")[1]


def test_another_model_is_asked_anew(
    project: Path, asked: list[str], server: ScriptedServer
) -> None:
    report(project, *asked, "--base-url", server.base_url)
    other = [*asked[:-1], "m-2", "--base-url", server.base_url]
    before = len(server.requests)
    report(project, *other)
    assert len(server.requests) - before == len(FAILURES)


def test_options_that_do_not_go_together_are_wrong_usage(project: Path, asked: list[str]) -> None:
    for arguments, said in (
        (asked[:-2], "name it with --model"),
        ([*asked[:-4], "--dry-run"], "give --judge llm"),
        ([*asked[:-4], "--max-cost", "1"], "give --judge llm"),
        (["agreement", *asked[3:]], "--judge llm needs --failures"),
        (["agreement", *asked[5:]], "needs --failures and --labels"),
        (["agreement", *asked[3:], "--dry-run"], "--judge llm needs --failures"),
    ):
        status, _, messages = run(project, *arguments)
        assert status == 2, arguments
        assert said in messages.replace("\n", " ")
