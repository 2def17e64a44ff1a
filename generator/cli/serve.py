"""``erroratlas serve``: the site on this machine, built again whenever its content changes."""

import time
from pathlib import Path

import click

from generator.cli.build import build
from generator.cli.main import Project, message
from generator.cli.options import WORKERS
from generator.errors import ErrorAtlasError
from generator.site.serve import Built, serving
from generator.site.watch import Watch, is_behind, watching

NAMED = 3
"""Changed files that are named."""


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option(
    "--watch/--no-watch",
    default=True,
    show_default=True,
    help="Build again when content, templates or mkdocs.yml change; open pages load anew.",
)
@WORKERS
@click.pass_obj
def command(project: Project, *, port: int, watch: bool, workers: int) -> None:
    """Serve the site on this machine until Ctrl-C, built again when its content changes.

    What cannot be built is said, and the site that was built last stays. A change of the
    generator itself takes effect when the command is started again.

    \b
    Example:
      erroratlas serve --port 8000
      erroratlas serve --no-watch
    """  # noqa: D301  \b is click's own mark
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
