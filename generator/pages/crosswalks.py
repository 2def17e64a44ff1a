"""The page on what other schemes call the same errors."""

from dataclasses import dataclass

from generator.pages.edition import Edition
from generator.pages.format import counted
from generator.pages.links import CROSSWALKS, Link
from generator.pages.page import Head, Page
from generator.pages.render import render
from generator.pages.tables import Table, columns, concept_cell, plain
from generator.records.crosswalk import Crosswalk
from generator.records.taxonomy import Taxonomy
from generator.taxonomy.crosswalks import RELATION_WORDS


@dataclass(frozen=True)
class SchemeSection:
    """One scheme of others."""

    id: str
    """Slug."""
    title: str
    """What it is called."""
    work: Link
    """The publication."""
    authors: str
    """Who made it."""
    year: str
    """Year of publication."""
    source: Link
    """Where the scheme stands."""
    licence: str
    """Its licence and what was taken."""
    checked: str
    """Where the names were read."""
    missing: str
    """What is not here; empty where all is."""
    entries: Table
    """Its entries beside ours."""


@dataclass(frozen=True)
class CrosswalksContext:
    """What the template ``crosswalks.md.j2`` shows."""

    head: Head
    """Front matter."""
    schemes: tuple[SchemeSection, ...]
    """Schemes in order of their names."""


def crosswalks_page(edition: Edition) -> Page:
    """Return the page on the cross-walks."""
    content = edition.content
    context = CrosswalksContext(
        head=Head("Cross-walks", "What other schemes of errors call the categories of this one."),
        schemes=tuple(
            _section(content.taxonomy, slug, crosswalk)
            for slug, crosswalk in sorted(content.crosswalks.items())
        ),
    )
    return Page(CROSSWALKS, render("crosswalks.md.j2", context))


def _section(taxonomy: Taxonomy, slug: str, crosswalk: Crosswalk) -> SchemeSection:
    return SchemeSection(
        id=slug,
        title=crosswalk.title,
        work=Link(crosswalk.work, crosswalk.url),
        authors=crosswalk.authors,
        year=str(crosswalk.year),
        source=Link(crosswalk.source.removeprefix("https://"), crosswalk.source),
        licence=crosswalk.licence,
        checked=crosswalk.checked,
        missing=crosswalk.missing or "",
        entries=_table(taxonomy, crosswalk),
    )


def _table(taxonomy: Taxonomy, crosswalk: Crosswalk) -> Table:
    """Return a row per match, and one for each entry without any."""
    rows = []
    for entry in crosswalk.entries:
        theirs = plain(" ".join(filter(None, [_code(entry.code, entry.name), entry.name])))
        part, note = plain(entry.part or ""), plain(entry.note)
        rows += [
            (
                theirs,
                part,
                concept_cell(CROSSWALKS, taxonomy, match.to),
                plain(RELATION_WORDS[match.relation]),
                note,
            )
            for match in entry.matches
        ] or [(theirs, part, plain("nothing"), plain("none"), note)]
    size = counted(len(crosswalk.entries), "entry", "entries")
    names = columns("Theirs", "Under", "Ours", "How ours relates", "Why")
    return Table(f"{crosswalk.title}: {size} beside ours", names, tuple(rows))


def _code(code: str | None, name: str) -> str:
    """Return a code that says more than the name does."""
    return code if code and code.casefold() != name.casefold() else ""
