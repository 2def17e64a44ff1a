"""``content/samples/<name>.yml`` and ``.csv``: a named random sample of failures."""

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
    """Strata."""


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
