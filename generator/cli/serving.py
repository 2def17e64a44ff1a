"""The site on this machine, built again whenever its content changes."""

import time
from pathlib import Path

import click

from generator.cli.building import build
from generator.cli.main import Project, message
from generator.errors import ErrorAtlasError
from generator.site.serve import Built, serving
from generator.site.watch import Watch, is_behind, watching

NAMED = 3
"""Changed files that are named."""


def serve(project: Project, port: int, workers: int, *, watch: bool) -> None:
    """Serve the site until Ctrl-C.

    Args:
        project: The checkout.
        port: Where.
        workers: Processes that judge.
        watch: Whether it is built again when its content changes.
    """
    site = project.root / "build" / "site"
    try:
        if watch:
            with watching(project.root) as watched:
                _watch(project, site, port, watched, workers)
        else:
            with serving(site, port) as address:
                click.echo(f"Serving {site} at {address} (stop with Ctrl-C)")
                while True:
                    time.sleep(60)
    except KeyboardInterrupt:
        click.echo("Stopped.")


def _watch(project: Project, site: Path, port: int, watched: Watch, workers: int) -> None:
    """Serve, and build again after each change; returns only by an interruption."""
    built = Built()
    fresh = not (site / "index.html").is_file()
    if fresh:  # there is nothing to show before the first build, and nothing to keep
        build(project, workers=workers, written=watched.accept)
    with serving(site, port, built) as address:
        click.echo(f"Serving {site} at {address} and watching for changes (stop with Ctrl-C)")
        if not fresh and is_behind(project.root, site):
            _rebuild(project, built, watched, workers)
        for names in watched.changes():
            others = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
            click.echo(f"Changed: {', '.join(names[:NAMED])}{others}")
            _rebuild(project, built, watched, workers)


def _rebuild(project: Project, built: Built, watched: Watch, workers: int) -> None:
    try:
        done = build(project, workers=workers, written=watched.accept)
    except (ErrorAtlasError, OSError) as error:
        if project.debug:
            raise
        click.echo(message(error), err=True)
        click.echo("Not built; the site that was built last is still served.", err=True)
        return
    built.renew()
    seconds = sum(done.seconds.values())
    click.echo(
        f"Built in {seconds:.1f} s; {done.written.changed} files of pages and charts changed"
    )
