"""The page of one category."""

from dataclasses import dataclass

from generator.pages.category_sections import Section, category_section
from generator.pages.edition import HEADINGS, Edition
from generator.pages.examples import Examples
from generator.pages.format import level
from generator.pages.links import Link, category_path
from generator.pages.page import Head, Page
from generator.pages.render import render
from generator.pages.tables import category_cell
from generator.records.taxonomy import Category, Subcategory
from generator.taxonomy.tree import group_of


@dataclass(frozen=True)
class Neighbour:
    """How to tell the category from another."""

    when: str
    """What is the case."""
    then: Link
    """The category that applies instead."""


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
    neighbours: tuple[Neighbour, ...]
    """How to tell it from others."""
    tie_breaks: tuple[str, ...]
    """Rules for hard cases that name it."""
    subcategories: tuple[Subcategory, ...]
    """Finer kinds."""
    sections: tuple[Section, ...]
    """One per population."""
    level: str
    """Confidence level of the intervals."""
    previous: Link | None
    """The category before it."""
    following: Link | None
    """The category after it."""


def category_page(edition: Edition, examples: Examples, entry: Category) -> Page:
    """Return the page of a category."""
    taxonomy = edition.content.taxonomy
    page = category_path(entry.id)
    place = taxonomy.categories.index(entry)
    group = group_of(taxonomy, entry.id)
    ids = [other.id for other in taxonomy.categories]
    context = CategoryContext(
        head=Head(f"{entry.id} {entry.name}", entry.definition),
        id=entry.id,
        name=entry.name,
        group=group.name,
        question=group.question,
        definition=entry.definition,
        paper=entry.paper,
        neighbours=tuple(
            Neighbour(boundary.when, category_cell(page, taxonomy, boundary.then))
            for boundary in entry.boundaries
        ),
        tie_breaks=tuple(rule for rule in taxonomy.tie_breaks if entry.id in rule),
        subcategories=entry.subcategories,
        sections=tuple(
            category_section(page, edition, examples, entry, population)
            for population in HEADINGS
            if edition.of_population(population)
        ),
        level=level(edition.content.atlas.confidence_level),
        previous=category_cell(page, taxonomy, ids[place - 1]) if place else None,
        following=category_cell(page, taxonomy, ids[place + 1]) if ids[place + 1 :] else None,
    )
    return Page(page, render("category.md.j2", context))
