"""``erroratlas new planted``: the benchmark that measures the judges."""

import json
from pathlib import Path

import click

from generator.cli.main import Project
from generator.cli.options import FORMAT
from generator.planted.benchmark import ITEMS, LEAST_ITEMS, MOST_ITEMS, SEED, generate
from generator.planted.files import planted_files, write_files


@click.command("planted")
@click.option("--seed", default=SEED, show_default=True, help="Seed of every random choice.")
@click.option(
    "--items",
    type=click.IntRange(LEAST_ITEMS, MOST_ITEMS),
    default=ITEMS,
    show_default=True,
    help="Number of items over all task families.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write to.  [default: the content folder]",
)
@click.option("--force", is_flag=True, help="Replace files that have other contents.")
@FORMAT
@click.pass_obj
def command(
    project: Project, seed: int, items: int, out: Path | None, form: str, *, force: bool
) -> None:
    """Make the planted-faults benchmark: items, predictions, labels.

    The systems are programs that answer rightly except where a fault of a known kind was
    planted; they are no language models. The same seed and number of items give the same bytes,
    and without options these are the files that come with the Atlas.

    \b
    Example:
      erroratlas new planted --seed 7 --items 70 --out planted
    """  # noqa: D301  \b is click's own mark
    folder = project.content if out is None else out
    made = generate(seed, items)
    written = write_files(planted_files(made), folder, force=force)
    counts = made.counts()
    if form == "json":
        report = {
            "folder": str(folder),
            "seed": seed,
            "items": len(made.items),
            "failures": {model: dict(sorted(table.items())) for model, table in counts.items()},
            "written": [*written.new, *written.replaced],
            "unchanged": list(written.same),
        }
        click.echo(json.dumps(report, indent=2))
        return
    outputs = sum(map(len, made.predictions.values()))
    click.echo(
        f"{len(made.items)} items, {outputs} predictions of {len(counts)} systems, "
        f"{len(made.labels)} of them planted failures"
    )
    for model, table in counts.items():
        shown = " ".join(f"{category} {count}" for category, count in sorted(table.items()))
        click.echo(f"  {model}: {shown}")
    click.echo(
        f"{folder}: {len(written.new)} files new, {len(written.replaced)} replaced, "
        f"{len(written.same)} as they were"
    )
