"""Identifiers that are given no more: old links still lead somewhere."""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.pages.edition import Edition
from generator.pages.links import Link, category_path
from generator.pages.page import Head, Page
from generator.pages.render import render
from generator.pages.tables import concept_cell
from generator.records.taxonomy import Retired, Taxonomy
from generator.taxonomy.retirement import successor


@dataclass(frozen=True)
class RetiredEntry:
    """An identifier that is given no more."""

    id: str
    """Identifier."""
    name: str
    """Its last name."""
    version: str
    """First version of the taxonomy without it."""
    reason: str
    """Why; may be empty."""
    now: Link | None
    """What verdicts with it count as; None where nothing took its place."""


@dataclass(frozen=True)
class RetiredContext:
    """What the template ``retired.md.j2`` shows."""

    head: Head
    """Front matter."""
    entry: RetiredEntry
    """The identifier."""


def retired_categories(taxonomy: Taxonomy) -> tuple[Retired, ...]:
    """Return the retired ids that had a page of their own."""
    return tuple(gone for gone in taxonomy.retired if "/" not in gone.id)


def retired_entries(
    page: str, taxonomy: Taxonomy, retired: Iterable[Retired]
) -> tuple[RetiredEntry, ...]:
    """Return retired ids as a page shows them."""
    entries = []
    for gone in retired:
        now = successor(taxonomy, gone.id)
        link = concept_cell(page, taxonomy, now) if now else None
        entries.append(RetiredEntry(gone.id, gone.name, gone.retired, gone.reason or "", link))
    return tuple(entries)


def retired_page(edition: Edition, gone: Retired) -> Page:
    """Return the page of a retired category."""
    page = category_path(gone.id)
    entry = retired_entries(page, edition.content.taxonomy, [gone])[0]
    head = Head(
        f"{gone.id} {gone.name} (retired)", f"{gone.id} is given no more.", searchable=False
    )
    return Page(page, render("retired.md.j2", RetiredContext(head, entry)))
