"""The rows that signature and composition share: categories under the name of their group."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import altair as alt

from generator.charts.labels import visible, wrapped
from generator.charts.responsive import IS_NARROW, either, filled, template
from generator.records.taxonomy import Category, Taxonomy

HEADING = "#"
"""First character of the key of a heading row; a category's key begins with its id."""

STEP = 29
"""Height of a row in CSS pixels: room for a label of two lines."""

_LABEL_WIDTH = 20

_PLACES = 5
"""Decimal places of a share that is drawn."""


class Rows(NamedTuple):
    """The rows of a chart from top to bottom."""

    keys: tuple[str, ...]
    """Domain of the vertical scale."""
    headings: list[dict[str, Any]]
    """One datum per heading: key, group, text."""


def category_key(category: Category) -> str:
    """Return the key of a category, which is its label."""
    return wrapped(f"{category.id} {category.name}", _LABEL_WIDTH)


def group_rows(taxonomy: Taxonomy) -> Rows:
    """Return a heading for each group that has categories, and the categories under it."""
    keys: list[str] = []
    headings: list[dict[str, Any]] = []
    for group in taxonomy.groups:
        members = [category for category in taxonomy.categories if category.group == group.id]
        if members:
            heading = heading_row(group.id, group.name, group.question)
            headings.append(heading)
            keys += [heading["key"], *map(category_key, members)]
    return Rows(tuple(keys), headings)


def heading_row(group: str, text: str, more: str) -> dict[str, Any]:
    """Return the datum of a heading; ``more`` is left out where there is little room."""
    short = visible(text, 40)
    return {
        "key": HEADING + group,
        "group": group,
        "short": short,
        "heading": f"{short} · {visible(more, 60)}",
    }


def vertical(keys: Sequence[str]) -> alt.Y:
    """Return the vertical scale over ``keys`` with labels of up to two lines."""
    label = f"slice(datum.value, 0, 1) == '{HEADING}' ? '' : split(datum.value, '\\n')"
    return alt.Y(
        "key:N",
        title=None,
        scale=alt.Scale(domain=list(keys), paddingInner=0.3, paddingOuter=0.1),
        axis=alt.Axis(
            labelExpr=label,
            labelLineHeight=13,
            # A label of two lines hangs from its first; this lifts it to the middle of the row.
            labelOffset=alt.ExprRef("indexof(datum.value, '\\n') > 0 ? -6.5 : 0"),
            grid=False,
        ),
    )


def group_ids(taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return the groups in the order of their colours."""
    return tuple(group.id for group in taxonomy.groups)


def group_colour(groups: Taxonomy | Sequence[str]) -> alt.Color:
    """Return the colour of a category's group; the scheme holds the palette."""
    domain = group_ids(groups) if isinstance(groups, Taxonomy) else groups
    return alt.Color("group:N", scale=alt.Scale(domain=list(domain)), legend=None)


MOST = "most"
"""Name of the signal that says where the scale of shares ends."""


def share_axis(field: str, top: float | None = None) -> alt.X:
    """Return the horizontal scale of shares in per cent, from 0 to ``top``.

    Without it the scale ends at the signal ``most``, so that charts of one shape have one template.
    """
    end = alt.ExprRef(MOST) if top is None else top
    return alt.X(
        f"{field}:Q",
        title=None,
        scale=alt.Scale(domain=[0, end], nice=False, clamp=True),
        axis=alt.Axis(
            orient="top",
            tickCount=either(3, 6),
            labelExpr="format(datum.value * 100, '.0f') + ' %'",
            labelFlush=False,
        ),
    )


def room(highs: Sequence[float]) -> float:
    """Return the end of a scale of shares that leaves room for a label beside the longest."""
    return min(1.12, round(max([0.05, *highs]), _PLACES) * 1.16)


def heading_layer(keys: Sequence[str], condition: str = "true", **encoding: alt.Color) -> alt.Chart:
    """Return the layer that writes the headings at the left edge of the plot.

    Args:
        keys: Domain of the vertical scale.
        condition: Expression that picks the headings to write.
        encoding: Their colour, where they have one.
    """
    layer: alt.Chart = (
        alt.Chart()
        .transform_filter(f"isValid(datum.heading) && {condition}")
        .mark_text(
            style="ea-heading",
            dy=5,
            text=alt.ExprRef(f"{IS_NARROW} ? datum.short : datum.heading"),
        )
        .encode(x=alt.value(0), y=vertical(keys), **encoding)
    )
    return layer


def rows_template(layers: Sequence[alt.Chart]) -> str:
    """Return the template of a chart of rows; see :func:`generator.charts.responsive.template`."""
    return template(layers, signals=[MOST])


def finished(made: str, values: Sequence[dict[str, Any]], rows: int, most: float) -> dict[str, Any]:
    """Return the specification of a chart of ``rows`` rows, headings included.

    Args:
        made: Its template.
        values: Its data. Numbers are rounded here and not before, since the chart's table and what
            it says are rounded as well: twice rounded, 0.0496 % would be 0.1 %.
        rows: Number of rows.
        most: Where the scale of shares ends.
    """
    rounded = [
        {
            name: round(value, _PLACES) if isinstance(value, float) else value
            for name, value in datum.items()
        }
        for datum in values
    ]
    return filled(made, rounded, height=rows * STEP, signals={MOST: most})
