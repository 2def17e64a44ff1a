"""How often models fail in one way, by release date or size: a row a model, oldest first.

Rows and not a plane with time across: models of one day would lie on one another, and no name
would have room on a phone. No line is drawn through them: who made a model, how large it is and
when it came go together, and a line would tell them apart where nobody can.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from generator.charts.chart import Chart, Order
from generator.charts.labels import exact, number, percent, plural, span, visible
from generator.charts.responsive import filled, made_once, template
from generator.charts.rows import MOST, STEP, group_colour, group_ids, room, share_axis
from generator.charts.told import texts
from generator.charts.tooltips import tooltips
from generator.records.taxonomy import Category, Taxonomy

_ORDER = alt.ExprRef("orders[order]")
_NAME = 30
"""Characters of a name on the axis."""


@dataclass(frozen=True)
class TrendRow:
    """One model."""

    name: str
    """Name as shown."""
    released: date | None
    """Day of its release; None where not known."""
    parameters: int | None
    """Its parameters; None where not known."""
    looked_at: int
    """Failures that a judge looked at."""
    count: int
    """Failures of this kind among them."""
    attempted: int
    """Items attempted."""
    rate: float
    """Failures of this kind per item attempted, in [0, 1]."""
    low: float
    """Lower end of its interval."""
    high: float
    """Upper end of its interval."""


def trend(
    rows: Sequence[TrendRow],
    category: Category,
    taxonomy: Taxonomy,
    *,
    on: str,
    basis: str,
    level: float = 0.95,
) -> Chart:
    """Draw how often each model fails in one way, per item attempted.

    Args:
        rows: The models: one benchmark, one basis, one set of judges.
        category: The way.
        taxonomy: Groups of the categories, for the colour.
        on: Name of the benchmark as shown.
        basis: What was looked at, as a sentence without a full stop.
        level: Confidence level that the intervals were computed with, for the words alone.
    """
    by_date = sorted(rows, key=lambda row: (row.released or date.max, row.name.casefold()))
    keyed = [(_key(place, row), row) for place, row in enumerate(by_date)]
    by_size = sorted(keyed, key=lambda one: one[1].parameters or float("inf"))
    orders = {"released": [key for key, _ in keyed], "size": [key for key, _ in by_size]}
    values = [_value(key, row, category) for key, row in keyed]
    what = visible(category.name)
    title = f"{what} per item of {visible(on)}: {_finding(rows)}"
    return Chart(
        id="trend",
        title=title,
        subtitle=(
            f"Per item attempted, with {percent(level)} intervals, the oldest model first. "
            f"{basis}: n = {plural(sum(row.looked_at for row in rows), 'failure')} looked at in "
            f"{plural(len(rows), 'model')}, {number(sum(row.count for row in rows))} of this kind."
        ),
        description=(
            f"Dots with intervals, one row per model in the order of their release: how often each "
            f"fails by {what}, per item of {visible(on)}. {title}."
        ),
        spec=_spec(values, taxonomy, orders),
        table=_table(by_date, level),
        orders=(
            Order("released", "release date, oldest first"),
            Order("size", "size, smallest first"),
        ),
    )


def _finding(rows: Sequence[TrendRow]) -> str:
    ranked = sorted(rows, key=lambda row: (row.rate, row.count))
    least, most = ranked[0], ranked[-1]
    highest = f"{percent(most.rate)} ({visible(most.name)})"
    never = sum(not row.count for row in rows)
    if never:
        return f"not seen in {never} of {plural(len(rows), 'model')}, at most {highest}"
    return f"from {percent(least.rate)} ({visible(least.name)}) to {highest}"


def _key(place: int, row: TrendRow) -> str:
    released = f"{row.released:%b %Y}" if row.released else "date not known"
    return f"{place:03d}|{visible(row.name, _NAME)}\n{released} · {_size(row.parameters)}"


def _size(parameters: int | None) -> str:
    if parameters is None:
        return "size not known"
    billions = parameters / 1e9
    return f"{billions:.3g} billion" if billions >= 1 else f"{parameters / 1e6:.3g} million"


def _value(key: str, row: TrendRow, category: Category) -> dict[str, Any]:
    return {
        "row": key,
        "name": visible(row.name),
        "group": category.group,
        "count": row.count,
        "rate": round(row.rate, 5),
        "low": round(row.low, 5),
        "high": round(row.high, 5),
        "label": percent(row.rate) if row.count else f"0 of {row.looked_at:,}",
        "says": f"{exact(row.rate)} ({span(row.low, row.high)})",
        "seen": f"{row.count:,} of {row.looked_at:,} failures looked at",
        "known": key.split("\n")[1],
    }


def _down() -> alt.Y:
    """Return the vertical scale; a row is ``000|name`` with date and size on a second line."""
    return alt.Y(
        "row:N",
        title=None,
        scale=alt.Scale(domain=_ORDER, paddingInner=0.3, paddingOuter=0.1),
        axis=alt.Axis(
            labelExpr="split(slice(datum.value, 4), '\\n')",
            labelLineHeight=13,
            labelFontSize=11,
            labelOffset=-6.5,
            grid=False,
        ),
    )


def _spec(
    values: list[dict[str, Any]], taxonomy: Taxonomy, orders: dict[str, list[str]]
) -> dict[str, Any]:
    # On a phone the label beside the longest interval takes a quarter of the plot.
    top = 1.16 * room([value["high"] for value in values])
    spec = filled(
        _template(group_ids(taxonomy)),
        values,
        height=len(values) * STEP,
        signals={"orders": orders, "order": "released", MOST: top},
    )
    spec["usermeta"] = {"step": {"narrow": STEP, "wide": STEP}}
    return spec


@made_once
def _template(groups: tuple[str, ...]) -> str:
    """Return the chart without its numbers; groups are in the order of their colours."""
    # Not seen is not the same as never: the interval stays, and is faint.
    faint = alt.condition("datum.count > 0", alt.value(1), alt.value(0.45))
    tooltip = tooltips(
        {
            "name": "Model",
            "known": "Released, size",
            "says": "Per item",
            "seen": "Of this kind",
        }
    )
    every = alt.Chart()
    colour, y = group_colour(groups), _down()
    layers = [
        every.mark_rule(strokeWidth=2).encode(
            x=share_axis("low"), x2="high:Q", y=y, color=colour, opacity=faint
        ),
        every.mark_point(filled=True, size=80, opacity=1).encode(
            x=share_axis("rate"), y=y, color=colour, opacity=faint, tooltip=tooltip
        ),
        every.mark_text(style="ea-value", dx=6).encode(x=share_axis("high"), y=y, text="label:N"),
    ]
    return template(layers, signals=["orders", "order", MOST])


def _table(rows: Sequence[TrendRow], level: float) -> pd.DataFrame:
    return texts(
        {
            "Model": visible(row.name),
            "Released": row.released.isoformat() if row.released else "not known",
            "Parameters": f"{row.parameters:,}" if row.parameters else "not known",
            "Items attempted": f"{row.attempted:,}",
            "Failures looked at": f"{row.looked_at:,}",
            "Of this kind": f"{row.count:,}",
            "Per item": exact(row.rate),
            f"{percent(level)} interval": span(row.low, row.high),
        }
        for row in rows
    )
