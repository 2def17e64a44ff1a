"""What failing a benchmark means: the share of each category, and what has none beside it."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from generator.charts.chart import Chart
from generator.charts.findings import leading, population
from generator.charts.labels import exact, percent, span, visible, wrapped
from generator.charts.responsive import made_once
from generator.charts.rows import (
    category_key,
    finished,
    group_colour,
    group_ids,
    group_rows,
    heading_layer,
    heading_row,
    room,
    rows_template,
    share_axis,
    vertical,
)
from generator.charts.told import outcome_rows, share_rows, texts
from generator.records.taxonomy import Taxonomy
from generator.stats.compositions import Composition

OUTCOMES = {
    "undetermined": "Undetermined: the output does not tell",
    "benchmark": "Fault of the benchmark",
    "harness": "Fault of the harness",
    "no_verdict": "No verdict: the judge failed",
}
"""What a failure can be beside one of the categories, and how it is called on a chart."""

_BESIDE = "outcome"


def composition(
    whole: Composition,
    taxonomy: Taxonomy,
    *,
    name: str,
    chart_id: str = "composition",
    level: float = 0.95,
) -> Chart:
    """Draw what the failures on a benchmark are made of.

    Categories are shares of the classified failures; what has no category is a share of all
    failures looked at, under a heading that says so.

    Args:
        whole: The failures on the benchmark.
        taxonomy: Names, order and groups of the categories.
        name: The benchmark's name as shown.
        chart_id: Slug, unique on the page.
        level: Confidence level that the intervals were computed with, for the words alone.
    """
    rows = group_rows(taxonomy)
    beside = heading_row(_BESIDE, "Without a category", f"of all {whole.looked_at:,} looked at")
    values = [*_categories(whole, taxonomy), *_outcomes(whole)]
    outcomes = (row["key"] for row in values if row["group"] == _BESIDE)
    keys = (*rows.keys, beside["key"], *outcomes)
    top = room([row["high"] for row in values if row["count"]])
    finding = leading(whole, taxonomy)
    where = visible(name)
    title = (
        f"Failing {where} most often means {finding}"
        if finding
        else f"No failure on {where} has a category yet"
    )
    measure = f"Share of classified failures by category, with {percent(level)} intervals"
    return Chart(
        id=chart_id,
        title=title,
        subtitle=f"{measure}; {population(whole)}.",
        description=(
            f"Bars with intervals, one row per category in {len(rows.headings)} groups: the share "
            f"of each in the classified failures on {where}; below, what has no category. {title}."
        ),
        spec=finished(
            _template(keys, group_ids(taxonomy)), [*values, *rows.headings, beside], len(keys), top
        ),
        table=_table(values, level),
    )


def _value(key: str, name: str, group: str, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "key": key,
        "name": name,
        "group": group,
        "count": int(row["count"]),
        "share": float(row["share"]),
        "low": float(row["low"]),
        "high": float(row["high"]),
        # The label of a bar that is not there stands where the bar would begin.
        "end": float(row["high"]) if row["count"] else 0.0,
        "label": percent(row["share"]),
        "says": f"{exact(row['share'])} ({span(row['low'], row['high'])})",
    }


def _categories(whole: Composition, taxonomy: Taxonomy) -> list[dict[str, Any]]:
    rows = {row["category"]: row for row in share_rows(whole)}
    return [
        _value(
            category_key(category),
            f"{category.id} {category.name}",
            category.group,
            rows[category.id],
        )
        for category in taxonomy.categories
    ]


def _outcomes(whole: Composition) -> list[dict[str, Any]]:
    rows = {row["outcome"]: row for row in outcome_rows(whole)}
    return [
        _value(wrapped(text.partition(":")[0], 20), text, _BESIDE, rows[outcome])
        for outcome, text in OUTCOMES.items()
        # A judge that never failed needs no row that says so.
        if outcome != "no_verdict" or rows[outcome]["count"]
    ]


@made_once
def _template(keys: tuple[str, ...], groups: tuple[str, ...]) -> str:
    """Return the chart without its numbers: rows from top to bottom, groups by their colours."""
    return rows_template(_layers(groups, keys))


def _layers(groups: Sequence[str], keys: Sequence[str]) -> list[alt.Chart]:
    rows = alt.Chart().transform_filter("isValid(datum.share)")
    y = vertical(keys)
    tooltip = [
        alt.Tooltip("name:N", title="Category"),
        alt.Tooltip("says:N", title="Share"),
        alt.Tooltip("count:Q", title="Failures"),
    ]
    bar = {"x": share_axis("share"), "y": y, "tooltip": tooltip}
    is_outcome = f"datum.group == '{_BESIDE}'"
    return [
        rows.transform_filter(f"!({is_outcome})")
        .mark_bar(opacity=0.85)
        .encode(color=group_colour(groups), **bar),
        rows.transform_filter(is_outcome).mark_bar(style="ea-outcome").encode(**bar),
        rows.transform_filter("datum.count > 0")
        .mark_rule(style="ea-interval")
        .encode(x=share_axis("low"), x2="high:Q", y=y),
        rows.mark_text(style="ea-value", dx=6).encode(x=share_axis("end"), y=y, text="label:N"),
        heading_layer(keys, f"!({is_outcome})", color=group_colour(groups)),
        heading_layer(keys, is_outcome),
    ]


def _table(values: list[dict[str, Any]], level: float) -> pd.DataFrame:
    return texts(
        [
            {
                "Category": visible(value["name"]),
                "Failures": f"{value['count']:,}",
                "Share": exact(value["share"]),
                f"{percent(level)} interval": span(value["low"], value["high"]),
                "Share of": "looked at" if value["group"] == _BESIDE else "classified",
            }
            for value in values
        ]
    )
