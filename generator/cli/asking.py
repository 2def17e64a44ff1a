"""Asking a language model: what was asked for, what it will take, and how it goes on."""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple, NoReturn

import click

from generator.cli.llm_options import Wanted
from generator.cli.main import INTERRUPTED
from generator.cli.options import progress_shown, stop
from generator.judging.budget import Budget
from generator.judging.cascade import Heard
from generator.judging.client import Client, Endpoint
from generator.judging.docket import Case, Docket
from generator.judging.estimate import Estimate, estimate
from generator.judging.llm import LlmJudge, llm_judge
from generator.judging.pricing import batch_price, price_of
from generator.judging.prompt import Prompt
from generator.judging.sampling import Sampled
from generator.judging.session import Session
from generator.records.prices import Price
from generator.records.verdict import JudgeId
from generator.store.content import Content


class Asking(NamedTuple):
    """Who is asked what, within which budget."""

    content: Content
    """For its taxonomy."""
    wanted: Wanted
    """What the user asked for."""
    endpoint: Endpoint
    """Where it is asked."""
    prompt: Prompt
    """What is asked."""
    judge: JudgeId
    """Who is asked."""
    price: Price | None
    """Price of the model."""
    budget: Budget
    """What may be spent, and is."""

    @classmethod
    def of(cls, content: Content, wanted: Wanted, *, batch: bool = False) -> "Asking":
        """Prepare; nothing is opened.

        Args:
            content: The content.
            wanted: What the user asked for.
            batch: Whether it is asked by file, which costs less.

        Raises:
            InputError: A limit of cost is given and the price is not known.
        """
        prompt, price = Prompt(content.taxonomy), price_of(content, wanted.model)
        price = batch_price(price) if batch else price
        return cls(
            content,
            wanted,
            wanted.endpoint(),
            prompt,
            llm_judge(wanted.model, prompt.hash, content.taxonomy.version),
            price,
            wanted.budget(price),
        )

    def session(self) -> Session:
        """Return a session that is not open yet.

        Raises:
            InputError: There is no key.
        """
        return Session(
            Client(self.endpoint),
            lambda gate: LlmJudge(gate, self.prompt, self.content.taxonomy),
            self.budget,
            concurrency=self.wanted.concurrency,
            on_interrupt=interrupting,
        )

    def estimate(self, docket: Docket) -> Estimate:
        """Return what asking about the pending cases of a docket will take."""

        def characters(case: Case) -> int:
            marker = self.prompt.marker(case.failure, case.peers)
            messages = self.prompt.messages(case.failure, case.peers, marker=marker)
            return sum(len(message["content"]) for message in messages)

        return estimate(docket, characters, self.price)


def foresee(estimates: Mapping[str, Estimate], judge: JudgeId, form: str) -> None:
    """Say what asking would take, by name of what is asked about."""
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
        click.echo(json.dumps({"judge": judge.model_dump(), "benchmarks": rows}, indent=2))
        return
    for name, row in estimates.items():
        audits = f" ({row.audits:,} on failures that the rules settled)" if row.audits else ""
        click.echo(
            f"{name}: {row.requests:,} requests{audits}, about {row.usage.input_tokens:,} tokens "
            f"sent and {row.usage.output_tokens:,} put out, {money(row.cost)}"
        )
    requests = sum(row.requests for row in estimates.values())
    tokens = sum(row.usage.total for row in estimates.values())
    costs = [row.cost for row in estimates.values() if row.cost is not None]
    total = sum(costs) if len(costs) == len(estimates) else None
    click.echo(
        f"In all {requests:,} requests, about {tokens:,} tokens, {money(total)}. "
        "Nothing was sent. A refused answer is asked for again, at most twice; what the provider "
        "keeps of a prompt makes it cheaper."
    )


class Work:
    """Follows the work and counts what it comes to."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.heard: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.pending = 0
        self._began = time.monotonic()

    @contextmanager
    def shown(
        self, label: str
    ) -> Iterator[tuple[Callable[[Docket], None], Callable[[Heard], None]]]:
        """Show a progress bar; yields what is to be called with the docket and each verdict."""

        def pace(_: int | None) -> str:
            return self._pace()

        with click.progressbar(
            length=0,
            label=label,
            file=sys.stderr,
            hidden=not progress_shown(),
            item_show_func=pace,
        ) as bar:

            def on_open(docket: Docket) -> None:
                parts = [docket.counts(audit=audit).pending for audit in (False, True)]
                bar.length = sum(parts)
                self.pending += sum(parts)

            def on_heard(heard: Heard) -> None:
                self.heard[heard.verdict.status] += 1
                if heard.verdict.status == "no_verdict":
                    self.reasons[heard.verdict.summary or "not known"] += 1
                bar.update(1, 1)

            yield on_open, on_heard

    def taken(self) -> dict[str, Any]:
        """Return what asking took, as reports name it."""
        usage = self.budget.usage
        return {
            "requests": self.budget.requests,
            "input_tokens": usage.input_tokens,
            "cached_tokens": usage.cached_tokens,
            "output_tokens": usage.output_tokens,
            "cost": self.budget.cost,
        }

    @property
    def elapsed(self) -> float:
        """Seconds since the work began."""
        return time.monotonic() - self._began

    def _pace(self) -> str:
        """Return rate, tokens and cost so far."""
        seconds = max(1e-3, self.elapsed)
        tokens, spent = self.budget.usage.total, self.budget.cost
        shown = f"{sum(self.heard.values()) / seconds:.1f}/s {tokens:,} tokens"
        return shown if spent is None else f"{shown} {spent:,.2f} USD"


def interrupting(under_way: int) -> None:
    """Say that the answers under way are waited for."""
    click.echo(
        f"\nNo further requests; waiting for {under_way} under way, which are paid for. "
        "Ctrl-C again ends them, too.",
        err=True,
    )


def stop_interrupted() -> NoReturn:
    """Say that nothing is lost, and end the command."""
    click.echo("Interrupted; every answer is kept. The same command goes on.", err=True)
    stop(INTERRUPTED)


def sample_sentence(sampled: Sampled) -> str:
    """Say what became of a sample."""
    part = f"{sampled.drawn:,} of {sampled.population:,} failures drawn at random"
    if sampled.open:
        return (
            f"{part}, {sampled.open:,} of them not judged yet: the sample is written once all are; "
            "the same command goes on."
        )
    return f"{part}, all judged: content/samples/{sampled.name}.yml and .csv hold the sample."


def money(amount: float | None) -> str:
    """Return an amount with its currency."""
    return "cost not known" if amount is None else f"{amount:,.2f} USD"
