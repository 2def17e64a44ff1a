"""The page on what changed from edition to edition."""

from dataclasses import dataclass

from generator.pages.edition import Edition
from generator.pages.format import count, counted, day
from generator.pages.links import CHANGES, Link, edition_path, href
from generator.pages.page import Head, Page
from generator.pages.render import render
from generator.pages.tables import Table, columns, plain

STATUSES = {
    "verdict": "With a verdict",
    "undetermined": "Undetermined",
    "no_verdict": "No verdict",
}
"""What can become of a failure that a judge was asked about, and how a table heads it."""


@dataclass(frozen=True)
class ChangesContext:
    """What the template ``changes.md.j2`` shows."""

    head: Head
    """Front matter."""
    edition: str
    """Edition that is shown."""
    last: Link
    """The edition that was released last, and its page; empty before the first."""
    prepared: bool
    """Whether it is still in preparation."""
    taxonomy: str
    """Version of the taxonomy."""
    categories: str
    """Number of categories, with the noun."""
    editions: Table | None
    """Editions that were released, the last one first; None before the first."""
    holds: Table
    """What it holds, by benchmark."""
    judges: Table
    """Who judged how many failures."""


def changes_page(edition: Edition) -> Page:
    """Return the page on what changed."""
    content = edition.content
    context = ChangesContext(
        head=Head("What changed", "What each edition of the Atlas holds and how it differs."),
        edition=content.atlas.edition,
        last=_last(edition),
        prepared=not content.atlas.released,
        taxonomy=content.taxonomy.version,
        categories=counted(len(content.taxonomy.categories), "category", "categories"),
        editions=_editions(edition),
        holds=_holds(edition),
        judges=_judges(edition),
    )
    return Page(CHANGES, render("changes.md.j2", context))


def _last(edition: Edition) -> Link:
    releases = edition.content.releases
    version = next(reversed([*releases]), "")
    return Link(version, href(CHANGES, edition_path(version)) if version else "")


def _editions(edition: Edition) -> Table | None:
    rows = []
    for release in reversed([*edition.content.releases.values()]):
        held, found = release.counts, release.changes
        rows.append(
            (
                Link(release.version, href(CHANGES, edition_path(release.version))),
                plain(day(release.date)),
                plain(count(held.models)),
                plain(count(held.benchmarks)),
                plain(count(held.failures)),
                plain(release.taxonomy),
                plain(f"{count(found.beyond)} of {count(found.compared)}" if found else "first"),
            )
        )
    heads = columns(
        "Edition", "Released", "Systems#", "Benchmarks#", "Failures#", "Taxonomy", "Shares moved#"
    )
    return Table("Released editions", heads, tuple(rows)) if rows else None


def _holds(edition: Edition) -> Table:
    rows = []
    for benchmark, part in edition.numbers.attempts.groupby("benchmark", observed=True):
        numbers = (len(part), int(part["attempted"].sum()), int(part["failed"].sum()))
        rows.append((_named(edition, str(benchmark)), *(plain(count(each)) for each in numbers)))
    heads = columns("Benchmark", "Systems#", "Predictions#", "Failures#")
    return Table("What the edition holds", heads, tuple(rows))


def _judges(edition: Edition) -> Table:
    rows = []
    for (benchmark, judge), part in edition.numbers.settled.groupby(
        ["benchmark", "judge"], observed=True
    ):
        numbers = [int((part["status"] == status).sum()) for status in STATUSES]
        who = (_named(edition, str(benchmark)), plain(str(judge)))
        rows.append((*who, *(plain(count(each)) for each in numbers)))
    heads = columns("Benchmark", "Judge", *(f"{name}#" for name in STATUSES.values()))
    return Table("Whose verdict counts, and on how many failures", heads, tuple(rows))


def _named(edition: Edition, benchmark: str) -> Link:
    """Return the name of a benchmark, and that its systems are programs where they are."""
    items = edition.content.benchmarks[benchmark]
    return plain(f"{items.name} (programs, no language models)" if items.synthetic else items.name)
