"""``content/taxonomy/atlas.yml``: the categories a failure can be placed in."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from generator.records.base import (
    CategoryId,
    ConceptId,
    ItemId,
    Line,
    ModelId,
    Prose,
    Record,
    Slug,
    SubcategoryId,
)

Attribution = Literal["model", "benchmark", "harness"]
"""Whose fault a failure is."""

Version = Annotated[str, StringConstraints(pattern=r"^[0-9]+\.[0-9]+$")]
"""``major.minor``."""

Definition = Annotated[str, StringConstraints(min_length=1, max_length=240, pattern=r"^[^\r\n]+$")]
"""One sentence of at most 240 characters: what has to be remembered while judging."""


class Subcategory(Record):
    """A finer kind within a category."""

    id: SubcategoryId
    """Stable identifier, unique within its category."""
    name: Line
    """Name as shown."""
    definition: Definition
    """One sentence."""
    since: Version = "1.0"
    """Version of the taxonomy that brought it."""


class Boundary(Record):
    """A rule for telling a category from a neighbour."""

    when: Line
    """What is the case."""
    then: ConceptId
    """What applies instead: a category, a subcategory, or the benchmark's or harness's fault."""


class TaxonomyExample(Record):
    """A failure whose cause is known to be the category, on a benchmark whose text is shown."""

    benchmark: Slug
    """Benchmark."""
    model: ModelId
    """Model."""
    item_id: ItemId
    """Item."""


class Category(Record):
    """A kind of failure."""

    id: CategoryId
    """Stable identifier."""
    name: Line
    """Name as shown."""
    group: Slug
    """Identifier of the group that it belongs to."""
    definition: Definition
    """One sentence: when a failure belongs here."""
    since: Version = "1.0"
    """Version of the taxonomy that brought it."""
    paper: bool = False
    """Whether the name is one of those published with the ErrorAtlas paper."""
    subcategories: Annotated[tuple[Subcategory, ...], Field(min_length=1)]
    """Finer kinds, in the order shown."""
    everyday: tuple[Line, ...] = ()
    """Everyday words for it, by which a reader may search; no judge sees them."""
    includes: tuple[Line, ...] = ()
    """Cases that belong here although one could doubt it."""
    excludes: tuple[Boundary, ...] = ()
    """Cases that belong elsewhere although they look like it."""
    examples: tuple[TaxonomyExample, ...] = ()
    """Failures with this cause."""


class Retired(Record):
    """An identifier that is given no more, and never again for something else."""

    id: ConceptId
    """Category or subcategory, such as ``E18`` or ``E13/rounding``."""
    name: Line
    """Its last name."""
    since: Version = "1.0"
    """Version of the taxonomy that brought it."""
    retired: Version
    """First version of the taxonomy without it."""
    redirect: ConceptId | None = None
    """The category or subcategory that verdicts with this identifier now count as."""
    reason: Line | None = None
    """Why it was retired; needed where nothing takes its place."""

    @model_validator(mode="after")
    def _leads_somewhere(self) -> "Retired":
        if self.redirect is None and self.reason is None:
            msg = "a retired id needs a redirect or a reason"
            raise ValueError(msg)
        return self


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

    version: Version
    """``major.minor``: major when the meaning of an id changes, minor when ids are added or
    put into other words."""
    unit: Prose
    """What one label is about."""
    attributions: tuple[AttributionKind, ...]
    """Whose fault it can be, decided first."""
    groups: tuple[Group, ...]
    """Groups in the order shown."""
    categories: tuple[Category, ...]
    """Categories in the order in which they are tried."""
    tie_breaks: tuple[Prose, ...] = ()
    """Rules for hard cases, numbered from 1 as shown; each names the ids that it decides on."""
    retired: tuple[Retired, ...] = ()
    """Identifiers that are given no more; verdicts that hold one are read through its redirect."""

    def readable(self) -> dict[str, frozenset[str]]:
        """Return the subcategories by category that a verdict may hold, retired ones included."""
        known = {entry.id: {sub.id for sub in entry.subcategories} for entry in self.categories}
        for entry in self.retired:
            category, _, sub = entry.id.partition("/")
            known.setdefault(category, set()).update([sub] if sub else [])
        return {category: frozenset(subs) for category, subs in known.items()}


class Meaning(Record):
    """What an identifier meant when it was released.

    Name, definition and bounds stay as they are while the version does. A higher minor version may
    put either the name or the rest into other words; both at once mean something else, and need a
    higher major version or a new identifier.
    """

    id: ConceptId
    """Category or subcategory."""
    name: Line
    """Its name."""
    said: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    """Hash of its definition and, of a category, of the cases that it includes and excludes."""


class Released(Record):
    """The identifiers of the last release, frozen: what no later version may use otherwise."""

    version: Version
    """Version of the taxonomy that was released."""
    ids: tuple[ConceptId, ...]
    """Categories and subcategories that it had."""
    retired: tuple[ConceptId, ...] = ()
    """Categories and subcategories that had been retired by then."""
    meanings: tuple[Meaning, ...] = ()
    """What each of ``ids`` meant; a file from before they were kept has none, and nothing is held
    against them."""
