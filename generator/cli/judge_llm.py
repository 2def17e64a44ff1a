"""``erroratlas judge --llm``: what asking would take, asking, and what it came to."""

import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import click

from generator.cli.judging import judge_all
from generator.cli.main import INTERRUPTED
from generator.cli.options import progress_shown, stop
from generator.errors import OutsideError
from generator.judging.budget import Budget, Limits
from generator.judging.cascade import Heard, Scope, open_docket
from generator.judging.client import Client, Endpoint
from generator.judging.docket import Case, Docket
from generator.judging.estimate import Estimate, estimate
from generator.judging.ledger import Agreement, agreement
from generator.judging.llm import LLM_NAME, LlmJudge
from generator.judging.pricing import price_of
from generator.judging.prompt import Prompt
from generator.judging.session import Session
from generator.readers.runs import is_readable
from generator.records.prices import Price
from generator.records.verdict import JudgeId
from generator.store.content import Content


class Wanted(NamedTuple):
    """What the user asked for."""

    model: str
    """Name of the language model."""
    base_url: str | None
    """Address of the endpoint; the provider's own if None."""
    key_variable: str
    """Environment variable that holds the key."""
    benchmarks: tuple[str, ...]
    """Benchmarks to judge."""
    concurrency: int
    """Most requests at a time."""
    limits: tuple[int | None, int | None, float | None]
    """Most requests, tokens and USD."""
    share: float
    """Share of every stratum, in (0, 1]."""


def judge_with(
    content: Content, cache: Path, wanted: Wanted, *, dry_run: bool, form: str, workers: int
) -> None:
    """Judge with the rules what is due, then ask a language model about the rest.

    Raises:
        InputError: Content or budget are at fault, or another run is at work.
        OutsideError: The endpoint does not answer.
    """
    price = price_of(content, wanted.model)
    limits = Limits(*wanted.limits)
    endpoint = Endpoint(wanted.base_url, wanted.model, wanted.key_variable)
    budget = Budget(limits, price, endpoint.max_output_tokens)
    prompt = Prompt(content.taxonomy)
    judge = JudgeId(
        name=LLM_NAME,
        version=wanted.model,
        prompt_hash=prompt.hash,
        taxonomy=content.taxonomy.version,
    )
    scope = Scope(content, cache, judge, wanted.share)
    runs = {
        benchmark: [
            key[1]
            for key in content.runs
            if key[0] == benchmark and is_readable(content, key, cache)
        ]
        for benchmark in wanted.benchmarks
    }
    wished = [(benchmark, model) for benchmark, models in runs.items() for model in models]
    judge_all(content, cache, wished, workers=workers, show=progress_shown())
    if dry_run:
        estimates = {
            benchmark: _estimate(scope, benchmark, models, prompt, price)
            for benchmark, models in runs.items()
            if models
        }
        _foresee(estimates, scope, form)
        return
    work = _Work(scope, budget)
    client = Client(endpoint)
    failed: OutsideError | None = None
    with Session(
        client,
        lambda gate: LlmJudge(gate, prompt, content.taxonomy),
        budget,
        concurrency=wanted.concurrency,
        on_interrupt=_interrupting,
    ) as session:
        for benchmark, models in runs.items():
            if not models or session.gate.stopped is not None:
                continue
            try:
                work.benchmark(session, benchmark, models)
            except OutsideError as error:
                failed = error
    _recap(work, session, scope, runs, form)
    if failed is not None:
        raise failed
    if session.interrupted:
        stop(INTERRUPTED)


def _estimate(
    scope: Scope, benchmark: str, models: list[str], prompt: Prompt, price: Price | None
) -> Estimate:
    """Return what one benchmark will take."""

    def characters(case: Case) -> int:
        marker = prompt.marker(case.failure, case.peers)
        messages = prompt.messages(case.failure, case.peers, marker=marker)
        return sum(len(message["content"]) for message in messages)

    with open_docket(scope, benchmark, models) as docket:
        return estimate(docket, characters, price)


def _foresee(estimates: dict[str, Estimate], scope: Scope, form: str) -> None:
    """Say what asking would take."""
    if form == "json":
        rows = {
            name: {
                "failures": row.failures,
                "requests": row.requests,
                "audits": row.audits,
                "input_tokens": row.usage.input_tokens,
                "output_tokens": row.usage.output_tokens,
                "cost": row.cost,
            }
            for name, row in estimates.items()
        }
        click.echo(json.dumps({"judge": scope.judge.model_dump(), "benchmarks": rows}, indent=2))
        return
    for name, row in estimates.items():
        click.echo(
            f"{name}: {row.requests:,} requests ({row.audits:,} on failures that the rules "
            f"settled), about {row.usage.input_tokens:,} tokens sent and "
            f"{row.usage.output_tokens:,} put out, {_money(row.cost)}"
        )
    requests = sum(row.requests for row in estimates.values())
    tokens = sum(row.usage.total for row in estimates.values())
    costs = [row.cost for row in estimates.values() if row.cost is not None]
    total = sum(costs) if len(costs) == len(estimates) else None
    click.echo(
        f"In all {requests:,} requests, about {tokens:,} tokens, {_money(total)}. "
        "Nothing was sent. A refused answer is asked for again, at most twice; what the provider "
        "keeps of a prompt makes it cheaper."
    )


class _Work:
    """Follows the work and counts what it comes to."""

    def __init__(self, scope: Scope, budget: Budget) -> None:
        self.scope = scope
        self.budget = budget
        self.heard: Counter[str] = Counter()
        self.pending = 0
        self.changed: list[str] = []
        self._began = time.monotonic()

    def benchmark(self, session: Session, benchmark: str, models: list[str]) -> None:
        """Judge one benchmark behind a progress bar."""

        def shown(_: int | None) -> str:
            return self._pace()

        with click.progressbar(
            length=0,
            label=benchmark,
            file=sys.stderr,
            hidden=not progress_shown(),
            item_show_func=shown,
        ) as bar:

            def on_open(docket: Docket) -> None:
                parts = [docket.counts(audit=audit).pending for audit in (False, True)]
                bar.length = sum(parts)
                self.pending += sum(parts)

            def on_heard(heard: Heard) -> None:
                self._count(heard)
                bar.update(1, 1)

            changes = session.benchmark(
                self.scope, benchmark, models, on_open=on_open, on_heard=on_heard
            )
        layout = self.scope.content.layout
        self.changed += [layout.name(change.path) for change in changes if change.changed]

    def _count(self, heard: Heard) -> None:
        self.heard[heard.verdict.status] += 1

    def _pace(self) -> str:
        """Return rate, tokens and cost so far."""
        seconds = max(1e-3, time.monotonic() - self._began)
        tokens, money = self.budget.usage.total, self.budget.cost
        shown = f"{sum(self.heard.values()) / seconds:.1f}/s {tokens:,} tokens"
        return shown if money is None else f"{shown} {money:,.2f} USD"


def _interrupting(under_way: int) -> None:
    click.echo(
        f"\nNo further requests; waiting for {under_way} under way, which are paid for. "
        "Ctrl-C again ends them, too.",
        err=True,
    )


def _recap(
    work: _Work, session: Session, scope: Scope, runs: dict[str, list[str]], form: str
) -> None:
    """Say what asking came to."""
    budget, heard = work.budget, work.heard
    keys = [(benchmark, model) for benchmark, models in runs.items() for model in models]
    agreed = agreement(scope.content, keys, scope.judge.name)
    listed = scope.judge.name in scope.content.atlas.judges
    report: dict[str, Any] = {
        "judge": scope.judge.name,
        "listed": listed,
        "pending_before": work.pending,
        "verdict": heard["verdict"],
        "undetermined": heard["undetermined"],
        "no_verdict": heard["no_verdict"],
        "requests": budget.requests,
        "input_tokens": budget.usage.input_tokens,
        "cached_tokens": budget.usage.cached_tokens,
        "output_tokens": budget.usage.output_tokens,
        "cost": budget.cost,
        "rules_checked": agreed.checked,
        "rules_agreed": agreed.agreed,
        "stopped": session.gate.stopped,
        "changed": work.changed,
    }
    if form == "json":
        click.echo(json.dumps(report, indent=2))
        return
    click.echo(
        f"{sum(heard.values()):,} of {work.pending:,} failures judged by {scope.judge.name}: "
        f"{heard['verdict']:,} verdicts, {heard['undetermined']:,} undetermined, "
        f"{heard['no_verdict']:,} without a usable answer; {budget.requests:,} requests, "
        f"{budget.usage.total:,} tokens, {_money(budget.cost)}; {len(work.changed)} files written"
    )
    _remarks(agreed, session, work, listed=listed)


def _remarks(agreed: Agreement, session: Session, work: _Work, *, listed: bool) -> None:
    """Say what follows from it."""
    if agreed.checked:
        click.echo(
            f"Of {agreed.checked:,} failures that the rules settled and the model judged as well, "
            f"{agreed.agreed:,} got the same cause."
        )
    if work.heard["no_verdict"]:
        click.echo("Those without a usable answer are asked about again on the next run.")
    if session.gate.stopped is not None:
        click.echo(
            f"Stopped: {session.gate.stopped}. Everything answered is kept; "
            "the same command goes on from here."
        )
    if not listed:
        name = work.scope.judge.name
        click.echo(
            f"{name} is not among the judges of content/atlas.yml, so its verdicts are kept but "
            f"do not count: add it there, before rules."
        )


def _money(amount: float | None) -> str:
    return "cost not known" if amount is None else f"{amount:,.2f} USD"
