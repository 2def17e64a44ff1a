"""A review put together: what was checked, and the numbers before and after."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.cli.building import atlas_numbers
from generator.cli.checking import Checked
from generator.cli.main import Project
from generator.errors import ContentError
from generator.intake.findings import Finding, grouped
from generator.intake.scope import Scope
from generator.records.review import (
    LONGEST,
    MOST_FILES,
    MOST_GROUPS,
    MOST_PICTURES,
    Review,
    ReviewedCause,
    ReviewedFile,
)
from generator.stats.collect import collect
from generator.stats.reviews import Side, reviewed_counts, reviewed_runs, reviewed_shifts
from generator.store.content import Content, load_content
from generator.store.history import unpacked
from generator.store.problems import visible

_NAME = 190


def reviewed(
    project: Project,
    scope: Scope,
    found: Checked,
    base: str,
    *,
    pull_request: int | None,
    pictures: Sequence[str],
) -> Review:
    """Return what is to be said of a change.

    Args:
        project: The checkout, with the change.
        scope: Files that it touches.
        found: What checking them found.
        base: Commit that it is held against.
        pull_request: Number of the pull request, where it is one.
        pictures: Names of pictures beside the review.
    """
    with _content_at(project, base) as before:
        earlier = _side(before)
        after = _side(found.content)
        files = _files(project.content, scope, before)
        runs, runs_in_all = reviewed_runs(after, scope) if after else ((), 0)
        shifts, shifts_in_all = reviewed_shifts(earlier, after) if after else ((), 0)
        return Review(
            version=version("erroratlas"),
            base=base,
            pull_request=pull_request,
            files=files[:MOST_FILES],
            files_in_all=len(files),
            causes=tuple(_causes(found.findings)),
            counted=after is not None,
            runs=runs,
            runs_in_all=runs_in_all,
            counts=reviewed_counts(earlier, after) if after else (),
            shifts=shifts,
            shifts_in_all=shifts_in_all,
            screenshots=tuple(visible(name, _NAME) for name in pictures[:MOST_PICTURES]),
        )


@contextmanager
def _content_at(project: Project, commit: str) -> Iterator[Content | None]:
    """Yield the content as it was in a commit; None where it was none that can be read."""
    with TemporaryDirectory() as folder:
        unpacked(project.root, commit, project.content, Path(folder))
        try:
            yield load_content(Path(folder))
        except ContentError:
            yield None


def _side(content: Content | None) -> Side | None:
    """Return content with its numbers; None where samples and verdicts do not fit together."""
    try:
        return Side(content, atlas_numbers(content, collect(content))) if content else None
    except ContentError:
        return None


def _files(root: Path, scope: Scope, before: Content | None) -> tuple[ReviewedFile, ...]:
    def change(name: str, *, there: bool) -> ReviewedFile:
        was = before is not None and (before.root / name).is_file()
        return ReviewedFile(
            path=visible(name, _NAME),
            change=("changed" if was else "added") if there else "removed",
            bytes=(root / name).stat().st_size if there else 0,
        )

    names = sorted(scope.names or ())
    return tuple(
        change(name, there=(root / name).is_file() and not (root / name).is_symlink())
        for name in names
    )


def _causes(findings: Sequence[Finding]) -> Iterator[ReviewedCause]:
    for group in grouped(findings)[:MOST_GROUPS]:
        yield ReviewedCause(
            level=group.level,
            cause=visible(group.cause, LONGEST - 10),
            total=group.total,
            shown=tuple(visible(str(one.problem), LONGEST - 10) for one in group.shown),
        )
