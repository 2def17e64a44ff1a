"""``erroratlas fetch``: brings the text of benchmarks kept by reference into the cache."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from generator.cli.loading import load
from generator.cli.main import Project
from generator.cli.options import FORMAT, progress_shown
from generator.records.benchmark import Benchmark, SourceFile
from generator.sources.cache import cache_root
from generator.sources.fetch import OnProgress, fetch


@click.command("fetch")
@click.argument("benchmarks", nargs=-1, metavar="[BENCHMARK]...")
@click.option(
    "--mirror",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    envvar="ERRORATLAS_MIRROR",
    show_envvar=True,
    help="Read from this folder, laid out as <host>/<path>, and leave the network alone.",
)
@FORMAT
@click.pass_obj
def command(project: Project, benchmarks: tuple[str, ...], mirror: Path | None, form: str) -> None:
    """Bring the text of benchmarks that is not kept here into the local cache.

    Without BENCHMARK, all of them. Every file is pinned by size and checksum in benchmark.yml;
    one that differs is refused. A download that broke off is continued. Files go to the folder
    named by ERRORATLAS_CACHE, else to the cache folder of your system.

    \b
    Example:
      erroratlas fetch gsm8k
    """  # noqa: D301  \b is click's own mark
    known = load(project).benchmarks
    chosen = _chosen(known, benchmarks)
    cache = cache_root()
    files = list(dict.fromkeys(file for name in chosen for file in _files(known[name])))
    with _progress(files) as on_progress:
        done = fetch(files, cache, mirror=mirror, on_progress=on_progress)
    new = set(done.fetched)
    rows = {
        name: {
            "files": len(_files(known[name])),
            "fetched": sum(file in new for file in _files(known[name])),
            "bytes": sum(file.bytes for file in _files(known[name])),
        }
        for name in chosen
    }
    if form == "json":
        click.echo(json.dumps({"cache": str(cache), "benchmarks": rows}, indent=2))
        return
    for name, row in rows.items():
        if row["files"]:
            click.echo(
                f"{name}: {_files_said(row['files'])}, {row['bytes'] / 1e6:.1f} MB, "
                f"{row['fetched']} fetched, {row['files'] - row['fetched']} here before"
            )
        else:
            click.echo(f"{name}: kept with the content, nothing to fetch")
    click.echo(f"{len(done.fetched)} of {_files_said(len(files))} fetched: {cache}")


def _chosen(known: Mapping[str, Benchmark], named: Iterable[str]) -> list[str]:
    """Return the benchmarks named, else all kept by reference; a wrong name is wrong usage."""
    chosen = list(dict.fromkeys(named))
    if not chosen:
        return [name for name, benchmark in known.items() if benchmark.source is not None]
    for name in chosen:
        if name not in known:
            msg = f"{name!r}: no such benchmark: give one of {', '.join(sorted(known)) or '-'}"
            raise click.BadArgumentUsage(msg)
    return chosen


def _files(benchmark: Benchmark) -> tuple[SourceFile, ...]:
    """Return the files of a benchmark, none where its text is kept with the content."""
    return benchmark.source.files if benchmark.source is not None else ()


def _files_said(count: int) -> str:
    """Return a number of files in words."""
    return "1 file" if count == 1 else f"{count} files"


@contextmanager
def _progress(files: Iterable[SourceFile]) -> Iterator[OnProgress]:
    """Show a bar over all bytes, on a terminal alone."""
    total = sum(file.bytes for file in files)
    here: dict[str, int] = {}
    with click.progressbar(
        length=total,
        label="Fetching",
        file=sys.stderr,
        hidden=not progress_shown(),
        update_min_steps=max(1, total // 500),
    ) as bar:

        def on_progress(file: SourceFile, done: int) -> None:
            # Negative where a download starts again.
            bar.update(done - here.get(file.sha256, 0))
            here[file.sha256] = done

        yield on_progress
