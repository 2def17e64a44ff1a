"""The tree with its shares: groups, categories and subcategories side by side, sized by share.

Source:
    Kruskal and Landwehr (1983), Icicle plots: better displays for hierarchical clustering, The
    American Statistician 37(2).
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from generator.charts.chart import Chart
from generator.charts.findings import leading, population
from generator.charts.labels import exact, percent, span, visible
from generator.charts.responsive import IS_NARROW, specification
from generator.charts.rows import group_colour
from generator.records.taxonomy import Category, Taxonomy
from generator.stats.compositions import Composition
from generator.stats.tables import records

HEIGHT = 660
"""Height of the plot in CSS pixels."""

_LINE = 15
"""Height that a cell needs for a label, in CSS pixels."""

_EDGES = (0.0, 0.19, 0.59, 1.0)
"""Where the columns of groups, categories and subcategories begin and end, of the width."""

_NARROW_EDGES = (0.0, 0.34, 0.56, 1.0)
"""The same on a phone, where categories have their identifier alone."""

_NOT_GIVEN = "Subcategory not given"


class _Cell(NamedTuple):
    """One part of the tree that occurs."""

    depth: int
    """0 for a group, 1 for a category, 2 for a subcategory."""
    group: str
    name: str
    short: str
    """What a phone has room for."""
    failures: int
    share: float
    low: float
    """What lies above it in its column."""


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
        spec=specification(_layers(taxonomy), [_datum(cell) for cell in cells], height=HEIGHT),
        table=_table(whole, taxonomy, level),
    )


def _cells(whole: Composition, taxonomy: Taxonomy) -> Iterator[_Cell]:
    """Yield the parts that occur, each below what comes before it in the tree."""
    shares = {row["category"]: row for row in records(whole.shares)}
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
        yield _Cell(0, group.id, group.name, group.name, count, share, top)
        for entry in inside:
            row = shares[entry.id]
            own = float(row["share"])
            short = f"{entry.id} {percent(own)}"
            yield _Cell(1, group.id, f"{entry.id} {entry.name}", short, int(row["count"]), own, top)
            yield from _parts(whole, entry, own, int(row["count"]), top)
            top += own


def _parts(
    whole: Composition, entry: Category, share: float, count: int, top: float
) -> Iterator[_Cell]:
    """Yield the subcategories of one category, and what has none."""
    rows = {row["subcategory"]: row for row in _seen(whole, entry.id)}
    low = top
    for sub in entry.subcategories:
        if sub.id in rows:
            row = rows[sub.id]
            own = float(row["share"])
            yield _Cell(2, entry.group, sub.name, sub.name, int(row["count"]), own, low)
            low += own
            count -= int(row["count"])
    if count > 0:
        yield _Cell(2, entry.group, _NOT_GIVEN, _NOT_GIVEN, count, top + share - low, low)


def _seen(whole: Composition, category: str) -> list[dict[str, Any]]:
    return [row for row in records(whole.subshares) if row["category"] == category]


def _datum(cell: _Cell) -> dict[str, Any]:
    """Return what is drawn of a cell; one that is too low has no label."""
    low, high = round(cell.low, 5), round(cell.low + cell.share, 5)
    datum = {
        "depth": cell.depth,
        "group": cell.group,
        "right": cell.depth + 1,
        "low": low,
        "high": high,
        "name": visible(cell.name),
        "count": cell.failures,
        "says": exact(cell.share),
    }
    if cell.share * HEIGHT >= _LINE:
        datum["middle"] = round((low + high) / 2, 5)
        datum["label"] = f"{visible(cell.name, 60)} {percent(cell.share)}"
        datum["short"] = visible(cell.short, 40)
    return datum


def _layers(taxonomy: Taxonomy) -> list[alt.Chart]:
    boxes = (
        alt.Chart()
        .mark_rect(style="ea-part")
        .encode(
            x=_across(),
            x2="right:Q",
            y=_down("low"),
            y2="high:Q",
            color=group_colour(taxonomy),
            tooltip=[
                alt.Tooltip("name:N", title="Kind"),
                alt.Tooltip("says:N", title="Share"),
                alt.Tooltip("count:Q", title="Failures"),
            ],
        )
    )
    return [boxes, *(_labels(depth) for depth in range(3))]


def _labels(depth: int) -> alt.Chart:
    """Return the layer with the labels of one column, cut where the column ends."""
    wide, narrow = (edges[depth + 1] - edges[depth] for edges in (_EDGES, _NARROW_EDGES))
    text: alt.Chart = (
        alt.Chart()
        .transform_filter(f"datum.depth == {depth} && isValid(datum.label)")
        .mark_text(
            style="ea-name" if depth else "ea-heading",
            baseline="middle",
            dx=5,
            text=alt.ExprRef(f"{IS_NARROW} ? datum.short : datum.label"),
            limit=alt.ExprRef(f"width * ({IS_NARROW} ? {narrow:.2f} : {wide:.2f}) - 7"),
        )
        .encode(x=_across(), y=_down("middle"))
    )
    return text


def _across() -> alt.X:
    edges = [
        alt.ExprRef(f"width * ({IS_NARROW} ? {narrow} : {wide})")
        for narrow, wide in zip(_NARROW_EDGES, _EDGES, strict=True)
    ]
    scale = alt.Scale(domain=[0, 1, 2, 3], range=edges, nice=False)
    return alt.X("depth:Q", axis=None, scale=scale)


def _down(field: str) -> alt.Y:
    scale = alt.Scale(domain=[0, 1], nice=False, reverse=True)
    return alt.Y(f"{field}:Q", axis=None, scale=scale)


def _table(whole: Composition, taxonomy: Taxonomy, level: float) -> pd.DataFrame:
    """Return every category, and the subcategories that occur."""
    shares = {row["category"]: row for row in records(whole.shares)}
    rows = []
    for entry in taxonomy.categories:
        rows.append((f"{entry.id} {entry.name}", shares[entry.id]))
        seen = {row["subcategory"]: row for row in _seen(whole, entry.id)}
        rows += [
            (f"{entry.id}: {sub.name}", seen[sub.id])
            for sub in entry.subcategories
            if sub.id in seen
        ]
    return pd.DataFrame(
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
