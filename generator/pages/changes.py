"""The page on what changed from edition to edition."""

from dataclasses import dataclass

from generator.pages.edition import Edition
from generator.pages.format import count, counted, day
from generator.pages.links import CHANGES, Link
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
