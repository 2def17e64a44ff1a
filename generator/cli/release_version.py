"""``erroratlas release VERSION``: checks, freezes, and writes the data package."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from generator.cli.checking import checked
from generator.cli.folder import content_folder
from generator.cli.main import Project
from generator.cli.options import FORMAT
from generator.errors import ContentError, Problem
from generator.intake.scope import EVERYTHING
from generator.judging.run import State, states
from generator.records.keys import RunKey
from generator.records.release import Release
from generator.release.checks import misnumbered, unclean, unjudged
from generator.release.freeze import freeze
from generator.release.package import package_files, write_package
from generator.release.previous import PACKAGES, changes_since, package_of
from generator.release.writing import release_files, write_all
from generator.stats.collect import collect
from generator.store.content import Content
from generator.store.history import git
from generator.store.lock import alone


@click.command("version")
@click.argument("version")
@click.option("--dry-run", is_flag=True, help="Check and say what would be frozen; write nothing.")
@click.option(
    "--pending",
    multiple=True,
    metavar="BENCHMARK/MODEL",
    help="A run that may be released although its verdicts are out of date or missing.",
)
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day of the release.  [default: today, in UTC]",
)
@click.option(
    "--previous",
    type=click.Path(path_type=Path),
    help="Package of the edition before, folder or zip file.  [default: that in build/release]",
)
@FORMAT
@click.pass_obj
def command(
    project: Project,
    *,
    version: str,
    dry_run: bool,
    pending: tuple[str, ...],
    date: dt.datetime | None,
    previous: Path | None,
    form: str,
) -> None:
    """Freeze an edition and write its data package.

    VERSION is YYYY.MM, such as 2026.12, or YYYY.MM.N for a correction of it, such as 2026.12.1.

    Checks that the checkout is clean, the content right, every verdict of the rules fresh or its
    run named with --pending, no identifier of the taxonomy lost or used again, and the version new
    and later than the last. Holds the edition against the one before, whose data package it needs.
    Then writes content/releases/VERSION.yml, content/taxonomy/released.yml, the edition in
    content/atlas.yml, CITATION.cff and .zenodo.json, and build/release/erroratlas-VERSION with a
    zip file of it beside.

    \b
    Example:
      erroratlas release 2026.12 --dry-run
      erroratlas release 2026.12
      erroratlas release 2026.12.1 --pending gsm8k/openai__gpt-3-6b-verification
    """  # noqa: D301  \b is click's own mark
    content_folder(project)  # a lock is left behind only where there is something to release
    day = date.date() if date else dt.datetime.now(dt.UTC).date()
    with alone(project.root / "build" / ".release.lock", "releasing"):
        _release(
            project,
            version,
            dry_run=dry_run,
            pending=pending,
            day=day,
            previous=previous,
            form=form,
        )


def _release(
    project: Project,
    version: str,
    *,
    dry_run: bool,
    pending: tuple[str, ...],
    day: dt.date,
    previous: Path | None,
    form: str,
) -> None:
    """Release, the only one to do so in this checkout."""
    content, known = _checked(project, version, pending)
    tables = collect(content)
    commit = git(project.root, "rev-parse", "HEAD").decode().strip()
    release = freeze(content, tables, known, version=version, commit=commit, date=day)
    if content.releases:
        package_before = previous or package_of(project.root, [*content.releases][-1])
        changes = changes_since(content, tables, release, package_before)
        release = release.model_copy(update={"changes": changes})
    written = release_files(content, release)
    report = {
        "version": version,
        "commit": commit,
        "files": [path.relative_to(project.root).as_posix() for path in written],
        "counts": release.counts.model_dump(),
        "pending": [f"{run.benchmark}/{run.model}" for run in release.runs if run.pending],
        "package": None,
    }
    if not dry_run:
        # The package first: if it cannot be made, nothing was released.
        files = package_files(content, tables, release)
        package = write_package(project.root / PACKAGES, version, files)
        write_all(written)
        report["package"] = str(package.folder)
    if form == "json":
        click.echo(json.dumps(report, indent=2))
    else:
        _say(report, release)


def _checked(
    project: Project, version: str, pending: tuple[str, ...]
) -> tuple[Content, Mapping[RunKey, State]]:
    """Return the content and how its verdicts stand, if nothing speaks against a release.

    Raises:
        ContentError: Something does; all of it is said.
    """
    problems: list[Problem] = [*unclean(project.root)]
    found = checked(project, EVERYTHING, judged=not pending)
    problems += [finding.problem for finding in found.findings if finding.level == "error"]
    known: Mapping[RunKey, State] = {}
    if found.content is not None:
        known = states(found.content)
        problems += misnumbered(found.content, version)
        problems += unjudged(found.content, known, pending)
    if problems or found.content is None:
        raise ContentError(problems)
    return found.content, known


def _say(report: dict[str, Any], release: Release) -> None:
    """Say what was frozen, and what comes next."""
    held = release.counts
    click.echo(
        f"{release.version}: {held.models} systems, {held.benchmarks} benchmarks, "
        f"{held.failures:,} failures, {held.classified:,} of them with a category; taxonomy "
        f"{release.taxonomy}, commit {release.commit[:12]}"
    )
    for name in report["pending"]:
        click.echo(f"Pending: {name}")
    if report["package"] is None:
        click.echo(f"Nothing was written. A release writes: {', '.join(report['files'])}")
        return
    click.echo(f"Written: {', '.join(report['files'])}")
    click.echo(f"Data package: {report['package']}, and a zip file of it")
    click.echo(f"Next: erroratlas verify {report['package']}; commit the files, and tag the commit")
