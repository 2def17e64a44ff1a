"""The index of the models."""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.charts.findings import foremost
from generator.charts.labels import listed
from generator.charts.told import outcome_rows
from generator.pages.charts import present
from generator.pages.edition import HEADINGS, Edition, Population, Report
from generator.pages.figures import Figure, card_of, files_of
from generator.pages.format import NOTHING, count, estimate, level, sized
from generator.pages.heat_maps import heat_map_of, ran
from generator.pages.links import (
    METHOD,
    MODELS,
    Link,
    benchmark_path,
    category_path,
    href,
    model_path,
)
from generator.pages.overall import Overall
from generator.pages.page import Head, Page
from generator.pages.render import render
from generator.pages.tables import Table, columns, plain
from generator.records.taxonomy import Taxonomy
from generator.stats.compositions import Composition
from generator.taxonomy.tree import name_of


@dataclass(frozen=True)
class PopulationSection:
    """The runs of one population."""

    kind: Population
    """Which population."""
    heading: str
    """Its heading."""
    figure: Figure | None
    """Heat map; None where nothing is classified."""
    table: Table
    """Runs with accuracy and leading category."""


@dataclass(frozen=True)
class ModelsContext:
    """What the template ``models.md.j2`` shows."""

    head: Head
    """Front matter."""
    sections: tuple[PopulationSection, ...]
    """One per population."""
    level: str
    """Confidence level of the intervals."""


def models_page(edition: Edition) -> Page:
    """Return the index of the models."""
    drawn = {kind: heat_map_of(MODELS, edition, kind) for kind in HEADINGS}
    sections = tuple(
        PopulationSection(
            kind, heading, one.figure if (one := drawn[kind]) else None, _table(edition, kind)
        )
        for kind, heading in HEADINGS.items()
        if edition.of_population(kind)
    )
    context = ModelsContext(
        head=Head(
            "Models",
            "Which models fail how, with accuracy and the leading kind of failure.",
            card=card_of(next(filter(None, drawn.values()), None)),
        ),
        sections=sections,
        level=level(edition.content.atlas.confidence_level),
    )
    files = files_of(present(list(drawn.values())))
    return Page(MODELS, render("models.md.j2", context), files)


def leading(page: str, taxonomy: Taxonomy, own: Composition | None) -> tuple[Link, str]:
    """Return the category with the largest share and that share; a dash for none.

    Categories of the same share are named together, without a link.
    """
    rows = foremost(own) if own and own.classified else []
    if own is None or not rows:
        return plain(NOTHING), NOTHING
    names = [f"{row['category']} {name_of(taxonomy, row['category'])}" for row in rows]
    link = (
        Link(names[0], href(page, category_path(rows[0]["category"])))
        if len(rows) == 1
        else plain(f"{listed(names)}, tied")
    )
    largest = rows[0]
    share = estimate(largest["share"], largest["low"], largest["high"], own.effective)
    return link, f"{share}, {sized(own.classified)}"


def undetermined(own: Composition | None) -> str:
    """Return the share of failures that nothing could be told of; a dash for none."""
    for row in outcome_rows(own) if own else ():
        if own is not None and row["outcome"] == "undetermined":
            share = estimate(row["share"], row["low"], row["high"], own.looked_at)
            return f"{share}, {sized(own.looked_at)}"
    return NOTHING


def any_failed(reports: Iterable[Report]) -> bool:
    """Tell whether any run failed an item, as far as that is known."""
    return any(report.attempt is None or report.attempt.failed > 0 for report in reports)


def run_cells(page: str, taxonomy: Taxonomy, report: Report | Overall) -> tuple[Link, ...]:
    """Return what every table of runs says: accuracy, failures, leading category, the rest."""
    attempt = report.attempt
    first, share = leading(page, taxonomy, report.own)
    accuracy = (
        f"{estimate(attempt.accuracy, attempt.low, attempt.high, attempt.attempted)}, "
        f"{sized(attempt.attempted)}"
        if attempt
        else NOTHING
    )
    return (
        plain(accuracy),
        plain(count(attempt.failed) if attempt else NOTHING),
        first,
        plain(share),
        plain(undetermined(report.own)),
    )


RUN_COLUMNS = (
    "Accuracy#", "Failures#", "Category with the largest share", "That share of classified#",
    "Undetermined#",
)  # fmt: skip
"""Headings of ``run_cells``."""


def _table(edition: Edition, kind: Population) -> Table:
    taxonomy = edition.content.taxonomy
    rows = tuple(
        (
            Link(row.system.name, href(MODELS, model_path(row.model))),
            benchmarks_cell(MODELS, edition, row),
            *run_cells(MODELS, taxonomy, row),
        )
        for row in edition.overall_in(kind)
    )
    return Table(HEADINGS[kind], columns("Model", "Benchmark", *RUN_COLUMNS), rows)


def benchmarks_cell(page: str, edition: Edition, row: Overall) -> Link:
    """Return the cell that says what a row of a table of models stands for."""
    if len(row.reports) == 1:
        only = row.reports[0]
        return Link(only.items.name, href(page, benchmark_path(only.benchmark)))
    return Link(f"{ran(edition, row.benchmarks)} at one mix", href(page, METHOD, "comparison"))
