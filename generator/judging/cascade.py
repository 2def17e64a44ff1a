"""The cascade: rules settle what they can, a language model is asked about the rest.

It is asked about a small share of what the rules settled, too, so that every run measures them.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from generator.errors import InputError
from generator.judging.budget import StoppedError
from generator.judging.chance import chosen, draw
from generator.judging.client import AskError
from generator.judging.docket import Case, Docket, Listed
from generator.judging.elsewhere import Elsewhere
from generator.judging.gate import Gate
from generator.judging.journal import Journal, journal_folder, journal_path
from generator.judging.ledger import RulesView, rules_view, spoken
from generator.judging.peers import rank, useful
from generator.judging.pricing import Tokens
from generator.judging.run import state
from generator.judging.speech import own_text
from generator.readers.runs import run_rows
from generator.records.failure import Failure
from generator.records.keys import RunKey, item_hash
from generator.records.verdict import JudgeId, Verdict
from generator.store.content import Content

AUDIT = 0.05
"""Share of what the rules settled that the language model is asked about all the same."""


class Judgement(Protocol):
    """What asking came to."""

    @property
    def verdict(self) -> Verdict:
        """The verdict, ``no_verdict`` with its reason where the judge failed."""

    @property
    def usage(self) -> Tokens:
        """Tokens that it took."""


class Judge(Protocol):
    """A judge that has to be asked."""

    @property
    def judge_id(self) -> JudgeId:
        """Who it is."""

    async def judge(
        self, failure: Failure, peers: Sequence[str], *, display_full: bool
    ) -> Judgement:
        """Judge one failure; every request goes through the gate.

        Raises:
            AskError: The endpoint's rate limit stands in the way.
        """

    def give_up(self, failure: Failure) -> Judgement:
        """Return that there is no verdict on a failure that met the rate limit."""


@dataclass(frozen=True)
class Scope:
    """What is to be judged, and how it is chosen."""

    content: Content
    """The content."""
    cache: Path
    """Folder of fetched files and journals."""
    judge: JudgeId
    """Who will be asked."""
    share: float = 1.0
    """Share of every run's failures that is wanted, in (0, 1]; below 1 those that rules settled
    are drawn like the others."""
    audit: float = AUDIT
    """Share of what the rules settled that is asked about, in [0, 1]."""


class Heard(NamedTuple):
    """What the judge said of a case, for whoever follows the work."""

    case: Case
    """The failure."""
    verdict: Verdict
    """The verdict, already in the journal."""


def open_docket(scope: Scope, benchmark: str, models: Sequence[str]) -> Docket:
    """List the failures of a benchmark that the judge is to be asked about.

    Args:
        scope: What is to be judged.
        benchmark: Benchmark.
        models: Models whose runs are at hand and freshly judged by the rules.

    Raises:
        InputError: A text is not at hand or at fault, or the rules are not fresh.
    """
    content = scope.content
    elsewhere = Elsewhere(content)
    for model in models:
        if state(content, (benchmark, model), elsewhere) != "fresh":
            msg = f"{benchmark}/{model}: the rules come first: run `erroratlas judge`"
            raise InputError(msg)
    task_type = content.benchmarks[benchmark].task_type
    docket = Docket(journal_folder(scope.cache), benchmark, task_type)
    try:
        for model in sorted(models):
            docket.begin(model)
            _list(scope, (benchmark, model), docket)
        docket.close_lists(scope.share)
    except BaseException:
        docket.__exit__()
        raise
    return docket


def _list(scope: Scope, key: RunKey, docket: Docket) -> None:
    """Write the rows of one run into the docket."""
    content, seed = scope.content, scope.content.atlas.seed
    description = content.benchmarks[key[0]]
    rules = rules_view(content, key)
    done = spoken(content, key, scope.judge, scope.cache)
    for item, prediction in run_rows(content, key, scope.cache):
        digest = bytes.fromhex(item_hash(key[0], item))
        if prediction.score >= description.success_threshold:
            output = own_text(prediction)
            if useful(output):
                number = docket.item(item, digest)
                docket.add_correct(number, rank(seed, output, key[1], item.item_id), output)
            continue
        failure = Failure.of(*key, description.task_type, item, prediction)
        listed = _listed(scope, failure, rules, done)
        if listed is not None:
            docket.add_failure(docket.item(item, digest), listed)


def _listed(scope: Scope, failure: Failure, rules: RulesView, done: set[bytes]) -> Listed | None:
    """Return a failure as the docket lists it; none where the rules settled it for good."""
    seed, key = scope.content.atlas.seed, bytes.fromhex(failure.key)
    names = (failure.benchmark, failure.model, failure.key)
    audit = key in rules.settled
    # A sample is drawn from all failures: what rules settle is part of the population.
    if audit and scope.share == 1 and not chosen(scope.audit, seed, "audit", *names):
        return None
    return Listed(failure, audit, draw(seed, "sample", *names), key in done)


async def ask_all(
    scope: Scope,
    docket: Docket,
    judge: Judge,
    gate: Gate,
    *,
    workers: int,
    on_heard: Callable[[Heard], None],
) -> None:
    """Ask the judge about every pending case; each verdict is in the journal before it is told.

    Whatever ends it, requests under way are answered first, and no verdict is lost.

    Args:
        scope: What is to be judged.
        docket: The cases.
        judge: The judge, asking through the gate.
        gate: The gate; tells afterwards whether and why it was stopped.
        workers: Most failures that are judged at a time.
        on_heard: Called after each verdict.

    Raises:
        ErrorAtlasError: The endpoint does not answer, or the journal cannot be written.
    """
    cases = docket.cases()
    clerk = _Clerk(scope, judge, gate, on_heard)
    tasks = [asyncio.create_task(clerk.work(cases)) for _ in range(workers)]
    try:
        ends = await asyncio.gather(*tasks, return_exceptions=True)
    finally:
        for task in tasks:
            task.cancel()
    for end in ends:
        if isinstance(end, BaseException) and not isinstance(end, asyncio.CancelledError):
            raise end


class _Clerk:
    """Takes case after case to the judge and writes down what is said."""

    def __init__(
        self, scope: Scope, judge: Judge, gate: Gate, on_heard: Callable[[Heard], None]
    ) -> None:
        self._scope, self._judge, self._gate, self._on_heard = scope, judge, gate, on_heard

    async def work(self, cases: Iterator[Case]) -> None:
        """Take cases from the list that all workers share until it ends or the gate closes."""
        try:
            while self._gate.stopped is None and (case := next(cases, None)) is not None:
                await self._hear(case)
        except StoppedError:
            return
        except BaseException as error:
            # The others end the cases they have and take no more.
            self._gate.stop(str(error) or type(error).__name__)
            raise

    async def _judged(self, case: Case, *, display_full: bool) -> Judgement:
        try:
            return await self._judge.judge(case.failure, case.peers, display_full=display_full)
        except AskError:
            # The gate has put the request off as often as it does.
            return self._judge.give_up(case.failure)

    async def _hear(self, case: Case) -> None:
        known = self._scope.content.benchmarks.get(case.run[0])
        full = known is not None and known.display == "full"
        with self._gate.counting() as tally:
            try:
                said = await self._judged(case, display_full=full)
                verdict, usage = said.verdict, said.usage
            except StoppedError as end:
                if tally.requests == 0:
                    raise
                # An answer was paid for and refused; asking again has to wait for the next run.
                usage = tally.usage
                verdict = Verdict(
                    key=case.failure.key,
                    item_id=case.failure.item_id,
                    judge=self._judge.judge_id,
                    status="no_verdict",
                    summary=f"no usable answer before the end: {end}",
                    tokens=tally.usage.total,
                )
        path = journal_path(self._scope.cache, case.run, self._judge.judge_id.name)
        Journal(path).append(verdict, usage)
        self._on_heard(Heard(case, verdict))
