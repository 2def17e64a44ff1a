"""The page on what changed from edition to edition."""

from dataclasses import dataclass

from generator.pages.edition import Edition
from generator.pages.format import count, counted, day
from generator.pages.links import CHANGES
from generator.pages.page import Head, Page
from generator.pages.render import render
from generator.pages.tables import Table, columns, plain
from generator.stats.tables import records


@dataclass(frozen=True)
class ChangesContext:
    """What the template ``changes.md.j2`` shows."""

    head: Head
    """Front matter."""
    edition: str
    """Edition that is shown."""
    month: str
    """First day of the month that it is named after."""
    prepared: bool
    """Whether it is still in preparation."""
    taxonomy: str
    """Version of the taxonomy."""
    categories: str
    """Number of categories, with the noun."""
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
        month=day(content.atlas.day),
        prepared=not content.atlas.released,
        taxonomy=content.taxonomy.version,
        categories=counted(len(content.taxonomy.categories), "category", "categories"),
        holds=_holds(edition),
        judges=_judges(edition),
    )
    return Page(CHANGES, render("changes.md.j2", context))


def _holds(edition: Edition) -> Table:
    attempts, rows = edition.numbers.attempts, []
    for benchmark, part in attempts.groupby("benchmark", observed=True):
        numbers = (len(part), int(part["attempted"].sum()), int(part["failed"].sum()))
        name = edition.content.benchmarks[str(benchmark)].name
        rows.append((plain(name), *(plain(count(number)) for number in numbers)))
    heads = columns("Benchmark", "Systems#", "Predictions#", "Failures#")
    return Table("What the edition holds", heads, tuple(rows))


def _judges(edition: Edition) -> Table:
    counted_by = (
        edition.numbers.settled.groupby(["judge", "status"], observed=True)
        .size()
        .unstack(fill_value=0)
        .reindex(columns=["verdict", "undetermined", "no_verdict"], fill_value=0)
        .reset_index()
    )
    rows = tuple(
        (plain(str(row["judge"])), *(plain(count(int(row[name]))) for name in _STATUSES))
        for row in records(counted_by)
    )
    heads = columns("Judge", "With a cause#", "Undetermined#", "No verdict#")
    return Table("Whose verdict counts, and on how many failures", heads, rows)


_STATUSES = ("verdict", "undetermined", "no_verdict")
