"""The index of the taxonomy."""

from dataclasses import dataclass

from generator.pages.charts import icicle_of
from generator.pages.edition import HEADINGS, Edition
from generator.pages.figures import Figure, card_of, files_of
from generator.pages.links import CROSSWALKS, PROPOSALS, TAXONOMY, Link, category_path, href
from generator.pages.page import Begun, Head, Page
from generator.pages.render import render
from generator.pages.retired import RetiredEntry, retired_entries
from generator.records.taxonomy import AttributionKind, Subcategory
from generator.taxonomy.export import EXPORTS, FILES
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
class TreeSection:
    """The tree with the shares of one population."""

    kind: str
    """Which population."""
    heading: str
    """Its heading."""
    figure: Figure
    """The chart."""


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
    trees: tuple[TreeSection, ...]
    """The tree with shares, one per population that has any."""
    retired: tuple[RetiredEntry, ...]
    """Identifiers that are given no more."""
    crosswalks: Link
    """What other schemes call the categories."""
    proposals: Link
    """What was found in failures and is up for review."""
    downloads: tuple[Link, ...]
    """The taxonomy as files."""


EXPORT_NAMES = {"json": "JSON tree", "csv": "CSV", "skos": "SKOS (Turtle)"}
"""What each format of the downloads is called."""


def taxonomy_page(edition: Edition) -> Page:
    """Return the index of the taxonomy."""
    return taxonomy_page_begun(edition)()


def taxonomy_page_begun(edition: Edition) -> Begun:
    """Begin the index of the taxonomy; return how to get it."""
    content = edition.content
    taxonomy = content.taxonomy
    files = {
        f"taxonomy/{FILES[form]}": export(content).encode() for form, export in EXPORTS.items()
    }
    drawn = {kind: found for kind in HEADINGS if (found := icicle_of(TAXONOMY, edition, kind))}
    context = TaxonomyContext(
        head=Head(
            "Taxonomy",
            "The kinds of failures, what each means and how to tell them apart.",
            card=card_of(next(iter(drawn.values()), None)),
        ),
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
        trees=tuple(
            TreeSection(kind, HEADINGS[kind], found.figure) for kind, found in drawn.items()
        ),
        retired=retired_entries(TAXONOMY, taxonomy, taxonomy.retired),
        crosswalks=Link("What other schemes call them", href(TAXONOMY, CROSSWALKS)),
        proposals=Link("Proposals found in failures", href(TAXONOMY, PROPOSALS)),
        downloads=tuple(
            Link(EXPORT_NAMES[form], href(TAXONOMY, path))
            for form, path in zip(EXPORTS, files, strict=True)
        ),
    )
    return lambda: Page(
        TAXONOMY, render("taxonomy.md.j2", context), {**files_of(drawn.values()), **files}
    )
