"""What asking a language model needs first: who and what, the rules, and what it would take."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import click

from generator.cli.judging import judge_all
from generator.cli.options import progress_shown
from generator.judging.cascade import Scope, open_docket
from generator.judging.docket import Case, Docket
from generator.judging.estimate import Estimate, estimate
from generator.judging.llm import LLM_NAME
from generator.judging.prompt import Prompt
from generator.judging.run import due
from generator.readers.runs import is_readable
from generator.records.prices import Price
from generator.records.verdict import JudgeId
from generator.store.content import Content

Runs = dict[str, list[str]]
"""Models by benchmark."""


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


class Ready(NamedTuple):
    """What asking starts from."""

    prompt: Prompt
    """The prompt."""
    scope: Scope
    """What is to be judged."""
    runs: Runs
    """Runs that are at hand, judged by the rules."""


def ready(content: Content, cache: Path, wanted: Wanted, *, workers: int | None) -> Ready:
    """Judge with the rules what is due, and return what asking starts from.

    Args:
        content: The content.
        cache: Folder of fetched files and journals.
        wanted: What the user asked for.
        workers: Processes for the rules; none leaves them out.
    """
    prompt = Prompt(content.taxonomy)
    judge = JudgeId(
        name=LLM_NAME,
        version=wanted.model,
        prompt_hash=prompt.hash,
        taxonomy=content.taxonomy.version,
    )
    runs = {
        benchmark: [
            key[1]
            for key in content.runs
            if key[0] == benchmark and is_readable(content, key, cache)
        ]
        for benchmark in wanted.benchmarks
    }
    if workers is not None:
        keys = [key for key in due(content, cache) if key[1] in runs.get(key[0], ())]
        judge_all(content, keys, cache, workers=workers, show=progress_shown())
    return Ready(prompt, Scope(content, cache, judge, wanted.share), runs)


def foresee(
    start: Ready,
    price: Price | None,
    form: str,
    on_open: Callable[[Docket, str], object] = lambda *_: None,
) -> None:
    """Say what asking would take.

    Args:
        start: What asking starts from.
        price: Price of the model, None where it is not known.
        form: ``text`` or ``json``.
        on_open: Called with the list of failures of each benchmark, to take some out.
    """
    estimates = {
        benchmark: _estimate(start, benchmark, price, on_open)
        for benchmark, models in start.runs.items()
        if models
    }
    _foresee(estimates, start.scope, form)


def _estimate(
    start: Ready,
    benchmark: str,
    price: Price | None,
    on_open: Callable[[Docket, str], object],
) -> Estimate:
    """Return what one benchmark will take."""

    def characters(case: Case) -> int:
        marker = start.prompt.marker(case.failure, case.peers)
        messages = start.prompt.messages(case.failure, case.peers, marker=marker)
        return sum(len(message["content"]) for message in messages)

    with open_docket(start.scope, benchmark, start.runs[benchmark]) as docket:
        on_open(docket, benchmark)
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
            f"{row.usage.output_tokens:,} put out, {money(row.cost)}"
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


def money(amount: float | None) -> str:
    """Return an amount for people."""
    return "cost not known" if amount is None else f"{amount:,.2f} USD"
