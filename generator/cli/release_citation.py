"""``erroratlas release citation``: the citation files at the top of the checkout."""

import click

from generator.cli.loading import load
from generator.cli.main import Project
from generator.cli.options import stop
from generator.release.citing import checkout_files
from generator.store.atomic import write_bytes


@click.command("citation")
@click.option("--check", is_flag=True, help="Write nothing; fail if a file is out of date.")
@click.pass_obj
def command(project: Project, *, check: bool) -> None:
    """Write CITATION.cff and .zenodo.json from the content: they cite the last release.

    A release writes them itself. Run this once its DOI is filled in, or when title, address,
    description or DOI in content/atlas.yml have changed.

    \b
    Example:
      erroratlas release citation
    """  # noqa: D301  \b is click's own mark
    old = []
    for name, text in checkout_files(load(project)).items():
        path, data = project.root / name, text.encode("utf-8")
        if check:
            old += [name] if not path.is_file() or path.read_bytes() != data else []
        elif write_bytes(path, data):
            click.echo(f"Written: {name}")
    if old:
        click.echo(f"Out of date: {', '.join(old)}: run `erroratlas release citation`", err=True)
        stop(1)
