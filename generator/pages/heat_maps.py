"""Heat maps, and what else is drawn of a model over its benchmarks."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from generator.charts.chart import Chart
from generator.charts.heat_orders import HeatRow
from generator.charts.heatmap import heat_map
from generator.charts.labels import listed
from generator.charts.signature import signature
from generator.pages.edition import Edition, Population
from generator.pages.figures import Drawn, draw, on_page
from generator.pages.overall import Overall, by_benchmarks
from generator.records.taxonomy import Taxonomy
from generator.stats.similarity import FEWEST, clustered_order

_SHORT: dict[Population, str] = {
    "annotated": "annotated sample",
    "all": "rules alone",
    "planted": "planted faults",
}
"""Populations in few words: a phone has no room for more above its cells."""


def heat_map_of(page: str, edition: Edition, population: Population) -> Drawn | None:
    """Return the heat map of one population; None where no run belongs to it.

    Args:
        page: Path of the page that it stands on.
        edition: Content and numbers.
        population: Which failures; the three are never mixed in one chart.
    """
    rows, clustered, mixed = [], False, False
    headings: Counter[str] = Counter()
    groups = by_benchmarks(row for row in edition.overall_in(population) if row.own is not None)
    for benchmarks, members in groups:
        alike = _alike(edition, members)
        clustered = clustered or any(row.model in alike for row in members)
        mixed = mixed or len(benchmarks) > 1
        # A model with too few classified failures to be compared stands last in its group.
        places = {model: place for place, model in enumerate(alike)}
        heading = f"{ran(edition, benchmarks)}, {_SHORT[population]}"
        headings[heading] += 1
        if headings[heading] > 1:
            heading += f", set {headings[heading]}"  # of other benchmarks, so no row of the first
        rows += [
            HeatRow(
                row.system.name,
                heading,
                row.own,
                developer=row.system.developer,
                accuracy=row.attempt.accuracy if row.attempt else None,
            )
            for row in sorted(members, key=lambda row: places.get(row.model, len(places)))
            if row.own is not None
        ]
    if not rows:
        return None
    return draw_heat_map(
        page,
        rows,
        edition.content.taxonomy,
        chart_id=f"{population}-heat-map",
        clustered=clustered,
        level=edition.content.atlas.confidence_level,
        each="model and set of benchmarks" if mixed else "model and benchmark",
        note=MIXED if mixed else "",
    )


draw_heat_map = on_page(heat_map)
"""Draws a heat map on a page."""


MIXED = "Several benchmarks are brought to one mix, in which every item counts the same."
"""What is said of rows that stand for several benchmarks."""
_NAMED = 3
"""Most benchmarks that a heading names."""


def ran(edition: Edition, benchmarks: Sequence[str]) -> str:
    """Return what a model ran: the names of a few benchmarks, or how many."""
    if len(benchmarks) > _NAMED:
        return f"{len(benchmarks)} benchmarks"
    return listed([edition.content.benchmarks[name].name for name in benchmarks])


def _alike(edition: Edition, rows: Sequence[Overall]) -> list[str]:
    """Return the models of comparable rows so ordered that those who fail alike are neighbours."""
    first = rows[0]
    if len(first.benchmarks) == 1:
        found = (
            one
            for one in edition.numbers.similarities
            if one.ground[0] == first.benchmarks[0]
            and (one.ground[1] == "sample") == (first.population == "annotated")
        )
        return [model for one in found for model in one.order]
    shares = {
        row.model: row.own.share_part.column("share")
        for row in rows
        if row.own is not None and row.own.effective >= FEWEST
    }
    return clustered_order(pd.DataFrame.from_dict(shares, orient="index"))


def benchmarks_heat_map_of(page: str, edition: Edition, row: Overall) -> Drawn | None:
    """Return how a model fails on each of several benchmarks; None where it ran one alone.

    Args:
        page: Path of the page that it stands on.
        edition: Content and numbers.
        row: The model.
    """
    parts = [report for report in row.reports if report.own is not None]
    if len(parts) < 2:  # noqa: PLR2004 - one benchmark is no comparison
        return None
    rows = [
        HeatRow(
            report.items.name,
            f"{row.system.name}, {_SHORT[row.population]}",
            report.own,
            accuracy=report.attempt.accuracy if report.attempt else None,
        )
        for report in parts
        if report.own is not None
    ]
    return _draw_alike(
        page,
        rows,
        edition.content.taxonomy,
        chart_id=f"{row.population}-benchmarks",
        level=edition.content.atlas.confidence_level,
        model=row.system.name,
    )


def _alike_together(
    rows: Sequence[HeatRow], taxonomy: Taxonomy, *, chart_id: str, level: float, model: str
) -> Chart:
    """Draw the benchmarks of a model so ordered that those where it fails alike are neighbours."""
    shares = {
        row.label: row.composition.share_part.column("share")
        for row in rows
        if row.composition.effective >= FEWEST
    }
    alike = clustered_order(pd.DataFrame.from_dict(shares, orient="index"))
    places = {name: place for place, name in enumerate(alike)}
    return heat_map(
        sorted(rows, key=lambda row: places.get(row.label, len(places))),
        taxonomy,
        chart_id=chart_id,
        clustered=bool(alike),
        level=level,
        each="benchmark",
        model=model,
    )


_draw_alike = on_page(_alike_together)


def overall_signature_of(page: str, edition: Edition, row: Overall) -> Drawn | None:
    """Return the signature of a model over its benchmarks; None where nothing is classified."""
    if row.own is None or not row.own.classified:
        return None
    chart = signature(
        row.own,
        row.pool,
        edition.content.taxonomy,
        name=row.system.name,
        chart_id=f"{row.population}-signature",
        level=edition.content.atlas.confidence_level,
        population_name=f"{ran(edition, row.benchmarks)} at one mix",
    )
    return draw(page, chart)
