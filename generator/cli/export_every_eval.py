"""``erroratlas export every-eval-ever``: a run for those who work with that format."""

import hashlib
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from generator.cli.loading import load
from generator.cli.main import Project
from generator.errors import InputError
from generator.readers.every_eval_aggregate import aggregate
from generator.readers.every_eval_export import Exported, sample_lines
from generator.readers.rows import Row
from generator.readers.runs import run_rows
from generator.sources.cache import cache_root
from generator.store.content import Content


@click.command("every-eval-ever")
@click.argument("benchmark")
@click.argument("model")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder to write to.",
)
@click.option(
    "--withheld", is_flag=True, help="Write the text of a withheld benchmark too, for your own use."
)
@click.pass_obj
def command(project: Project, benchmark: str, model: str, out: Path, *, withheld: bool) -> None:
    """Write a run as Every Eval Ever has it: the aggregate, and a line per sample.

    The files are named as its repository wants them. `erroratlas import every-eval-ever` reads
    them again.

    \b
    Example:
      erroratlas export every-eval-ever planted-faults erroratlas__planted-form --out eee
    """  # noqa: D301  \b is click's own mark
    content = load(project)
    if (benchmark, model) not in content.runs:
        models = ", ".join(name for slug, name in content.runs if slug == benchmark) or "none"
        msg = f"{benchmark}/{model}: no such run: the benchmark has {models}"
        raise click.BadArgumentUsage(msg)
    if content.benchmarks[benchmark].display == "withheld" and not withheld:
        msg = f"{benchmark} is withheld: its text is not to be published; --withheld writes it"
        raise InputError(msg)
    written, rows = _write(content, benchmark, model, out)
    for path in written:
        click.echo(f"wrote {path}")
    click.echo(f"{rows} samples")


def _write(content: Content, benchmark: str, model: str, out: Path) -> tuple[list[Path], int]:
    """Write both files; the samples are streamed, and have their name once they are whole."""
    key = (benchmark, model)
    exported = Exported(
        benchmark, content.benchmarks[benchmark], model, content.models[model], content.runs[key]
    )
    folder = out / exported.folder
    folder.mkdir(parents=True, exist_ok=True)
    rows, total, digest = 0, 0.0, hashlib.sha256()

    def counted() -> Iterator[Row]:
        nonlocal rows, total
        for row in run_rows(content, key, cache_root()):
            rows, total = rows + 1, total + row.prediction.score
            yield row

    samples, about = (
        folder / f"{exported.stem}_samples.jsonl",
        folder / f"{exported.stem}.json",
    )
    with tempfile.TemporaryDirectory(dir=folder, prefix=".export.", suffix=".tmp") as hidden:
        part = Path(hidden) / samples.name
        with part.open("wb") as stream:
            for line in sample_lines(exported, counted()):
                data = f"{line}\n".encode()
                digest.update(data)
                stream.write(data)
        if not rows:
            msg = f"{benchmark}/{model}: the run has no predictions"
            raise InputError(msg)
        fields = aggregate(exported, rows=rows, mean=total / rows, checksum=digest.hexdigest())
        whole = Path(hidden) / about.name
        whole.write_text(json.dumps(fields, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        part.replace(samples)
        whole.replace(about)
    return [about, samples], rows
