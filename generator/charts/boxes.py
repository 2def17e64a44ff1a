"""Boxes side by side, each as high as its share: what charts of trees are drawn with."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import altair as alt

from generator.charts.labels import exact, percent, visible
from generator.charts.responsive import IS_NARROW, specification

HEIGHT = 660
"""Height of the plot in CSS pixels."""

_LINE = 15
"""Height that a cell needs for a label, in CSS pixels."""


class Columns(NamedTuple):
    """How wide the columns are."""

    wide: tuple[float, ...]
    """Where columns begin and where the last one ends, of the width."""
    narrow: tuple[float, ...]
    """The same on a phone."""
    headings: int
    """Columns whose labels stand out, from the left."""


class Cell(NamedTuple):
    """One part of the tree that occurs."""

    depth: int
    """Its column, from 0."""
    group: str
    """What it is coloured by."""
    name: str
    """Name."""
    short: str
    """What a phone has room for."""
    failures: int
    """Failures in it."""
    share: float
    """Share of all, in [0, 1]."""
    low: float
    """What lies above it in its column."""


def drawn(cells: Sequence[Cell], colour: alt.Color, columns: Columns) -> dict[str, Any]:
    """Return the specification of the boxes.

    Args:
        cells: All boxes, in any order.
        colour: Colour of their groups.
        columns: How wide the columns are.
    """
    data = [_datum(cell) for cell in cells]
    return specification(_layers(colour, columns), data, height=HEIGHT)


def _datum(cell: Cell) -> dict[str, Any]:
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


def _layers(colour: alt.Color, columns: Columns) -> list[alt.Chart]:
    boxes = (
        alt.Chart()
        .mark_rect(style="ea-part")
        .encode(
            x=_across(columns),
            x2="right:Q",
            y=_down("low"),
            y2="high:Q",
            color=colour,
            tooltip=[
                alt.Tooltip("name:N", title="Kind"),
                alt.Tooltip("says:N", title="Share"),
                alt.Tooltip("count:Q", title="Failures"),
            ],
        )
    )
    return [boxes, *(_labels(depth, columns) for depth in range(len(columns.wide) - 1))]


def _labels(depth: int, columns: Columns) -> alt.Chart:
    """Return the layer with the labels of one column, cut where the column ends."""
    wide, narrow = (edges[depth + 1] - edges[depth] for edges in (columns.wide, columns.narrow))
    text: alt.Chart = (
        alt.Chart()
        .transform_filter(f"datum.depth == {depth} && isValid(datum.label)")
        .mark_text(
            style="ea-heading" if depth < columns.headings else "ea-name",
            baseline="middle",
            dx=5,
            text=alt.ExprRef(f"{IS_NARROW} ? datum.short : datum.label"),
            limit=alt.ExprRef(f"width * ({IS_NARROW} ? {narrow:.2f} : {wide:.2f}) - 7"),
        )
        .encode(x=_across(columns), y=_down("middle"))
    )
    return text


def _across(columns: Columns) -> alt.X:
    edges = [
        alt.ExprRef(f"width * ({IS_NARROW} ? {narrow} : {wide})")
        for narrow, wide in zip(columns.narrow, columns.wide, strict=True)
    ]
    scale = alt.Scale(domain=list(range(len(edges))), range=edges, nice=False)
    return alt.X("depth:Q", axis=None, scale=scale)


def _down(field: str) -> alt.Y:
    scale = alt.Scale(domain=[0, 1], nice=False, reverse=True)
    return alt.Y(f"{field}:Q", axis=None, scale=scale)
