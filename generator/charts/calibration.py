"""How often a judge is right on two parts of the failures whose cause is known, by category."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import altair as alt
import pandas as pd

from generator.charts.chart import Chart
from generator.charts.labels import exact, listed, number, percent, plural, span, visible
from generator.charts.responsive import made_once
from generator.charts.rows import (
    category_key,
    finished,
    group_colour,
    group_ids,
    group_rows,
    heading_layer,
    rows_template,
    share_axis,
    vertical,
)
from generator.charts.told import texts
from generator.records.taxonomy import Taxonomy
from generator.stats.agreement import Rate, Scores

Measure = Literal["precision", "recall"]

_MEASURES: dict[Measure, str] = {
    "precision": "right of those said",
    "recall": "found of those known",
}
_SHAPES: tuple[dict[str, Any], ...] = (
    {"shape": "circle", "filled": True, "size": 70},
    {"shape": "diamond", "filled": False, "size": 80, "strokeWidth": 2},
)
"""One a part. They are told apart by shape and place, and so in grey as well."""
_DASHES: tuple[list[int], ...] = ([1, 0], [4, 2])
_SHAPE_NAMES = ("filled circle, whole line", "hollow diamond, broken line")
_SHIFTS = (-5, 6)
"""How far the marks of a part stand above or below the middle of their row, in CSS pixels."""
_TOP = 1.02
_UNKNOWN = "–"  # noqa: RUF001 - the dash that stands for "nothing known" in a table


def calibration(
    parts: Mapping[str, Scores],
    taxonomy: Taxonomy,
    *,
    measure: Measure,
    judge: str,
    level: float,
    chart_id: str,
) -> Chart:
    """Draw precision or recall by category, the parts one below the other in each row.

    Args:
        parts: Scores by name of the part; one or two of them.
        taxonomy: Names, order and groups of the categories.
        measure: What is shown.
        judge: Who is held against what is known, in words that begin a sentence.
        level: Confidence level of the intervals.
        chart_id: Slug, unique on the page.
    """
    rows = group_rows(taxonomy)
    values = _values(parts, taxonomy, measure, level)
    made = _template(rows.keys, group_ids(taxonomy), len(parts))
    sizes = listed([f"{name} n = {number(scores.failures)}" for name, scores in parts.items()])
    marks = "; ".join(f"{name}: {shape}" for name, shape in zip(parts, _SHAPE_NAMES, strict=False))
    title = _finding(parts, measure, judge)
    return Chart(
        id=chart_id,
        title=title,
        subtitle=(
            f"Share {_MEASURES[measure]} by category, with {percent(level)} Wilson intervals. "
            f"{marks}. Failures: {sizes}."
        ),
        description=(
            f"Marks with intervals, one row per category in {plural(len(rows.headings), 'group')}, "
            f"in each row one mark for {listed(list(parts))}. {title}."
        ),
        spec=finished(made, [*values, *rows.headings], len(rows.keys), _TOP),
        table=_table(values, list(parts), level),
    )


def _finding(parts: Mapping[str, Scores], measure: Measure, judge: str) -> str:
    def whole(scores: Scores) -> str:
        rate = scores.precision if measure == "precision" else scores.found
        return percent(rate.share) if rate.of else "none"

    said = listed([f"{whole(scores)} {name}" for name, scores in parts.items()])
    did = "is right where it speaks" if measure == "precision" else "finds the planted cause"
    return f"{visible(judge)} {did}: {said}"


def _values(
    parts: Mapping[str, Scores], taxonomy: Taxonomy, measure: Measure, level: float
) -> list[dict[str, Any]]:
    """Return one datum per category and part where the rate is one of something."""
    values = []
    for category in taxonomy.categories:
        for place, (name, scores) in enumerate(parts.items()):
            rate = _rate(scores, category.id, measure, level)
            if rate.of:
                values.append(
                    {
                        "key": category_key(category),
                        "name": f"{category.id} {category.name}",
                        "group": category.group,
                        "part": name,
                        "place": place,
                        "share": rate.share,
                        "low": rate.low,
                        "high": rate.high,
                        "counts": f"{rate.held:,} of {rate.of:,}",
                        "says": f"{exact(rate.share)} ({span(rate.low, rate.high)})",
                    }
                )
    return values


def _rate(scores: Scores, answer: str, measure: Measure, level: float) -> Rate:
    if measure == "precision":
        return scores.precision_of(answer, level)
    return scores.recall_of(answer, level)


@made_once
def _template(keys: tuple[str, ...], groups: tuple[str, ...], parts: int) -> str:
    """Return the chart without its numbers: rows from top to bottom, groups by their colours."""
    layers = [heading_layer(keys, color=group_colour(groups))]
    for place in range(parts):
        layers += _layers(groups, keys, place)
    return rows_template(layers)


def _layers(groups: Sequence[str], keys: Sequence[str], place: int) -> list[alt.Chart]:
    rows = alt.Chart().transform_filter(f"datum.place === {place}")
    colour, y, shift = group_colour(groups), vertical(keys), _SHIFTS[place]
    tooltip = [
        alt.Tooltip("name:N", title="Category"),
        alt.Tooltip("part:N", title="Part"),
        alt.Tooltip("says:N", title="Share"),
        alt.Tooltip("counts:N", title="Failures"),
    ]
    return [
        rows.mark_rule(strokeWidth=1.5, strokeDash=_DASHES[place], yOffset=shift).encode(
            x=share_axis("low"), x2="high:Q", y=y, color=colour
        ),
        rows.mark_point(opacity=1, yOffset=shift, **_SHAPES[place]).encode(
            x=share_axis("share"), y=y, color=colour, tooltip=tooltip
        ),
    ]


def _table(values: list[dict[str, Any]], parts: list[str], level: float) -> pd.DataFrame:
    interval = f"{percent(level)} interval"
    nothing = {
        f"{name}: {cell}": _UNKNOWN for name in parts for cell in ("failures", "share", interval)
    }
    rows: dict[str, dict[str, str]] = {}
    for value in values:
        name = value["part"]
        row = rows.setdefault(value["name"], {"Category": visible(value["name"]), **nothing})
        row[f"{name}: failures"] = value["counts"]
        row[f"{name}: share"] = exact(value["share"])
        row[f"{name}: {interval}"] = span(value["low"], value["high"])
    return texts(rows.values(), columns=["Category", *nothing])
