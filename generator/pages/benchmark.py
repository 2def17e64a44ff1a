"""The page of one benchmark."""

from dataclasses import dataclass

from generator.charts.labels import listed
from generator.pages.benchmark_sections import Measured, measured
from generator.pages.benchmarks import TASKS
from generator.pages.charts import composition_of, present
from generator.pages.citing import Citation, citation
from generator.pages.coverage import Coverage, covered
from generator.pages.edition import HEADINGS, STATES, Edition, Population, Report
from generator.pages.facts import Fact
from generator.pages.figures import Figure, card_of, files_of
from generator.pages.format import count, counted, level
from generator.pages.links import Link, benchmark_path, explore_href, href, model_path
from generator.pages.models import RUN_COLUMNS, any_failed, run_cells
from generator.pages.page import Begun, Head, Page
from generator.pages.render import render
from generator.pages.tables import Table, category_table, columns, outcome_table, plain
from generator.records.benchmark import Benchmark
from generator.stats.compositions import Composition

_FILES = 30
"""Files of a benchmark kept by reference that its page shows at once."""


@dataclass(frozen=True)
class RunsTable:
    """Who ran it, in one population."""

    heading: str
    """Heading of the population."""
    kind: Population
    """Which population."""
    table: Table
    """Runs from the most accurate to the least."""


@dataclass(frozen=True)
class BenchmarkContext:
    """What the template ``benchmark.md.j2`` shows."""

    head: Head
    """Front matter."""
    name: str
    """Name of the benchmark."""
    description: str
    """What it asks for."""
    synthetic: bool
    """Whether items and outputs were made by a program."""
    withheld: bool
    """Whether its text is not shown."""
    facts: tuple[Fact, ...]
    """Licence, metric, threshold and so on."""
    citation: str
    """How its makers want to be cited."""
    speaks: str
    """Which failures the composition speaks of; empty where there is none."""
    states: tuple[str, ...]
    """Which runs have verdicts that are not of now, or none; empty where all are of now."""
    figure: Figure | None
    """Composition; None where nothing was looked at."""
    categories: Table | None
    """The categories; None where nothing is classified."""
    outcomes: Table | None
    """What came of looking; None where nothing was looked at."""
    measured: Measured | None
    """What it measures; None where its items are not known."""
    coverage: Coverage
    """What of it is here, and what is odd about its data."""
    runs: tuple[RunsTable, ...]
    """Who ran it."""
    sources: Table | None
    """Files that the text comes from; None where the text is here."""
    folded: str
    """How many files there are, where they are too many to show at once; else empty."""
    canary: str
    """Text that marks the data; empty where it has none."""
    level: str
    """Confidence level of the intervals."""
    cite: Citation
    """How to cite the page."""
    explore: str
    """Address of its failures, one by one; empty where there is none."""


def benchmark_page(edition: Edition, slug: str) -> Page:
    """Return the page of a benchmark."""
    return benchmark_page_begun(edition, slug)()


def benchmark_page_begun(edition: Edition, slug: str) -> Begun:
    """Begin the page of a benchmark; return how to get it."""
    benchmark, page = edition.content.benchmarks[slug], benchmark_path(slug)
    reports = edition.of_benchmark(slug)
    whole = edition.numbers.benchmarks.get(slug)
    drawn = composition_of(page, edition, slug)
    sections, here = measured(page, edition, slug), covered(edition, slug)
    sources, who = _sources(benchmark), f"Failures on {benchmark.name}"
    context = BenchmarkContext(
        head=Head(
            benchmark.name,
            f"What failing {benchmark.name} means, and who ran it.",
            card=card_of(drawn),
        ),
        name=benchmark.name,
        description=benchmark.description,
        synthetic=benchmark.synthetic,
        withheld=benchmark.display == "withheld",
        facts=tuple(_facts(slug, benchmark, here)),
        citation=benchmark.citation,
        speaks=_speaks(whole, reports, synthetic=benchmark.synthetic) if whole else "",
        states=_states(reports),
        figure=drawn.figure if drawn else None,
        categories=(
            category_table(
                page, edition.content.taxonomy, whole, None, caption=f"{who}, by category"
            )
            if whole and whole.classified
            else None
        ),
        outcomes=outcome_table(whole, who) if whole else None,
        measured=sections,
        coverage=here,
        runs=tuple(
            RunsTable(heading, kind, _runs(page, edition, heading, found))
            for kind, heading in HEADINGS.items()
            if (found := [report for report in reports if report.population == kind])
        ),
        sources=sources,
        folded=counted(len(sources.rows), "file") if sources and len(sources.rows) > _FILES else "",
        canary=benchmark.canary or "",
        level=level(edition.content.atlas.confidence_level),
        cite=citation(edition, page, benchmark.name, reports),
        explore=explore_href(page, benchmark=slug) if any_failed(reports) else "",
    )
    slices = [part.drawn for part in sections.slices] if sections else []
    charts = present([drawn, *slices])
    return lambda: Page(page, render("benchmark.md.j2", context), files_of(charts))


def _facts(slug: str, benchmark: Benchmark, here: Coverage) -> list[Fact]:
    low, high = benchmark.score_range
    facts = [
        ("Identifier", slug, ""),
        ("Asks for", TASKS[benchmark.task_type], ""),
        ("Metric", benchmark.metric, ""),
        ("Scores", f"{low:g} to {high:g}", ""),
        ("Counts as failed", f"any score below {benchmark.success_threshold:g}", ""),
        ("Covered here", here.counts, "#coverage"),
        ("Licence of the items", benchmark.licence, ""),
    ]
    if benchmark.url:
        facts.append(("Home", str(benchmark.url), str(benchmark.url)))
    return [Fact(name, Link(value, address)) for name, value, address in facts]


def _speaks(whole: Composition, reports: tuple[Report, ...], *, synthetic: bool) -> str:
    """Say which failures a composition speaks of."""
    if synthetic:
        return (
            f"All {counted(whole.looked_at, 'failure')} of the programs with planted faults, "
            "judged by rules."
        )
    if whole.basis == "sample":
        models = sum(report.population == "annotated" for report in reports)
        return (
            f"A random sample of {counted(whole.looked_at, 'failure')} of "
            f"{counted(models, 'model')}, which stand for {count(whole.population)}. "
            "Models without a sample are left out."
        )
    return (
        f"All {counted(whole.looked_at, 'failure')}, judged by rules alone: shares of what rules "
        "can see, and nothing on the kinds that they cannot see."
    )


def _states(reports: tuple[Report, ...]) -> tuple[str, ...]:
    """Say which runs are not judged as the rules would judge them now."""
    said = []
    for state, sentence in STATES.items():
        names = [report.system.name for report in reports if report.state == state]
        if sentence and names:
            runs = counted(len(names), "run")
            said.append(f"{sentence.removesuffix('.')}: {runs} of {len(reports)}, {listed(names)}.")
    return tuple(said)


def _runs(page: str, edition: Edition, heading: str, reports: list[Report]) -> Table:
    rows = tuple(
        (
            Link(report.system.name, href(page, model_path(report.model))),
            *run_cells(page, edition.content.taxonomy, report),
        )
        for report in reports
    )
    return Table(heading, columns("Model", *RUN_COLUMNS), rows)


def _sources(benchmark: Benchmark) -> Table | None:
    if benchmark.source is None:
        return None
    rows = tuple(
        (
            Link(file.name, str(file.url)),
            plain(file.revision),
            plain(count(file.bytes)),
            plain(file.sha256),
            plain(file.licence),
        )
        for file in benchmark.source.files
    )
    names = columns("File", "Revision", "Bytes#", "SHA-256", "Licence")
    return Table(f"Files that the reader {benchmark.source.reader} reads", names, rows)
