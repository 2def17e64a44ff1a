"""The layers of the heat map: cells and their numbers, headings, the strip above the columns."""

import altair as alt

from generator.charts.responsive import IS_NARROW, either
from generator.charts.rows import HEADING
from generator.records.taxonomy import Taxonomy

_LIFT = 8
"""How far name and cells move apart on a phone, in CSS pixels."""


def _across(columns: list[str]) -> alt.X:
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


def _down(keys: list[str]) -> alt.Y:
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


def cell_layers(keys: list[str], columns: list[str], top: float) -> list[alt.Chart]:
    """Return the cells and their numbers, ``top`` being the share at the end of the ramp."""
    x, y = _across(columns), _down(keys)
    told = alt.Chart().transform_filter("isValid(datum.share)")
    tooltip = [
        alt.Tooltip("model:N", title="Model"),
        alt.Tooltip("name:N", title="Category"),
        alt.Tooltip("says:N", title="Share"),
    ]
    ramp = alt.Color("share:Q", scale=alt.Scale(domain=[0, top]), legend=None)
    small, lift = either(9, 11), either(_LIFT, 0)
    high = alt.ExprRef(f"bandwidth('y') - ({IS_NARROW} ? {_LIFT * 2} : 0)")
    # They lie on top of their cells, so they say the same.
    numbers = told.encode(x=x, y=y, text="label:N", tooltip=tooltip)
    return [
        told.transform_filter("!datum.beside")
        .mark_rect(height=high, yOffset=lift)
        .encode(x=x, y=y, color=ramp, tooltip=tooltip),
        # What has no category keeps off the ramp: next to nine tenths undetermined, every
        # category would look alike.
        told.transform_filter("datum.beside")
        .mark_rect(style="ea-outcome", height=high, yOffset=lift)
        .encode(
            x=x,
            y=y,
            tooltip=tooltip,
            opacity=alt.Opacity(
                "share:Q", scale=alt.Scale(domain=[0, 1], range=[0.06, 0.5]), legend=None
            ),
        ),
        numbers.transform_filter("datum.ink == 'low'").mark_text(
            style="ea-cell-low", fontSize=small, dy=lift
        ),
        numbers.transform_filter("datum.ink == 'high'").mark_text(
            style="ea-cell-high", fontSize=small, dy=lift
        ),
    ]


def frame_layers(keys: list[str], columns: list[str], taxonomy: Taxonomy) -> list[alt.Chart]:
    """Return the headings of the rows and the coloured strip that groups the columns."""
    groups = alt.Scale(domain=[group.id for group in taxonomy.groups])
    return [
        alt.Chart()
        .transform_filter("isValid(datum.heading)")
        .mark_text(style="ea-heading", dy=4)
        .encode(x=alt.value(0), y=_down(keys), text="heading:N"),
        alt.Chart()
        .transform_filter(f"isValid(datum.name_above) && {IS_NARROW}")
        .mark_text(style="ea-name", dy=-9)
        .encode(x=alt.value(0), y=_down(keys), text="name_above:N"),
        alt.Chart()
        .transform_filter("isValid(datum.strip)")
        .mark_rect()
        .encode(
            x=_across(columns),
            y=alt.value(-6),
            y2=alt.value(-2),
            color=alt.Color("strip:N", scale=groups, legend=None),
        ),
    ]
