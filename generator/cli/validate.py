"""``erroratlas validate``: everything that is wrong with the content, at once."""

from pathlib import Path

import click

from generator.cli.main import Project


@click.command("validate")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--changed-since",
    "revision",
    metavar="REVISION",
    help="Check what changed since this branch left another, such as origin/main.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How to report; github makes annotations in a workflow.",
)
@click.pass_obj
def command(project: Project, paths: tuple[Path, ...], revision: str | None, form: str) -> None:
    """Check content files and report all problems.

    Without PATHS, every file is checked. With files or folders of the content, or with
    --changed-since, only those are reported on: somebody else's fault is not yours.

    \b
    A problem blocks and is one line: path:line: field: value: what is wrong: how to mend it.
    A warning is something that a reviewer should know, and changes no exit status: a score that
    the answer contradicts, a gap in run.yml, what looks like a secret. Of each cause the first
    twenty are shown, and the rest counted.

    \b
    Example:
      erroratlas validate
      erroratlas validate content/predictions/sums/acme__alpha content/models/acme__alpha.yml
      erroratlas validate --changed-since origin/main --format github
    """  # noqa: D301  \b is click's own mark
    from generator.cli.validating import validate  # noqa: PLC0415  --help needs none of it

    validate(project, paths, revision, form)
