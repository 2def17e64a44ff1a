"""Which charts stand on which page."""

from collections.abc import Mapping, Sequence

import numpy as np

from generator.charts.calibration import Measure, calibration
from generator.charts.composition import composition
from generator.charts.confusion import confusion
from generator.charts.icicle import icicle
from generator.charts.signature import signature
from generator.pages.edition import HEADINGS, Edition, Population, Report
from generator.pages.figures import Drawn, draw
from generator.pages.signature import distinctive_marks
from generator.stats.agreement import Scores
from generator.stats.compositions import compose
from generator.store.kept import recalled


def icicle_of(page: str, edition: Edition, population: Population) -> Drawn | None:
    """Return the tree with the shares of one population; None where nothing is classified.

    Args:
        page: Path of the page that it stands on.
        edition: Content and numbers.
        population: Which failures; the three are never mixed in one chart.
    """
    runs = {(report.benchmark, report.model) for report in edition.of_population(population)}
    failures = edition.numbers.failures
    by_run = failures.groupby(["benchmark", "model"], observed=True, sort=False).indices
    found = [places for run, places in by_run.items() if run in runs]
    rows = failures.iloc[np.sort(np.concatenate([*found, np.array([], dtype=int)]))]
    if rows["category"].notna().sum() == 0:
        return None
    content = edition.content
    level = content.atlas.confidence_level
    categories = [entry.id for entry in content.taxonomy.categories]
    told = edition.numbers.told
    whole = recalled(
        "composition of a population",
        (population, sorted(runs), told if any(told.values()) else rows, categories, level),
        lambda: compose(rows, categories, level),
    )
    chart = icicle(
        whole,
        content.taxonomy,
        name=HEADINGS[population],
        chart_id=f"{population}-icicle",
        level=level,
    )
    return draw(page, chart)


def signature_of(page: str, edition: Edition, report: Report) -> Drawn | None:
    """Return the signature of a run against its pool; None where nothing is classified."""
    if report.own is None or not report.own.classified:
        return None
    chart = signature(
        report.own,
        report.pool,
        edition.content.taxonomy,
        name=report.system.name,
        chart_id=f"signature-{report.benchmark.replace('_', '-')}",
        level=edition.content.atlas.confidence_level,
        distinctive=distinctive_marks(report),
        population_name=report.items.name,
    )
    return draw(page, chart)


def composition_of(page: str, edition: Edition, benchmark: str) -> Drawn | None:
    """Return what failing a benchmark is made of; None where nothing was looked at."""
    whole = edition.numbers.benchmarks.get(benchmark)
    if whole is None or not whole.looked_at:
        return None
    chart = composition(
        whole,
        edition.content.taxonomy,
        name=edition.content.benchmarks[benchmark].name,
        level=edition.content.atlas.confidence_level,
    )
    return draw(page, chart)


def confusion_of(
    page: str, edition: Edition, scores: Scores, *, judge: str, against: str, place: str
) -> Drawn:
    """Return what a judge says against what is known.

    Args:
        page: Path of the page that it stands on.
        edition: Content and numbers.
        scores: Of the judge; at least one failure compared.
        judge: Name of the judge.
        against: What is known, in words that follow "as".
        place: Slug of what it is held against.
    """
    chart = confusion(
        scores,
        edition.content.taxonomy,
        judge=f"Judge “{judge}”",
        against=against,
        chart_id=f"confusion-{judge}-{place}".replace("_", "-"),
    )
    return draw(page, chart)


def calibration_of(
    page: str,
    edition: Edition,
    parts: Mapping[str, Scores],
    measure: Measure,
    *,
    judge: str,
    place: str,
) -> Drawn:
    """Return precision or recall of a judge by category, on parts of a benchmark.

    Args:
        page: Path of the page that it stands on.
        edition: Content and numbers.
        parts: Scores by name of the part.
        measure: What is shown.
        judge: Name of the judge.
        place: Slug of what it is held against.
    """
    chart = calibration(
        parts,
        edition.content.taxonomy,
        measure=measure,
        judge=f"Judge “{judge}”",
        level=edition.content.atlas.confidence_level,
        chart_id=f"{measure}-{judge}-{place}".replace("_", "-"),
    )
    return draw(page, chart)


def present(drawn: Sequence[Drawn | None]) -> list[Drawn]:
    """Return the charts that there are."""
    return [one for one in drawn if one is not None]
