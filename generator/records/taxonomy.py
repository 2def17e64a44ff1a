"""``content/taxonomy/atlas.yml``: the categories a failure can be placed in."""

from typing import Annotated, Literal

from pydantic import Field

from generator.records.base import CategoryId, Line, Prose, Record, Slug, SubcategoryId

Attribution = Literal["model", "benchmark", "harness"]
"""Whose fault a failure is."""


class Subcategory(Record):
    """A finer kind within a category."""

    id: SubcategoryId
    """Stable identifier, unique within its category."""
    name: Line
    """Name as shown."""
    definition: Line
    """One sentence."""


class Boundary(Record):
    """A rule for telling a category from a neighbour."""

    when: Line
    """What is the case."""
    then: CategoryId
    """The category that applies instead."""


class Category(Record):
    """A kind of failure."""

    id: CategoryId
    """Stable identifier."""
    name: Line
    """Name as shown."""
    group: Slug
    """Identifier of the group that it belongs to."""
    definition: Line
    """One sentence: when a failure belongs here."""
    paper: bool = False
    """Whether the name is one of those published with the ErrorAtlas paper."""
    subcategories: Annotated[tuple[Subcategory, ...], Field(min_length=1)]
    """Finer kinds, in the order shown."""
    boundaries: tuple[Boundary, ...] = ()
    """How to tell it from its neighbours."""


class Group(Record):
    """A family of categories, by what went wrong."""

    id: Slug
    """Identifier."""
    name: Line
    """Name as shown."""
    question: Line
    """What the group is about, in a few words."""


class AttributionKind(Record):
    """One answer to the question whose fault a failure is."""

    id: Attribution
    """Identifier."""
    name: Line
    """Name as shown."""
    definition: Prose
    """When it applies."""
    subtypes: tuple[SubcategoryId, ...] = ()
    """Finer kinds."""


class Taxonomy(Record):
    """The versioned tree of categories."""

    version: Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+$")]
    """``major.minor``: major when the meaning of an id changes, minor when ids are added."""
    unit: Prose
    """What one label is about."""
    attributions: tuple[AttributionKind, ...]
    """Whose fault it can be, decided first."""
    groups: tuple[Group, ...]
    """Groups in the order shown."""
    categories: tuple[Category, ...]
    """Categories in the order in which they are tried."""
    tie_breaks: tuple[Prose, ...] = ()
    """Rules for hard cases, numbered from 1 as shown."""
