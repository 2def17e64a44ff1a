"""``erroratlas serve``: the site on this machine, built again whenever its content changes."""

import click

from generator.cli.main import Project
from generator.cli.options import WORKERS


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
    from generator.cli.serving import serve  # noqa: PLC0415  --help needs none of it

    serve(project, port, workers, watch=watch)
