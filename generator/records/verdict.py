"""``content/verdicts/<benchmark>/<model>.parquet``: what a judge said of a failure."""

from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt, model_validator

from generator.records.base import (
    CategoryId,
    ItemId,
    Record,
    Sha256,
    Share,
    Slug,
    SubcategoryId,
)
from generator.records.taxonomy import Attribution

Status = Literal["verdict", "undetermined", "no_verdict"]
"""``undetermined``: looked, not enough evidence. ``no_verdict``: the judge failed."""


class JudgeId(Record):
    """Who judged, exactly enough to judge again."""

    name: Slug
    """Name, as listed in ``atlas.yml``; of a language model ``llm-`` and its name."""
    version: str
    """Version of the judge: of the rules, or the language model's name."""
    prompt_hash: str
    """Hash of the prompt; for the rules, of their names, confidences and threshold."""
    taxonomy: str
    """Version of the taxonomy used."""


class Evidence(Record):
    """A span of the output that shows the error."""

    quote: str | None = None
    """The text of the span, word for word; null where the text is withheld."""
    start: NonNegativeInt
    """Offset of its first character in the output, counted in Unicode code points."""
    end: NonNegativeInt
    """Offset after its last character."""

    @model_validator(mode="after")
    def _span_fits(self) -> "Evidence":
        if self.end < self.start:
            msg = "end lies before start"
            raise ValueError(msg)
        if self.quote is not None and len(self.quote) != self.end - self.start:
            msg = "the quote is not as long as its span"
            raise ValueError(msg)
        return self


class Criterion(Record):
    """Something a right answer needs, and whether the output has it."""

    criterion: str
    """What is required."""
    present: bool
    """Whether the output has it."""
    quality: Share | None = None
    """How well, if present."""
    evidence: str | None = None
    """Where in the output."""
    comment: str | None = None
    """Why the judge thinks so."""


class Verdict(Record):
    """What one judge said of one failure: its first major error."""

    key: Sha256
    """Prediction that it belongs to."""
    item_id: ItemId
    """Item."""
    judge: JudgeId
    """Who says so."""
    status: Status
    """Whether there is a verdict at all."""
    attribution: Attribution | None = None
    """Whose fault it is; null without a verdict."""
    attribution_subtype: SubcategoryId | None = None
    """Finer, for faults of the benchmark or the harness."""
    category: CategoryId | None = None
    """Category of the first major error, for faults of the model."""
    subcategory: SubcategoryId | None = None
    """Subcategory of it."""
    secondary: Annotated[tuple[CategoryId, ...], Field(max_length=2)] = ()
    """Further errors."""
    rule: Slug | None = None
    """The rule that settled it, where the judge is made of rules."""
    title: str | None = None
    """The error in a few words."""
    summary: str | None = None
    """The error in a sentence or two."""
    criteria: tuple[Criterion, ...] = ()
    """What a right answer needs."""
    evidence: tuple[Evidence, ...] = ()
    """Where the output shows it."""
    confidence: Share | None = None
    """Probability, as the judge states it, that a careful second judge agrees."""
    tokens: NonNegativeInt | None = None
    """Tokens that the judgement took."""

    @model_validator(mode="after")
    def _category_goes_with_fault(self) -> "Verdict":
        placed = self.status == "verdict" and self.attribution == "model"
        if placed != (self.category is not None):
            msg = "a category is given exactly when a verdict finds the model at fault"
            raise ValueError(msg)
        if (self.status == "verdict") != (self.attribution is not None):
            msg = "an attribution is given exactly when there is a verdict"
            raise ValueError(msg)
        if self.subcategory is not None and self.category is None:
            msg = "a subcategory needs its category"
            raise ValueError(msg)
        return self
