"""Everything that can be said against content, for all commands that say it."""

from collections.abc import Sequence
from typing import NamedTuple

from generator.cli.loading import load
from generator.cli.main import Project
from generator.errors import ContentError
from generator.intake import look_over
from generator.intake.findings import Finding, error, warning
from generator.intake.scope import Scope
from generator.stats.proposals import proposal_warnings
from generator.store.checks import check_content
from generator.store.content import Content


class Checked(NamedTuple):
    """What was found."""

    findings: Sequence[Finding]
    """Problems and warnings."""
    files: int
    """Files looked at."""
    content: Content | None
    """The content, where it could be read."""


def checked(project: Project, scope: Scope, *, judged: bool = True) -> Checked:
    """Check the files of a scope.

    Args:
        project: The checkout.
        scope: Which files.
        judged: Whether verdicts on text that changed since are a fault.
    """
    root = project.content
    names = (path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    files = sum(map(scope.holds, names))
    try:
        content = load(project)
    except ContentError as fault:
        # What cannot be read hides the rest, wherever it lies.
        mine = [problem for problem in fault.problems if scope.concerns(problem)]
        return Checked([error(problem) for problem in mine or fault.problems], files, None)
    problems = check_content(content, judged=judged)
    found = [error(problem) for problem in problems if scope.concerns(problem)]
    if not found:
        found += [warning(one) for one in proposal_warnings(content) if scope.concerns(one)]
    return Checked(found + look_over(content, scope), files, content)
