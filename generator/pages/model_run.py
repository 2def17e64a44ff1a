"""One run on the page of its model."""

from dataclasses import dataclass

from generator.pages.blocks import Basis, ExampleView, basis, example_view
from generator.pages.edition import STATES, Edition, Report
from generator.pages.examples import Examples
from generator.pages.facts import Fact, run_facts
from generator.pages.figures import Drawn, Figure
from generator.pages.format import count, estimate
from generator.pages.likeness import fails_alike
from generator.pages.links import Link, benchmark_path, href
from generator.pages.signature import (
    carried_table,
    corrected_table,
    distinctive_marks,
    distinctive_sentences,
)
from generator.pages.slices import RunSlice, run_slices_of
from generator.pages.tables import Table, category_table, outcome_table


@dataclass(frozen=True)
class RunSection:
    """One run of the model."""

    benchmark: Link
    """Benchmark."""
    slug: str
    """Identifier of the section."""
    accuracy: str
    """Share of items solved with interval and n; empty where not known."""
    failures: str
    """Number of failures; empty where not known."""
    facts: tuple[Fact, ...]
    """How the predictions were made."""
    state: str
    """That the rules' verdicts are missing or not of now; empty where they are of now."""
    basis: Basis | None
    """Which failures the numbers speak of; None where none was looked at."""
    figure: Figure | None
    """Signature; None where nothing is classified."""
    categories: Table | None
    """The categories; None where nothing is classified."""
    distinctive: tuple[Link, ...]
    """What is distinctive of it, in sentences, each with the page of its category; may be none."""
    pooled: bool
    """Whether there are others to hold it against."""
    corrected: Table | None
    """Shares corrected by what rules say of all failures; None where that tells no more."""
    carried: Table | None
    """Shares corrected by how rules erred on other models; None where that was not tried or does
    not hold."""
    slices: tuple[RunSlice, ...]
    """How often it fails in each slice of the benchmark, by each tag; may be none."""
    outcomes: Table | None
    """What came of looking; None where nothing was looked at."""
    alone: Table | None
    """What rules alone settle among all failures, where the numbers above rest on a sample."""
    alone_outcomes: Table | None
    """What came of the rules' looking at all failures."""
    alike: Table | None
    """Models that fail alike; None where its signature cannot be compared."""
    alike_says: str
    """Which signatures were compared; empty without a table."""
    examples: tuple[ExampleView, ...]
    """Examples."""


def run_section(
    page: str, edition: Edition, examples: Examples, report: Report, drawn: Drawn | None
) -> RunSection:
    """Return what is known of a run.

    Args:
        page: Path of the page of its model.
        edition: Content and numbers.
        examples: Failures to show.
        report: The run.
        drawn: Its signature; None where nothing is classified.
    """
    taxonomy, own, attempt = edition.content.taxonomy, report.own, report.attempt
    alone, who = report.rules_alone, f"Failures of {report.system.name} on {report.items.name}"
    classified = own is not None and own.classified > 0
    alike = fails_alike(page, edition, report)
    return RunSection(
        benchmark=Link(report.items.name, href(page, benchmark_path(report.benchmark))),
        slug=report.benchmark.replace("_", "-"),
        accuracy=(
            f"{estimate(attempt.accuracy, attempt.low, attempt.high, attempt.attempted)} "
            f"of {count(attempt.attempted)} items"
            if attempt
            else ""
        ),
        failures=count(attempt.failed) if attempt else "",
        facts=tuple(run_facts(report.run)),
        state=STATES[report.state],
        basis=basis(page, report, own) if own else None,
        figure=drawn.figure if drawn else None,
        categories=(
            category_table(
                page,
                taxonomy,
                own,
                report.pool,
                caption=f"{who}, by category",
                rates=report.rate_part,
                marks=distinctive_marks(report),
            )
            if own and classified
            else None
        ),
        distinctive=distinctive_sentences(page, taxonomy, report),
        pooled=bool(classified and report.pool and report.pool.classified),
        corrected=corrected_table(
            page,
            taxonomy,
            report,
            f"{who}: shares of all {count(attempt.failed)}",
            edition.content.atlas.confidence_level,
        )
        if attempt
        else None,
        carried=carried_table(page, taxonomy, report, f"{who}, rules alone: shares of all"),
        slices=run_slices_of(page, edition, report.benchmark, report.model),
        outcomes=outcome_table(own, who) if own else None,
        alone=(
            category_table(page, taxonomy, alone, None, caption=f"{who}: what rules alone settle")
            if alone and alone.classified
            else None
        ),
        alone_outcomes=outcome_table(alone, f"{who}, rules alone") if alone else None,
        alike=alike.table if alike else None,
        alike_says=alike.says if alike else "",
        examples=tuple(
            example_view(page, edition, example)
            for example in examples.by_run.get((report.benchmark, report.model), ())
        ),
    )
