"""``erroratlas compare OLD NEW``: what changed between two editions, and why."""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from generator.cli.options import stop
from generator.errors import InputError
from generator.pages.format import estimate, shift
from generator.pages.released_tables import REASONS, reworded
from generator.records.changes import Changes, Estimate, Listed, Moved
from generator.records.release import place_of
from generator.release.drift import Side, drift, frozen, side
from generator.release.opened import open_package


def compare_editions(old: Path, new: Path, *, form: str) -> None:
    """Say what changed from the earlier of two editions to the later, and why.

    Raises:
        InputError: Both are the same edition, or one is none.
    """
    before, after = (side(open_package(path)) for path in (old, new))
    first, second = before.release.version, after.release.version
    if first == second:
        msg = f"{old} and {new}: both are edition {first}: name two editions"
        raise InputError(msg)
    if place_of(first) > place_of(second):
        before, after = after, before
        click.echo(f"{first} is later than {second}: read from {second} to {first}", err=True)
    found = drift(before, after)
    agrees = _agrees(found, after)
    if form == "json":
        about = {"old": found.since, "new": after.release.version, "record_agrees": agrees}
        click.echo(json.dumps({**about, **found.model_dump(mode="json")}, indent=2))
    else:
        for line in _lines(found, after):
            click.echo(line)
        if agrees is not None:
            said = "the same" if agrees else "otherwise"
            click.echo(f"The record of {after.release.version} says {said}")
    if agrees is False:
        stop(1)


def _agrees(found: Changes, after: Side) -> bool | None:
    """Tell whether the later edition says the same of itself; None where it speaks of another."""
    own = after.release.changes
    return own == frozen(found) if own is not None and own.since == found.since else None


def _lines(found: Changes, after: Side) -> Iterator[str]:
    release = after.release
    yield f"{found.since} to {release.version}"
    for name, listed in (
        ("Models", found.models),
        ("Benchmarks", found.benchmarks),
        ("Runs", found.runs),
        ("Categories", found.categories),
        ("Judges", found.judges),
    ):
        yield f"{name}: {_told(listed)}"
    old, new = found.taxonomy, release.taxonomy
    yield f"Taxonomy: {old}" if old == new else f"Taxonomy: {old} to {new}"
    for one in found.meanings:
        yield f"  {one.id} {one.after}: {reworded(one)}"
    yield f"Corrected: verdicts on {found.corrected:,} failures of both editions"
    yield f"Shares beyond their intervals: {found.beyond:,} of {found.compared:,}"
    yield from (_moved(one) for one in found.moved)


def _told(listed: Listed) -> str:
    parts = [
        f"{len(names):,} {what} ({', '.join(names)})"
        for what, names in (("added", listed.added), ("gone", listed.gone))
        if names
    ]
    return "; ".join(parts) or "the same"


def _moved(one: Moved) -> str:
    where = f"{one.benchmark}/{one.model or 'all runs'}"
    why = "; ".join(REASONS[reason] for reason in one.why) or "not known"
    return (
        f"  {where} {one.category}: {_estimate(one.before)} -> {_estimate(one.after)}\n"
        f"      points from judging otherwise {shift(one.of_method)}, "
        f"from other failures {shift(one.of_models)}: {why}"
    )


def _estimate(value: Estimate) -> str:
    return f"{estimate(value.share, value.low, value.high, value.n)}, n = {value.n:,}"
