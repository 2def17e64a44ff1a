"""The cascade and the ledger: who is asked about what, in which order, and what is kept."""

import asyncio
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import pytest

from generator.cli.judging import judge_all
from generator.errors import InputError
from generator.judging.block import embedded_judge
from generator.judging.budget import Budget, Limits
from generator.judging.cascade import Scope, open_docket
from generator.judging.client import AskError, Endpoint, Reply, Usage
from generator.judging.docket import Case
from generator.judging.exchange import Trial
from generator.judging.journal import Journal, journal_path
from generator.judging.judge import RULES_NAME
from generator.judging.ledger import LlmNow, agreement, rules_view, seal, standings
from generator.judging.llm import LlmJudge, llm_judge
from generator.judging.peers import INFORMATIVE, PEERS
from generator.judging.pricing import Spent
from generator.judging.prompt import Prompt
from generator.judging.session import Session
from generator.records.judges import llm_name
from generator.records.verdict import JudgeId, Verdict
from generator.store.content import Content, load_content
from generator.store.verdicts import read_verdict_table, read_verdicts, write_verdicts
from tests.judging.open_cases import WORDS, correct, write_cases, write_outputs
from tests.judging.scripted_server import OUTPUT
from tests.judging.served import rote

MODELS, ITEMS = 4, 30

LLM = llm_name("m-1")


class Client:
    """Answers by rote, in order, and remembers the outputs it was asked about."""

    endpoint = Endpoint("http://127.0.0.1:1/v1", "m-1")

    def __init__(self, spoilt: str | None = None) -> None:
        self.asked: list[str] = []
        self.spoilt = spoilt
        """Outputs with this text get no usable answer, or with ``!`` a rate limit."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        pass

    async def prepare(self, schema: Mapping[str, Any], trial: Trial) -> None:
        pass

    async def ask(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> Reply:
        del schema
        await asyncio.sleep(0)
        found = OUTPUT.search(messages[1]["content"])
        assert found is not None
        self.asked.append(found[2])
        if self.spoilt and self.spoilt.strip("!") in found[2]:
            if self.spoilt.endswith("!"):
                raise AskError("rate_limit", "later", 0.0)
            return Reply("no", "stop", Usage(100, 0, 1))
        return Reply(rote(found[2]), "stop", Usage(100, 0, 30))


class Bench:
    """A made-up benchmark that the rules have judged."""

    _content: Content | None = None
    _prompt: Prompt | None = None

    def __init__(self, root: Path, taxonomy: Path) -> None:
        self.root, self.cache = root / "content", root / "cache"
        write_cases(self.root, MODELS, ITEMS)
        shutil.copy(taxonomy, self.root / "taxonomy/atlas.yml")
        self.rules()

    def rules(self) -> None:
        """Let the rules judge what is due."""
        judge_all(self.content, self.cache, self.content.runs, workers=1)

    @property
    def content(self) -> Content:
        """The content, read once."""
        if self._content is None:
            self._content = load_content(self.root)
        return self._content

    @property
    def prompt(self) -> Prompt:
        """The prompt for this content, made once."""
        if self._prompt is None:
            self._prompt = Prompt(self.content.taxonomy)
        return self._prompt

    def changed(self) -> None:
        """Read the content anew from now on."""
        self._content = self._prompt = None

    @property
    def models(self) -> list[str]:
        return [key[1] for key in self.content.runs]

    def judge_id(self, model: str = "m-1") -> JudgeId:
        return llm_judge(model, self.prompt.hash, self.content.taxonomy.version)

    def scope(self, **changes: Any) -> Scope:
        fields: dict[str, Any] = {"judge": self.judge_id()} | changes
        return Scope(self.content, self.cache, **fields)

    def cases(self, **changes: Any) -> list[Case]:
        """Return the cases that a judge would be asked about."""
        with open_docket(self.scope(**changes), "sums", self.models) as docket:
            return list(docket.cases())

    def judge(self, client: Client, limits: Limits | None = None, **changes: Any) -> Session:
        """Ask about what is pending and seal it."""
        content, prompt = self.content, self.prompt
        with Session(
            client,
            lambda gate: LlmJudge(gate, prompt, content.taxonomy),
            Budget(limits or Limits(), None, 100),
            concurrency=4,
            on_interrupt=lambda _: None,
        ) as session:
            session.benchmark(
                self.scope(**changes),
                "sums",
                self.models,
                on_open=lambda _: None,
                on_heard=lambda _: None,
            )
        return session

    def said(self, judge: str = LLM) -> dict[str, Verdict]:
        """Return the sealed verdicts of a judge by key."""
        rows = [
            verdict
            for key in self.content.runs
            for verdict in read_verdicts(self.content.layout.verdicts(*key), [judge])
        ]
        assert len({row.key for row in rows}) == len(rows), "a verdict is there twice"
        return {row.key: row for row in rows}

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.root / "verdicts").rglob("*.*")}

    def settled(self) -> set[str]:
        """Return the keys that the rules settled."""
        views = [rules_view(self.content, key) for key in self.content.runs]
        return {key.hex() for view in views for key in view.settled}

    def failures(self) -> set[str]:
        views = [rules_view(self.content, key) for key in self.content.runs]
        return {key.hex() for view in views for key in view.failures}

    def standing(self, model: str | None = None) -> dict[str, Any]:
        llm = LlmNow(self.prompt.hash, model)
        rules = embedded_judge(self.content)
        tallies = standings(self.content, self.cache, rules, llm)
        return {judge: tally._asdict() for judge, tally in tallies.items()}


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory, content_root: Path) -> Path:
    """A folder with a benchmark that the rules have judged."""
    root = tmp_path_factory.mktemp("bench")
    bench = Bench(root, content_root / "taxonomy/atlas.yml")
    assert 0 < len(bench.settled()) < len(bench.failures())
    return root


@pytest.fixture
def bench(tmp_path: Path, judged: Path) -> Bench:
    """A benchmark of one's own."""
    shutil.copytree(judged, tmp_path / "own")
    made = Bench.__new__(Bench)
    made.root, made.cache = tmp_path / "own/content", tmp_path / "own/cache"
    return made


def test_the_model_is_asked_about_exactly_what_the_rules_left_open(bench: Bench):
    asked = {case.failure.key for case in bench.cases(audit=0.0)}
    assert asked == bench.failures() - bench.settled()


def test_a_seeded_share_of_what_the_rules_settled_is_asked_about_too(bench: Bench):
    left_open = bench.failures() - bench.settled()
    audits = [
        {case.failure.key for case in bench.cases(audit=share)} - left_open
        for share in (0.3, 0.3, 1)
    ]
    assert audits[0] == audits[1]
    assert 0 < len(audits[0]) < len(audits[2])
    assert audits[0] < audits[2] == bench.settled()


def test_requests_come_by_item_and_then_by_model(bench: Bench):
    places = [(int(case.failure.item_id[1:]), case.run[1]) for case in bench.cases()]
    assert places == sorted(places)
    assert len({place for place, _ in places}) > 10, "items come in their natural order"


def test_a_case_carries_what_the_failure_was(bench: Bench):
    case = bench.cases()[0]
    assert case.failure.input.startswith("Story 0")
    assert case.failure.references == ("1",)
    assert any(word in case.failure.output for word in WORDS)


def test_correct_outputs_are_those_of_other_models_on_the_same_item(bench: Bench):
    for case in bench.cases():
        number = int(case.failure.item_id[1:])
        names = ["alpha", "m1", "m2", "m3"]
        right = {
            correct(name, number) for place, name in enumerate(names) if (number + place) % 3 == 0
        }
        assert len(case.peers) == min(PEERS, len(right))
        assert set(case.peers) <= right


def test_short_informative_outputs_come_before_long_and_bare_ones(bench: Bench):
    number = 3
    bare, short, long = "4", "x" * INFORMATIVE, "y" * 20 * INFORMATIVE
    for name, text in (("m1", bare), ("m2", long), ("m3", short)):
        path = bench.root / f"predictions/sums/acme__{name}/predictions.jsonl"
        rows = [json.loads(line) for line in path.read_text().splitlines()]
        rows[number] |= {"output": text, "score": 1.0}
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    path = bench.root / "predictions/sums/acme__alpha/predictions.jsonl"
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    rows[number] |= {"output": "Perhaps. The answer is 99.", "extracted": "99", "score": 0.0}
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    bench.rules()
    found = [case for case in bench.cases() if case.failure.item_id == f"q{number}"]
    assert found[0].peers == (short, long)


def test_a_sample_takes_its_share_of_every_run_and_a_larger_one_holds_it(bench: Bench):
    whole, half, most = (
        {(case.run, case.failure.key) for case in bench.cases(share=share, audit=1.0)}
        for share in (1.0, 0.5, 0.8)
    )
    assert half < most < whole
    for run in {run for run, _ in whole}:
        sizes = [sum(row[0] == run for row in rows) for rows in (whole, half)]
        assert sizes[1] == -(-sizes[0] // 2)
    # What rules settle is part of the population, however little of it is asked about otherwise.
    assert half == {(case.run, case.failure.key) for case in bench.cases(share=0.5, audit=0.0)}


def test_every_failure_left_open_ends_with_one_verdict_and_other_judges_keep_theirs(bench: Bench):
    key = ("sums", "acme__alpha")
    path = bench.content.layout.verdicts(*key)
    rules = read_verdicts(path)
    person = rules[0].model_copy(
        update={"judge": JudgeId(name="person", version="1", prompt_hash="", taxonomy="1.0")}
    )
    write_verdicts(path, [*rules, person], {RULES_NAME: "x"})
    bench.rules()
    client = Client()
    before = bench.said(RULES_NAME)
    bench.judge(client)
    assert set(bench.said()) >= bench.failures() - bench.settled()
    assert len(client.asked) == len(set(client.asked)) == len(bench.said())
    assert bench.said(RULES_NAME) == before
    assert list(bench.said("person").values()) == [person]


def test_nothing_is_asked_twice(bench: Bench):
    first, second = Client(), Client()
    bench.judge(first)
    files = bench.files()
    bench.judge(second)
    assert second.asked == []
    assert bench.files() == files


def test_without_the_journal_the_sealed_verdicts_count_and_without_them_the_journal(bench: Bench):
    bench.judge(Client())
    files = bench.files()
    shutil.rmtree(bench.cache)
    client = Client()
    bench.judge(client)
    assert client.asked == []
    assert bench.files() == files


def test_the_journal_alone_seals_again_what_was_lost(bench: Bench):
    before = bench.files()
    bench.judge(Client())
    files = bench.files()
    for path in (bench.root / "verdicts").rglob("*.parquet"):
        path.write_bytes(before[path.name])
    client = Client()
    bench.judge(client)
    assert client.asked == []
    assert bench.files() == files


def test_pieces_make_the_same_files_as_one_run(bench: Bench, tmp_path: Path):
    other = Bench.__new__(Bench)
    shutil.copytree(bench.root.parent, tmp_path / "other")
    other.root, other.cache = tmp_path / "other/content", tmp_path / "other/cache"
    bench.judge(Client())
    pieces = Client()
    while (asked := len(pieces.asked)) < len(bench.said()):
        session = other.judge(pieces, Limits(requests=7))
        assert 0 < len(pieces.asked) - asked <= 7
    assert "budget" in (session.gate.stopped or "budget")
    assert len(pieces.asked) == len(set(pieces.asked))
    assert other.files() == bench.files()


def test_a_failure_that_stays_failed_is_recorded_and_tried_again(bench: Bench):
    spoilt = Client(spoilt="ducks")
    bench.judge(spoilt)
    failed = {key: row for key, row in bench.said().items() if row.status == "no_verdict"}
    assert failed
    assert all(row.summary and row.tokens == 303 for row in failed.values())
    assert bench.standing()[LLM]["failed"] == len(failed)
    again = Client()
    bench.judge(again)
    assert len(again.asked) == len(failed)
    assert all("ducks" in text for text in again.asked)
    assert bench.standing()[LLM]["failed"] == 0


def test_a_rate_limit_that_stays_costs_one_failure_not_the_run(bench: Bench):
    limited = Client(spoilt="pears!")
    bench.judge(limited)
    failed = [row for row in bench.said().values() if row.status == "no_verdict"]
    assert failed
    assert "takes no more requests" in (failed[0].summary or "")


def test_an_answer_that_was_paid_for_before_the_end_is_not_forgotten(bench: Bench):
    """The budget ends between a refused answer and the second request."""
    session = bench.judge(Client(spoilt="Looking"), Limits(requests=1))
    row = next(row for row in bench.said().values() if row.status == "no_verdict")
    assert row.tokens == session.gate.budget.usage.total == 101
    assert "no usable answer before the end: the budget of 1 requests" in (row.summary or "")


def test_a_changed_output_is_asked_about_again_and_its_old_verdict_goes(bench: Bench):
    bench.judge(Client())
    write_outputs(bench.root, "m1", 1, ITEMS, change="Well. ")
    client = Client()
    with pytest.raises(InputError, match="the rules come first"):
        bench.judge(client)
    bench.rules()
    gone = bench.standing()[LLM]["missing"]
    assert gone > 0
    table = read_verdict_table(bench.content.layout.verdicts("sums", "acme__m1"))
    assert set(table["judge"]) == {RULES_NAME}, "statistics leave the old verdicts out"
    bench.judge(client)
    assert len(client.asked) == gone
    assert all(text.startswith("Well. ") for text in client.asked)
    assert bench.standing()[LLM]["missing"] == 0
    assert set(bench.said()) <= bench.failures()


def test_another_model_prompt_or_taxonomy_makes_verdicts_stale(bench: Bench):
    bench.judge(Client())
    number = len(bench.said())
    assert bench.standing()[LLM]["stale"] == 0
    assert bench.standing("m-1")[LLM]["stale"] == 0
    assert bench.standing("M 1")[LLM]["stale"] == number, "another model of the same name"
    other = bench.standing("m-2")
    assert (other[LLM]["stale"], other["llm-m-2"]["missing"]) == (0, number)
    assert len(bench.cases(judge=bench.judge_id("m-2"))) == number
    path = bench.root / "taxonomy/atlas.yml"
    version = bench.content.taxonomy.version
    path.write_text(path.read_text().replace(f'version: "{version}"', 'version: "9.0"', 1))
    bench.changed()
    assert bench.content.taxonomy.version == "9.0"
    assert bench.standing()[LLM]["stale"] == number
    path.write_text(path.read_text().replace("The unit is", "A unit is", 1))
    path.write_text(path.read_text().replace('version: "9.0"', f'version: "{version}"', 1))
    bench.changed()
    assert bench.standing()[LLM]["stale"] == number, "the prompt holds the codebook's text"


def test_the_standing_counts_every_verdict_once_and_what_is_missing(bench: Bench):
    assert set(bench.standing()) == {"rules"}
    rules = bench.standing()["rules"]
    assert rules["fresh"] == len(bench.settled())
    assert rules["fresh"] + rules["undetermined"] == len(bench.failures())
    bench.judge(Client(), Limits(requests=10))
    llm = bench.standing()[LLM]
    assert llm["fresh"] + llm["undetermined"] == 10
    left_open = bench.failures() - bench.settled()
    assert llm["missing"] == len(left_open - set(bench.said()))


def test_what_waits_in_the_journal_counts_before_it_is_sealed(bench: Bench):
    case = bench.cases()[0]
    verdict = Verdict(
        key=case.failure.key,
        item_id=case.failure.item_id,
        judge=bench.judge_id(),
        status="undetermined",
    )
    Journal(journal_path(bench.cache, case.run, LLM)).append(verdict, Spent())
    assert bench.standing()[LLM]["undetermined"] == 1
    assert case.failure.key not in {other.failure.key for other in bench.cases()}
    assert seal(bench.content, case.run, bench.judge_id(), bench.cache).changed
    assert not seal(bench.content, case.run, bench.judge_id(), bench.cache).changed
    assert list(bench.said().values()) == [verdict]


def test_rules_are_measured_on_what_both_judged(bench: Bench):
    bench.judge(Client(), audit=1.0)
    both = agreement(bench.content, list(bench.content.runs), LLM)
    ours, theirs = bench.said(RULES_NAME), bench.said()
    told = [key for key in bench.settled() if theirs[key].status == "verdict"]
    assert both.checked == len(told) > 0
    assert both.agreed == sum(
        (ours[key].attribution, ours[key].category)
        == (theirs[key].attribution, theirs[key].category)
        for key in told
    )


def test_the_docket_leaves_no_file_behind(bench: Bench):
    bench.cases()
    assert not list((bench.cache / "journal").glob(".docket*"))
