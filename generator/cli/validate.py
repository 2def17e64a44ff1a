"""``erroratlas validate``: everything that is wrong with the content, at once."""

import json
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import click

from generator.cli.checking import checked
from generator.cli.main import Project
from generator.cli.options import stop
from generator.errors import Problem
from generator.intake.findings import Finding, Group, grouped
from generator.intake.scope import Scope, changed_since, scope_of


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
    scope = _scope(project, paths, revision)
    found, files, _ = checked(project, scope)
    if form == "json":
        click.echo(json.dumps(_report(found, files), indent=2))
    else:
        show = _annotated if form == "github" else _listed
        for group in grouped(found):
            show(group)
        click.echo(_summary(found, files), err=form == "github")
    if any(finding.level == "error" for finding in found):
        stop(1)


def _scope(project: Project, paths: tuple[Path, ...], revision: str | None) -> Scope:
    if paths and revision is not None:
        msg = "give either paths or --changed-since"
        raise click.UsageError(msg)
    if revision is not None:
        return changed_since(revision, project.content)
    return scope_of(paths, project.content)


def _report(found: Sequence[Finding], files: int) -> dict[str, object]:
    return {
        "version": version("erroratlas"),
        "files": files,
        "problems": [one.problem._asdict() for one in found if one.level == "error"],
        "warnings": [one.problem._asdict() for one in found if one.level == "warning"],
        "causes": [
            {"level": group.level, "cause": group.cause, "count": group.total}
            for group in grouped(found)
        ],
    }


def _summary(found: Sequence[Finding], files: int) -> str:
    problems = sum(finding.level == "error" for finding in found)
    warnings = len(found) - problems
    told = f", {warnings} warning{'s' if warnings != 1 else ''}" if warnings else ""
    noun = "problem" if problems == 1 else "problems"
    us = f"erroratlas {version('erroratlas')}"
    return f"{us}: {files} content files checked, {problems} {noun} found{told}"


def _listed(group: Group) -> None:
    mark = "warning: " if group.level == "warning" else ""
    for finding in group.shown:
        click.echo(f"{mark}{finding.problem}", err=True)
    if group.more:
        click.echo(f"{mark}{group.more:,} more: {group.cause}", err=True)


def _annotated(group: Group) -> None:
    for finding in group.shown:
        click.echo(_annotation(finding.problem, group.level))
    if group.more:
        click.echo(f"::{group.level}::{_escaped(f'{group.more:,} more: {group.cause}')}")


def _annotation(problem: Problem, level: str) -> str:
    """Return a problem as a workflow command; the text cannot end it or start another."""
    message = _escaped(f"{problem.field}: {problem.value}: {problem.wrong}: {problem.mend}")
    path = _escaped("content/" + problem.path)
    for sign, escape in ((":", "%3A"), (",", "%2C")):
        path = path.replace(sign, escape)
    return f"::{level} file={path},line={max(problem.line, 1)}::{message}"


def _escaped(text: str) -> str:
    for sign, escape in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        text = text.replace(sign, escape)
    return text
