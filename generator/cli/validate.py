"""``erroratlas validate``: everything that is wrong with the content, at once."""

import json

import click

from generator.cli.loading import load
from generator.cli.main import Project
from generator.cli.options import stop
from generator.errors import ContentError, Problem
from generator.stats.proposals import stale_proposals
from generator.store.checks import check_content


@click.command("validate")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How to report; github makes annotations in a workflow.",
)
@click.pass_obj
def command(project: Project, form: str) -> None:
    """Check every content file and report all problems.

    \b
    A problem is one line: path:line: field: value: what is wrong: how to mend it. A warning is
    about something that is sound but out of date, and changes no exit status.

    \b
    Example:
      erroratlas validate
    """  # noqa: D301  \b is click's own mark
    problems, files = _problems(project)
    warnings = [] if problems else stale_proposals(load(project))
    if form == "json":
        found = [problem._asdict() for problem in problems]
        warned = [problem._asdict() for problem in warnings]
        click.echo(json.dumps({"files": files, "problems": found, "warnings": warned}, indent=2))
    elif form == "github":
        for problem in problems:
            click.echo(_annotation(problem, "error"))
        for problem in warnings:
            click.echo(_annotation(problem, "warning"))
    else:
        for problem in problems:
            click.echo(str(problem), err=True)
        for problem in warnings:
            click.echo(f"warning: {problem}", err=True)
        noun = "problem" if len(problems) == 1 else "problems"
        click.echo(f"{files} content files checked, {len(problems)} {noun} found")
    if problems:
        stop(1)


def _problems(project: Project) -> tuple[list[Problem], int]:
    """Return all problems and the number of files looked at."""
    files = sum(path.is_file() for path in project.content.rglob("*"))
    try:
        return check_content(load(project)), files
    except ContentError as error:
        return list(error.problems), files


def _annotation(problem: Problem, level: str) -> str:
    """Return a problem as a workflow command; the text cannot end it or start another."""
    message = f"{problem.field}: {problem.value}: {problem.wrong}: {problem.mend}"
    for sign, escape in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        message = message.replace(sign, escape)
    path = "content/" + problem.path
    for sign, escape in (("%", "%25"), (":", "%3A"), (",", "%2C"), ("\r", "%0D"), ("\n", "%0A")):
        path = path.replace(sign, escape)
    return f"::{level} file={path},line={max(problem.line, 1)}::{message}"
