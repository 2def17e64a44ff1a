"""The page of one category."""

from dataclasses import dataclass

from generator.pages.category_sections import Section, category_section
from generator.pages.citing import Citation, citation
from generator.pages.edition import HEADINGS, Edition
from generator.pages.examples import Examples
from generator.pages.figures import Figure, card_of, files_of
from generator.pages.format import level
from generator.pages.links import (
    CROSSWALKS,
    Link,
    benchmark_path,
    category_path,
    explore_href,
    href,
)
from generator.pages.page import Begun, Head, Page
from generator.pages.render import render
from generator.pages.retired import RetiredEntry, retired_entries
from generator.pages.tables import Table, category_cell, columns, concept_cell, plain
from generator.pages.trend import trend_of
from generator.records.taxonomy import Category, Subcategory
from generator.taxonomy.crosswalks import RELATION_WORDS, elsewhere
from generator.taxonomy.retirement import retired_into
from generator.taxonomy.tree import group_of


@dataclass(frozen=True)
class Neighbour:
    """How to tell the category from another."""

    when: str
    """What is the case."""
    then: Link
    """What applies instead."""


@dataclass(frozen=True)
class KnownCase:
    """A failure whose cause is known to be the category."""

    benchmark: Link
    """Benchmark."""
    model: str
    """Model."""
    item_id: str
    """Item."""


@dataclass(frozen=True)
class CategoryContext:
    """What the template ``category.md.j2`` shows."""

    head: Head
    """Front matter."""
    id: str
    """Identifier."""
    name: str
    """Name."""
    group: str
    """Name of its group."""
    question: str
    """What the group is about."""
    definition: str
    """When a failure belongs here."""
    paper: bool
    """Whether the name was published with the ErrorAtlas paper."""
    since: str
    """Version of the taxonomy that brought it."""
    everyday: str
    """Everyday words for it; empty where there are none."""
    includes: tuple[str, ...]
    """Cases that belong here although one could doubt it."""
    neighbours: tuple[Neighbour, ...]
    """How to tell it from others."""
    tie_breaks: tuple[str, ...]
    """Rules for hard cases that name it."""
    subcategories: tuple[Subcategory, ...]
    """Finer kinds."""
    elsewhere: Table | None
    """What other schemes call it; None where none does."""
    crosswalks: Link
    """All that other schemes call."""
    retired: tuple[RetiredEntry, ...]
    """Identifiers that are read as this category, and retired parts of it."""
    known: tuple[KnownCase, ...]
    """Failures whose cause is known to be this."""
    trend: Figure | None
    """How often models fail so, by release date and size; None where too little is known."""
    sections: tuple[Section, ...]
    """One per population."""
    level: str
    """Confidence level of the intervals."""
    previous: Link | None
    """The category before it."""
    following: Link | None
    """The category after it."""
    cite: Citation
    """How to cite the page."""
    explore: str
    """Address of its failures, one by one."""


def category_page(edition: Edition, examples: Examples, entry: Category) -> Page:
    """Return the page of a category."""
    return category_page_begun(edition, examples, entry)()


def category_page_begun(edition: Edition, examples: Examples, entry: Category) -> Begun:
    """Begin the page of a category; return how to get it."""
    taxonomy = edition.content.taxonomy
    page = category_path(entry.id)
    place = taxonomy.categories.index(entry)
    group = group_of(taxonomy, entry.id)
    ids = [other.id for other in taxonomy.categories]
    drawn = trend_of(edition, entry)
    context = CategoryContext(
        head=Head(
            f"{entry.id} {entry.name}",
            entry.definition,
            card=card_of(drawn),
            told=True,
            words=entry.everyday,
        ),
        id=entry.id,
        name=entry.name,
        group=group.name,
        question=group.question,
        definition=entry.definition,
        paper=entry.paper,
        since=entry.since,
        everyday="; ".join(entry.everyday),
        includes=entry.includes,
        neighbours=tuple(
            Neighbour(boundary.when, concept_cell(page, taxonomy, boundary.then))
            for boundary in entry.excludes
        ),
        tie_breaks=tuple(rule for rule in taxonomy.tie_breaks if entry.id in rule),
        subcategories=entry.subcategories,
        elsewhere=_elsewhere(page, edition, entry),
        crosswalks=Link("All cross-walks", href(page, CROSSWALKS)),
        retired=retired_entries(page, taxonomy, retired_into(taxonomy, entry.id)),
        known=_known(page, edition, entry),
        trend=drawn.figure if drawn else None,
        sections=tuple(
            category_section(page, edition, examples, entry, population)
            for population in HEADINGS
            if edition.of_population(population)
        ),
        level=level(edition.content.atlas.confidence_level),
        previous=category_cell(page, taxonomy, ids[place - 1]) if place else None,
        following=category_cell(page, taxonomy, ids[place + 1]) if ids[place + 1 :] else None,
        cite=citation(edition, page, f"{entry.id} {entry.name}", edition.reports),
        explore=explore_href(page, category=entry.id),
    )
    charts = [drawn] if drawn else []
    return lambda: Page(page, render("category.md.j2", context), files_of(charts))


def _known(page: str, edition: Edition, entry: Category) -> tuple[KnownCase, ...]:
    content = edition.content
    return tuple(
        KnownCase(
            Link(
                content.benchmarks[example.benchmark].name,
                href(page, benchmark_path(example.benchmark)),
            ),
            content.models[example.model].name,
            example.item_id,
        )
        for example in entry.examples
        if example.benchmark in content.benchmarks
    )


def _elsewhere(page: str, edition: Edition, entry: Category) -> Table | None:
    """Return what other schemes call a category and its subcategories."""
    content = edition.content
    rows = tuple(
        (
            plain(match.entry.name),
            Link(content.crosswalks[match.scheme].title, href(page, CROSSWALKS, match.scheme)),
            concept_cell(page, content.taxonomy, match.to),
            plain(RELATION_WORDS[match.relation]),
        )
        for match in elsewhere(content.crosswalks, entry.id)
    )
    names = columns("Called", "In", "Ours", "How ours relates")
    return Table(f"What other schemes call {entry.name}", names, rows) if rows else None
