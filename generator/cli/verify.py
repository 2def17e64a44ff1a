"""``erroratlas verify``: whether a data package says what its own rows say."""

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.options import FORMAT, stop

if TYPE_CHECKING:
    from generator.release.verify import Verified

SHOWN = 50
"""Differences of one file that are shown; the rest are counted."""


@click.command("verify")
@click.argument("package", type=click.Path(path_type=Path))
@FORMAT
def command(package: Path, form: str) -> None:
    """Check a data package: a folder, or its zip file.

    Checks every file against SHA256SUMS, the CSV files against the Parquet files, and computes
    again what follows from the attempts, verdicts and items in the package: counts, shares,
    subcategories, outcomes and causes, rates per item, what is distinctive, strong against weak
    models, pairs of models one step apart, shares corrected by the rules or carried over from other
    runs, similarity, slices, and how often judges agree, with their intervals. Says what differs:
    file, row, column, what is published, what follows from the rows. Needs no network, no checkout
    and no text.

    Not in a package, and so not checked: models over all benchmarks, judges held against labels,
    suspect items.

    \b
    Example:
      erroratlas verify build/release/erroratlas-2026.12.zip
      erroratlas verify build/release/erroratlas-2026.12 --format json
    """  # noqa: D301  \b is click's own mark
    # --help needs none of it.
    from generator.release.opened import open_package  # noqa: PLC0415
    from generator.release.verify import verify  # noqa: PLC0415

    found = verify(open_package(package))
    if form == "json":
        report = {
            **found._asdict(),
            "differences": [difference._asdict() for difference in found.differences],
        }
        click.echo(json.dumps(report, indent=2))
    else:
        _say(found)
    if found.differences:
        stop(1)


def _say(found: "Verified") -> None:
    shown: Counter[str] = Counter()
    for difference in found.differences:
        shown[difference.file] += 1
        if shown[difference.file] <= SHOWN:
            file, row, column, published, derived = difference
            told = f"published {published}, derived {derived}" if derived else published
            click.echo(f"{file}: {row}: {column}: {told}", err=True)
    for file, number in shown.items():
        if number > SHOWN:
            click.echo(f"{file}: {number - SHOWN:,} more differences", err=True)
    what = f"{found.files} files, {found.numbers:,} published numbers computed again"
    if found.differences:
        click.echo(f"{len(found.differences):,} differences ({what})")
    else:
        click.echo(f"{found.version}: the package is what it says ({what})")
