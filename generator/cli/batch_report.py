"""What judging by file reports: how batches stand, and what taking results in came to."""

import json
import time
from collections.abc import Sequence
from typing import Any

import click

from generator.cli.asking import money, sample_sentence
from generator.judging.batch_collect import Collected, Standing
from generator.judging.batch_intake import Intake
from generator.judging.batch_results import Results
from generator.judging.cascade import Scope
from generator.judging.pricing import cost
from generator.judging.sampling import Sampled
from generator.records.prices import Price


def _of_batches(found: Collected) -> dict[str, Any]:
    return {
        "batches": [_standing(standing) for standing in found.standings],
        "missing": found.missing,
    }


def _standing(standing: Standing) -> dict[str, Any]:
    sheet, batch, why_not = standing
    return {
        "name": sheet.name,
        "batch": batch.id,
        "benchmark": sheet.benchmark,
        "status": batch.status,
        "done": batch.done,
        "failed": batch.failed,
        "requests": sheet.requests,
        "age_seconds": max(0, int(time.time()) - sheet.created),
        "faults": list(batch.faults),
        "not_collected": why_not,
    }


def show_standings(standings: list[Standing], others: int, form: str) -> None:
    """Say how batches stand.

    Args:
        standings: Those of the language model and endpoint that were named.
        others: How many of others wait to be collected.
        form: ``text`` or ``json``.
    """
    rows = [_standing(standing) for standing in standings]
    if form == "json":
        click.echo(json.dumps({"batches": rows, "others": others}, indent=2))
        return
    for row in rows:
        minutes = row["age_seconds"] // 60
        why_not = f" ({row['not_collected']})" if row["not_collected"] else ""
        click.echo(
            f"{row['name']}  {row['batch']}  {row['status']}: {row['done']:,} done, "
            f"{row['failed']:,} failed of {row['requests']:,}, {minutes // 60} h "
            f"{minutes % 60:02} min old{why_not}"
        )
        for fault in row["faults"]:
            click.echo(f"  not accepted: {fault}")
    if not rows:
        click.echo("No batch of this model at this endpoint waits to be collected.")
    if others:
        click.echo(f"{others} of other models or endpoints do: name them (--llm, --base-url).")


_SAID = {
    "verdict": "verdicts",
    "undetermined": "undetermined",
    "no_verdict": "without a usable answer",
    "refused": "refused, to be asked again with the fault named",
    "lapsed": "never carried out",
    "missing": "without a result",
    "known": "taken in before",
    "duplicate": "given twice",
    "stale": "on failures that are no more",
    "foreign": "for another model, prompt or taxonomy",
    "unknown": "not ours",
    "unreadable": "unreadable",
}


def recap(
    scope: Scope,
    price: Price | None,
    intake: Intake,
    results: Results,
    found: Collected | None = None,
    *,
    samples: Sequence[Sampled],
    form: str,
) -> None:
    """Say what taking in came to, and what is wrong with the first lines of each kind."""
    counts = {**dict(results.counts), **dict(intake.counts)}
    layout = scope.content.layout
    paid = None if price is None else cost(price, intake.usage)
    report = {
        "judge": scope.judge.name,
        **(_of_batches(found) if found else {}),
        **{name: counts.get(name, 0) for name in _SAID if name != "missing"},
        "input_tokens": intake.usage.input_tokens,
        "cached_tokens": intake.usage.cached_tokens,
        "output_tokens": intake.usage.output_tokens,
        "cost": paid,
        "changed": [layout.name(change.path) for change in intake.changes if change.changed],
        "samples": [sampled._asdict() for sampled in samples],
    }
    for problem in results.problems:
        click.echo(str(problem), err=True)
    if form == "json":
        click.echo(json.dumps(report, indent=2))
        return
    said = [f"{report[name]:,} {words}" for name, words in _SAID.items() if report.get(name)]
    click.echo(
        f"{', '.join(said) or 'No results'}; {intake.usage.total:,} tokens, {by_batch(paid)}; "
        f"{len(report['changed'])} files written"
    )
    for sampled in samples:
        click.echo(sample_sentence(sampled))
    if any(report.get(name) for name in ("no_verdict", "refused", "lapsed", "missing")):
        click.echo("What has no verdict is asked again with the next --batch submit or write.")


def by_batch(amount: float | None) -> str:
    """Return an amount for people."""
    return "cost in a batch not known" if amount is None else money(amount)
