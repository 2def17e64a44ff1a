"""``content/predictions/<benchmark>/<model>/``: a run and what the model put out."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt

from generator.records.base import ItemId, Line, Prose, Record, Slug
from generator.records.messages import Conversation

Setting = str | int | float | bool | None
"""Value of a generation setting."""


class RunSource(Record):
    """Which part of the benchmark's source holds this run."""

    files: Annotated[tuple[Slug, ...], Field(min_length=1)]
    """Names of the source files."""
    select: Line | None = None
    """Which system, where the files hold several."""


class Run(Record):
    """How a set of predictions was made."""

    harness: Line
    """Software that asked the model and scored the answers."""
    harness_version: Line
    """Its version, commit or date."""
    date: dt.date | None = None
    """Day of the run, where known."""
    prompt: Prose
    """How the model was asked: shots, chain of thought, system prompt."""
    generation: dict[str, Setting] = Field(default_factory=dict)
    """Temperature, limits and other settings."""
    contributor: Line
    """Who made the predictions available."""
    licence: Line
    """Licence of the predictions."""
    trained_on_test: Literal["yes", "no", "unknown"]
    """Whether the model saw the items in training."""
    source: RunSource | None = None
    """Where the predictions are, for a benchmark kept by reference."""
    note: Prose | None = None
    """Anything a reader must know."""


class Prediction(Record):
    """What a model put out for one item, and the score it got."""

    item_id: ItemId
    """Item answered."""
    output: str | Conversation
    """Text, or the turns of a conversation from where the model begins to speak."""
    score: float
    """Score in the benchmark's range."""
    extracted: str | None = None
    """Answer that the harness took from the output; null where it found none."""
    finish_reason: str | None = None
    """Why generation ended, as the model's server said."""
    tokens: NonNegativeInt | None = None
    """Tokens put out."""
