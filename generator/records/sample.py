"""``content/samples/<name>.yml`` and ``.csv``: a named random sample of failures."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import Field, PositiveFloat, PositiveInt, model_validator

from generator.records.base import ItemId, Line, ModelId, Prose, Record, Slug


class Stratum(Record):
    """The failures of one model on one benchmark from which a random part was drawn."""

    benchmark: Slug
    """Benchmark."""
    model: ModelId
    """Model."""
    tags: dict[str, str] = Field(default_factory=dict)
    """Slice of the items that the stratum is confined to, such as a task; all if empty."""
    population: PositiveInt
    """Failures in the stratum."""
    sampled: PositiveInt
    """Failures drawn."""

    @model_validator(mode="after")
    def _part_of_population(self) -> "Stratum":
        if self.sampled > self.population:
            msg = "more drawn than there are"
            raise ValueError(msg)
        return self

    @property
    def weight(self) -> float:
        """How many failures each of those drawn stands for."""
        return self.population / self.sampled

    @property
    def run(self) -> tuple[str, str]:
        """Benchmark and model."""
        return self.benchmark, self.model

    @property
    def name(self) -> str:
        """Benchmark, model and slice, for messages."""
        return "/".join((self.benchmark, self.model, *self.tags.values()))

    def holds(self, benchmark: str, model: str, tags: Mapping[str, str]) -> bool:
        """Tell whether the stratum holds the failure of a model on an item with these tags."""
        return self.run == (benchmark, model) and all(
            tags.get(name) == value for name, value in self.tags.items()
        )

    def overlaps(self, other: "Stratum") -> bool:
        """Tell whether a failure could be in both strata."""
        return other.holds(self.benchmark, self.model, {**other.tags, **self.tags})


class Sample(Record):
    """How failures were drawn, so that shares can be taken back to the whole."""

    title: Line
    """Name as shown."""
    judge: Slug
    """Judge whose verdicts the sample carries."""
    judge_description: Prose
    """Who or what that judge is, honestly."""
    design: Prose
    """How the failures were drawn."""
    population: dict[Slug, Prose]
    """Per benchmark, which failures could be drawn, in words that fit "70 of 450 <...>"."""
    seed: int
    """Seed of the draw."""
    drawn: date
    """Day of the draw."""
    strata: Annotated[tuple[Stratum, ...], Field(min_length=1)]
    """Strata; a failure is in one of them at most."""

    def stratum(self, benchmark: str, model: str, tags: Mapping[str, str]) -> Stratum | None:
        """Return the stratum of a failure; None where it could not be drawn."""
        return next((part for part in self.strata if part.holds(benchmark, model, tags)), None)


class SampleRow(Record):
    """One failure of a sample."""

    benchmark: Slug
    """Benchmark."""
    model: ModelId
    """Model."""
    item_id: ItemId
    """Item."""
    weight: PositiveFloat
    """How many failures of the population it stands for."""
