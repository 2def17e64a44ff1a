"""Who fails how: one row per run, one column per category and per outcome without one."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pandas as pd

from generator.charts.chart import Chart
from generator.charts.findings import largest
from generator.charts.heat_layers import ROWS, cell_layers, frame_layers
from generator.charts.heat_orders import Arranged, HeatRow, arrange, row_key
from generator.charts.labels import exact, number, plural, visible, wrapped
from generator.charts.responsive import specification
from generator.charts.theme import INK_TURNS_AT
from generator.records.taxonomy import Taxonomy
from generator.stats.tables import records

STEP = 25
"""Height of a row in CSS pixels."""

NUMBER_FROM = 0.05
"""Smallest share that has its number in the cell; all are in the table."""

_NARROW_STEP = 37
"""Height of a row on a phone, where the name stands above its cells."""
_OUTCOMES = (
    ("undet.", "Undetermined", ("undetermined",)),
    ("not its", "Not the model's fault", ("benchmark", "harness")),
    ("none", "No verdict", ("no_verdict",)),
)
_GAP = "|"


def heat_map(
    rows: Sequence[HeatRow],
    taxonomy: Taxonomy,
    *,
    chart_id: str = "heat-map",
    clustered: bool = False,
) -> Chart:
    """Draw models by categories. Rows that share a group must follow one another.

    Args:
        rows: In the order shown; at least one.
        taxonomy: Names, order and groups of the categories.
        chart_id: Slug, unique on the page.
        clustered: Whether rows of a group are so ordered that neighbours fail alike.
    """
    arranged = arrange(rows, clustered=clustered)
    columns = _columns(rows, taxonomy)
    cells = [
        cell
        for place, row in enumerate(rows)
        for cell in _cells(row_key(place, row), row, taxonomy)
        if cell["column"] in columns
    ]
    seen = [row.composition.looked_at for row in rows]
    each = number(seen[0]) if min(seen) == max(seen) else f"{min(seen):,} to {max(seen):,}"
    title = largest([row.composition for row in rows], taxonomy)
    order = " At first in an order where neighbours fail alike." if clustered else ""
    return Chart(
        id=chart_id,
        title=title,
        subtitle=(
            "Share of the failures looked at, in per cent; rows sum to 100, numbers from 5 up. "
            f"n = {plural(sum(seen), 'failure')} in {plural(len(rows), 'row')}, {each} a row."
            f"{order}"
        ),
        description=(
            f"Heat map with {plural(len(rows), 'row')}, one per model and benchmark, and one "
            f"column per category; darker is more frequent.{order} {title}."
        ),
        spec=_spec(cells, arranged, columns, taxonomy),
        table=_table(rows, cells, columns),
        orders=arranged.orders if len(rows) > 1 else (),
    )


def _columns(rows: Sequence[HeatRow], taxonomy: Taxonomy) -> list[str]:
    named = [_category_column(category.id, category.name) for category in taxonomy.categories]
    counts: Counter[str] = Counter()
    for row in rows:
        for outcome in records(row.composition.outcomes):
            counts[outcome["outcome"]] += int(outcome["count"])
    # A judge that never failed needs no column that says so.
    beside = [
        f"{short}|{name}"
        for short, name, outcomes in _OUTCOMES
        if outcomes != ("no_verdict",) or counts["no_verdict"]
    ]
    return [*named, _GAP, *beside]


def _category_column(category: str, name: str) -> str:
    return f"{category}|{wrapped(f'{category} {name}', 20)}"


def _cells(key: str, row: HeatRow, taxonomy: Taxonomy) -> list[dict[str, Any]]:
    """Return one datum per column of a row."""
    shares = {share["category"]: share for share in records(row.composition.shares)}
    outcomes = {outcome["outcome"]: outcome for outcome in records(row.composition.outcomes)}
    cells = []
    for category in taxonomy.categories:
        share = shares[category.id]
        cells.append(
            {
                "column": _category_column(category.id, category.name),
                "name": f"{category.id} {category.name}",
                **_told(share["share_of_all"], share["count"], row),
            }
        )
    for short, name, members in _OUTCOMES:
        part = sum(float(outcomes[member]["share"]) for member in members)
        count = sum(int(outcomes[member]["count"]) for member in members)
        cell = {"column": f"{short}|{name}", "name": name, "beside": True}
        cells.append({**cell, **_told(part, count, row)})
    return [{"row": key, "model": visible(row.label), **cell} for cell in cells]


def _told(share: float, count: int, row: HeatRow) -> dict[str, Any]:
    return {
        "share": round(float(share), 5),
        "label": f"{share * 100:.0f}" if share >= NUMBER_FROM else "",
        "says": f"{exact(share)} ({count:,} of {row.composition.looked_at:,} looked at)",
    }


def _spec(
    cells: list[dict[str, Any]],
    arranged: Arranged,
    columns: list[str],
    taxonomy: Taxonomy,
) -> dict[str, Any]:
    top = max((cell["share"] for cell in cells if "beside" not in cell), default=0.0) or 1.0
    for cell in cells:
        strong = "beside" not in cell and cell["share"] > INK_TURNS_AT * top
        cell["ink"] = "high" if strong else "low"
    strip = [
        {"column": _category_column(category.id, category.name), "strip": category.group}
        for category in taxonomy.categories
    ]
    rows = {cell["row"] for cell in cells}
    names = [{"row": key, "name_above": key[4:]} for key in sorted(rows)]
    slots = len(arranged.rows[arranged.orders[0].id])
    spec = specification(
        [*cell_layers(ROWS, columns, top), *frame_layers(ROWS, columns, taxonomy)],
        [*cells, *strip, *arranged.headings, *names],
        height=slots * STEP,
        narrow_height=slots * _NARROW_STEP,
        independent_colours=True,
        params=[
            {"name": "orders", "value": {key: list(rows) for key, rows in arranged.rows.items()}},
            {"name": "order", "value": arranged.orders[0].id},
        ],
    )
    # The script of the site makes the drawing as high as the order that was chosen.
    spec["usermeta"]["step"] = {"narrow": _NARROW_STEP, "wide": STEP}
    return spec


def _table(
    rows: Sequence[HeatRow], cells: list[dict[str, Any]], columns: list[str]
) -> pd.DataFrame:
    width = len(columns) - 1  # all but the gap
    lines = []
    for place, row in enumerate(rows):
        of_row = cells[place * width : (place + 1) * width]
        lines.append(
            {
                "Model": visible(row.label),
                "Population": visible(row.group),
                "n": number(row.composition.looked_at),
                **{cell["name"]: exact(cell["share"]) for cell in of_row},
            }
        )
    return pd.DataFrame(lines)
