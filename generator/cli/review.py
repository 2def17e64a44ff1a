"""``erroratlas review``: what a pull request would change, and the comment that says so."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.main import Commands, Project
from generator.cli.options import stop
from generator.errors import ContentError, InputError

if TYPE_CHECKING:
    from generator.records.review import Review

MOST_BYTES = 2_000_000
"""Largest review that is read."""


@click.group("review", cls=Commands, entries={})
def command() -> None:
    """Say what a pull request would change.

    \b
    Example:
      erroratlas review write --changed-since origin/main
    """  # noqa: D301  \b is click's own mark


@command.command("write")
@click.option(
    "--changed-since",
    "revision",
    default="origin/main",
    show_default=True,
    help="The branch that this one is to be merged into.",
)
@click.option(
    "--pull-request", type=click.IntRange(min=1), help="Number of the pull request, for a comment."
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write to.  [default: build/review]",
)
@click.pass_obj
def write(project: Project, revision: str, pull_request: int | None, out: Path | None) -> None:
    """Check what changed since a branch was left, and say what it does to the Atlas.

    Writes review.json and the same as Markdown, summary.md: files, problems and warnings, the
    signature of each run beside that of the others on its benchmark, and the shares that move.
    Runs are shown by the verdicts that are here: `erroratlas judge` first. Pictures that lie in
    the folder (.png) are named. A problem makes the exit status 1, after both were written.

    \b
    Example:
      erroratlas review write --changed-since origin/main
    """  # noqa: D301  \b is click's own mark
    # --help needs none of it.
    from generator.cli.checking import checked  # noqa: PLC0415
    from generator.cli.reviewing import reviewed  # noqa: PLC0415
    from generator.intake.scope import changed_since  # noqa: PLC0415
    from generator.pages.reviews import review_text  # noqa: PLC0415
    from generator.store.atomic import write_bytes  # noqa: PLC0415
    from generator.store.history import base_of  # noqa: PLC0415

    folder = out or project.root / "build" / "review"
    base = base_of(project.root, revision)
    scope = changed_since(revision, project.content)
    found = checked(project, scope, judged=False)
    pictures = sorted(path.name for path in folder.glob("*.png"))
    review = reviewed(project, scope, found, base, pull_request=pull_request, pictures=pictures)
    write_bytes(folder / "review.json", review.model_dump_json(indent=2).encode())
    write_bytes(folder / "summary.md", review_text(review).encode())
    click.echo(f"{folder}: review.json and summary.md written")
    if any(finding.level == "error" for finding in found.findings):
        stop(1)


@command.command("comment")
@click.argument("review", type=click.Path(path_type=Path))
@click.option(
    "--event",
    required=True,
    type=click.Path(path_type=Path),
    help="The event of the workflow that wrote the review, as GitHub gave it.",
)
@click.option("--dry-run", is_flag=True, help="Print the comment; ask nobody and write nothing.")
def post(review: Path, event: Path, *, dry_run: bool) -> None:
    """Write what a review says as the one comment on its pull request.

    For a workflow that holds a right to write and runs none of the contributor's code: REVIEW is
    the review.json that came out of it, and is not trusted. It is read within bounds, put into
    words here, escaped, and goes to the pull request that it names only if that one ends in the
    commit which the workflow ran on. GITHUB_TOKEN and GITHUB_API_URL are taken from the
    environment.

    \b
    Example:
      erroratlas review comment build/review/review.json --event "$GITHUB_EVENT_PATH" --dry-run
    """  # noqa: D301  \b is click's own mark
    from generator.pages.reviews import MARK, review_text  # noqa: PLC0415
    from generator.sources.pull_requests import comment, place_of  # noqa: PLC0415

    read = _read(review)
    text = review_text(read)
    if dry_run:
        click.echo(text)
        return
    place = place_of(event, os.environ.get("GITHUB_API_URL", "https://api.github.com"))
    token = os.environ.get("GITHUB_TOKEN", "")
    if read.pull_request is None or not token:
        lacking = "GITHUB_TOKEN is not set" if read.pull_request else "it names no pull request"
        msg = f"{review}: {lacking}: there is nowhere to write to"
        raise InputError(msg)
    click.echo(comment(place, read.pull_request, text, MARK, token=token))


def _read(path: Path) -> "Review":
    """Return a review that somebody else wrote.

    Raises:
        InputError: It is a link, too large, or no review.
        ContentError: Fields of it are not as they must be.
    """
    from pydantic import ValidationError  # noqa: PLC0415

    from generator.records.review import Review  # noqa: PLC0415
    from generator.store.problems import problems_of  # noqa: PLC0415
    from generator.store.regular import fault  # noqa: PLC0415

    if path.is_symlink():
        msg = f"{path}: a symbolic link: give the file itself"
        raise InputError(msg)
    if problem := fault(path, str(path), MOST_BYTES):
        raise ContentError([problem])
    try:
        return Review.model_validate_json(path.read_bytes(), strict=True)
    except ValidationError as error:
        raise ContentError(problems_of(error, Review, str(path), lambda _: 0)) from None
