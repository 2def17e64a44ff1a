"""``erroratlas taxonomy build --llm``: what asking would take, asking, and what it came to."""

import json
from typing import Any, NamedTuple

import click

from generator.cli.asking import interrupting, money
from generator.cli.llm_options import Wanted
from generator.cli.main import INTERRUPTED
from generator.cli.options import stop
from generator.judging.budget import Budget
from generator.judging.client import Client
from generator.judging.interruption import INTERRUPTED as BY_USER
from generator.judging.pricing import cost, price_of
from generator.records.proposal import Settings, Stability
from generator.sources.cache import cache_root
from generator.store.content import Content
from generator.taxonomy.induction.asked import build_asked
from generator.taxonomy.induction.asking import Inquiry
from generator.taxonomy.induction.failures import Corpus
from generator.taxonomy.induction.measure import compared, variants
from generator.taxonomy.induction.paid import Outcome, estimate, run_paid
from generator.taxonomy.induction.proposal import Scope
from generator.taxonomy.induction.steps import prompt_hash
from generator.taxonomy.induction.tree import Node, labels_at


class Built(NamedTuple):
    """A tree that a language model made."""

    root: Node
    """The tree."""
    settings: Settings
    """What it depends on."""
    stability: list[Stability]
    """What is there again when it is built again; empty unless asked for."""


def build_with(
    content: Content, corpus: Corpus, scope: Scope, sizes: dict[str, Any], given: dict[str, Any]
) -> Built | None:
    """Build with a language model; None where nothing was to be sent.

    Args:
        content: The content.
        corpus: The failures.
        scope: What it is built from.
        sizes: Depth, sizes, batch, sample and seed.
        given: Options of the command.

    Raises:
        InputError: The budget is at fault, or another build is at work.
        OutsideError: The endpoint does not answer.
    """
    model = given["llm"]
    settings = Settings(method="llm", llm=model, prompt_hash=prompt_hash(sizes["most"]), **sizes)
    price = price_of(content, model)
    if given["dry_run"]:
        requests, spent = estimate(corpus, settings)
        _foresee(
            requests, spent.total, None if price is None else cost(price, spent), given["form"]
        )
        return None
    wanted = Wanted.of(model, given)
    budget = wanted.budget(price)

    async def work(inquiry: Inquiry) -> Built:
        async def grow(how: Settings) -> Node:
            return await build_asked(corpus, content.taxonomy, scope.mode, how, inquiry)

        root = await grow(settings)
        measured = []
        for variant in variants(settings) if given["measure"] else ():
            if variant.reverse:
                continue  # Texts are read in the order of the seed, whatever that of the rows.
            first, second = await grow(variant.first), await grow(variant.second)
            measured += [
                compared(
                    labels_at(corpus, first, depth),
                    labels_at(corpus, second, depth),
                    variation=variant.variation,
                    depth=depth,
                )
                for depth in range(1, min(2, settings.depth) + 1)
            ]
        return Built(root, settings, measured)

    built, outcome = run_paid(
        Client(wanted.endpoint()),
        budget,
        cache_root(),
        work,
        concurrency=wanted.concurrency,
        on_interrupt=interrupting,
    )
    _recap(outcome, budget)
    if outcome.stopped == BY_USER:
        stop(INTERRUPTED)
    return built


def _foresee(requests: int, tokens: int, spent: float | None, form: str) -> None:
    """Say what asking would take."""
    if form == "json":
        report = {"requests": requests, "tokens": tokens, "cost": spent}
        click.echo(json.dumps(report, indent=2))
        return
    click.echo(
        f"At most about {requests:,} requests and {tokens:,} tokens, {money(spent)}. Nothing was "
        "sent. A refused answer is asked for again, at most twice; --measure builds several times."
    )


def _recap(outcome: Outcome, budget: Budget) -> None:
    """Say what asking came to, beside the report of what was built."""
    spent = "" if budget.cost is None else f", {budget.cost:,.2f} USD"
    click.echo(
        f"{outcome.asked:,} requests answered, {outcome.recalled:,} recalled from the journal, "
        f"{outcome.refused:,} without a usable answer; {budget.usage.total:,} tokens{spent}",
        err=True,
    )
    if outcome.stopped is not None:
        click.echo(
            f"Stopped: {outcome.stopped}. Everything answered is kept, nothing was written; "
            "the same command goes on from here.",
            err=True,
        )
