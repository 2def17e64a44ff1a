"""``judge --llm --batch`` as a user runs it, against a scripted endpoint and a local engine."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.judging.batch_client import BatchClient
from generator.judging.batch_requests import RequestFiles
from generator.judging.journal import Journal, journal_folder
from generator.store.content import load_content
from tests.cli.test_judge_llm import checkout, listed, verdicts
from tests.cli.test_main import run
from tests.judging.batch_server import BatchServer, engine
from tests.judging.open_cases import write_outputs
from tests.judging.scripted_server import Faults, Request, ScriptedServer
from tests.judging.served import by_rote, served

PRICES = """\
currency: USD
checked: 2026-01-01
url: https://example.org/
models:
  m-1: {input: 2, output: 8, batch: 0.5}
  m-3: {input: 2, output: 8}
"""


@pytest.fixture
def project(tmp_path: Path, content_root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with failures that the rules leave open."""
    root = checkout(tmp_path, content_root, monkeypatch, models=3, items=9)
    (root / "content/prices.yml").write_text(PRICES)
    monkeypatch.setattr("openai._base_client.INITIAL_RETRY_DELAY", 0.001)
    monkeypatch.setattr("openai._base_client.MAX_RETRY_DELAY", 0.002)
    return root


@pytest.fixture
def server() -> Iterator[BatchServer]:
    """The endpoint."""
    with served(BatchServer(by_rote)) as one:
        assert isinstance(one, BatchServer)
        yield one


def batch(
    project: Path, *options: str, server: ScriptedServer | None = None, model: str = "m-1"
) -> tuple[int, str, str]:
    arguments = ["judge", "--llm", model, "--workers", "1"]
    if server is not None:
        arguments += ["--base-url", server.base_url]
    return run(project, *arguments, "--batch", *options)


def report(project: Path, *options: str, server: ScriptedServer | None = None) -> dict[str, Any]:
    status, out, messages = batch(project, *options, "--format", "json", server=server)
    assert status == 0, messages
    found: dict[str, Any] = json.loads(out)
    return found


def test_submit_status_collect(project: Path, server: BatchServer):
    planned = run(project, "judge", "--llm", "m-1", "--dry-run", "--format", "json")[1]
    due = json.loads(planned)["benchmarks"]["sums"]["requests"]
    sent = report(project, "submit", server=server)
    assert sent["requests"] == due > 0
    assert len(server.trials) == 1, "the endpoint is tried out once"
    assert not server.requests
    line = server.lines("batch_0")[0]
    assert line["body"]["model"] == "m-1"
    assert line["body"]["response_format"]["type"] == "json_schema"
    assert report(project, "submit", server=server)["under_way"] == due
    assert len(server.batches) == 1, "what is under way is not sent again"

    _, out, _ = batch(project, "status", server=server)
    assert f"sums-0001  batch_0  validating: 0 done, 0 failed of {due}, 0 h 00 min old" in out
    _, out, _ = batch(project, "status", server=server, model="m-2")
    assert "1 of other models or endpoints do" in out
    waiting = report(project, "collect", server=server)
    assert waiting["batches"][0]["not_collected"] == "under way"
    server.work("batch_0")
    done = report(project, "collect", server=server)
    assert done["verdict"] + done["undetermined"] == due
    assert done["undetermined"] > 0
    assert done["cost"] == pytest.approx(done["input_tokens"] * 1e-6 + done["output_tokens"] * 4e-6)
    assert done["changed"]
    assert report(project, "submit", server=server)["requests"] == 0


def test_collecting_twice_changes_nothing(project: Path, server: BatchServer):
    report(project, "submit", server=server)
    server.work("batch_0")
    sheet = journal_folder(project / "cache") / "batches/sums-0001"
    shutil.copytree(sheet, project / "kept")
    report(project, "collect", server=server)
    files, journal = verdicts(project), journals(project)
    again = report(project, "collect", server=server)
    assert (again["batches"], again["changed"]) == ([], [])
    # As if killed after the last verdict, before the batch was noted as collected.
    shutil.rmtree(sheet)
    shutil.copytree(project / "kept", sheet)
    again = report(project, "collect", server=server)
    assert again["known"] == again["batches"][0]["requests"]
    assert (again["verdict"], again["cost"]) == (0, 0)
    assert (verdicts(project), journals(project)) == (files, journal)


def journals(project: Path) -> dict[str, bytes]:
    folder = journal_folder(project / "cache")
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.jsonl"))}


def by_fault(request: Request) -> str:
    """Spoil a third of the answers, until they are asked for again."""
    again = len(request.body["messages"]) > 2
    acts = ("malformed", "unquoted", "truncated", "off_menu")
    act = Faults(dict.fromkeys(acts, 0.1), seed=3)(request)
    return by_rote(request) if act == "good" or again else act


def test_a_written_file_a_local_engine_and_reading_give_the_verdicts_of_the_live_judge(
    tmp_path: Path, content_root: Path, monkeypatch: pytest.MonkeyPatch
):
    live = checkout(tmp_path / "live", content_root, monkeypatch, models=3, items=20)
    with served(ScriptedServer(by_fault)) as server:
        arguments = ["judge", "--llm", "m-1", "--base-url", server.base_url, "--workers", "1"]
        assert run(live, *arguments)[0] == 0
    filed = checkout(tmp_path / "filed", content_root, monkeypatch, models=3, items=20)
    local = ScriptedServer(by_fault)
    first, second = filed / "requests.jsonl", filed / "again.jsonl"
    results = filed / "results.jsonl"
    report(filed, "write", str(first))
    report(filed, "write", str(second))
    assert first.read_bytes() == second.read_bytes()
    sent = engine(local, first, results)
    done = report(filed, "read", str(results))
    assert done["refused"] > 0
    assert done["verdict"] + done["undetermined"] + done["refused"] == sent
    assert report(filed, "read", str(results))["known"] == sent
    report(filed, "write", str(second))
    assert engine(local, second, results) == done["refused"]
    assert '"role":"assistant"' in second.read_text(), "the fault is named"
    report(filed, "read", str(results))
    assert verdicts(filed) == verdicts(live)


def test_after_three_answers_of_no_use_there_is_no_verdict_and_the_next_begins_anew(project: Path):
    requests, results = project / "requests.jsonl", project / "results.jsonl"
    spoilt = ScriptedServer(["malformed"])
    report(project, "write", str(requests))
    first = requests.read_bytes()
    for turn in range(3):
        report(project, "write", str(requests))
        count = engine(spoilt, requests, results)
        done = report(project, "read", str(results))
        assert done["refused" if turn < 2 else "no_verdict"] == count
    entries = [entry for path in journal_paths(project) for entry in Journal(path).entries()]
    assert {entry.verdict.status for entry in entries} == {"no_verdict"}
    assert all(entry.verdict.tokens == entry.spent.total for entry in entries)
    assert report(project, "read", str(results))["known"] == count
    report(project, "write", str(requests))
    bodies = [json.loads(line)["body"] for line in requests.read_text().splitlines()]
    assert bodies == [json.loads(line)["body"] for line in first.splitlines()]
    assert first != requests.read_bytes(), "another try has another name"


def journal_paths(project: Path) -> list[Path]:
    return sorted(journal_folder(project / "cache").glob("*.jsonl"))


def test_results_in_any_state_are_handled_and_counted(project: Path, server: BatchServer):
    sent = report(project, "submit", server=server)["requests"]

    def bend(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        strange = {**rows[0], "custom_id": "made-up"}
        foreign = {**rows[0], "custom_id": "0" * 8 + rows[0]["custom_id"][8:]}
        failed = {
            **rows[3],
            "response": {"status_code": 400, "body": {"error": {"message": "too long"}}},
        }
        empty = {**rows[4], "response": {"status_code": 200, "body": {"choices": []}}}
        # Out of order, one missing, one twice; the good of two counts wherever it stands.
        broken = {**rows[5], "response": None, "error": {"message": "lost"}}
        return [strange, broken, *reversed(rows[5:]), foreign, failed, empty, rows[1], rows[1]]

    server.work("batch_0", bend=bend, end=b'{"custom_id": "cut o')
    done = report(project, "collect", server=server)
    assert done["verdict"] + done["undetermined"] == sent - 4
    assert (done["unknown"], done["foreign"], done["unreadable"], done["duplicate"]) == (1, 1, 1, 2)
    assert (done["no_verdict"], done["missing"]) == (2, 2)
    assert report(project, "submit", server=server)["requests"] == 4
    _, out, _ = batch(project, "status", server=server)
    assert "sums-0002" in out
    assert "sums-0001" not in out


def test_a_failed_line_is_named_with_line_value_and_remedy(project: Path):
    requests, results = project / "requests.jsonl", project / "results.jsonl"
    report(project, "write", str(requests))
    engine(ScriptedServer(["too_long"]), requests, results)
    status, out, messages = batch(project, "read", str(results))
    assert status == 0
    assert f"{results}:1: -: HTTP 400: the context is too long: the engine gave no" in messages
    assert "without a usable answer" in out
    assert "asked again with the next --batch submit or write" in out
    assert messages.count("HTTP 400") == 5, "the first of a kind are named, all are counted"


def test_an_expired_batch_leaves_its_rest_due(project: Path, server: BatchServer):
    sent = report(project, "submit", server=server)["requests"]
    server.work("batch_0", status="expired", carried=5)
    done = report(project, "collect", server=server)
    assert (done["verdict"] + done["undetermined"], done["lapsed"]) == (5, sent - 5)
    assert done["no_verdict"] == 0
    assert report(project, "submit", server=server)["requests"] == sent - 5


def test_a_batch_that_is_not_accepted_says_why(project: Path, server: BatchServer):
    sent = report(project, "submit", server=server)["requests"]
    errors = {"data": [{"message": "Enqueued token limit reached"}]}
    server.batches["batch_0"] |= {"status": "failed", "errors": errors}
    _, out, _ = batch(project, "collect", server=server)
    assert "not accepted: Enqueued token limit reached" in out
    assert f"{sent:,} without a result" in out
    assert report(project, "submit", server=server)["requests"] == sent


def test_a_batch_made_without_our_learning_of_it_is_found_and_not_paid_twice(
    project: Path, server: BatchServer
):
    for number in range(3):
        server.files[f"file-{number}"] = b""
        server._made(
            {
                "input_file_id": f"file-{number}",
                "endpoint": "/v1/chat/completions",
                "completion_window": "24h",
            }
        )
    server.silent_creations = 1
    status, _, messages = batch(project, "submit", server=server)
    assert (status, len(server.batches)) == (3, 4)
    assert "whether a batch was made, the next submit finds out" in messages
    # Others' batches come after it: it stands on a later page.
    for name in ("batch_7", "batch_8"):
        server.batches[name] = {**server.batches["batch_0"], "id": name}
    again = report(project, "submit", server=server)
    assert again["found"] == ["sums-0001"]
    assert (again["requests"], len(server.batches)) == (0, 6)
    assert again["under_way"] == server.batches["batch_3"]["request_counts"]["total"]
    server.work("batch_3")
    assert report(project, "collect", server=server)["missing"] == 0


class _Kill:
    """Keeps the files as they are at a moment, ends the command, and puts them back.

    What a command still tidies up on its way out, a kill would not let it do.
    """

    def __init__(self, project: Path, at: int = 1) -> None:
        self._project, self._left = project, at

    def __call__(self, *_: object) -> None:
        self._left -= 1
        if self._left == 0:
            for name in ("cache", "content"):
                shutil.copytree(self._project / name, self._project / "kept" / name)
            raise KeyboardInterrupt

    def restore(self) -> None:
        for name in ("cache", "content"):
            shutil.rmtree(self._project / name)
            shutil.move(self._project / "kept" / name, self._project / name)


@pytest.mark.parametrize(
    "step", ["batch_client.BatchClient.upload", "batch_client.BatchClient.create", "writing"]
)
def test_killed_between_the_steps_of_submitting_loses_and_doubles_nothing(
    project: Path, server: BatchServer, monkeypatch: pytest.MonkeyPatch, step: str
):
    kill = _Kill(project, at=2)
    monkeypatch.setattr("generator.judging.batch_requests.MOST_LINES", 10)
    with monkeypatch.context() as patch:
        if step == "writing":
            patch.setattr(RequestFiles, "add", _then(RequestFiles.add, kill))
        else:
            method = step.rpartition(".")[2]
            patch.setattr(BatchClient, method, _first(getattr(BatchClient, method), kill))
        assert batch(project, "submit", server=server)[0] == 130
    kill.restore()
    made = len(server.batches)
    sent = report(project, "submit", server=server)
    assert sent["requests"] > 0
    names = [line["custom_id"] for name in server.batches for line in server.lines(name)]
    due = report(project, "write", str(project / "rest.jsonl"))["requests"]
    assert (len(set(names)), due) == (len(names), 0)
    assert sent["under_way"] == len(names) - sent["requests"]
    assert made == (1 if step.startswith("batch_client") else 0)


def _first(method: Any, kill: _Kill) -> Any:
    async def killed(*arguments: Any) -> Any:
        kill()
        return await method(*arguments)

    return killed


def _then(method: Any, kill: _Kill) -> Any:
    def killed(*arguments: Any) -> None:
        method(*arguments)
        kill()

    return killed


def test_killed_while_collecting_goes_on_where_it_stopped(
    project: Path, server: BatchServer, monkeypatch: pytest.MonkeyPatch
):
    server.script = by_fault
    sent = report(project, "submit", server=server)["requests"]
    server.work("batch_0")
    kill = _Kill(project, at=4)
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "append", _then(Journal.append, kill))
        assert batch(project, "collect", server=server)[0] == 130
    kill.restore()
    tries = journal_folder(project / "cache") / "batches/sums__llm-m-1.tries"
    with tries.open("ab") as file:
        file.write(b'{"id": "torn')
    done = report(project, "collect", server=server)
    assert done["known"] >= 4
    assert done["refused"] > 0
    lines = sum(path.read_bytes().count(b"\n") for path in journal_paths(project))
    assert lines + tries.read_bytes().count(b"\n") == sent


def test_rate_limits_and_a_broken_download_are_overcome(project: Path, server: BatchServer):
    server.put_off = 2
    report(project, "submit", server=server)
    server.work("batch_0")
    server.broken_downloads = 1
    status, _, messages = batch(project, "collect", server=server)
    assert status == 3
    assert "its results could not be fetched" in messages
    assert "sk-made-up" not in messages
    assert report(project, "collect", server=server)["verdict"] > 0


def test_results_that_the_provider_has_no_more_are_named(project: Path, server: BatchServer):
    report(project, "submit", server=server)
    server.work("batch_0")
    del server.files[server.batches["batch_0"]["output_file_id"]]
    status, out, messages = batch(project, "collect", server=server)
    assert status == 3
    assert "not fetched" in out
    assert "to ask anew" in messages


def test_files_keep_to_the_limits(
    project: Path, server: BatchServer, monkeypatch: pytest.MonkeyPatch
):
    requests = project / "requests.jsonl"
    report(project, "write", str(requests))
    size = max(map(len, requests.read_bytes().splitlines())) + 1
    with monkeypatch.context() as patch:
        patch.setattr("generator.judging.batch_requests.MOST_BYTES", 2 * size)
        written = report(project, "write", str(requests))
    assert all(0 < made["size"] <= 2 * size for made in written["files"])
    assert len(written["files"]) > 1
    monkeypatch.setattr("generator.judging.batch_requests.MOST_LINES", 4)
    written = report(project, "write", str(requests))
    lines = [made["lines"] for made in written["files"]]
    assert lines[:-1] == [4] * (len(lines) - 1)
    assert 0 < lines[-1] <= 4
    assert (project / "requests-2.jsonl").is_file()
    sent = report(project, "submit", server=server)
    assert [row["requests"] for row in sent["batches"]] == lines
    names = [line["custom_id"] for name in server.batches for line in server.lines(name)]
    assert len(set(names)) == len(names) == sum(lines)


def test_budgets_hold_for_what_is_sent(project: Path, server: BatchServer):
    sent = report(project, "submit", "--max-requests", "5", server=server)
    assert (sent["requests"], server.lines("batch_0")[4]["method"]) == (5, "POST")
    assert sent["stopped"] == "the budget of 5 requests is used up"
    tokens = report(project, "submit", "--max-tokens", "20000", server=server)
    assert 0 < tokens["most_tokens"] <= 20_000
    money = report(project, "submit", "--max-cost", "0.03", server=server)
    assert 0 < money["most_cost"] <= 0.03
    rest = report(project, "write", str(project / "rest.jsonl"), "--max-requests", "2")
    assert rest["requests"] == 2
    for name in server.batches:
        server.work(name)
    done = report(project, "collect", server=server)
    assert done["input_tokens"] + done["output_tokens"] <= (
        sent["most_tokens"] + tokens["most_tokens"] + money["most_tokens"]
    )


def test_a_dry_run_and_a_sample(project: Path, server: BatchServer):
    status, out, _ = batch(project, "submit", "--dry-run")
    assert (status, "Nothing was sent" in out) == (0, True)
    assert not server.calls
    whole = report(project, "write", str(project / "a.jsonl"))["requests"]
    part = report(project, "write", str(project / "b.jsonl"), "--sample", "0.5")["requests"]
    assert whole / 2 <= part <= whole / 2 + 6


def test_a_sample_by_file_is_written_once_all_of_it_is_judged(project: Path, server: BatchServer):
    listed(project)
    half, samples = ("--sample", "0.5"), project / "content/samples"
    sent = report(project, "submit", *half, "--max-requests", "3", server=server)["requests"]
    server.work("batch_0")
    part = report(project, "collect", *half, server=server)["samples"]
    assert [sampled["open"] for sampled in part] == [part[0]["drawn"] - sent]
    assert not samples.exists(), "a part of what was drawn is no random sample"
    report(project, "submit", *half, server=server)
    server.work("batch_1")
    assert report(project, "collect", server=server)["samples"] == [], "no share was named"
    (done,) = report(project, "collect", *half, server=server)["samples"]
    assert done["open"] == 0
    design = load_content(project / "content").samples[done["name"]]
    assert sum(stratum.sampled for stratum in design.strata) == done["drawn"]
    kept = {path.name: path.read_bytes() for path in samples.iterdir()}

    shutil.rmtree(samples)
    requests, results = project / "requests.jsonl", project / "results.jsonl"
    report(project, "write", str(requests), "--sample", "0.75")
    engine(ScriptedServer(by_rote), requests, results)
    _, out, _ = batch(project, "read", str(results), "--sample", "0.75")
    assert f"all judged: content/samples/{done['name']}.yml and .csv hold the sample." in out
    assert {path.name for path in samples.iterdir()} == set(kept)


def test_a_cost_in_batches_that_is_not_known_is_said(project: Path):
    requests, results = project / "requests.jsonl", project / "results.jsonl"
    arguments = ("write", str(requests), "--max-cost", "1")
    status, _, messages = batch(project, *arguments, model="m-3")
    assert status == 1
    assert "the price of this model in a batch is not known" in messages
    assert batch(project, "write", str(requests), model="m-3")[0] == 0
    engine(ScriptedServer(by_rote), requests, results)
    assert "cost in a batch not known" in batch(project, "read", str(results), model="m-3")[1]


def test_a_file_for_another_model_or_with_stale_keys_is_refused(project: Path):
    requests, results = project / "requests.jsonl", project / "results.jsonl"
    report(project, "write", str(requests))
    engine(ScriptedServer(by_rote), requests, results)
    status, _, messages = batch(project, "read", str(results), model="m-2")
    assert status == 1
    assert f"{results}:1: -: " in messages
    assert "the request was made for another language model: name that model" in messages
    for place, name in enumerate(("alpha", "m1", "m2")):
        write_outputs(project / "content", name, place, 9, change="Well. ")
    status, _, messages = batch(project, "read", str(results))
    assert status == 1
    assert "made for a failure that is not there any more" in messages
    assert "its text has changed since: write the requests again" in messages
    assert f"{results}:1: custom_id: " in messages


def test_a_changed_prompt_is_told_from_a_changed_model(
    project: Path, server: BatchServer, monkeypatch: pytest.MonkeyPatch
):
    report(project, "submit", server=server)
    server.work("batch_0")
    monkeypatch.setattr("generator.judging.prompt.SHORTEST_QUOTE", 9)
    _, out, _ = batch(project, "collect", server=server)
    assert "made for another prompt or taxonomy: go back to that edition" in out
    monkeypatch.undo()


def test_what_is_no_result_file_is_refused(project: Path, monkeypatch: pytest.MonkeyPatch):
    status, _, messages = batch(project, "read", str(project / "nothing.jsonl"))
    assert (status, "there is no such file" in messages) == (1, True)
    odd = project / "odd.jsonl"
    odd.write_bytes(b"{}\n[" * 3 + b'{"custom_id": 5}\n\xff\n' + b"[" * 100_000)
    status, _, messages = batch(project, "read", str(odd))
    assert (status, "the name of no request of ours" in messages) == (1, True)
    monkeypatch.setattr("generator.judging.batch_results.MAX_LINE", 50)
    odd.write_bytes(b"x" * 49 + b"\n" + b"x" * 200 + b"\n" + b"x" * 50 + b"\n")
    _, _, messages = batch(project, "read", str(odd))
    assert [line.split(":")[1] for line in messages.splitlines()[:3]] == ["1", "2", "3"]
    monkeypatch.setattr("generator.judging.batch_results.MAX_FILE", 50)
    assert "larger than 50" in batch(project, "read", str(odd))[2]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["file.jsonl"], "a file is for --batch write or --batch read"),
        (["--batch", "submit"], "give --llm MODEL"),
        (["--llm", "m-1", "--batch", "write"], "--batch write: give one FILE to write"),
        (["--llm", "m-1", "--batch", "write", "a", "b"], "give one FILE to write"),
        (["--llm", "m-1", "--batch", "read"], "give the FILE with the results"),
        (["--llm", "m-1", "--batch", "submit", "a"], "--batch submit: give no file"),
        (["--llm", "m-1", "--batch", "status", "--dry-run"], "--batch status sends nothing"),
        (["--llm", "m-1", "--batch", "status", "--sample", "0.5"], "leave out --sample"),
        (["--llm", "m-1", "--batch", "collect", "--max-cost", "1"], "collect sends nothing"),
        (["--llm", "m-1", "--batch", "status", "--status"], "--status is for the verdicts"),
    ],
)
def test_options_that_do_not_go_together_are_status_2(
    tmp_path: Path, options: list[str], message: str
):
    status, _, messages = run(tmp_path, "judge", *options)
    assert status == 2
    assert message in messages
