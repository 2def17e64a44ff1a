"""``judge --llm`` as a user runs it, against a scripted endpoint."""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.judging.journal import Journal, journal_folder
from generator.pages.blocks import basis
from generator.pages.edition import Edition
from generator.stats.atlas import numbers
from generator.stats.collect import collect
from generator.store.content import load_content
from generator.store.lock import alone
from generator.store.samples import counting_samples
from tests.cli.test_main import run
from tests.judging.open_cases import write_cases
from tests.judging.scripted_server import Faults, ScriptedServer
from tests.judging.served import by_rote, served
from tests.store.tree import write

KILLS = 20
UNPAID = {"limited", "broken", "drop", "page"}
PRICES = """\
currency: USD
checked: 2026-01-01
url: https://example.org/
models:
  m-1: {input: 2, output: 8}
"""


@pytest.fixture
def project(tmp_path: Path, content_root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with failures that the rules leave open."""
    return checkout(tmp_path, content_root, monkeypatch, models=3, items=12)


def checkout(
    root: Path, content_root: Path, monkeypatch: pytest.MonkeyPatch, *, models: int, items: int
) -> Path:
    write_cases(root / "content", models, items)
    write(root / "content", "prices.yml", PRICES)
    shutil.copy(content_root / "taxonomy/atlas.yml", root / "content/taxonomy/atlas.yml")
    monkeypatch.setenv("ERRORATLAS_CACHE", str(root / "cache"))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-made-up")
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    return root


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    """The endpoint."""
    with served(ScriptedServer(by_rote)) as one:
        yield one


def judge(project: Path, server: ScriptedServer, *options: str) -> tuple[int, str, str]:
    arguments = ["judge", "--llm", "m-1", "--base-url", server.base_url, "--workers", "1"]
    return run(project, *arguments, *options)


def report(project: Path, server: ScriptedServer, *options: str) -> dict[str, object]:
    status, out, messages = judge(project, server, "--format", "json", *options)
    assert status == 0, messages
    found: dict[str, object] = json.loads(out)
    return found


def test_a_dry_run_says_what_it_takes_and_sends_nothing(project: Path, server: ScriptedServer):
    status, out, _ = judge(project, server, "--dry-run")
    assert status == 0
    assert "Nothing was sent" in out
    assert "USD" in out
    planned = report(project, server, "--dry-run")["benchmarks"]["sums"]  # type: ignore[index]
    assert server.requests == server.trials == []
    assert not list((project / "cache").rglob("*.jsonl"))
    assert planned["cost"] == pytest.approx(
        planned["input_tokens"] * 2e-6 + planned["output_tokens"] * 8e-6
    )
    done = report(project, server)
    assert done["pending_before"] == planned["requests"] > 0
    assert done["requests"] == planned["requests"] + len(server.trials)
    assert 0.5 < planned["input_tokens"] / done["input_tokens"] < 2  # type: ignore[operator]


def test_runs_without_their_text_do_not_pass_for_done(
    project: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.cli.starting.is_readable", lambda *_: False)
    status, out, messages = judge(project, server, "--dry-run")
    assert status == 0
    assert "In all 0 requests" in out
    assert "The text of 3 runs is not here; they keep the verdicts they have" in messages
    assert "`erroratlas fetch sums` brings it" in messages


def test_a_dry_run_needs_no_key(
    project: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("OPENAI_API_KEY")
    arguments = ["judge", "--llm", "m-1", "--dry-run", "--workers", "1"]
    assert run(project, *arguments)[0] == 0
    status, _, messages = run(project, *arguments[:3], "--workers", "1")
    assert status == 1
    assert "OPENAI_API_KEY" in messages
    assert server.requests == []


def test_every_pending_failure_is_asked_about_once(project: Path, server: ScriptedServer):
    done = report(project, server)
    assert len(server.requests) == done["pending_before"]
    assert done["requests"] == len(server.requests) + len(server.trials)
    assert len({request.digest for request in server.requests}) == len(server.requests)
    assert done["verdict"] + done["undetermined"] == done["pending_before"]  # type: ignore[operator]
    assert done["undetermined"] > 0  # type: ignore[operator]
    again = report(project, server)
    assert (again["requests"], again["changed"]) == (0, [])
    status, out, _ = run(project, "judge", "--all", "--check", "--workers", "1")
    assert (status, "0 files differ" in out) == (0, True), "the rules keep what others said"


@pytest.mark.parametrize("concurrency", [1, 4])
def test_requests_arrive_by_item_as_far_as_concurrency_allows(
    tmp_path: Path, content_root: Path, monkeypatch: pytest.MonkeyPatch, concurrency: int
):
    project = checkout(tmp_path, content_root, monkeypatch, models=3, items=20)
    with served(ScriptedServer(by_rote, latency=0.002)) as server:
        report(project, server, "--concurrency", str(concurrency))
    tasks = [request.body["messages"][1]["content"] for request in server.requests]
    found = [int(re.search(r"Story (\d+):", task)[1]) for task in tasks]  # type: ignore[index]
    assert len(found) > 20
    # A request may be behind at most those that were under way with it.
    assert all(
        abs(place - due) < concurrency
        for item in set(found)
        for place, due in zip(
            [place for place, it in enumerate(found) if it == item],
            [place for place, it in enumerate(sorted(found)) if it == item],
            strict=True,
        )
    )


def test_the_recap_says_that_an_unlisted_judge_does_not_count(
    project: Path, server: ScriptedServer
):
    _, out, _ = judge(project, server, "--max-requests", "2")
    assert "llm-m-1 is not among the judges of content/atlas.yml" in out
    atlas = project / "content/atlas.yml"
    atlas.write_text(atlas.read_text().replace("rules]", "llm, rules]"))
    _, out, _ = judge(project, server, "--max-requests", "2")
    assert "not among the judges" not in out


def test_a_budget_ends_the_run_cleanly_and_the_next_goes_on(project: Path, server: ScriptedServer):
    status, out, _ = judge(project, server, "--max-requests", "5")
    assert status == 0
    assert "4 of " in out, "trying the endpoint out is a request, too"
    assert "Stopped: the budget of 5 requests is used up." in out
    assert "the same command goes on" in out
    assert (len(server.requests), len(server.trials)) == (4, 1)
    tokens = report(project, server, "--max-tokens", "30000")
    assert 0 < tokens["input_tokens"] + tokens["output_tokens"] <= 30_000  # type: ignore[operator]
    money = report(project, server, "--max-cost", "0.05")
    assert 0 < money["cost"] <= 0.05  # type: ignore[operator]
    rest = report(project, server)
    assert rest["stopped"] is None
    assert len({request.digest for request in server.requests}) == len(server.requests)


def test_a_cost_limit_on_a_model_without_a_price_is_refused(project: Path, server: ScriptedServer):
    arguments = ["judge", "--llm", "m-2", "--base-url", server.base_url, "--workers", "1"]
    status, _, messages = run(project, *arguments, "--max-cost", "1")
    assert status == 1
    assert "--max-cost: the price of this model is not known" in messages
    assert server.requests == []
    assert "cost not known" in run(project, *arguments, "--dry-run")[1]


@pytest.mark.parametrize("address", ["localhost:8000", "ftp://host/v1", "http://", "http://[x"])
def test_an_address_that_cannot_be_asked_is_a_wrong_call(project: Path, address: str):
    status, _, messages = run(project, "judge", "--llm", "m-1", "--base-url", address, "--dry-run")
    assert status == 2
    assert "no such address: give one like http://127.0.0.1:8000/v1" in messages


def test_a_sample_asks_about_its_share(project: Path, server: ScriptedServer):
    whole = report(project, server, "--dry-run")["benchmarks"]["sums"]  # type: ignore[index]
    part = report(project, server, "--sample", "0.5")
    assert whole["requests"] / 2 <= part["requests"] <= whole["requests"] / 2 + 6  # type: ignore[operator]


def test_the_status_of_every_judge(project: Path, server: ScriptedServer):
    report(project, server, "--max-requests", "5")
    _, out, _ = run(project, "judge", "--status")
    assert "read the same have one verdict" in out.replace("\n", " ")
    assert [line.split()[0] for line in out.splitlines() if line][-3:] == [
        "judge",
        "llm-m-1",
        "rules",
    ]
    found = json.loads(run(project, "judge", "--status", "--format", "json")[1])["judges"][
        "llm-m-1"
    ]
    assert found["fresh"] + found["undetermined"] == 4
    assert found["missing"] > 0
    assert (found["stale"], found["failed"]) == (0, 0)
    other = run(project, "judge", "--status", "--llm", "m-2", "--format", "json")[1]
    judges = json.loads(other)["judges"]
    assert judges["llm-m-1"] == found, "another model is another judge"
    assert judges["llm-m-2"]["missing"] == found["missing"] + 4


def test_answers_of_no_use_are_failures_and_tried_again(project: Path):
    with served(ScriptedServer(["malformed"])) as server:
        first = report(project, server)
    assert first["no_verdict"] == first["pending_before"]
    assert first["requests"] == 3 * first["no_verdict"] + 1  # type: ignore[operator]
    with served(ScriptedServer(by_rote)) as server:
        second = report(project, server)
    assert (second["no_verdict"], second["pending_before"]) == (0, first["pending_before"])


def test_it_says_why_answers_could_not_be_used(project: Path):
    with served(ScriptedServer(["malformed"])) as server:
        _, out, _ = judge(project, server)
    assert re.search(
        r"Why answers could not be used: the answer is .+ \(\d+\)\. Those failures", out
    )


def test_rate_limits_are_waited_out(project: Path):
    acts = ["limited", "limited", "good", "limited", "good"]
    with served(ScriptedServer(acts, retry_after="0.05")) as server:
        done = report(project, server)
    assert server.acts["limited"] >= 3
    assert done["requests"] == done["pending_before"] + 1  # type: ignore[operator]
    assert done["no_verdict"] == 0


def test_faults_in_a_tenth_of_the_answers_leave_no_failure_without_a_verdict(
    tmp_path: Path, content_root: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("openai._base_client.INITIAL_RETRY_DELAY", 0.001)
    monkeypatch.setattr("openai._base_client.MAX_RETRY_DELAY", 0.002)
    project = checkout(tmp_path, content_root, monkeypatch, models=4, items=60)
    acts = ("limited", "broken", "drop", "malformed", "truncated", "off_menu", "unquoted", "page")
    faults = Faults({act: 0.1 / len(acts) for act in acts}, seed=5)
    with served(ScriptedServer(faults, retry_after="0.01")) as server:
        done = report(project, server)
    assert sum(server.acts[act] for act in acts) >= 5
    assert done["verdict"] == done["pending_before"]
    assert len(journaled(project)) == done["pending_before"]
    lines = sum(path.read_bytes().count(b"\n") for path in (project / "cache").rglob("*.jsonl"))
    assert lines == done["pending_before"]
    paid = sum(count for act, count in server.acts.items() if act not in UNPAID)
    assert done["requests"] >= paid


def test_an_endpoint_that_refuses_the_key_is_status_3(project: Path):
    with served(ScriptedServer(["forbidden"])) as server:
        status, out, messages = judge(project, server)
    assert status == 3
    assert "check the key in OPENAI_API_KEY" in messages
    assert "sk-made-up" not in out + messages
    assert "0 of " in out


def test_the_second_run_on_a_benchmark_says_so_and_stops(project: Path, server: ScriptedServer):
    with alone(journal_folder(project / "cache") / "sums.lock", "judging sums"):
        status, _, messages = judge(project, server)
    assert status == 1
    assert "another process is judging sums" in messages
    assert server.requests == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--llm", "m-1", "--all"], "for the rules"),
        (["--dry-run"], "give --llm MODEL"),
        (["--max-tokens", "5"], "give --llm MODEL"),
        (["--llm", " "], "give the name of a model"),
        (["--benchmark", "nothing"], "no such benchmark: give one of sums"),
    ],
)
def test_options_that_do_not_go_together_are_status_2(
    project: Path, options: list[str], message: str
):
    status, _, messages = run(project, "judge", *options)
    assert status == 2
    assert message in messages


def start(project: Path, server: ScriptedServer) -> subprocess.Popen[str]:
    """Start judging as a process of its own."""
    arguments = ["--root", str(project), "judge", "--llm", "m-1", "--base-url", server.base_url]
    return subprocess.Popen(
        [sys.executable, "-m", "generator", *arguments, "--concurrency", "4", "--workers", "1"],
        env={**os.environ, "ERRORATLAS_CACHE": str(project / "cache")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_for(process: subprocess.Popen[str], server: ScriptedServer, requests: int) -> None:
    """Wait until the endpoint has seen so many requests, or the process has ended."""
    while len(server.requests) < requests and process.poll() is None:
        time.sleep(0.002)


def journaled(project: Path) -> set[str]:
    """Return the items and models on which the journal has a verdict."""
    folder = journal_folder(project / "cache")
    return {
        f"{path.name} {entry.verdict.item_id}"
        for path in folder.glob("*.jsonl")
        for entry in Journal(path).entries()
    }


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_saves_and_says_how_to_go_on(project: Path, number: signal.Signals):
    with served(ScriptedServer(by_rote, latency=0.2)) as server:
        process = start(project, server)
        wait_for(process, server, 5)
        process.send_signal(number)
        out, messages = process.communicate(timeout=60)
        seen = len(server.requests)
        assert process.returncode == 130, messages
        assert "No further requests; waiting for" in messages
        assert "the same command goes on from here" in out
        # What was under way was paid for, so it was waited for.
        assert len(journaled(project)) == seen
        status = run(project, "judge", "--status", "--format", "json")[1]
        assert json.loads(status)["judges"]["llm-m-1"]["missing"] > 0
        server.latency = 0.0
        rest = report(project, server)
        assert rest["requests"] == len(server.requests) - seen + 1 > 1


@pytest.mark.slow
def test_killed_at_any_moment_and_gone_on_makes_the_same_files(
    tmp_path: Path, content_root: Path, monkeypatch: pytest.MonkeyPatch
):
    calm = checkout(tmp_path / "calm", content_root, monkeypatch, models=4, items=120)
    rough = checkout(tmp_path / "rough", content_root, monkeypatch, models=4, items=120)
    dice = random.Random(20261123)  # noqa: S311  a draw that can be repeated, no secret
    with served(ScriptedServer(by_rote)) as server:
        finish(calm, server)
        whole = len(server.requests)
    killed = 0
    with served(ScriptedServer(by_rote, latency=0.03)) as server:
        for turn in range(KILLS):
            kept = journaled(rough)
            seen = len(server.requests)
            process = start(rough, server)
            # Some while they start, most amid the asking.
            if turn % 5 == 0:
                time.sleep(dice.uniform(0.05, 1.2))
            else:
                wait_for(process, server, seen + dice.randint(1, 14))
                time.sleep(dice.uniform(0, 0.02))
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                killed += 1
            process.communicate()
            assert kept <= journaled(rough), "a verdict was lost"
            new = {request.digest for request in server.requests[seen:]}
            old = {request.digest for request in server.requests[:seen]}
            # Only what was under way at a kill, and so never came back, may be asked again.
            assert len(new & old) <= 4 * (turn + 1)
        finish(rough, server)
        asked = len(server.requests)
    assert killed >= KILLS // 2, "it was quicker than the kills"
    assert whole <= asked <= whole + 4 * killed
    assert verdicts(rough) == verdicts(calm)
    lines = sum(path.read_bytes().count(b"\n") for path in (rough / "cache").rglob("*.jsonl"))
    assert lines == len(journaled(rough)) == whole, "a verdict was given twice"


def finish(project: Path, server: ScriptedServer) -> None:
    process = start(project, server)
    _, messages = process.communicate(timeout=120)
    assert process.returncode == 0, messages


def verdicts(project: Path) -> dict[str, bytes]:
    folder = project / "content/verdicts"
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def sampled(project: Path, server: ScriptedServer, share: str, *options: str) -> dict[str, object]:
    found: list[dict[str, object]] = report(project, server, "--sample", share, *options)["samples"]  # type: ignore[assignment]
    return found[0]


def test_a_sample_that_is_judged_whole_is_written_with_its_design(
    project: Path, server: ScriptedServer
):
    listed(project)
    part = sampled(project, server, "0.5", "--max-requests", "3")
    assert part["open"] > 0  # type: ignore[operator]
    samples = project / "content/samples"
    assert not samples.exists(), "a part of what was drawn is no random sample"
    done = sampled(project, server, "0.5")
    assert (done["open"], done["drawn"]) == (0, 12)
    assert done["population"] == 24
    assert len(server.requests) == 12
    content = load_content(project / "content")
    design = content.samples[str(done["name"])]
    assert [(part.population, part.sampled) for part in design.strata] == [(8, 4)] * 3
    before = {path.name: path.read_bytes() for path in samples.iterdir()}
    assert sampled(project, server, "0.5") == done
    assert {path.name: path.read_bytes() for path in samples.iterdir()} == before
    assert run(project, "validate")[0] == 0
    found = numbers(collect(content), [c.id for c in content.taxonomy.categories], JUDGES, 0.95)
    for own in found.primary.values():
        assert (own.basis, own.looked_at, own.population) == ("sample", 4, 8.0)
    for shown in Edition(content, found).reports:
        assert shown.own is not None
        told = basis("models/x.md", shown, shown.own)
        assert (told.kind, told.looked_at, told.population) == ("annotated", "4 failures", "8")
        assert told.judges == "llm-m-1", "what rules settle is judged by the model as well"
        assert told.judge.startswith("The language model m-1, asked once")
        assert "the lowest 50 % of the numbers" in told.design


def test_a_larger_sample_holds_the_smaller_one(project: Path, server: ScriptedServer):
    listed(project)
    name = sampled(project, server, "0.25")["name"]
    rows = (project / f"content/samples/{name}.csv").read_text().splitlines()
    sampled(project, server, "0.5")
    more = (project / f"content/samples/{name}.csv").read_text().splitlines()
    places = [{line.rpartition(",")[0] for line in one[1:]} for one in (rows, more)]
    assert places[0] < places[1]
    assert len(server.requests) == 12


def test_of_two_samples_of_a_run_that_of_the_judge_that_counts_more_describes_it(
    project: Path, server: ScriptedServer
):
    listed(project)
    name = str(sampled(project, server, "0.5")["name"])
    samples = project / "content/samples"
    for suffix in (".yml", ".csv"):
        text = (samples / f"{name}{suffix}").read_text()
        text = text.replace("judge: llm-m-1", "judge: person") if suffix == ".yml" else text
        write(project / "content", f"samples/first{suffix}", text)
    content = load_content(project / "content")
    assert set(counting_samples(content).values()) == {"first"}


JUDGES = ("person", "llm", "rules")


def listed(project: Path) -> None:
    """List the language model among the judges."""
    atlas = project / "content/atlas.yml"
    text = re.sub(r"judges: \[.*\]", f"judges: [{', '.join(JUDGES)}]", atlas.read_text())
    atlas.write_text(text)
