"""``erroratlas import``: takes in what was made elsewhere."""

import json
from pathlib import Path

import click

from generator.cli.main import Project
from generator.cli.options import FORMAT
from generator.errors import InputError
from generator.judging.annotated import take_annotations
from generator.sources.cache import cache_root
from generator.store.content import load_content
from generator.store.samples import write_sample_rows


@click.group("import")
def command() -> None:
    """Take in what was made elsewhere."""


@command.command("annotations")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--sample", required=True, help="Name of the sample, as in content/samples/NAME.yml.")
@FORMAT
@click.pass_obj
def annotations(project: Project, file: Path, sample: str, form: str) -> None:
    """Take in an annotator's verdicts on a random sample of failures.

    FILE is JSON Lines with the fields of a verdict, the evidence as offsets into the output. The
    text of the benchmarks must be here (see `erroratlas fetch`): each verdict is tied to the
    bytes it speaks of.

    \b
    Example:
      erroratlas import annotations verdicts.jsonl --sample annotated-2026-11
    """  # noqa: D301  \b is click's own mark
    content = load_content(project.content)
    if sample not in content.samples:
        known = ", ".join(content.samples) or "none"
        msg = f"--sample {sample}: no such sample: add content/samples/{sample}.yml (now: {known})"
        raise InputError(msg)
    design = content.samples[sample]
    benchmarks = sorted({stratum.benchmark for stratum in design.strata})
    taken = [
        run
        for benchmark in benchmarks
        for run in take_annotations(content, benchmark, sample, file, cache_root())
    ]
    rows = [row for run in taken for row in run.rows]
    write_sample_rows(content.layout.sample_rows(sample), rows)
    if form == "json":
        click.echo(json.dumps({"/".join(run.key): run.verdicts for run in taken}, indent=2))
    else:
        click.echo(f"{len(rows)} verdicts of {design.judge} on {len(taken)} runs taken in")
