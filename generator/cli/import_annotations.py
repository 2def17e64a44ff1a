"""``erroratlas import annotations``: takes in an annotator's verdicts."""

import json
from pathlib import Path

import click

from generator.cli.loading import load
from generator.cli.main import Project
from generator.cli.options import FORMAT
from generator.errors import InputError


@click.command("annotations")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--sample", required=True, help="Name of the sample, as in content/samples/NAME.yml.")
@FORMAT
@click.pass_obj
def command(project: Project, file: Path, sample: str, form: str) -> None:
    """Take in an annotator's verdicts on a random sample of failures.

    FILE is JSON Lines with the fields of a verdict, the evidence as offsets into the output. The
    text of the benchmarks must be here (see `erroratlas fetch`): each verdict is tied to the
    bytes it speaks of.

    \b
    Example:
      erroratlas import annotations verdicts.jsonl --sample annotated-2026-11
    """  # noqa: D301  \b is click's own mark
    # --help needs none of it.
    from generator.judging.annotated import tie_annotations, write_annotations  # noqa: PLC0415
    from generator.sources.cache import cache_root  # noqa: PLC0415

    content = load(project)
    if sample not in content.samples:
        known = ", ".join(content.samples) or "none"
        msg = f"--sample {sample}: no such sample: add content/samples/{sample}.yml (now: {known})"
        raise InputError(msg)
    tied = tie_annotations(content, sample, file, cache_root())
    verdicts = write_annotations(content, sample, tied)
    if form == "json":
        click.echo(json.dumps({"/".join(run.key): len(run.verdicts) for run in tied}, indent=2))
    else:
        judge = content.samples[sample].judge
        click.echo(f"{verdicts} verdicts of {judge} on {len(tied)} runs taken in")
