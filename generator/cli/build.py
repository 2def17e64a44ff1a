"""``erroratlas build``: from content to the finished site."""

import json
import time
from pathlib import Path
from typing import Any

import click

from generator.cli.judging import judge_all
from generator.cli.loading import load
from generator.cli.main import Project
from generator.cli.options import FORMAT, WORKERS, progress_shown
from generator.errors import ContentError
from generator.judging.run import states
from generator.pages.atlas import atlas_pages
from generator.site.assets import asset_files
from generator.site.docs import write_docs
from generator.site.publish import publish
from generator.sources.cache import cache_root
from generator.stats.atlas import AtlasNumbers, numbers
from generator.stats.benchmarks import DELIVERY
from generator.stats.collect import collect
from generator.stats.steps import one_step_apart
from generator.stats.tables import Tables
from generator.store.checks import check_content
from generator.store.content import Content
from generator.store.lock import alone


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


@click.command("build")
@click.option("--no-site", is_flag=True, help="Write build/docs only; do not run mkdocs.")
@FORMAT
@WORKERS
@click.pass_obj
def command(project: Project, *, no_site: bool, form: str, workers: int) -> None:
    """Judge what has no fresh verdict, compute the numbers, and build the site.

    Needs no network and no key. Runs kept by reference whose text is not here (see `erroratlas
    fetch`) are shown with the verdicts they have.

    \b
    Example:
      erroratlas build
      erroratlas serve
    """  # noqa: D301  \b is click's own mark
    with alone(project.root / "build" / ".lock", "building"):
        _build(project, no_site=no_site, form=form, workers=workers)


def _build(project: Project, *, no_site: bool, form: str, workers: int) -> None:
    """Build, the only one to do so in this checkout."""
    steps = Steps()
    steps.start("read")
    content = load(project)
    if problems := check_content(content, judged=False):
        raise ContentError(problems)
    cache = cache_root()
    steps.start("judge")
    recap = judge_all(content, cache, content.runs, workers=workers, show=progress_shown())
    steps.start("count")
    found = atlas_numbers(content, collect(content))
    steps.start("pages")
    docs, site = project.root / "build" / "docs", project.root / "build" / "site"
    written = write_docs(atlas_pages(content, found), docs, asset_files(project.root))
    if not no_site:
        steps.start("site")
        publish(project.root, site, content.atlas)
    steps.end()
    report = {
        **recap._asdict(),
        "files": written.files,
        "rewritten": written.changed,
        "seconds": steps.seconds,
        "site": None if no_site else str(site),
    }
    _report(report, content, form, site if not no_site else docs)


def atlas_numbers(content: Content, tables: Tables) -> AtlasNumbers:
    """Compute everything the pages show.

    Args:
        content: What is committed.
        tables: What was collected from it.
    """
    atlas, entries = content.atlas, content.taxonomy.categories
    categories = [entry.id for entry in entries]
    delivery = [entry.id for entry in entries if entry.group == DELIVERY]
    return numbers(
        tables,
        categories,
        atlas.judges,
        atlas.confidence_level,
        delivery=delivery,
        steps=one_step_apart(
            name for name, model in content.models.items() if model.kind == "language-model"
        ),
        seed=atlas.seed,
    )


def _report(report: dict[str, Any], content: Content, form: str, where: Path) -> None:
    """Say what was done, what is not judged yet, and where to look."""
    pending = ["/".join(key) for key, value in states(content).items() if value != "fresh"]
    if form == "json":
        click.echo(json.dumps({**report, "pending": pending}, indent=2))
        return
    click.echo(
        f"{report['runs']} of {len(content.runs)} runs judged ({report['failures']:,} failures); "
        f"{report['files']} files of pages and charts, {report['rewritten']} of them rewritten"
    )
    if pending:
        click.echo(
            f"{len(pending)} runs are shown as they were judged last, or not at all: their text "
            "is not here. `erroratlas fetch` brings it."
        )
    click.echo(f"Built in {sum(report['seconds'].values()):.0f} s: {where}")
    if report["site"]:
        click.echo("To read it: make serve, or: erroratlas serve")
