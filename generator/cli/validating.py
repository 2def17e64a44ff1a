"""What is wrong with the content, and how it is said."""

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


def validate(project: Project, paths: tuple[Path, ...], revision: str | None, form: str) -> None:
    """Check content and say everything that is wrong with it.

    Args:
        project: The checkout.
        paths: Files or folders to report on; all if there are none.
        revision: Report on what changed since this branch was left, instead.
        form: How to report.
    """
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
