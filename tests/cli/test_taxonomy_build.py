"""``taxonomy build`` as a user runs it: by words, and against a scripted endpoint."""

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from generator.judging.journal import journal_folder
from generator.records.proposal import Proposal
from generator.store.documents import read_document
from generator.store.lock import alone
from generator.store.verdicts import read_verdicts, write_verdicts
from tests.cli.test_main import run
from tests.judging.scripted_server import Request, ScriptedServer
from tests.judging.served import served
from tests.store.tree import write
from tests.taxonomy.induction.made_up import (
    by_rote,
    categories,
    is_step,
    numbered,
    placements,
    step_of,
    write_project,
)

FAILURES = 60
PRICES = """\
currency: USD
checked: 2026-01-01
url: https://example.org/
models:
  m-1: {input: 2, output: 8}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with sixty judged failures."""
    monkeypatch.setenv("ERRORATLAS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-made-up")
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    write(tmp_path / "content", "prices.yml", PRICES)
    return write_project(tmp_path, FAILURES)


def server(script: Any = by_rote, **settings: Any) -> ScriptedServer:
    return ScriptedServer(script, judged=is_step, **settings)


def options(address: ScriptedServer) -> list[str]:
    sizes = ["--batch", "8", "--min-size", "3", "--depth", "1"]
    return ["taxonomy", "build", "--llm", "m-1", "--base-url", address.base_url, *sizes]


def written(project: Path) -> Proposal:
    (path,) = (project / "content/taxonomy/proposals").glob("*.yml")
    proposal, problems = read_document(path, Proposal, path.name)
    assert proposal is not None, problems
    return proposal


def data(project: Path) -> bytes:
    (path,) = (project / "content/taxonomy/proposals").glob("*.yml")
    return path.read_bytes()


def test_words_make_a_proposal_that_is_valid_and_the_same_again(project: Path):
    arguments = ["taxonomy", "build", "--min-size", "3", "--measure"]
    status, out, messages = run(project, *arguments)
    assert status == 0, messages
    assert "taxonomy/proposals/free-sums-embedded.yml: written, for review" in out
    first = data(project)
    proposal = written(project)
    assert proposal.account.failures == FAILURES
    assert proposal.account.undetermined == 6
    assert proposal.account.no_verdict > 0
    assert {row.variation for row in proposal.stability} == {"seeds", "orders", "samples", "part"}
    orders = [row.rand_index for row in proposal.stability if row.variation == "orders"]
    assert orders == [1.0, 1.0]
    assert "unchanged" in run(project, *arguments)[1]
    assert data(project) == first
    problems = json.loads(run(project, "validate", "--format", "json")[1])["problems"]
    assert [problem for problem in problems if "proposals" in problem["path"]] == []


def test_an_anchored_proposal_says_what_the_atlas_leaves_uncovered(project: Path):
    before = (project / "content/taxonomy/atlas.yml").read_bytes()
    status, out, messages = run(
        project, "taxonomy", "build", "--anchored", "--min-size", "3", "--format", "json"
    )
    assert status == 0, messages
    assert json.loads(out)["was_stale"] is False
    gaps = {gap["atlas"]: gap for gap in json.loads(out)["gaps"]}
    assert gaps.keys() == {"E02", "E13"}
    assert gaps["E02"]["without_subcategory"] == 0
    assert (project / "content/taxonomy/atlas.yml").read_bytes() == before, "never changed"


def test_a_category_without_any_failure_is_a_gap_too(project: Path):
    path = project / "content/taxonomy/atlas.yml"
    text = path.read_text()
    third = text[text.index("  - id: E13") :].replace("E13", "E14").replace("Computation", "Unit")
    path.write_text(text + third)
    status, out, messages = run(project, "taxonomy", "build", "--anchored", "--format", "json")
    assert status == 0, messages
    gap = next(gap for gap in json.loads(out)["gaps"] if gap["atlas"] == "E14")
    assert gap["failures"] == gap["in_none"] == 0
    assert gap["unused"] == ["E14/arithmetic"]


def test_what_a_proposal_would_lose_needs_force(project: Path):
    built = ["taxonomy", "build", "--name", "mine", "--min-size", "3"]
    assert run(project, *built, "--measure")[0] == 0
    whole = data(project)
    where = "taxonomy/proposals/mine.yml: there already, and would be lost: "
    for changed, lost in (
        ([], "how stable it is was measured, which --measure does: build with its options"),
        (["--measure", "--depth", "1"], "--depth was 2 and is 1: build with its options"),
        (["--measure", "--anchored"], "--anchored was free and is anchored: build"),
        (["--measure", "--model", "acme__alpha"], "--model was not given and is acme__alpha: "),
    ):
        status, _, messages = run(project, *built, *changed)
        assert status == 1
        assert where + lost in messages
        assert data(project) == whole
    status, out, _ = run(project, *built, "--force", "--format", "json")
    assert (status, json.loads(out)["replaced"]) == (0, True)
    assert data(project) != whole
    status, out, _ = run(project, *built, "--measure")
    assert status == 0
    assert "taxonomy/proposals/mine.yml: replaced, for review" in out
    assert data(project) == whole
    assert "mine.yml: unchanged" in run(project, *built, "--measure")[1]


def test_a_file_that_is_no_proposal_is_not_written_over(project: Path):
    path = write(project / "content", "taxonomy/proposals/mine.yml", "title: Notes of mine\n")
    status, _, messages = run(project, "taxonomy", "build", "--name", "mine")
    assert status == 1
    assert "mine.yml: there already, and would be lost: it cannot be read" in messages
    assert path.read_text() == "title: Notes of mine\n"


def test_benchmarks_that_a_proposal_has_not_seen_are_told(project: Path):
    def copied(name: str) -> None:
        for kind in ("benchmarks", "predictions"):
            shutil.copytree(project / f"content/{kind}/sums", project / f"content/{kind}/{name}")

    copied("more")
    assert run(project, "taxonomy", "build", "--benchmark", "sums", "--min-size", "3")[0] == 0
    assert run(project, "taxonomy", "build", "--name", "all", "--min-size", "3")[0] == 0
    assert "proposals" not in run(project, "validate")[2]
    copied("third")
    _, out, _ = run(project, "validate", "--format", "json")
    (told,) = [one for one in json.loads(out)["warnings"] if "proposals" in one["path"]]
    assert (told["path"], told["value"]) == ("taxonomy/proposals/all.yml", "third")
    assert told["wrong"] == "benchmarks with runs that it was not built from"
    assert run(project, "taxonomy", "build", "--name", "every", "--min-size", "3")[0] == 0
    folder = project / "content/taxonomy/proposals"
    titles = {path.stem: path.read_text("utf-8").splitlines()[0] for path in folder.iterdir()}
    assert titles["free-sums-embedded"] == "title: Failures on Sums"
    assert titles["all"] == "title: Failures on Sums and Sums"  # the copy has its name, too
    assert titles["every"] == "title: Failures on 3 benchmarks"


def test_verdicts_that_changed_since_make_a_proposal_stale_and_no_fault(project: Path):
    arguments = ["taxonomy", "build", "--min-size", "3"]
    assert "stale" not in run(project, *arguments)[1]
    assert "proposals" not in run(project, "validate")[2]
    path = project / "content/verdicts/sums/acme__alpha.parquet"
    first, *verdicts = read_verdicts(path)
    changed = first.model_copy(update={"title": "Subtracts the sheep"})
    write_verdicts(path, [changed, *verdicts], {})
    status, out, messages = run(project, "validate")
    assert status == 0
    assert "0 problems found" in out
    assert "warning: taxonomy/proposals/free-sums-embedded.yml:0: input_hash:" in messages
    assert "built from earlier verdicts" in messages
    status, out, _ = run(project, "validate", "--format", "json")
    assert "input_hash" in [found["field"] for found in json.loads(out)["warnings"]]
    status, out, _ = run(project, "validate", "--format", "github")
    assert status == 0
    assert out.startswith("::warning file=content/taxonomy/proposals/free-sums-embedded.yml,")
    assert "the one before was stale" in run(project, *arguments)[1]
    assert "stale" not in run(project, *arguments)[1]
    assert "proposals" not in run(project, "validate")[2]


def test_a_proposal_about_failures_that_are_not_there_is_found(project: Path):
    run(project, "taxonomy", "build", "--min-size", "3")
    (path,) = (project / "content/taxonomy/proposals").glob("*.yml")
    text = path.read_text()
    path.write_text(text.replace("item_id: q", "item_id: r").replace("id: E13", "id: E77"))
    found = run(project, "validate")[2]
    assert re.search(r"/r\d+: there is no such failure", found)
    assert "E77: the taxonomy has no such id" in found
    path.write_text(text.replace("failures: 60", "failures: 61"))
    assert "61 failures, but the parts come to 60" in run(project, "validate")[2]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--benchmark", "nothing"], "no such benchmark: give one of sums"),
        (["--model", "nobody"], "no such model: give one of acme__alpha"),
        (["--judge", "nobody"], "no such judge"),
        (["--name", "Not A Name"], "use lower-case letters"),
        (["--dry-run"], "give --llm MODEL"),
    ],
)
def test_options_that_make_no_sense_are_status_2(project: Path, arguments: list[str], message: str):
    status, _, messages = run(project, "taxonomy", "build", *arguments)
    assert status == 2
    assert message in messages


@pytest.mark.parametrize("judge", ["rules", "llm-m-1"])
def test_no_cause_at_all_is_status_1(project: Path, judge: str):
    """A language model that ``llm`` stands for is known by its own name."""
    atlas = project / "content/atlas.yml"
    atlas.write_text(atlas.read_text().replace(", rules]", ", llm, rules]"))
    status, _, messages = run(project, "taxonomy", "build", "--judge", judge)
    assert status == 1
    assert "no failure has a cause by these judges" in messages


def test_a_dry_run_sends_nothing(project: Path):
    with served(server()) as address:
        status, out, _ = run(project, *options(address), "--dry-run")
        assert status == 0
        assert "Nothing was sent" in out
        assert "USD" in out
        assert address.requests == address.trials == []


def test_a_language_model_goes_through_all_steps_and_is_paid_once(project: Path):
    with served(server()) as address:
        status, _, messages = run(project, *options(address))
        assert status == 0, messages
        steps = [step_of(request) for request in address.requests]
        assert steps[0] == "generate"
        assert steps.index("review") == steps.count("update") + 1
        assert set(steps[steps.index("review") + 1 :]) == {"classify"}
        proposal, first, asked = written(project), data(project), len(address.requests)
        assert {branch.name for branch in proposal.branches} == {"Adds", "Stops", "Empties"}
        assert proposal.coverage.share == 1.0
        assert proposal.settings.llm == "m-1"
        _, out, messages = run(project, *options(address))
        assert "0 requests answered" in messages
        assert "unchanged" in out
        assert len(address.requests) == asked
        assert data(project) == first
        status = run(project, *options(address), "--measure", "--format", "json")[0]
        assert status == 0
        assert {row.variation for row in written(project).stability} == {"seeds", "samples", "part"}


def test_an_anchored_build_divides_the_atlas_and_keeps_its_parts(project: Path):
    def proposing(request: Request) -> str:
        if step_of(request) != "classify":
            return categories(["Hops"])
        kept = {"Stops": "C2", "Nothing": "C1", "Adds": "C1"}
        return placements([(n, kept[row.split()[0]]) for n, row in numbered(request)])

    with served(server(proposing)) as address:
        arguments = [*options(address), "--depth", "2", "--anchored"]
        status, _, messages = run(project, *arguments)
    assert status == 0, messages
    parts = {branch.atlas: branch.branches for branch in written(project).branches}
    assert {part.atlas for part in parts["E02"]} == {"E02/empty", "E02/truncated"}
    assert {part.atlas for part in parts["E13"]} == {"E13/arithmetic"}


def test_answers_off_the_menu_are_asked_again_twice_and_then_unclear(project: Path):
    def off(request: Request) -> str:
        if step_of(request) != "classify":
            return by_rote(request)
        rows = [(number, "C1") for number, _ in numbered(request)]
        return placements([(rows[0][0], "C77"), *rows[1:]])

    with served(server(off)) as address:
        status, _, messages = run(project, *options(address))
    assert status == 0, messages
    steps = [step_of(request) for request in address.requests]
    proposal = written(project)
    texts = sum(branch.titles for branch in proposal.branches)
    batches = -(-texts // 8)
    assert steps.count("classify") == 3 * batches
    unclear = [branch for branch in proposal.branches if branch.kind == "unclear"]
    assert [branch.titles for branch in unclear] == [batches], "one of each batch"
    last = address.requests[-1].body["messages"]
    assert '"C77" is not on the menu' in last[-1]["content"]


def test_a_model_that_answers_no_step_leaves_all_unclear(project: Path):
    with served(server(lambda _: "Certainly!")) as address:
        status, _, messages = run(project, *options(address))
    assert status == 0, messages
    account = written(project).account
    assert account.placed == account.other == 0
    assert account.unclear == account.titled > 0


def test_a_budget_ends_the_run_and_the_next_goes_on(project: Path):
    with served(server()) as address:
        status, _, messages = run(project, *options(address), "--max-requests", "3")
        assert status == 0
        assert "Stopped: the budget of 3 requests is used up" in messages
        assert not (project / "content/taxonomy/proposals").exists()
        assert run(project, *options(address))[0] == 0
        digests = [request.digest for request in address.requests]
        assert len(set(digests)) == len(digests)
        assert written(project).coverage.share == 1.0


def test_an_endpoint_that_refuses_the_key_is_status_3_and_writes_nothing(project: Path):
    with served(server(["forbidden"])) as address:
        status, out, messages = run(project, *options(address))
    assert status == 3
    assert "sk-made-up" not in out + messages
    assert not (project / "content/taxonomy/proposals").exists()


def test_a_second_build_at_the_same_time_says_so(project: Path):
    lock = journal_folder(project / "cache") / "taxonomy-build.lock"
    with served(server()) as address, alone(lock, "building a taxonomy"):
        status, _, messages = run(project, *options(address))
    assert status == 1
    assert "another process is building a taxonomy" in messages


def ended(project: Path, address: ScriptedServer, requests: int, by: signal.Signals) -> int:
    """Start a build, end it once the endpoint has seen so many requests; return its status."""
    arguments = ["--root", str(project), *options(address), "--concurrency", "2"]
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while len(address.requests) < requests and process.poll() is None:
        time.sleep(0.002)
    process.send_signal(by)
    return process.wait(timeout=60)


def test_ended_amid_the_asking_and_gone_on_makes_the_same_tree(project: Path):
    with served(server()) as address:
        assert run(project, *options(address))[0] == 0
        calm, whole = data(project), len(address.requests)
    (project / "content/taxonomy/proposals/free-sums-llm.yml").unlink()
    (project / "cache/journal/taxonomy-build.jsonl").unlink()
    with served(server(latency=0.05)) as address:
        assert ended(project, address, 2, signal.SIGINT) == 130
        # What was under way at an interruption is waited for, at a kill it may be lost.
        assert ended(project, address, len(address.requests) + 2, signal.SIGKILL) == -9
        assert not list((project / "content/taxonomy").rglob("proposals/*"))
        assert run(project, *options(address))[0] == 0
        assert len(address.requests) <= whole + 2
    assert data(project) == calm
