"""``erroratlas release publish``: the built site as an edition beside the others."""

import json
from pathlib import Path

import click

from generator.cli.loading import load
from generator.cli.main import Project
from generator.cli.options import FORMAT
from generator.errors import InputError, OutsideError
from generator.site.branch import give, refuse_checked_out, take, tip
from generator.site.editions import Published, put_edition
from generator.site.seal import Seal, sealed
from generator.store.content import Content
from generator.store.lock import alone

ATTEMPTS = 3
"""Times that an edition is pushed, if others push meanwhile."""


@click.command("publish")
@click.option("--branch", default="gh-pages", show_default=True, help="Branch of all editions.")
@click.option(
    "--push",
    "remote",
    metavar="REMOTE",
    help="Take the branch from a remote repository before, and push it after.",
)
@click.option(
    "--dev", is_flag=True, help="Do nothing if the edition is released: its tag publishes it."
)
@FORMAT
@click.pass_obj
def command(project: Project, *, branch: str, remote: str | None, dev: bool, form: str) -> None:
    """Put the site in build/site on the branch that holds the sites of all editions.

    A released edition lies in a folder of its own for good: one that is there is never written
    again. The last one is also copied to latest/. An edition in preparation is dev/, written anew
    each time. The site has to be the one that `erroratlas build` made with ERRORATLAS_SITE_URL set
    to the public address of the Atlas, byte for byte.

    \b
    Example:
      erroratlas release publish
      erroratlas release publish --push origin
    """  # noqa: D301  \b is click's own mark
    content = load(project)
    site = project.root / "build" / "site"
    if dev and content.atlas.released:
        click.echo(f"{content.atlas.edition} is released: its tag publishes it")
        return
    with alone(project.root / "build" / ".release.lock", "publishing"):
        seal = sealed(site)
        _fits(content, seal)
        refuse_checked_out(project.root, branch)
        done = _put(
            project.root, site, seal, branch=branch, remote=remote, title=content.atlas.title
        )
    if form == "json":
        click.echo(json.dumps({**done._asdict(), "branch": branch, "pushed": bool(remote)}))
    else:
        _say(done, branch, remote)


def _put(
    root: Path, site: Path, seal: Seal, *, branch: str, remote: str | None, title: str
) -> Published:
    """Commit the site, and push it; where somebody else was faster, on top of theirs.

    Raises:
        OutsideError: The remote repository does not answer, or refuses each time.
    """
    for attempt in range(1, ATTEMPTS + 1):
        if remote:
            take(root, branch, remote)
        before = tip(root, branch)
        done = put_edition(root, site, seal, branch=branch, title=title)
        try:
            if remote:
                give(root, branch, remote, before)
        except OutsideError:
            if attempt == ATTEMPTS:
                raise
        else:
            break
    return done


def _fits(content: Content, seal: Seal) -> None:
    """Refuse a site that is not that of this content.

    Raises:
        InputError: It is of another edition or address, or of one that was not released.
    """
    atlas = content.atlas
    if seal.edition != atlas.edition:
        msg = f"build/site: edition {seal.edition}, and the content is {atlas.edition}: build again"
        raise InputError(msg)
    if atlas.released and atlas.edition not in content.releases:
        msg = f"{atlas.edition}: never released: run `erroratlas release {atlas.edition}`"
        raise InputError(msg)
    if atlas.url and atlas.url.rstrip("/") != seal.address.rstrip("/"):
        msg = f"build/site: built for {seal.address}, and content/atlas.yml says {atlas.url}"
        raise InputError(msg)


def _say(done: Published, branch: str, remote: str | None) -> None:
    also = ", and as latest/" if done.latest else ""
    click.echo(f"{done.files:,} files on {branch} as {done.folder}/{also}")
    if done.gone:
        click.echo(f"{len(done.gone)} pages of earlier editions are no more; latest/ says so there")
    click.echo("Pushed" if remote else f"Next: git push REMOTE {branch}")
