"""``erroratlas serve``: the built site on this machine."""

import click

from generator.cli.main import Project
from generator.site.serve import serve


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.pass_obj
def command(project: Project, port: int) -> None:
    """Serve the built site on this machine until Ctrl-C.

    \b
    Example:
      erroratlas serve --port 8000
    """  # noqa: D301  \b is click's own mark
    serve(project.root / "build" / "site", port, click.echo)
