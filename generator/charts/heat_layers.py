"""The layers of the heat map: cells and their numbers, headings, the strip above the columns."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import altair as alt

from generator.charts.responsive import IS_NARROW, either
from generator.charts.rows import HEADING
from generator.charts.tooltips import tooltips

_LIFT = 8
"""How far name and cells move apart on a phone, in CSS pixels."""

TOLD_BY = MappingProxyType({"model": "Model", "name": "Category", "says": "Share"})
"""Fields that the tooltip of a cell shows, with their titles."""


ROWS = alt.ExprRef("orders[order]")
"""Keys of the rows where a reader can choose their order; see ``heat_orders``."""

Keys = list[str] | alt.ExprRef
"""Keys of rows or columns in their order."""


def across(columns: Keys) -> alt.X:
    """Return the horizontal scale; a column is ``short|name``, short alone on a phone."""
    parts = "split(datum.value, '|')"
    return alt.X(
        "column:N",
        title=None,
        scale=alt.Scale(domain=columns, paddingInner=0.06, paddingOuter=0),
        axis=alt.Axis(
            orient="top",
            labelExpr=f"{IS_NARROW} ? {parts}[0] : split({parts}[1], '\\n')",
            labelAngle=-90,
            labelAlign="left",
            labelBaseline="middle",
            labelLineHeight=12,
            labelFontSize=11,
            labelPadding=9,
            labelOverlap=False,
            # As on the rows of other charts: two lines are moved back to the middle.
            labelOffset=alt.ExprRef(f"!({IS_NARROW}) && indexof(datum.value, '\\n') > 0 ? -6 : 0"),
        ),
    )


def down(keys: Keys) -> alt.Y:
    """Return the vertical scale; a row is ``000|label``, without its label on a phone."""
    return alt.Y(
        "row:N",
        title=None,
        scale=alt.Scale(domain=keys, paddingInner=0.06, paddingOuter=0),
        axis=alt.Axis(
            labelExpr=(
                f"{IS_NARROW} || slice(datum.value, 0, 1) == '{HEADING}'"
                " ? '' : slice(datum.value, 4)"
            ),
            labelLimit=190,
        ),
    )


def cell_box() -> dict[str, Any]:
    """Return height and place of a cell in its row: lower on a phone, under the row's name."""
    high = alt.ExprRef(f"bandwidth('y') - ({IS_NARROW} ? {_LIFT * 2} : 0)")
    return {"height": high, "yOffset": either(_LIFT, 0)}


def cell_layers(
    keys: Keys, columns: Keys, top: float | alt.ExprRef, told_by: Mapping[str, str] = TOLD_BY
) -> list[alt.Chart]:
    """Return the cells and their numbers.

    Args:
        keys: Rows from top to bottom.
        columns: Columns from left to right.
        top: Share at the end of the ramp.
        told_by: Fields of a cell that the tooltip shows, with their titles.
    """
    x, y = across(columns), down(keys)
    told = alt.Chart().transform_filter("isValid(datum.share)")
    tooltip = tooltips(told_by)
    ramp = alt.Color("share:Q", scale=alt.Scale(domain=[0, top]), legend=None)
    small, lift, box = either(9, 11), either(_LIFT, 0), cell_box()
    # They lie on top of their cells, so they say the same.
    numbers = told.encode(x=x, y=y, text="label:N", tooltip=tooltip)
    return [
        told.transform_filter("!datum.beside")
        .mark_rect(**box)
        .encode(x=x, y=y, color=ramp, tooltip=tooltip),
        # What has no category keeps off the ramp: next to nine tenths undetermined, every
        # category would look alike.
        told.transform_filter("datum.beside")
        .mark_rect(style="ea-outcome", **box)
        .encode(
            x=x,
            y=y,
            tooltip=tooltip,
            opacity=alt.Opacity(
                "share:Q", scale=alt.Scale(domain=[0, 1], range=[0.06, 0.5]), legend=None
            ),
        ),
        numbers.transform_filter("datum.label && datum.ink != 'high'").mark_text(
            style="ea-cell-low", fontSize=small, dy=lift
        ),
        numbers.transform_filter("datum.label && datum.ink == 'high'").mark_text(
            style="ea-cell-high", fontSize=small, dy=lift
        ),
    ]


def frame_layers(keys: Keys, columns: Keys, groups: Sequence[str]) -> list[alt.Chart]:
    """Return the headings of the rows and the coloured strip that groups the columns.

    Args:
        keys: Rows from top to bottom.
        columns: Columns from left to right.
        groups: Groups in the order of their colours.
    """
    # Each order has headings of its own.
    has_place = f"indexof({keys.expr}, datum.row) >= 0" if isinstance(keys, alt.ExprRef) else "true"
    colours = alt.Scale(domain=list(groups))
    return [
        alt.Chart()
        .transform_filter(f"isValid(datum.heading) && {has_place}")
        .mark_text(style="ea-heading", dy=4)
        .encode(x=alt.value(0), y=down(keys), text="heading:N"),
        alt.Chart()
        .transform_filter(f"isValid(datum.name_above) && {IS_NARROW}")
        .mark_text(style="ea-name", dy=-9)
        .encode(x=alt.value(0), y=down(keys), text="name_above:N"),
        alt.Chart()
        .transform_filter("isValid(datum.strip)")
        .mark_rect()
        .encode(
            x=across(columns),
            y=alt.value(-6),
            y2=alt.value(-2),
            color=alt.Color("strip:N", scale=colours, legend=None),
        ),
    ]
