"""What is known of each of many benchmarks of a model: tables instead of a section for each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.charts.told import share_rows
from generator.pages.blocks import ExampleView, example_view
from generator.pages.edition import Edition, Report
from generator.pages.examples import PER_RUN, Example, Examples
from generator.pages.facts import Fact, run_facts
from generator.pages.format import count, estimate
from generator.pages.likeness import NAMES, nearest_cells
from generator.pages.links import DATA, Link, benchmark_path, href
from generator.pages.overall import Overall
from generator.pages.signature import LESS, MORE, carried_table, corrected_table
from generator.pages.tables import Column, Table, category_cell, columns, plain


@dataclass(frozen=True)
class ManySection:
    """What is known of each of many benchmarks."""

    distinctive: Table | None
    """What is distinctive of the model and where, the surest first; None where nothing is."""
    corrected: Table | None
    """Shares corrected by what rules say of all failures; None where that tells no more."""
    carried: Table | None
    """Shares corrected by how rules erred on other models; None where nothing can be said."""
    alike: Table | None
    """The model that fails most alike on each benchmark; None where none can be compared."""
    examples: tuple[ExampleView, ...]
    """Examples, of different categories."""
    facts: tuple[Fact, ...]
    """How the predictions were made, as far as that is the same for all runs."""
    runs: Table | None
    """How they were made where that differs; None where it does not."""
    data: str
    """Address of the page with every number as a file."""


def many_section(page: str, edition: Edition, examples: Examples, row: Overall) -> ManySection:
    """Return what is known of the runs of a model, taken together by what it is.

    Args:
        page: Path of its page.
        edition: Content and numbers.
        examples: Failures to show.
        row: The model.
    """
    taxonomy, level = edition.content.taxonomy, edition.content.atlas.confidence_level
    facts, runs = _facts(page, row.reports)
    name = row.system.name

    def joined(table_of: Callable[[Report], Table | None], caption: str) -> Table | None:
        return _joined(page, row.reports, table_of, caption)

    return ManySection(
        distinctive=_distinctive(page, edition, row.reports, f"What sets {name} apart"),
        corrected=joined(
            lambda report: corrected_table(page, taxonomy, report, "", level),
            f"Failures of {name}: shares of all",
        ),
        carried=joined(
            lambda report: carried_table(page, taxonomy, report, ""),
            f"Failures of {name}, rules alone: shares of all",
        ),
        alike=_alike(page, edition, row),
        examples=tuple(
            example_view(page, edition, example) for example in _examples(examples, row.reports)
        ),
        facts=facts,
        runs=runs,
        data=href(page, DATA),
    )


def _benchmark_cell(page: str, report: Report) -> Link:
    return Link(report.items.name, href(page, benchmark_path(report.benchmark)))


def _joined(
    page: str,
    reports: Sequence[Report],
    table_of: Callable[[Report], Table | None],
    caption: str,
) -> Table | None:
    """Return the tables of several runs as one."""
    found = [(report, table) for report in reports if (table := table_of(report))]
    if not found:
        return None
    rows = tuple(
        (_benchmark_cell(page, report), *row) for report, table in found for row in table.rows
    )
    return Table(caption, (Column("Benchmark"), *found[0][1].columns), rows)


def _distinctive(
    page: str, edition: Edition, reports: Sequence[Report], caption: str
) -> Table | None:
    told = [
        (-abs(row["z"]), place, row)
        for place, report in enumerate(reports)
        for row in report.distinctive
    ]
    rows = []
    for _, place, row in sorted(told, key=lambda one: (one[0], one[1], one[2]["category"])):
        report = reports[place]
        if report.own is None or report.pool is None:
            continue
        own, pool = (
            next(one for one in share_rows(part) if one["category"] == row["category"])
            for part in (report.own, report.pool)
        )
        rows.append(
            (
                category_cell(page, edition.content.taxonomy, row["category"]),
                _benchmark_cell(page, report),
                plain(MORE if row["log_odds"] > 0 else LESS),
                plain(estimate(own["share"], own["low"], own["high"], 1)),
                plain(count(report.own.classified)),
                plain(estimate(pool["share"], pool["low"], pool["high"], 1)),
                plain(count(report.pool.classified)),
            )
        )
    names = columns(
        "Category", "Benchmark", "Against the others", "Share of classified#", "n#",
        "Share of the others#", "n of the others#",
    )  # fmt: skip
    return Table(f"{caption}, the surest first", names, tuple(rows)) if rows else None


def _alike(page: str, edition: Edition, row: Overall) -> Table | None:
    rows = []
    for report in row.reports:
        found = nearest_cells(page, edition, report, 1)
        if found:
            rows.append((_benchmark_cell(page, report), *found[0]))
    caption = f"Who fails most like {row.system.name} on each benchmark"
    return Table(caption, columns("Benchmark", *NAMES), tuple(rows)) if rows else None


def _examples(examples: Examples, reports: Sequence[Report]) -> list[Example]:
    """Return one example of each category in turn, from the first run that has one."""
    found = [
        example
        for report in reports
        for example in examples.by_run.get((report.benchmark, report.model), ())
    ]
    first = {example.verdict.category: example for example in reversed(found)}
    chosen = list(reversed(first.values()))
    return [*chosen, *(one for one in found if one not in chosen)][:PER_RUN]


def _facts(page: str, reports: Sequence[Report]) -> tuple[tuple[Fact, ...], Table | None]:
    """Return what is the same of all runs, and the rest as a table."""
    told = [{fact.name: fact.value for fact in run_facts(report.run)} for report in reports]
    names = list(dict.fromkeys(name for facts in told for name in facts))
    same = [name for name in names if len({facts.get(name) for facts in told}) == 1]
    other = [name for name in names if name not in same]
    rows = tuple(
        (_benchmark_cell(page, report), *(facts.get(name, plain("")) for name in other))
        for report, facts in zip(reports, told, strict=True)
    )
    common = tuple(Fact(name, told[0][name]) for name in same)
    caption = "How the predictions were made, where that differs"
    return common, Table(caption, columns("Benchmark", *other), rows) if other else None
