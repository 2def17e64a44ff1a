"""``erroratlas release diff OLD NEW``: what changed between two editions, and why."""

import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from generator.cli.options import FORMAT
from generator.pages.format import estimate, points
from generator.release.drift import REASONS, Drift, Listed, Moved, drift, side
from generator.release.opened import open_package


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@FORMAT
def command(old: Path, new: Path, form: str) -> None:
    """Say what changed from one edition to another, and why.

    OLD and NEW are data packages: folders, or their zip files. A share moved if its value in each
    edition lies outside of its interval in the other. How far it moved is split in two: what comes
    from judging the same failures otherwise (taxonomy, judges, corrected verdicts), and what comes
    from other runs and predictions.

    \b
    Example:
      erroratlas release diff erroratlas-2026.12.zip build/release/erroratlas-2027.03
    """  # noqa: D301  \b is click's own mark
    found = drift(side(open_package(old)), side(open_package(new)))
    if form == "json":
        click.echo(json.dumps(_plain(found), indent=2))
        return
    for line in _lines(found):
        click.echo(line)


def _plain(value: Any) -> Any:
    """Return what was found as JSON has it, every value by its name."""
    if isinstance(value, Drift):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Listed | Moved):
        return {name: _plain(part) for name, part in value._asdict().items()}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


def _lines(found: Drift) -> Iterator[str]:
    yield f"{found.old} to {found.new}"
    for name, listed in (
        ("Models", found.models),
        ("Benchmarks", found.benchmarks),
        ("Runs", found.runs),
        ("Categories", found.categories),
        ("Judges", found.judges),
    ):
        yield f"{name}: {_told(listed)}"
    old, new = found.taxonomy
    yield f"Taxonomy: {old}" if old == new else f"Taxonomy: {old} to {new}"
    yield f"Corrected: verdicts on {found.corrected:,} failures of both editions"
    yield f"Shares beyond their intervals: {len(found.moved):,} of {found.compared:,}"
    yield from (_moved(one) for one in found.moved)


def _told(listed: Listed) -> str:
    parts = [
        f"{len(names):,} {what} ({', '.join(names)})"
        for what, names in zip(("added", "gone"), listed, strict=True)
        if names
    ]
    return "; ".join(parts) or "the same"


def _moved(one: Moved) -> str:
    before, after = (
        f"{estimate(*ends, n)}, n = {n:,}"
        for ends, n in zip((one.before, one.after), one.n, strict=True)
    )
    where = f"{one.benchmark}/{one.model or 'all runs'}"
    halves = [points(part, part, part).partition(" ")[0] for part in (one.of_method, one.of_models)]
    why = "; ".join(REASONS[reason] for reason in one.why) or "not known"
    return (
        f"  {where} {one.category}: {before} -> {after}\n"
        f"      points from judging otherwise {halves[0]}, from other failures {halves[1]}: {why}"
    )
