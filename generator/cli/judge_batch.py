"""``erroratlas judge --llm --batch``: by file, through a provider or an engine of one's own."""

import asyncio
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import click

from generator.cli.asking import Asking, foresee
from generator.cli.batch_report import by_batch, recap, show_standings
from generator.cli.llm_options import Wanted
from generator.cli.options import progress_shown
from generator.cli.starting import Start, estimates, start_of
from generator.errors import ContentError, InputError
from generator.judging.answer import schema
from generator.judging.batch_client import BatchClient
from generator.judging.batch_collect import Standing, collect
from generator.judging.batch_hearing import Hearing
from generator.judging.batch_ids import Ids
from generator.judging.batch_intake import Desk, Intake, take_in
from generator.judging.batch_requests import Layout
from generator.judging.batch_results import Results
from generator.judging.batch_session import Batches, write
from generator.judging.cascade import open_docket
from generator.judging.client import Client
from generator.judging.exchange import NO_SECRET, Concealer, Dialect
from generator.judging.pricing import batch_price, price_of
from generator.judging.sampling import Sampled, seal_sample
from generator.records.judges import is_listed
from generator.store.content import Content


class _Batch(NamedTuple):
    """What every action needs."""

    start: Start
    ids: Ids
    batches: Batches
    form: str


def batch_with(
    content: Content,
    cache: Path,
    wanted: Wanted,
    action: str,
    files: tuple[Path, ...],
    *,
    dry_run: bool,
    form: str,
    workers: int,
) -> None:
    """Do one step of judging by file.

    Raises:
        InputError: Content, budget or a result file are at fault, or another run is at work.
        OutsideError: The endpoint does not answer.
    """
    if wanted.limits[2] is not None and batch_price(price_of(content, wanted.model)) is None:
        msg = (
            "--max-cost: the price of this model in a batch is not known: add it with `batch` to "
            "content/prices.yml, or use --max-tokens"
        )
        raise InputError(msg)
    asking = Asking.of(content, wanted, batch=True)
    # How batches stand has nothing to do with the rules: no need to wait for them.
    start = start_of(content, cache, asking, workers=None if action == "status" else workers)
    batches = Batches(start.scope, wanted.base_url)
    work = _Batch(start, Ids(start.scope.judge), batches, form)
    if dry_run:
        foresee(estimates(start, batches.set_aside), start.scope.judge, form)
    elif action == "write":
        _write(work, files[0])
    elif action == "read":
        _read(work, files)
    else:
        asyncio.run(_through_the_endpoint(work, action))


async def _through_the_endpoint(work: _Batch, action: str) -> None:
    async with Client(work.start.asking.endpoint) as client:
        provider = BatchClient(client)
        if action == "submit":
            await _submit(work, client, provider)
        elif action == "status":
            with work.batches.alone():
                found = await work.batches.refresh(provider)
            standings = [Standing(sheet, batch) for sheet, batch in found]
            show_standings(standings, work.batches.others(), work.form)
        else:
            await _collect(work, client, provider)


async def _submit(work: _Batch, client: Client, provider: BatchClient) -> None:
    budget = work.start.asking.budget
    taxonomy = work.start.scope.content.taxonomy
    hearing = _hearing(work, client.conceal)
    with _bar("Writing requests") as on_progress:
        dialect = partial(client.prepare, schema(taxonomy))
        layout = Layout(work.ids, hearing, dialect, budget, on_progress)
        sent = await work.batches.submit(provider, layout, work.start.runs)
    report = {
        "batches": [sheet.model_dump(exclude={"judge"}) for sheet in sent.sheets],
        "found": [sheet.name for sheet in sent.found],
        "requests": sum(sheet.requests for sheet in sent.sheets),
        "under_way": sent.under_way,
        "most_tokens": budget.usage.total,
        "most_cost": budget.cost,
        "stopped": sent.stopped,
    }
    if work.form == "json":
        click.echo(json.dumps(report, indent=2))
        return
    for sheet in sent.found:
        click.echo(f"{sheet.name}: {sheet.batch} was made by a command that was cut off.")
    click.echo(
        f"{len(sent.sheets)} batches with {report['requests']:,} requests sent, at most "
        f"{budget.usage.total:,} tokens, {by_batch(budget.cost)}; "
        f"{sent.under_way:,} requests are under way from before."
    )
    if sent.stopped is not None:
        click.echo(f"Stopped: {sent.stopped}. The same command goes on, once these are collected.")
    click.echo("See how they stand with --batch status; take the answers in with --batch collect.")


def _write(work: _Batch, path: Path) -> None:
    if path.is_dir():
        msg = f"{path}: a folder: name the file that the requests go to"
        raise InputError(msg)
    budget = work.start.asking.budget

    async def dialect() -> Dialect:
        return Dialect()

    with _bar("Writing requests") as on_progress:
        layout = Layout(work.ids, _hearing(work), dialect, budget, on_progress)
        written, stopped = asyncio.run(write(work.batches, layout, work.start.runs, path))
    report = {
        "files": [{**made._asdict(), "path": str(made.path)} for made in written],
        "requests": sum(made.lines for made in written),
        "most_tokens": budget.usage.total,
        "most_cost": budget.cost,
        "stopped": stopped,
    }
    if work.form == "json":
        click.echo(json.dumps(report, indent=2))
        return
    for made in written:
        click.echo(f"{made.path}: {made.lines:,} requests, {made.size:,} bytes")
    if not written:
        click.echo("Nothing is due: no file was written.")
    if stopped is not None:
        click.echo(f"Stopped: {stopped}.")


def _read(work: _Batch, paths: tuple[Path, ...]) -> None:
    results = Results(work.ids)
    for path in paths:
        results.add(path)
    intake = Intake()
    desk = _desk(work, _hearing(work), results)
    named = {work.ids.benchmark(name): name for name, runs in work.start.runs.items() if runs}
    with _bar("Judging") as on_progress:
        on_heard = _counting(on_progress, results)
        for part in results.benchmarks():
            if part in named:
                name = named[part]
                asyncio.run(take_in(desk, name, work.start.runs[name], intake, on_heard))
            else:
                results.elsewhere(part)
    if results.problems and not intake.counts:
        raise ContentError(results.problems)
    scope, price = work.start.scope, work.start.asking.price
    recap(scope, price, intake, results, samples=_samples(work), form=work.form)


async def _collect(work: _Batch, client: Client, provider: BatchClient) -> None:
    results = Results(work.ids, client.conceal)
    hearing = _hearing(work, client.conceal)
    with _bar("Judging") as on_progress:
        found = await collect(
            work.batches,
            provider,
            _desk(work, hearing, results),
            work.start.runs,
            _counting(on_progress, results),
        )
    if work.form == "text":
        show_standings(found.standings, work.batches.others(), work.form)
    scope, price, samples = work.start.scope, work.start.asking.price, _samples(work)
    recap(scope, price, found.intake, results, found, samples=samples, form=work.form)
    if found.failed is not None:
        raise found.failed


def _hearing(work: _Batch, conceal: Concealer = NO_SECRET) -> Hearing:
    asking = work.start.asking
    return Hearing(asking.endpoint, asking.prompt, asking.content.taxonomy, conceal)


def _desk(work: _Batch, hearing: Hearing, results: Results) -> Desk:
    # What was asked about is taken in whatever the rules, or another share, would choose now.
    scope = replace(work.start.scope, share=1.0, audit=1.0)
    return Desk(scope, work.ids, hearing, results)


def _samples(work: _Batch) -> list[Sampled]:
    """Write the samples that are judged whole by now; none where no share was named."""
    scope = work.start.scope
    if scope.share == 1 or not is_listed(scope.content.atlas.judges, scope.judge.name):
        return []
    found = []
    for benchmark, models in work.start.runs.items():
        if models:
            with open_docket(scope, benchmark, models) as docket:
                drawn = docket.strata()
            found.append(seal_sample(scope.content, scope.judge, benchmark, drawn, scope.share))
    return found


@contextmanager
def _bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Show a progress bar on a terminal, moved by what is done of how much."""
    hidden = not progress_shown()
    with click.progressbar(length=0, label=label, file=sys.stderr, hidden=hidden) as bar:

        def on_progress(done: int, length: int) -> None:
            bar.length = length
            bar.update(done - bar.pos)

        yield on_progress


def _counting(on_progress: Callable[[int, int], None], results: Results) -> Callable[[Any], None]:
    heard = iter(range(1, sys.maxsize))
    return lambda _: on_progress(next(heard), results.counts["lines"])
