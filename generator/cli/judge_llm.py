"""``erroratlas judge --llm``: what asking would take, asking, and what it came to."""

import json
from pathlib import Path
from typing import Any

import click

from generator.cli.asking import Asking, Work, foresee, money, sample_sentence
from generator.cli.llm_options import Wanted
from generator.cli.main import INTERRUPTED
from generator.cli.options import stop
from generator.cli.starting import estimates, start_of
from generator.errors import OutsideError, printable
from generator.judging.budget import Budget
from generator.judging.cascade import Scope
from generator.judging.docket import Docket, Stratified
from generator.judging.ledger import Agreement, agreement
from generator.judging.sampling import Sampled, seal_sample
from generator.judging.session import Session
from generator.records.judges import is_listed
from generator.store.content import Content

REASONS = 3
"""Reasons why answers could not be used that are told, the most frequent first."""


def judge_with(
    content: Content, cache: Path, wanted: Wanted, *, dry_run: bool, form: str, workers: int
) -> None:
    """Judge with the rules what is due, then ask a language model about the rest.

    Raises:
        InputError: Content or budget are at fault, or another run is at work.
        OutsideError: The endpoint does not answer.
    """
    asking = Asking.of(content, wanted)
    start = start_of(content, cache, asking, workers=workers)
    _, scope, runs = start
    if dry_run:
        foresee(estimates(start), scope.judge, form)
        return
    work = _Work(scope, asking.budget)
    failed: OutsideError | None = None
    with asking.session() as session:
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


class _Work(Work):
    """Follows the work, and which files it changes."""

    def __init__(self, scope: Scope, budget: Budget) -> None:
        super().__init__(budget)
        self.scope = scope
        self.changed: list[str] = []
        self.samples: list[Sampled] = []
        self.seconds = 0.0

    def benchmark(self, session: Session, benchmark: str, models: list[str]) -> None:
        """Judge one benchmark behind a progress bar."""
        drawn: list[Stratified] = []
        with self.shown(benchmark) as (on_open, on_heard):

            def on_drawn(docket: Docket) -> None:
                drawn.extend(docket.strata() if self.scope.share < 1 else [])
                on_open(docket)

            changes = session.benchmark(
                self.scope, benchmark, models, on_open=on_drawn, on_heard=on_heard
            )
        self.seconds = self.elapsed
        content, judge = self.scope.content, self.scope.judge
        layout = content.layout
        self.changed += [layout.name(change.path) for change in changes if change.changed]
        if drawn and is_listed(content.atlas.judges, judge.name):
            share = self.scope.share
            self.samples.append(seal_sample(content, judge, benchmark, drawn, share))


def _recap(
    work: _Work, session: Session, scope: Scope, runs: dict[str, list[str]], form: str
) -> None:
    """Say what asking came to."""
    budget, heard = work.budget, work.heard
    keys = [(benchmark, model) for benchmark, models in runs.items() for model in models]
    agreed = agreement(scope.content, keys, scope.judge.name)
    listed = is_listed(scope.content.atlas.judges, scope.judge.name)
    report: dict[str, Any] = {
        "judge": scope.judge.name,
        "listed": listed,
        "pending_before": work.pending,
        "verdict": heard["verdict"],
        "undetermined": heard["undetermined"],
        "no_verdict": heard["no_verdict"],
        **work.taken(),
        "seconds": round(work.seconds, 3),
        "rules_checked": agreed.checked,
        "rules_agreed": agreed.agreed,
        "stopped": session.gate.stopped,
        "changed": work.changed,
        "samples": [sampled._asdict() for sampled in work.samples],
    }
    if form == "json":
        click.echo(json.dumps(report, indent=2))
        return
    click.echo(
        f"{sum(heard.values()):,} of {work.pending:,} failures judged by {scope.judge.name}: "
        f"{heard['verdict']:,} verdicts, {heard['undetermined']:,} undetermined, "
        f"{heard['no_verdict']:,} without a usable answer; {budget.requests:,} requests, "
        f"{budget.usage.total:,} tokens, {money(budget.cost)}; {len(work.changed)} files written"
    )
    _remarks(agreed, session, work, listed=listed)


def _remarks(agreed: Agreement, session: Session, work: _Work, *, listed: bool) -> None:
    """Say what follows from it."""
    if agreed.checked:
        click.echo(
            f"Of {agreed.checked:,} failures that the rules settled and the model judged as well, "
            f"{agreed.agreed:,} got the same cause."
        )
    for sampled in work.samples:
        click.echo(sample_sentence(sampled))
    if work.heard["no_verdict"]:
        why = [f"{printable(one)} ({n:,})" for one, n in work.reasons.most_common(REASONS)]
        click.echo(
            f"Why answers could not be used: {'; '.join(why)}. "
            "Those failures are asked about again on the next run."
        )
    if session.gate.stopped is not None:
        click.echo(
            f"Stopped: {session.gate.stopped}. Everything answered is kept; "
            "the same command goes on from here."
        )
    if not listed:
        name = work.scope.judge.name
        click.echo(
            f"{name} is not among the judges of content/atlas.yml, so its verdicts are kept but "
            f"do not count: add it there, or llm for all language models, before rules."
        )
