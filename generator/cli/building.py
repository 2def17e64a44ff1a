"""From content to the finished site, as ``erroratlas build`` and ``serve`` do it."""

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from generator.charts.drawing import apart
from generator.cli.folder import content_folder
from generator.cli.judging import Recap, judge_all
from generator.cli.loading import load
from generator.cli.main import Project
from generator.cli.options import progress_shown
from generator.errors import ContentError
from generator.judging.run import states
from generator.pages.atlas import atlas_pages
from generator.records.keys import RunKey
from generator.site.assets import asset_files
from generator.site.docs import Written, write_docs
from generator.site.publish import publish
from generator.sources.cache import cache_root
from generator.stats.atlas import AtlasNumbers, numbers
from generator.stats.benchmarks import DELIVERY
from generator.stats.collect import collect
from generator.stats.steps import one_step_apart
from generator.stats.tables import Tables
from generator.store.aside import working_aside
from generator.store.checks import check_content
from generator.store.content import Content
from generator.store.kept import keeping
from generator.store.lock import alone
from generator.store.memory import give_back
from generator.store.seen import reading_once
from generator.taxonomy.tree import members


class Steps:
    """Says what is being done and remembers how long it took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._name = ""
        self._since = 0.0

    def start(self, name: str) -> None:
        """Begin a step; the one before it ends."""
        self.end()
        self._name, self._since = name, time.perf_counter()
        if progress_shown():
            click.echo(f"{name} …", err=True)

    def end(self) -> None:
        """End the step under way."""
        if self._name:
            self.seconds[self._name] = round(time.perf_counter() - self._since, 2)
        self._name = ""


class Done(NamedTuple):
    """What a build came to."""

    content: Content
    """What was built from."""
    recap: Recap
    """What judging came to."""
    pending: tuple[RunKey, ...]
    """Runs that are shown as they were judged last, or not at all."""
    written: Written
    """What became of the files of build/docs."""
    seconds: dict[str, float]
    """How long each step took."""
    docs: Path
    """Folder of the pages."""
    site: Path | None
    """Folder of the site; None where it was not asked for."""


def build(
    project: Project,
    *,
    workers: int,
    site: bool = True,
    written: Callable[[Sequence[str]], object] = lambda _: None,
) -> Done:
    """Build, the only one to do so in this checkout.

    Args:
        project: The checkout.
        workers: Processes that judge.
        site: Whether mkdocs makes a site of the pages.
        written: Told the content files that judging wrote, by their paths below the project.

    Raises:
        ErrorAtlasError: Something is wrong; the site that was built last is left as it is.
    """
    content_folder(project)  # a lock is left behind only where there is something to build
    with alone(project.root / "build" / ".lock", "building"):
        steps = Steps()
        docs, folder = project.root / "build" / "docs", project.root / "build" / "site"
        kept = project.root / "build" / "kept"
        first = not kept.is_dir()
        with keeping(kept):
            with reading_once():
                steps.start("read")
                content = load(project)
                if problems := check_content(content, judged=False):
                    raise ContentError(problems)
                steps.start("judge")
                shown = progress_shown()
                known = states(content)
                recap = judge_all(
                    content, cache_root(), content.runs, workers=workers, show=shown, known=known
                )
                if recap.changed:  # what was judged tells of other runs on the same benchmark
                    known |= states(
                        content, {key[0] for key, one in known.items() if one != "fresh"}
                    )
                written([f"{project.content.name}/{name}" for name in recap.changed])
                steps.start("count")
                tables = collect(content)
            give_back()
            with working_aside(), apart(early=first):
                found = atlas_numbers(content, tables)
                del tables
                give_back()
                steps.start("pages")
                files = write_docs(
                    atlas_pages(content, found, states=known), docs, asset_files(project.root)
                )
            if site:
                steps.start("site")
                publish(project.root, folder, content)
        steps.end()
        pending = tuple(key for key, state in known.items() if state != "fresh")
        return Done(content, recap, pending, files, steps.seconds, docs, folder if site else None)


def atlas_numbers(content: Content, tables: Tables) -> AtlasNumbers:
    """Compute everything the pages show.

    Args:
        content: What is committed.
        tables: What was collected from it.
    """
    atlas, taxonomy = content.atlas, content.taxonomy
    categories = [entry.id for entry in taxonomy.categories]
    return numbers(
        tables,
        categories,
        atlas.judges,
        atlas.confidence_level,
        delivery=[entry.id for entry in members(taxonomy, DELIVERY)],
        steps=one_step_apart(content.systems),
        seed=atlas.seed,
    )


def report(done: Done, form: str) -> None:
    """Say what was done, what is not judged yet, and where to look."""
    content, recap, written = done.content, done.recap, done.written
    pending = ["/".join(key) for key in done.pending]
    if form == "json":
        report = {
            **recap._asdict(),
            "files": written.files,
            "rewritten": written.changed,
            "seconds": done.seconds,
            "site": str(done.site) if done.site else None,
            "pending": pending,
        }
        click.echo(json.dumps(report, indent=2))
        return
    click.echo(
        f"{recap.runs} of {len(content.runs)} runs judged ({recap.failures:,} failures); "
        f"{written.files} files of pages and charts, {written.changed} of them rewritten"
    )
    if pending:
        click.echo(
            f"{len(pending)} runs are shown as they were judged last, or not at all: their text "
            "is not here. `erroratlas fetch` brings it."
        )
    click.echo(f"Built in {sum(done.seconds.values()):.0f} s: {done.site or done.docs}")
    if done.site:
        click.echo("To read it: make serve, or: erroratlas serve")
