"""``erroratlas export``: parts of the Atlas for others, in formats of their own."""

import json

import click

from generator.cli.loading import load
from generator.cli.main import Commands, Entry, Project
from generator.errors import InputError

COMMANDS = {
    "every-eval-ever": Entry(
        "generator.cli.export_every_eval",
        "Write a run as Every Eval Ever has it: the aggregate, and a line per sample.",
    ),
}
"""Subcommands with modules of their own."""


@click.group("export", cls=Commands, entries=COMMANDS)
def command() -> None:
    """Write out what others can use.

    \b
    Example:
      erroratlas export suspects gsm8k
      erroratlas export every-eval-ever gsm8k openai__gpt-3-6b-verification
    """  # noqa: D301  \b is click's own mark


@command.command("suspects")
@click.argument("benchmark")
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "json"]),
    default="csv",
    show_default=True,
    help="What to write.",
)
@click.option("--top", type=click.IntRange(min=1), help="Only so many, the most suspect.")
@click.pass_obj
def suspects_command(project: Project, benchmark: str, form: str, top: int | None) -> None:
    """Write the items whose reference may be wrong, the most suspect first.

    One row per item: which kinds of evidence speak against it, how many models and which of the
    strong ones give the same other answer, and how many solved it. Identifiers and counts alone,
    never text.

    \b
    Example:
      erroratlas export suspects gsm8k
      erroratlas export suspects mmlu_pro --top 20
      erroratlas export suspects gsm8k --format json
    """  # noqa: D301  \b is click's own mark
    # --help needs none of it.
    from generator.stats.collect import collect  # noqa: PLC0415
    from generator.stats.suspects import suspects  # noqa: PLC0415

    content = load(project)
    if benchmark not in content.benchmarks:
        known = ", ".join(sorted(content.benchmarks)) or "-"
        msg = f"{benchmark!r}: no such benchmark: give one of {known}"
        raise click.BadArgumentUsage(msg)
    tables = collect(content)
    answers, items, failures = (
        table[table["benchmark"] == benchmark]
        for table in (tables.answers, tables.items, tables.failures)
    )
    if answers.empty:
        msg = f"{benchmark}: no run on it was judged: run `erroratlas judge`"
        raise InputError(msg)
    atlas = content.atlas
    found = suspects(answers, items, failures, atlas.judges, atlas.confidence_level)
    found = found if top is None else found.head(top)
    if form == "json":
        click.echo(json.dumps(json.loads(found.to_json(orient="records")), indent=2))
    else:
        click.echo(found.to_csv(index=False, lineterminator="\n", float_format="%.6g"), nl=False)
