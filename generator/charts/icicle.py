"""The tree with its shares: groups, categories and subcategories side by side, sized by share.

Source:
    Kruskal and Landwehr (1983), Icicle plots: better displays for hierarchical clustering, The
    American Statistician 37(2).
"""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from generator.charts.boxes import Cell, Columns, drawn
from generator.charts.chart import Chart
from generator.charts.findings import leading, population
from generator.charts.labels import exact, percent, span, visible
from generator.charts.rows import group_colour
from generator.charts.told import share_rows, subshare_rows, texts
from generator.records.taxonomy import Category, Taxonomy
from generator.stats.compositions import Composition

COLUMNS = Columns(wide=(0.0, 0.19, 0.59, 1.0), narrow=(0.0, 0.34, 0.56, 1.0), headings=1)
"""Groups, categories and subcategories; on a phone, categories have their identifier alone."""

_NOT_GIVEN = "Subcategory not given"


def icicle(
    whole: Composition,
    taxonomy: Taxonomy,
    *,
    name: str,
    chart_id: str = "icicle",
    level: float = 0.95,
) -> Chart:
    """Draw the tree, each part as high as its share of the classified failures.

    Args:
        whole: The failures.
        taxonomy: Names, order and groups of the categories.
        name: Whose failures, as shown.
        chart_id: Slug, unique on the page.
        level: Confidence level of the intervals in the table, for the words alone.
    """
    cells = [*_cells(whole, taxonomy)]
    finding = leading(whole, taxonomy)
    where = visible(name)
    title = f"{where}: most often {finding}" if finding else f"{where}: none has a category yet"
    return Chart(
        id=chart_id,
        title=title,
        subtitle=(
            "Groups, categories and subcategories; height is the share of classified failures; "
            f"{population(whole)}."
        ),
        description=(
            "Three columns of boxes: groups, their categories, and the subcategories of these, "
            f"each as high as its share of the classified failures. {title}."
        ),
        spec=drawn(cells, group_colour(taxonomy), COLUMNS),
        table=_table(whole, taxonomy, level),
    )


def _cells(whole: Composition, taxonomy: Taxonomy) -> Iterator[Cell]:
    """Yield the parts that occur, each below what comes before it in the tree."""
    shares = {row["category"]: row for row in share_rows(whole)}
    top = 0.0
    for group in taxonomy.groups:
        inside = [
            entry
            for entry in taxonomy.categories
            if entry.group == group.id and shares[entry.id]["count"]
        ]
        if not inside:
            continue
        share = sum(float(shares[entry.id]["share"]) for entry in inside)
        count = sum(int(shares[entry.id]["count"]) for entry in inside)
        yield Cell(0, group.id, group.name, group.name, count, share, top)
        for entry in inside:
            row = shares[entry.id]
            own = float(row["share"])
            short = f"{entry.id} {percent(own)}"
            yield Cell(1, group.id, f"{entry.id} {entry.name}", short, int(row["count"]), own, top)
            yield from _parts(whole, entry, own, int(row["count"]), top)
            top += own


def _parts(
    whole: Composition, entry: Category, share: float, count: int, top: float
) -> Iterator[Cell]:
    """Yield the subcategories of one category, and what has none."""
    rows = {row["subcategory"]: row for row in _seen(whole, entry.id)}
    low = top
    for sub in entry.subcategories:
        if sub.id in rows:
            row = rows[sub.id]
            own = float(row["share"])
            yield Cell(2, entry.group, sub.name, sub.name, int(row["count"]), own, low)
            low += own
            count -= int(row["count"])
    if count > 0:
        yield Cell(2, entry.group, _NOT_GIVEN, _NOT_GIVEN, count, top + share - low, low)


def _seen(whole: Composition, category: str) -> list[dict[str, Any]]:
    return [row for row in subshare_rows(whole) if row["category"] == category]


def _table(whole: Composition, taxonomy: Taxonomy, level: float) -> pd.DataFrame:
    """Return every category, and the subcategories that occur."""
    shares = {row["category"]: row for row in share_rows(whole)}
    rows = []
    for entry in taxonomy.categories:
        rows.append((f"{entry.id} {entry.name}", shares[entry.id]))
        seen = {row["subcategory"]: row for row in _seen(whole, entry.id)}
        rows += [
            (f"{entry.id}: {sub.name}", seen[sub.id])
            for sub in entry.subcategories
            if sub.id in seen
        ]
    return texts(
        [
            {
                "Category or subcategory": visible(name),
                "Failures": f"{int(row['count']):,}",
                "Share of classified": exact(row["share"]),
                f"{percent(level)} interval": span(row["low"], row["high"]),
            }
            for name, row in rows
        ]
    )
