"""A review as Markdown: for the summary of a workflow, and for a comment on a pull request."""

from dataclasses import dataclass

from generator.pages.escaping import Html
from generator.pages.format import NOTHING, count, counted, estimate, percent, sized, weight
from generator.pages.render import render
from generator.records.review import Interval, Review, ReviewedRun

LONGEST = 60_000
"""Characters of a comment; GitHub takes 65,536."""
MARK = "<!-- erroratlas-review -->"
"""By this a comment of ours is found again."""


@dataclass(frozen=True)
class GroupRow:
    """Findings of one cause."""

    blocks: bool
    """Whether they block."""
    cause: str
    """What is wrong."""
    total: str
    """How often."""
    shown: tuple[str, ...]
    """The first, a line each."""
    more: str
    """How many more there are; empty for none."""


@dataclass(frozen=True)
class RunBlock:
    """A run as the Atlas would show it."""

    name: str
    """Benchmark and model."""
    says: str
    """Predictions, failures, accuracy, what was looked at."""
    rows: tuple[tuple[str, str, str], ...]
    """Category, its share, its share in the pool."""
    pool: str
    """Number of failures that the pool rests on."""


@dataclass(frozen=True)
class ReviewContext:
    """What the template ``review.md.j2`` shows."""

    mark: Html
    """Hidden mark."""
    version: str
    """Version of the command."""
    base: str
    """Commit compared with."""
    verdict: str
    """Whether it passes."""
    files: tuple[tuple[str, str, str], ...]
    """Path, what became of it, size."""
    more_files: str
    """How many more there are; empty for none."""
    groups: tuple[GroupRow, ...]
    """Findings."""
    counted: bool
    """Whether there are numbers."""
    runs: tuple[RunBlock, ...]
    """Runs."""
    more_runs: str
    """How many more there are; empty for none."""
    counts: tuple[tuple[str, str, str], ...]
    """What, before, after."""
    shifts: tuple[tuple[str, str, str, str], ...]
    """Benchmark, category, before, after."""
    more_shifts: str
    """How many more there are; empty for none."""
    screenshots: tuple[str, ...]
    """Names of pictures."""


def review_text(review: Review) -> str:
    """Return a review as Markdown of bounded length.

    Everything in it that a contributor wrote is escaped and stands in code, where it mentions
    nobody, links nowhere and loads nothing.
    """
    text = str(render("review.md.j2", _context(review)))
    if len(text) <= LONGEST:
        return text
    # Shorter by whole sections, so that no element is left open.
    brief = review.model_copy(update={"files": (), "shifts": (), "runs": review.runs[:3]})
    causes = tuple(one.model_copy(update={"shown": one.shown[:1]}) for one in review.causes[:10])
    text = str(render("review.md.j2", _context(brief.model_copy(update={"causes": causes}))))
    return text if len(text) <= LONGEST else f"{MARK}\nThe review is too long to be shown here.\n"


def _context(review: Review) -> ReviewContext:
    errors = sum(group.total for group in review.causes if group.level == "error")
    warnings = sum(group.total for group in review.causes if group.level == "warning")
    verdict = (
        f"{counted(errors, 'problem')} to mend" if errors else "Nothing stands in the way"
    ) + (f", {counted(warnings, 'warning')}" if warnings else "")
    return ReviewContext(
        mark=Html(MARK),
        version=review.version,
        base=review.base[:12],
        verdict=verdict,
        files=tuple((file.path, file.change, weight(file.bytes)) for file in review.files),
        more_files=_more(review.files_in_all, len(review.files), "file"),
        groups=tuple(
            GroupRow(
                group.level == "error",
                group.cause,
                count(group.total),
                group.shown,
                _more(group.total, len(group.shown), "line"),
            )
            for group in review.causes
        ),
        counted=review.counted,
        runs=tuple(map(_block, review.runs)),
        more_runs=_more(review.runs_in_all, len(review.runs), "run"),
        counts=tuple((one.what, count(one.before), count(one.after)) for one in review.counts),
        shifts=tuple(
            (
                one.benchmark,
                one.category,
                f"{percent(one.before)}, {sized(one.n_before)}",
                f"{percent(one.after)}, {sized(one.n_after)}",
            )
            for one in review.shifts
        ),
        more_shifts=_more(review.shifts_in_all, len(review.shifts), "share"),
        screenshots=review.screenshots,
    )


def _block(run: ReviewedRun) -> RunBlock:
    accuracy = f", accuracy {_share(run.accuracy, run.attempted)}" if run.accuracy else ""
    return RunBlock(
        name=f"{run.benchmark}/{run.model}",
        says=(
            f"{counted(run.attempted, 'prediction')}, {counted(run.failed, 'failure')}{accuracy}; "
            f"{count(run.looked_at)} looked at, {count(run.classified)} with a category, "
            f"{count(run.looked_at - run.classified)} without"
        ),
        rows=tuple(
            (row.category, _share(row.own, run.classified), _share(row.pool, run.pool))
            for row in run.shares
        ),
        pool=count(run.pool),
    )


def _share(value: Interval | None, n: int) -> str:
    return estimate(value.share, value.low, value.high, n) if value else NOTHING


def _more(total: int, shown: int, noun: str) -> str:
    return counted(total - shown, f"further {noun}") if total > shown else ""
