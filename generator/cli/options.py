"""Options that several subcommands share."""

import os
import sys
from typing import NoReturn

import click

FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to report.",
)

BENCHMARKS = click.option(
    "--benchmark", "benchmarks", multiple=True, metavar="NAME", help="Only this benchmark."
)

WORKERS = click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=lambda: min(4, os.cpu_count() or 1),
    envvar="ERRORATLAS_WORKERS",
    show_envvar=True,
    show_default="one per processor, at most 4",
    help="Processes that judge at the same time.",
)


def stop(status: int) -> NoReturn:
    """End the command with an exit status."""
    raise click.exceptions.Exit(status)


def progress_shown() -> bool:
    """Tell whether a person looks at a terminal."""
    return os.environ.get("TERM") != "dumb" and sys.stderr.isatty()
