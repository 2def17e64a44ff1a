"""A model's signature: the share of each category with its interval, beside the pool's."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from generator.charts.chart import Chart
from generator.charts.findings import leading, population
from generator.charts.labels import exact, percent, span, visible
from generator.charts.responsive import made_once
from generator.charts.rows import (
    category_key,
    finished,
    group_colour,
    group_ids,
    group_rows,
    heading_layer,
    room,
    rows_template,
    share_axis,
    vertical,
)
from generator.charts.told import share_rows, texts
from generator.records.taxonomy import Taxonomy
from generator.stats.compositions import Composition

_ALIKE = "no clear difference"
_SHAPES = {_ALIKE: "circle", "more often": "triangle-up", "less often": "triangle-down"}
_MARKED = " Triangles: more often (up) or less often (down) than the others, beyond chance."


def signature(
    own: Composition,
    pool: Composition | None,
    taxonomy: Taxonomy,
    *,
    name: str,
    chart_id: str = "signature",
    level: float = 0.95,
    population_name: str = "",
    distinctive: Mapping[str, str] | None = None,
) -> Chart:
    """Draw what a model's failures are made of.

    Args:
        own: The model's failures.
        pool: Those of the models that it is held against; None where there are none.
        taxonomy: Names, order and groups of the categories.
        name: The model's name as shown.
        chart_id: Slug, unique on the page.
        level: Confidence level that the intervals were computed with, for the words alone.
        population_name: What the failures are of, such as the name of a benchmark.
        distinctive: Which categories are distinctive, by id: ``more often`` or ``less often``.
    """
    marks = distinctive or {}
    values = _values(own, pool, taxonomy, marks)
    rows = group_rows(taxonomy)
    shown = [row["high"] for row in values if row["count"]]
    top = room(shown + [row["pool_high"] for row in values if pool and row["pool_count"]])
    pooled = pool is not None and pool.classified > 0
    made = _template(rows.keys, group_ids(taxonomy), pooled=pooled)
    finding = leading(own, taxonomy)
    who = visible(name)
    where = f" on {visible(population_name)}" if population_name else ""
    title = (
        f"{who} fails{where} most often by {finding}"
        if finding
        else f"No failure of {who}{where} has a category yet"
    )
    return Chart(
        id=chart_id,
        title=title,
        subtitle=_subtitle(own, pool, level) + (_MARKED if marks else ""),
        description=(
            f"Dots with intervals, one row per category in {len(rows.headings)} groups: the share "
            f"of each in the classified failures of {who}{where}. {title}."
        ),
        spec=finished(made, [*values, *rows.headings], len(rows.keys), top),
        table=_table(values, level, with_pool=pool is not None, with_marks=bool(marks)),
    )


def _subtitle(own: Composition, pool: Composition | None, level: float) -> str:
    measure = f"Share of classified failures by category, with {percent(level)} intervals"
    text = f"{measure}; {population(own)}."
    if pool is not None and pool.classified:
        text += (
            " Upright tick on a grey bar: share and interval of the other models taken together, "
            f"n = {pool.classified:,}."
        )
    return text


def _values(
    own: Composition, pool: Composition | None, taxonomy: Taxonomy, marks: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return one datum per category."""
    mine = {row["category"]: row for row in share_rows(own)}
    theirs = {row["category"]: row for row in share_rows(pool)} if pool else {}
    values = []
    for category in taxonomy.categories:
        row, other = mine[category.id], theirs.get(category.id)
        value: dict[str, Any] = {
            "key": category_key(category),
            "name": f"{category.id} {category.name}",
            "group": category.group,
            "count": int(row["count"]),
            "share": float(row["share"]),
            "low": float(row["low"]),
            "high": float(row["high"]),
            "end": float(row["high"]),
            "label": percent(row["share"]) if row["count"] else "",
            "against": marks.get(category.id, _ALIKE),
            "says": f"{exact(row['share'])} ({span(row['low'], row['high'])})",
        }
        if other is not None:
            value |= {
                "pool_count": int(other["count"]),
                "pool_share": float(other["share"]),
                "pool_low": float(other["low"]),
                "pool_high": float(other["high"]),
                # The label stands clear of both intervals.
                "end": max(value["high"], float(other["high"])),
                "pool_says": f"{exact(other['share'])} ({span(other['low'], other['high'])})",
            }
        values.append(value)
    return values


@made_once
def _template(keys: tuple[str, ...], groups: tuple[str, ...], *, pooled: bool) -> str:
    """Return the chart without its numbers.

    Args:
        keys: Rows from top to bottom.
        groups: Groups in the order of their colours.
        pooled: Whether there are others beside the model.
    """
    return rows_template(
        [
            heading_layer(keys, color=group_colour(groups)),
            *(_pool_layers(keys) if pooled else ()),
            *_own_layers(groups, keys),
        ]
    )


def _pool_layers(keys: Sequence[str]) -> list[alt.Chart]:
    rows = alt.Chart().transform_filter("isValid(datum.pool_share)")
    return [
        rows.mark_rule(style="ea-pool-interval", strokeWidth=11).encode(
            x=share_axis("pool_low"), x2="pool_high:Q", y=vertical(keys)
        ),
        rows.mark_tick(style="ea-pool", thickness=2, size=15).encode(
            x=share_axis("pool_share"), y=vertical(keys), tooltip=_tooltip(pool=True)
        ),
    ]


def _own_layers(groups: Sequence[str], keys: Sequence[str]) -> list[alt.Chart]:
    rows = alt.Chart().transform_filter("isValid(datum.share)")
    # A category that was never seen keeps its interval: not seen is not the same as never.
    faint = alt.condition("datum.count > 0", alt.value(1), alt.value(0.4))
    colour, y = group_colour(groups), vertical(keys)
    return [
        rows.mark_rule(strokeWidth=2).encode(
            x=share_axis("low"), x2="high:Q", y=y, color=colour, opacity=faint
        ),
        rows.mark_point(filled=True, size=80, opacity=1).encode(
            x=share_axis("share"),
            y=y,
            shape=alt.Shape(
                "against:N",
                scale=alt.Scale(domain=list(_SHAPES), range=list(_SHAPES.values())),
                legend=None,
            ),
            color=colour,
            opacity=faint,
            tooltip=_tooltip(pool=False),
        ),
        rows.mark_text(style="ea-value", dx=6).encode(
            x=share_axis("end"), y=y, text="label:N", color=colour
        ),
    ]


def _tooltip(*, pool: bool) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("name:N", title="Category"),
        alt.Tooltip("pool_says:N", title="Other models")
        if pool
        else alt.Tooltip("says:N", title="Share"),
        alt.Tooltip("pool_count:Q" if pool else "count:Q", title="Failures"),
    ]


def _table(
    values: list[dict[str, Any]], level: float, *, with_pool: bool, with_marks: bool
) -> pd.DataFrame:
    interval = f"{percent(level)} interval"
    rows = []
    for value in values:
        row = {
            "Category": visible(value["name"]),
            "Failures": f"{value['count']:,}",
            "Share": exact(value["share"]),
            interval: span(value["low"], value["high"]),
        }
        if with_pool:
            row |= {
                "Failures of the others": f"{value['pool_count']:,}",
                "Share of the others": exact(value["pool_share"]),
                f"{interval} of the others": span(value["pool_low"], value["pool_high"]),
            }
        if with_marks:
            row["Against the others"] = value["against"]
        rows.append(row)
    return texts(rows)
