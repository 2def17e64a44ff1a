"""The index of the taxonomy."""

from dataclasses import dataclass

from generator.pages.edition import Edition
from generator.pages.links import TAXONOMY, Link, category_path, href
from generator.pages.page import Head, Page
from generator.pages.render import render
from generator.records.taxonomy import AttributionKind, Subcategory
from generator.taxonomy.tree import members


@dataclass(frozen=True)
class CategoryEntry:
    """A category in the index."""

    id: str
    """Identifier."""
    link: Link
    """Name and page."""
    definition: str
    """When a failure belongs here."""
    subcategories: tuple[Subcategory, ...]
    """Finer kinds."""


@dataclass(frozen=True)
class GroupEntry:
    """A group in the index."""

    id: str
    """Identifier."""
    name: str
    """Name."""
    question: str
    """What it is about."""
    categories: tuple[CategoryEntry, ...]
    """Its categories."""


@dataclass(frozen=True)
class TaxonomyContext:
    """What the template ``taxonomy.md.j2`` shows."""

    head: Head
    """Front matter."""
    version: str
    """Version of the taxonomy."""
    size: str
    """Number of categories."""
    unit: str
    """What one label is about."""
    attributions: tuple[AttributionKind, ...]
    """Whose fault it can be."""
    groups: tuple[GroupEntry, ...]
    """Groups with their categories."""
    tie_breaks: tuple[str, ...]
    """Rules for hard cases."""


def taxonomy_page(edition: Edition) -> Page:
    """Return the index of the taxonomy."""
    taxonomy = edition.content.taxonomy
    context = TaxonomyContext(
        head=Head("Taxonomy", "The kinds of failures, what each means and how to tell them apart."),
        version=taxonomy.version,
        size=str(len(taxonomy.categories)),
        unit=taxonomy.unit,
        attributions=taxonomy.attributions,
        groups=tuple(
            GroupEntry(
                group.id,
                group.name,
                group.question,
                tuple(
                    CategoryEntry(
                        entry.id,
                        Link(f"{entry.id} {entry.name}", href(TAXONOMY, category_path(entry.id))),
                        entry.definition,
                        entry.subcategories,
                    )
                    for entry in members(taxonomy, group.id)
                ),
            )
            for group in taxonomy.groups
        ),
        tie_breaks=taxonomy.tie_breaks,
    )
    return Page(TAXONOMY, render("taxonomy.md.j2", context))
