"""What a pull request would change: made where it is not trusted, read where it is not either."""

from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt, PositiveInt

from generator.records.base import Record, Share

Short = Annotated[str, Field(max_length=200)]
"""A name or a path."""
LONGEST = 700
Long = Annotated[str, Field(max_length=LONGEST)]
"""A message."""
MOST_FILES = 100
MOST_RUNS = 20
MOST_SHARES = 5
MOST_SHIFTS = 20
MOST_GROUPS = 40
MOST_TOLD = 20
MOST_PICTURES = 40


class ReviewedFile(Record):
    """A content file that was touched."""

    path: Short
    """Path below the content folder."""
    change: Literal["added", "changed", "removed"]
    """What became of it."""
    bytes: NonNegativeInt
    """Size afterwards."""


class ReviewedCause(Record):
    """What validation found of one cause."""

    level: Literal["error", "warning"]
    """Whether it blocks."""
    cause: Long
    """What is wrong."""
    total: PositiveInt
    """How often."""
    shown: Annotated[tuple[Long, ...], Field(max_length=MOST_TOLD)]
    """The first of them, a line each."""


class Interval(Record):
    """A share with its interval."""

    share: Share
    """The share."""
    low: Share
    """Lower end of the interval."""
    high: Share
    """Upper end."""


class ReviewedShare(Record):
    """How frequent a category is among the classified failures of a run, and beside it."""

    category: Short
    """Identifier and name."""
    own: Interval
    """Share in the run."""
    pool: Interval | None
    """Share in the other runs on the same benchmark; None where there is none."""


class ReviewedRun(Record):
    """A run that was added or changed, as the Atlas would show it."""

    benchmark: Short
    """Benchmark."""
    model: Short
    """Model."""
    attempted: NonNegativeInt
    """Predictions."""
    failed: NonNegativeInt
    """Failures."""
    accuracy: Interval | None
    """Share of predictions that are no failures; None without predictions."""
    looked_at: NonNegativeInt
    """Failures that a judge looked at."""
    classified: NonNegativeInt
    """Failures that have a category."""
    pool: NonNegativeInt
    """Classified failures of the other runs on the benchmark."""
    shares: Annotated[tuple[ReviewedShare, ...], Field(max_length=MOST_SHARES)]
    """The largest shares."""


class ReviewedCount(Record):
    """How many of something there are."""

    what: Short
    """What is counted."""
    before: NonNegativeInt
    """How many before the change."""
    after: NonNegativeInt
    """How many with it."""


class ReviewedShift(Record):
    """A share of a benchmark's failures that moves."""

    benchmark: Short
    """Benchmark."""
    category: Short
    """Identifier and name of the category."""
    before: Share
    """Share before the change."""
    after: Share
    """Share with it."""
    n_before: NonNegativeInt
    """Classified failures before."""
    n_after: NonNegativeInt
    """Classified failures after."""


class Review(Record):
    """Everything that is said of a pull request."""

    version: Short
    """Version of the command that made it."""
    base: Annotated[str, Field(pattern="^[0-9a-f]{40}([0-9a-f]{24})?$")]
    """Commit that it is held against."""
    pull_request: PositiveInt | None = None
    """Number of the pull request, where it is one."""
    files: Annotated[tuple[ReviewedFile, ...], Field(max_length=MOST_FILES)]
    """Files touched, the first of them."""
    files_in_all: NonNegativeInt
    """How many there are."""
    causes: Annotated[tuple[ReviewedCause, ...], Field(max_length=MOST_GROUPS)]
    """What validation found."""
    counted: bool
    """Whether there are numbers; not where the content cannot be read."""
    runs: Annotated[tuple[ReviewedRun, ...], Field(max_length=MOST_RUNS)] = ()
    """Runs added or changed, the first of them."""
    runs_in_all: NonNegativeInt = 0
    """How many there are."""
    counts: Annotated[tuple[ReviewedCount, ...], Field(max_length=10)] = ()
    """What the Atlas holds, before and after."""
    shifts: Annotated[tuple[ReviewedShift, ...], Field(max_length=MOST_SHIFTS)] = ()
    """Shares that move most."""
    shifts_in_all: NonNegativeInt = 0
    """How many move by a tenth of a point or more."""
    screenshots: Annotated[tuple[Short, ...], Field(max_length=MOST_PICTURES)] = ()
    """Names of pictures beside it."""
