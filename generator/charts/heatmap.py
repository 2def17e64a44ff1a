"""Who fails how: a row per model or benchmark, a column per category and outcome without one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from generator.charts.chart import Chart
from generator.charts.findings import largest
from generator.charts.heat_cells import Cell, Column, cells_of, columns_of
from generator.charts.heat_layers import ROWS, TOLD_BY, cell_layers, frame_layers
from generator.charts.heat_orders import Arranged, HeatRow, arrange, row_key
from generator.charts.labels import number, percent, plural, visible
from generator.charts.responsive import filled, made_once, template
from generator.charts.rows import group_ids
from generator.charts.theme import INK_TURNS_AT
from generator.charts.told import texts
from generator.records.taxonomy import Taxonomy

STEP = 25
"""Height of a row in CSS pixels."""

NUMBER_FROM = 0.05
"""Smallest share that has its number in the cell; all are in the table."""

_NARROW_STEP = 37
"""Height of a row on a phone, where the name stands above its cells."""
_GAP = "|"


def heat_map(
    rows: Sequence[HeatRow],
    taxonomy: Taxonomy,
    *,
    chart_id: str = "heat-map",
    clustered: bool = False,
    level: float = 0.95,
    each: str = "model and benchmark",
    note: str = "",
    model: str = "",
    kind: str = "",
) -> Chart:
    """Draw models by categories. Rows that share a group must follow one another.

    Args:
        rows: In the order shown; at least one.
        taxonomy: Names, order and groups of the categories.
        chart_id: Slug, unique on the page.
        clustered: Whether rows of a group are so ordered that neighbours fail alike.
        level: Confidence level of the intervals, for the words alone.
        each: What a row is of.
        note: What else has to be known of the rows; a sentence, or empty.
        model: Name of the model whose benchmarks the rows are; empty where they are models.
        kind: What a row is, where it is neither of the two.
    """
    arranged = arrange(rows, clustered=clustered)
    columns = columns_of(rows, taxonomy)
    cells = [cell for row in rows for cell in cells_of(row, columns)]
    told = [cell.told() for cell in cells]
    grid = _Grid(rows, columns, cells, told, kind or ("Benchmark" if model else "Model"))
    seen = [row.composition.looked_at for row in rows]
    size = number(seen[0]) if min(seen) == max(seen) else f"{min(seen):,} to {max(seen):,}"
    finding = largest([row.composition for row in rows], taxonomy)
    whose = visible(model) if model else f"By {kind.lower()}" if kind else ""
    title = f"{whose}: {finding}" if whose else finding
    order = " At first in an order where neighbours fail alike." if clustered else ""
    return Chart(
        id=chart_id,
        title=title,
        subtitle=(
            "Share of the failures looked at, in per cent; rows sum to 100, numbers from 5 up; "
            f"with {percent(level)} intervals where a cell is pointed at and in the table. "
            f"n = {plural(sum(seen), 'failure')} in {plural(len(rows), 'row')}, {size} a row."
            f"{f' {note}' if note else ''}{order}"
        ),
        description=(
            f"Heat map with {plural(len(rows), 'row')}, one per {each}, and one "
            f"column per category; darker is more frequent.{order} {title}."
        ),
        spec=_spec(grid, arranged, taxonomy),
        table=_table(grid),
        orders=arranged.orders if len(rows) > 1 else (),
    )


@dataclass(frozen=True)
class _Grid:
    """Rows, columns and cells of the chart."""

    rows: Sequence[HeatRow]
    """From top to bottom."""
    columns: Sequence[Column]
    """From left to right."""
    cells: Sequence[Cell]
    """Row by row."""
    told: Sequence[str]
    """The share of each cell with its interval."""
    kind: str
    """What a row is."""


@made_once
def _template(groups: tuple[str, ...], kind: str) -> str:
    """Return the chart without its numbers; groups are in the order of their colours.

    A cell is ``r`` and ``c``, the places of its row and column in what the signals list.
    """
    columns, told_by = alt.ExprRef("columns"), {**TOLD_BY, "model": kind}
    cells = cell_layers(ROWS, columns, alt.ExprRef("most"), told_by)
    return template(
        [*cells, *frame_layers(ROWS, columns, groups)],
        signals=["orders", "order", "columns", "names", "rows", "models", "most"],
        derived={
            "column": "columns[datum.c]",
            "name": "names[datum.c]",
            "row": "isValid(datum.r) ? rows[datum.r] : datum.heads",
            "model": "models[datum.r]",
        },
        independent_colours=True,
    )


def _spec(grid: _Grid, arranged: Arranged, taxonomy: Taxonomy) -> dict[str, Any]:
    rows, columns, cells = grid.rows, grid.columns, grid.cells
    width = len(columns)
    # What has no category keeps off the ramp, beyond a gap.
    places = [place + column.beside for place, column in enumerate(columns)]
    inside = [cell.share for at, cell in enumerate(cells) if not columns[at % width].beside]
    most = round(max(inside, default=0.0), 5) or 1.0
    keys = [row_key(place, row) for place, row in enumerate(rows)]
    data: list[dict[str, Any]] = []
    for at, cell in enumerate(cells):
        column = columns[at % width]
        datum = {"r": at // width, "c": places[at % width], "share": round(cell.share, 5)}
        data.append({**datum, **_marked(cell, grid.told[at], most, beside=column.beside)})
    groups = {category.id: category.group for category in taxonomy.categories}
    data += [
        {"c": at, "strip": groups[column.members[0]]}
        for at, column in zip(places, columns, strict=True)
        if not column.beside
    ]
    data += [{"heads": one["row"], "heading": one["heading"]} for one in arranged.headings]
    data += [{"r": place, "name_above": key[4:]} for place, key in enumerate(keys)]
    gap = sum(not column.beside for column in columns)
    listed = [(column.key, column.name) for column in columns]
    listed.insert(gap, (_GAP, ""))
    slots = len(arranged.rows[arranged.orders[0].id])
    spec = filled(
        _template(group_ids(taxonomy), grid.kind),
        data,
        height=slots * STEP,
        narrow_height=slots * _NARROW_STEP,
        signals={
            "orders": {key: list(rows) for key, rows in arranged.rows.items()},
            "order": arranged.orders[0].id,
            "columns": [key for key, _ in listed],
            "names": [name for _, name in listed],
            "rows": keys,
            "models": [visible(row.label) for row in rows],
            "most": most,
        },
    )
    # The script of the site makes the drawing as high as the order that was chosen.
    spec["usermeta"]["step"] = {"narrow": _NARROW_STEP, "wide": STEP}
    return spec


def _marked(cell: Cell, told: str, most: float, *, beside: bool) -> dict[str, Any]:
    """Return what a cell says and how; what is as most cells have it is left out."""
    label = {"label": f"{cell.share * 100:.0f}"} if cell.share >= NUMBER_FROM else {}
    ink = {"ink": "high"} if not beside and cell.share > INK_TURNS_AT * most else {}
    says = f"{told}; {cell.failures:,} of {cell.looked_at:,} looked at"
    return {"says": says, **label, **ink, **({"beside": True} if beside else {})}


def _table(grid: _Grid) -> pd.DataFrame:
    width = len(grid.columns)
    lines = []
    for place, row in enumerate(grid.rows):
        of_row = grid.told[place * width : (place + 1) * width]
        told = {column.name: text for column, text in zip(grid.columns, of_row, strict=True)}
        lines.append(
            {
                grid.kind: visible(row.label),
                "Population": visible(row.group),
                "n": number(row.composition.looked_at),
                **told,
            }
        )
    return texts(lines)
