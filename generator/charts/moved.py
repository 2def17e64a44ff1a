"""Shares that moved from one edition to the next: a row each, the farthest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from generator.charts.chart import Chart
from generator.charts.labels import exact, percent, plural, span, visible
from generator.charts.responsive import IS_NARROW, specification
from generator.charts.rows import STEP, group_colour, room, share_axis
from generator.charts.told import texts
from generator.charts.tooltips import tooltips
from generator.records.changes import Estimate
from generator.records.taxonomy import Taxonomy

MOST = 24
"""Rows that a chart has room for; the table on the page has all of them."""
_NAME = 32
"""Characters of a line of a label."""
_OURS, _THEIRS = "judging otherwise", "other runs or failures"
_SHAPES = {_OURS: "diamond", _THEIRS: "circle"}


@dataclass(frozen=True)
class MovedRow:
    """One share."""

    category: str
    """Category as shown: id and name."""
    group: str
    """Group of the category; empty where the taxonomy has it no more."""
    place: str
    """Benchmark, and model or all systems, as shown."""
    before: Estimate
    """In the earlier edition."""
    after: Estimate
    """In the later one."""
    ours: bool
    """Whether most of the way comes from judging otherwise."""


def moved(
    rows: Sequence[MovedRow],
    taxonomy: Taxonomy,
    *,
    old: str,
    new: str,
    level: float,
    chart_id: str = "moved",
) -> Chart:
    """Draw shares in two editions.

    Args:
        rows: The shares, the farthest first; no more than ``MOST`` are drawn.
        taxonomy: Groups of the categories, for the colour.
        old: Version of the earlier edition.
        new: Version of the later one.
        level: Confidence level that the intervals were computed with, for the words alone.
        chart_id: Slug, unique on the page.
    """
    shown = rows[:MOST]
    ours = sum(row.ours for row in shown)
    title = (
        f"{plural(len(shown), 'share')} that moved from {old} to {new}: "
        f"{_finding(ours, len(shown) - ours)}"
    )
    values = [_value(place, row) for place, row in enumerate(shown)]
    return Chart(
        id=chart_id,
        title=title,
        subtitle=(
            f"Share of classified failures with {percent(level)} intervals, n in the table. In "
            f"colour: edition {new}, a diamond where it moved mostly because we judge otherwise, "
            f"else a dot. Upright tick on a grey bar: edition {old}."
            + (f" The farthest of {len(rows):,}." if len(rows) > MOST else "")
        ),
        description=(
            f"Dots and ticks with intervals, one row per share: its value in edition {old} and in "
            f"edition {new}. {title}."
        ),
        spec=_spec(values, taxonomy),
        table=_table(shown, old, new, level),
    )


def _finding(ours: int, theirs: int) -> str:
    """Say whose doing it was that shares moved."""
    us, them = "because we judge otherwise", "because other runs or failures are counted"
    if not theirs or not ours:
        return f"mostly {us if ours else them}"
    return f"{ours} mostly {us}, {theirs} mostly {them}"


def _shares(field: str, top: float) -> alt.X:
    """Return the scale of shares without a number where there are labels and no shares."""
    scale = share_axis(field, top)
    scale["axis"]["labelExpr"] = f"datum.value > 1 ? '' : {scale['axis']['labelExpr']}"
    return scale


def _value(place: int, row: MovedRow) -> dict[str, Any]:
    was, now = row.before, row.after
    return {
        "row": f"{place:03d}|{visible(row.category, _NAME)}\n{visible(row.place, _NAME)}",
        "name": f"{visible(row.category)}, {visible(row.place)}",
        "group": row.group,
        "share": round(now.share, 5),
        "low": round(now.low, 5),
        "high": round(now.high, 5),
        "old_share": round(was.share, 5),
        "old_low": round(was.low, 5),
        "old_high": round(was.high, 5),
        "end": round(max(now.high, was.high), 5),
        "label": f"{percent(was.share)} to {percent(now.share)}",
        "short": percent(now.share),
        "says": f"{exact(now.share)} ({span(now.low, now.high)}), n = {now.n:,}",
        "old_says": f"{exact(was.share)} ({span(was.low, was.high)}), n = {was.n:,}",
        "of": _OURS if row.ours else _THEIRS,
    }


def _spec(values: list[dict[str, Any]], taxonomy: Taxonomy) -> dict[str, Any]:
    # On a phone the label beside the longest interval takes a quarter of the plot.
    top = 1.16 * room([value["end"] for value in values])
    tooltip = tooltips(
        {
            "name": "Share",
            "old_says": "Before",
            "says": "Now",
            "of": "Mostly from",
        }
    )
    every = alt.Chart()
    y = alt.Y(
        "row:N",
        title=None,
        scale=alt.Scale(paddingInner=0.3, paddingOuter=0.1),
        axis=alt.Axis(
            labelExpr="split(slice(datum.value, 4), '\\n')",
            labelLineHeight=13,
            labelFontSize=11,
            labelOffset=-6.5,
            grid=False,
        ),
    )
    colour = group_colour(taxonomy)
    shape = alt.Shape(
        "of:N", scale=alt.Scale(domain=[*_SHAPES], range=[*_SHAPES.values()]), legend=None
    )
    layers = [
        every.mark_rule(style="ea-pool-interval", strokeWidth=11).encode(
            x=_shares("old_low", top), x2="old_high:Q", y=y
        ),
        every.mark_tick(style="ea-pool", thickness=2, size=15).encode(
            x=_shares("old_share", top), y=y, tooltip=tooltip
        ),
        every.mark_rule(strokeWidth=2).encode(
            x=_shares("low", top), x2="high:Q", y=y, color=colour
        ),
        every.mark_point(filled=True, size=80, opacity=1).encode(
            x=_shares("share", top), y=y, color=colour, shape=shape, tooltip=tooltip
        ),
        every.mark_text(
            style="ea-value",
            dx=6,
            text=alt.ExprRef(f"{IS_NARROW} ? datum.short : datum.label"),
        ).encode(x=_shares("end", top), y=y),
    ]
    return specification(layers, values, height=len(values) * STEP)


def _table(rows: Sequence[MovedRow], old: str, new: str, level: float) -> pd.DataFrame:
    interval = f"{percent(level)} interval"
    return texts(
        {
            "Category": visible(row.category),
            "Of": visible(row.place),
            old: exact(row.before.share),
            f"{interval}, {old}": span(row.before.low, row.before.high),
            f"n, {old}": f"{row.before.n:,}",
            new: exact(row.after.share),
            f"{interval}, {new}": span(row.after.low, row.after.high),
            f"n, {new}": f"{row.after.n:,}",
            "Mostly from": _OURS if row.ours else _THEIRS,
        }
        for row in rows
    )
