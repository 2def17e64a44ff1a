"""``content/taxonomy/crosswalks/<scheme>.yml``: what another scheme calls the same errors."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from generator.records.base import ConceptId, Line, Record, Url

Relation = Literal["exact", "close", "broad", "narrow", "related"]
"""How an entry of ours relates to theirs, in the words of SKOS mappings."""


class Match(Record):
    """One of our concepts beside an entry of another scheme."""

    to: ConceptId
    """Category, subcategory, or attribution with or without its subtype."""
    relation: Relation
    """``exact`` and ``close``: the same, or nearly; ``broad``: ours is wider than theirs;
    ``narrow``: ours is narrower; ``related``: they overlap, neither holds the other."""


class CrosswalkEntry(Record):
    """One entry of another scheme."""

    code: Line | None = None
    """Its identifier there, where it has one."""
    name: Line
    """Its name, as published."""
    part: Line | None = None
    """Heading that it stands under there."""
    matches: tuple[Match, ...]
    """What corresponds to it here, the nearest first; empty where nothing does."""
    note: Line
    """Why, in our words."""


class Crosswalk(Record):
    """A scheme of errors by others: names alone, and where they stand."""

    title: Line
    """What the scheme is called."""
    work: Line
    """Title of the publication."""
    authors: Line
    """Who made it."""
    year: Annotated[int, Field(ge=1900, le=2100)]
    """Year of publication."""
    url: Url
    """The publication."""
    source: Url
    """Where the scheme itself stands."""
    licence: Line
    """Licence of the scheme as far as known, and what was taken from it."""
    checked: Line
    """Where the names were read, and how surely."""
    complete: bool = True
    """Whether every entry of the scheme is here."""
    missing: Line | None = None
    """What is not here, and why."""
    entries: tuple[CrosswalkEntry, ...]
    """Entries in the order of the scheme."""

    @model_validator(mode="after")
    def _says_what_is_missing(self) -> "Crosswalk":
        if self.complete == (self.missing is not None):
            msg = "what is missing is given exactly when the scheme is not complete"
            raise ValueError(msg)
        return self
