"""A model over its benchmarks, as its page shows it: one mix, and each beside the others."""

from dataclasses import dataclass, replace

from generator.pages.blocks import Basis, basis
from generator.pages.edition import STATES, Edition
from generator.pages.figures import Drawn, Figure
from generator.pages.format import count, counted, estimate
from generator.pages.links import Link, benchmark_path, explore_href, href
from generator.pages.models import RUN_COLUMNS, run_cells
from generator.pages.overall import Overall
from generator.pages.tables import Table, category_table, columns, outcome_table


@dataclass(frozen=True)
class OverallSection:
    """A model over the benchmarks of one population."""

    slug: str
    """Beginning of the identifiers of the section."""
    benchmarks: str
    """Number of benchmarks, with the noun."""
    accuracy: str
    """Share of items solved at the mix, with interval and n; empty where not known."""
    failures: str
    """Number of failures; empty where not known."""
    basis: Basis | None
    """Which failures the numbers speak of; None where none was looked at."""
    figure: Figure | None
    """Signature over all benchmarks; None where nothing is classified."""
    categories: Table | None
    """The categories over all benchmarks; None where nothing is classified."""
    outcomes: Table | None
    """What came of looking; None where nothing was looked at."""
    each: Figure | None
    """Heat map with a row for each benchmark; None where nothing was looked at."""
    runs: Table
    """Accuracy and leading category on each benchmark."""


def overall_section(
    page: str, edition: Edition, row: Overall, drawn: Drawn | None, each: Drawn | None
) -> OverallSection:
    """Return what is known of a model over its benchmarks.

    Args:
        page: Path of its page.
        edition: Content and numbers.
        row: The model.
        drawn: Its signature over all of them.
        each: The heat map of its benchmarks.
    """
    taxonomy, own, attempt = edition.content.taxonomy, row.own, row.attempt
    benchmarks = counted(len(row.reports), "benchmark")
    who = f"Failures of {row.system.name} on {benchmarks} at one mix"
    return OverallSection(
        slug=row.population,
        benchmarks=benchmarks,
        accuracy=(
            f"{estimate(attempt.accuracy, attempt.low, attempt.high, attempt.attempted)} "
            f"of {count(attempt.attempted)} items"
            if attempt
            else ""
        ),
        failures=count(attempt.failed) if attempt else "",
        basis=_basis(page, row) if own else None,
        figure=drawn.figure if drawn else None,
        categories=(
            category_table(
                page, taxonomy, own, row.pool, caption=f"{who}, by category", rates=row.rate_part
            )
            if own and own.classified
            else None
        ),
        outcomes=outcome_table(own, who) if own else None,
        each=each.figure if each else None,
        runs=_runs(page, edition, row),
    )


def _basis(page: str, row: Overall) -> Basis | None:
    """Return which failures the numbers of all benchmarks together speak of."""
    first, own = row.reports[0], row.own
    if own is None:
        return None
    drawable = [report.drawable for report in row.reports if report.drawable is not None]
    old = [report for report in row.reports if report.state != "fresh"]
    said = {STATES[report.state] for report in old}
    return replace(
        basis(page, first, own),
        population=count(sum(drawable) if drawable else own.population),
        population_words="failures on these benchmarks" if drawable else "",
        state=f"{counted(len(old), 'run')} of {len(row.reports)}: {' '.join(sorted(said))}"
        if old
        else "",
    )


def _runs(page: str, edition: Edition, row: Overall) -> Table:
    taxonomy = edition.content.taxonomy
    rows = []
    for report in row.reports:
        accuracy, failures, *rest = run_cells(page, taxonomy, report)
        one_by_one = explore_href(page, model=report.model, benchmark=report.benchmark)
        rows.append(
            (
                Link(report.items.name, href(page, benchmark_path(report.benchmark))),
                accuracy,
                Link(failures.text, one_by_one if report.own else ""),
                *rest,
            )
        )
    caption = "Each benchmark; the number of failures leads to them one by one"
    return Table(caption, columns("Benchmark", *RUN_COLUMNS), tuple(rows))
