"""``erroratlas build``: from content to the finished site."""

import click

from generator.cli.main import Project
from generator.cli.options import FORMAT, WORKERS


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
    from generator.cli.building import build, report  # noqa: PLC0415  --help needs none of it

    report(build(project, workers=workers, site=not no_site), form)
