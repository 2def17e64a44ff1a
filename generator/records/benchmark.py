"""``content/benchmarks/<benchmark>/``: a benchmark and its items."""

from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt, model_validator

from generator.records.base import ItemId, Line, ModelId, Prose, Record, Sha256, Slug, Url

TaskType = Literal["short-answer", "multiple-choice", "tool-use", "free-text", "mixed"]
"""What an answer looks like."""


class SourceFile(Record):
    """One upstream file, pinned."""

    name: Slug
    """Short name that runs refer to."""
    url: Url
    """Address at a fixed revision."""
    revision: Line
    """Commit or version in that address."""
    sha256: Sha256
    """Checksum of the file; a download that differs is refused."""
    bytes: NonNegativeInt
    """Size of the file."""
    licence: Line
    """Licence it is under, or what is known of it."""


class Source(Record):
    """Where the text of a benchmark kept by reference comes from."""

    reader: Slug
    """Which reader understands the files."""
    files: Annotated[tuple[SourceFile, ...], Field(min_length=1)]
    """The files."""


class Benchmark(Record):
    """A set of items with a metric."""

    name: Line
    """Name as shown."""
    description: Prose
    """What it asks for."""
    task_type: TaskType
    """What an answer looks like."""
    licence: Line
    """Licence of the items."""
    citation: Prose
    """How its makers want to be cited."""
    url: Url | None = None
    """Its home."""
    formerly: tuple[Slug, ...] = ()
    """Identifiers that it had before: their addresses lead to it."""
    canary: Line | None = None
    """Text that marks the data so that it can be kept out of training."""
    metric: Line
    """What a score is."""
    score_range: tuple[float, float] = (0.0, 1.0)
    """Lowest and highest possible score."""
    success_threshold: float
    """A score below this is a failure; given here, never derived from the models at hand."""
    coverage: Prose | None = None
    """What of the benchmark is here and what of it is not; counts are added by the page."""
    quirks: tuple[Prose, ...] = ()
    """What is odd about the data: references that differ, duplicates, scores that are wrong."""
    display: Literal["full", "withheld"]
    """Whether pages may show items and outputs."""
    synthetic: bool = False
    """Whether items and outputs were made by a program; said on every page that uses them."""
    source: Source | None = None
    """Where the text is, if it is not here."""
    panel: Annotated[tuple[ModelId, ...], Field(max_length=11)] = ()
    """Models whose answers the rules look at where they doubt a reference, ten of them for each
    run: it does not look at itself. Without a panel these are the strongest of all runs, and a
    new strong model makes the verdicts on all others stale."""

    @model_validator(mode="after")
    def _threshold_in_range(self) -> "Benchmark":
        low, high = self.score_range
        if not low < high:
            msg = "the lowest score must be below the highest"
            raise ValueError(msg)
        if not low < self.success_threshold <= high:
            msg = "success_threshold must lie within score_range, above its lowest value"
            raise ValueError(msg)
        if self.source is not None and self.display == "full":
            msg = "a benchmark kept by reference is withheld: set display to withheld"
            raise ValueError(msg)
        return self


class Item(Record):
    """One question of a benchmark."""

    item_id: ItemId
    """Identifier within the benchmark."""
    input: str
    """What the model is asked, without examples."""
    choices: tuple[str, ...] = ()
    """Options of a multiple-choice item, in order; the first is A."""
    references: Annotated[tuple[str, ...], Field(min_length=1)]
    """Answers that count as right."""
    solution: str | None = None
    """A worked solution, where the benchmark has one."""
    tags: dict[str, str] = Field(default_factory=dict)
    """Slices that the item belongs to, such as subject or difficulty."""
