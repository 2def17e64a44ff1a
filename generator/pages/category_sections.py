"""What is known of one category, population by population."""

from dataclasses import dataclass

from generator.charts.told import share_rows, subshare_rows
from generator.judging.rules import RULES
from generator.pages.blocks import ExampleView, example_view
from generator.pages.edition import HEADINGS, Edition, Population
from generator.pages.examples import Examples
from generator.pages.format import NOTHING, count, counted, estimate
from generator.pages.links import Link, benchmark_path, href, model_path
from generator.pages.models import benchmarks_cell
from generator.pages.overall import Overall
from generator.pages.tables import Table, columns, plain
from generator.records.taxonomy import Category
from generator.stats.compositions import Composition


@dataclass(frozen=True)
class Section:
    """What is known of the category in one population."""

    kind: Population
    """Which population."""
    heading: str
    """Its heading."""
    blind: bool
    """Whether the judges of this population have no way to see this category."""
    systems: Table | None
    """Who fails so, the largest share first; None where nobody does."""
    without: str
    """How many further models never fail so, with the noun; empty where there are none."""
    benchmarks: Table | None
    """On which benchmarks; None where on none."""
    subcategories: Table | None
    """Shares of the subcategories; None where none was seen."""
    examples: tuple[ExampleView, ...]
    """Examples."""


def category_section(
    page: str, edition: Edition, examples: Examples, entry: Category, population: Population
) -> Section:
    """Return what is known of a category in one population."""
    reports = [row for row in edition.overall_in(population) if row.own]
    failing = [report for report in reports if _row(report.own, entry.id)["count"]]
    free = len(reports) - len(failing)
    seen_by_rules = {rule.category for rule in RULES.values()}
    rules_only = all(report.own and report.own.judges == ("rules",) for report in reports)
    return Section(
        kind=population,
        heading=HEADINGS[population],
        blind=bool(reports) and rules_only and entry.id not in seen_by_rules,
        systems=_systems(page, edition, entry, failing) if failing else None,
        without=counted(free, "model") if free else "",
        benchmarks=_benchmarks(page, edition, entry, population),
        subcategories=_subcategories(edition, entry, population),
        examples=tuple(
            example_view(page, edition, example)
            for example in examples.by_category.get(entry.id, ())
            if example.population == population
        ),
    )


def _row(own: Composition | None, category: str) -> dict[str, float]:
    """Return the numbers of one category in a composition."""
    rows = share_rows(own) if own else ()
    return next((row for row in rows if row["category"] == category), {"count": 0, "share": 0.0})


def _rate(report: Overall, category: str) -> str:
    """Return how often a model fails so per item attempted; a dash where that is not known."""
    if report.rate_part is None or category not in report.rate_part.column("category"):
        return NOTHING
    row = report.rate_part.row("category", category)
    return estimate(row["rate"], row["rate_low"], row["rate_high"], 1)


def _systems(page: str, edition: Edition, entry: Category, failing: list[Overall]) -> Table:
    rows = []
    for report in sorted(failing, key=lambda r: -_row(r.own, entry.id)["share"]):
        own, row = report.own, _row(report.own, entry.id)
        if own is None:
            continue
        rows.append(
            (
                Link(report.system.name, href(page, model_path(report.model))),
                benchmarks_cell(page, edition, report),
                plain(count(row["count"])),
                plain(count(own.classified)),
                plain(estimate(row["share"], row["low"], row["high"], own.effective)),
                plain(
                    estimate(
                        row["share_of_all"], row["low_of_all"], row["high_of_all"], own.looked_at
                    )
                ),
                plain(_rate(report, entry.id)),
            )
        )
    names = columns(
        "Model", "Benchmark", "Failures#", "n classified#", "Share of classified#",
        "Share of looked at#", "Rate per item attempted#",
    )  # fmt: skip
    return Table(f"Who fails by {entry.name}, the largest share first", names, tuple(rows))


def _wholes(edition: Edition, population: Population) -> dict[str, Composition]:
    """Return the compositions of the benchmarks that belong to a population.

    A benchmark with an annotated sample is composed of its sample alone, so it belongs to that
    population and its other runs are left out.
    """
    found: dict[str, Composition] = {}
    for report in edition.of_population(population):
        whole = edition.numbers.benchmarks.get(report.benchmark)
        annotated = population == "annotated"
        if whole is not None and (whole.basis == "sample") == annotated:
            found[report.benchmark] = whole
    return found


def _benchmarks(
    page: str, edition: Edition, entry: Category, population: Population
) -> Table | None:
    rows = []
    for benchmark, whole in _wholes(edition, population).items():
        row = _row(whole, entry.id)
        if row["count"]:
            name = edition.content.benchmarks[benchmark].name
            rows.append(
                (
                    Link(name, href(page, benchmark_path(benchmark))),
                    plain(count(row["count"])),
                    plain(count(whole.classified)),
                    plain(estimate(row["share"], row["low"], row["high"], whole.effective)),
                )
            )
    names = columns("Benchmark", "Failures#", "n classified#", "Share of classified#")
    caption = f"{entry.name} by benchmark, its models taken together"
    return Table(caption, names, tuple(rows)) if rows else None


def _subcategories(edition: Edition, entry: Category, population: Population) -> Table | None:
    wholes = _wholes(edition, population)
    cells = {benchmark: _subrows(whole, entry.id) for benchmark, whole in wholes.items()}
    if not any(cells.values()):
        return None
    rows = []
    for sub in entry.subcategories:
        row = [plain(sub.name)]
        for benchmark, whole in wholes.items():
            found = cells[benchmark].get(sub.id)
            text = (
                f"{count(found['count'])}: "
                + estimate(found["share"], found["low"], found["high"], whole.effective)
                if found
                else "0"
            )
            row.append(plain(text))
        rows.append(tuple(row))
    heads = [
        f"{edition.content.benchmarks[benchmark].name}, n = {count(whole.classified)} classified#"
        for benchmark, whole in wholes.items()
    ]
    caption = f"Subcategories of {entry.name}: failures and share of all classified failures"
    return Table(caption, columns("Subcategory", *heads), tuple(rows))


def _subrows(whole: Composition, category: str) -> dict[str, dict[str, float]]:
    rows = subshare_rows(whole)
    return {row["subcategory"]: row for row in rows if row["category"] == category}
