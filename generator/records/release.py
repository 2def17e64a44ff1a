"""``content/releases/<version>.yml``: what an edition was made from, frozen."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt, StringConstraints, model_validator

from generator.records.base import Doi, Line, ModelId, Record, Sha256, Share, Slug, Url
from generator.records.changes import Changes, EditionVersion
from generator.records.taxonomy import Version


def place_of(version: str) -> tuple[int, ...]:
    """Return the place of a version among others: later ones are larger."""
    return tuple(map(int, version.split(".")))


class FrozenJudge(Record):
    """A judge in one of its versions, and how often it spoke."""

    name: Slug
    """Name, as listed in ``atlas.yml``."""
    version: str
    """Version of the judge."""
    prompt_hash: str
    """Hash of the prompt; for the rules, of their names, confidences and threshold."""
    taxonomy: Version
    """Version of the taxonomy that it used."""
    verdicts: NonNegativeInt
    """Failures that it gave a cause."""
    undetermined: NonNegativeInt
    """Failures that it looked at without finding enough evidence."""
    no_verdict: NonNegativeInt
    """Failures on which it failed."""


class FrozenSource(Record):
    """An upstream file that predictions were read from."""

    benchmark: Slug
    """Benchmark that it belongs to."""
    name: Slug
    """Name that runs refer to."""
    url: Url
    """Address at a fixed revision."""
    revision: Line
    """Commit or version in that address."""
    sha256: Sha256
    """Checksum of the file."""
    bytes: NonNegativeInt
    """Size of the file."""
    licence: Line
    """Licence it is under, or what is known of it."""


class FrozenSample(Record):
    """A random sample that shares rest on."""

    name: Slug
    """Name of the sample."""
    judge: Slug
    """Judge whose verdicts it carries."""
    seed: int
    """Seed of the draw."""
    drawn: dt.date
    """Day of the draw."""
    population: NonNegativeInt
    """Failures that it was drawn from."""
    sampled: NonNegativeInt
    """Failures drawn."""


class FrozenRun(Record):
    """A run, with the checksums of what was read and of what was said of it."""

    benchmark: Slug
    """Benchmark."""
    model: ModelId
    """Model."""
    text: Sha256
    """Hash of its items and outputs; of a run kept by reference, of the pinned checksums."""
    verdicts: Sha256 | None = None
    """Checksum of the file of its verdicts; null where there is none."""
    pending: Literal["stale", "missing"] | None = None
    """Set where verdicts of the rules were left out of date, or out, on purpose."""


class Counts(Record):
    """How much an edition holds."""

    models: NonNegativeInt
    """Systems with a run."""
    benchmarks: NonNegativeInt
    """Benchmarks with a run."""
    runs: NonNegativeInt
    """Runs."""
    predictions: NonNegativeInt
    """Items answered, all runs together."""
    failures: NonNegativeInt
    """Failures among them that a judge spoke on."""
    classified: NonNegativeInt
    """Failures with a category by the judge that counts."""
    other_fault: NonNegativeInt
    """Failures that are the benchmark's or the harness's fault."""
    undetermined: NonNegativeInt
    """Failures that the judge that counts left open."""
    no_verdict: NonNegativeInt
    """Failures on which every judge failed."""
    categories: NonNegativeInt
    """Categories of the taxonomy."""
    subcategories: NonNegativeInt
    """Subcategories of the taxonomy."""


class Release(Record):
    """An edition of the Atlas, frozen: written by a release and never changed, but for its DOI."""

    version: EditionVersion
    """Version, also the name of the file."""
    date: dt.date
    """Day of the release."""
    commit: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{40}(?:[0-9a-f]{24})?$")]
    """Commit that it was made from."""
    doi: Doi | None = None
    """DOI of this version, filled in once it is known."""
    taxonomy: Version
    """Version of the taxonomy."""
    judges: Annotated[tuple[Slug, ...], Field(min_length=1)]
    """Judges in the order in which they count."""
    confidence_level: Annotated[float, Field(gt=0.5, lt=1.0)]
    """Level of every interval."""
    rule_threshold: Share
    """Least confidence at which a finding of a rule settles a failure."""
    seed: int
    """Seed of every random choice made while building."""
    success_thresholds: dict[Slug, float]
    """By benchmark, the score below which a prediction is a failure."""
    counts: Counts
    """How much it holds."""
    spoke: tuple[FrozenJudge, ...] = ()
    """Who judged, in which version, and how often."""
    samples: tuple[FrozenSample, ...] = ()
    """Random samples that shares rest on."""
    sources: tuple[FrozenSource, ...] = ()
    """Files kept by reference."""
    runs: tuple[FrozenRun, ...] = ()
    """Runs in the order of benchmarks and models."""
    changes: Changes | None = None
    """What changed since the edition before; null for the first one."""

    @model_validator(mode="after")
    def _runs_are_distinct(self) -> "Release":
        names = [(run.benchmark, run.model) for run in self.runs]
        if len(set(names)) != len(names):
            msg = "a run is listed twice"
            raise ValueError(msg)
        return self
