"""A language model over all planted faults, those too that the rules settle."""

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from generator.cli.asking import Asking, Work, foresee, money, stop_interrupted
from generator.cli.llm_options import Wanted
from generator.judging.cascade import Scope, open_docket
from generator.judging.journal import Journal, journal_path
from generator.planted.benchmark import SLUG
from generator.records.keys import RunKey
from generator.records.verdict import Verdict
from generator.sources.cache import cache_root
from generator.store.content import Content
from generator.store.verdicts import read_verdicts


def foresee_planted(content: Content, wanted: Wanted, keys: Sequence[RunKey], form: str) -> None:
    """Say what asking about all planted faults would take; nothing is sent."""
    asking = Asking.of(content, wanted)
    with open_docket(_scope(asking), SLUG, [model for _, model in keys]) as docket:
        foresee({SLUG: asking.estimate(docket)}, asking.judge, form)


def asked_about(
    content: Content, wanted: Wanted, keys: Sequence[RunKey]
) -> Callable[[RunKey], list[Verdict]]:
    """Ask about what the model has not spoken on yet; return what gives its verdicts on a run.

    The content stays as it is: what was said stands in the journals, where `judge --llm` finds it.

    Raises:
        InputError: There is no key, the rules are not fresh, or another process asks.
        OutsideError: The endpoint does not answer; what was said before is kept.
    """
    asking = Asking.of(content, wanted)
    scope, work = _scope(asking), Work(asking.budget)
    with asking.session() as session:
        with work.shown(SLUG) as (on_open, on_heard):
            session.benchmark(
                scope,
                SLUG,
                [model for _, model in keys],
                on_open=on_open,
                on_heard=on_heard,
                sealed=False,
            )
        stopped = session.gate.stopped
        if session.interrupted:
            stop_interrupted()
    budget = asking.budget
    told = f"{budget.requests:,} requests, {budget.usage.total:,} tokens, {money(budget.cost)}"
    click.echo(f"{told}; stopped: {stopped}" if stopped else told, err=True)
    return lambda key: _said(scope, key)


def _scope(asking: Asking) -> Scope:
    cache: Path = cache_root()
    return Scope(asking.content, cache, asking.judge, audit=1.0)


def _said(scope: Scope, key: RunKey) -> list[Verdict]:
    """Return what the model, as it is now, has said of a run, in the content or the journal."""
    held = read_verdicts(scope.content.layout.verdicts(*key))
    entries = Journal(journal_path(scope.cache, key, scope.judge.name)).read()
    found = [*(entry.verdict for entry in entries.values()), *held]
    own = [verdict for verdict in found if verdict.judge == scope.judge]
    return sorted(own, key=lambda verdict: verdict.status != "no_verdict")
