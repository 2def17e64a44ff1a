"""``erroratlas release package``: the data package of an edition that was released."""

import click

from generator.cli.loading import load
from generator.cli.main import Project
from generator.errors import InputError
from generator.judging.run import states
from generator.records.release import Release
from generator.release.freeze import freeze
from generator.release.package import package_files, write_package
from generator.release.previous import PACKAGES
from generator.stats.collect import collect
from generator.stats.tables import Tables
from generator.store.content import Content
from generator.store.lock import alone


@click.command("package")
@click.argument("version", required=False)
@click.pass_obj
def command(project: Project, version: str | None) -> None:
    """Write the data package of a released edition again, the same bytes.

    VERSION is the last release if it is left out. The content has to be that of the release: check
    out its tag. The one thing that may have been filled in since is the DOI.

    \b
    Example:
      erroratlas release package 2026.12
    """  # noqa: D301  \b is click's own mark
    content = load(project)
    release = _released(content, version)
    if content.atlas.edition != release.version:
        msg = f"{release.version}: the content is {content.atlas.edition}: check out its tag"
        raise InputError(msg)
    tables = collect(content)
    _as_released(content, tables, release)
    with alone(project.root / "build" / ".release.lock", "releasing"):
        files = package_files(content, tables, release)
        package = write_package(project.root / PACKAGES, release.version, files)
    click.echo(f"Data package: {package.folder}, and a zip file of it")


def _released(content: Content, version: str | None) -> Release:
    wanted = version or next(reversed([*content.releases]), None)
    if wanted is None or wanted not in content.releases:
        known = ", ".join(content.releases) or "none yet"
        msg = f"{wanted or 'releases'}: not released: there are {known}"
        raise InputError(msg)
    return content.releases[wanted]


def _as_released(content: Content, tables: Tables, release: Release) -> None:
    """Refuse content that is not what was frozen.

    Raises:
        InputError: It is other content.
    """
    now = freeze(
        content,
        tables,
        states(content),
        version=release.version,
        commit=release.commit,
        date=release.date,
    )
    # What changed since the edition before is known from that one's package alone.
    now = now.model_copy(update={"doi": release.doi, "changes": release.changes})
    differing = [
        name for name in Release.model_fields if getattr(now, name) != getattr(release, name)
    ]
    if differing:
        msg = (
            f"{release.version}: the content is not that of the release, by its "
            f"{', '.join(differing)}: check out the tag of the release"
        )
        raise InputError(msg)
