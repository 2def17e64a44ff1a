"""How many times a plain way of doing the same each stage of a build takes, at every scale."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from generator.charts.chart import Chart
from generator.charts.labels import listed, plural, visible, wrapped
from generator.charts.responsive import either, specification
from generator.charts.told import texts
from generator.charts.tooltips import tooltips
from generator.records.speed import Beside, Row

_SPARE = 20
"""Room between the marks of two rows in CSS pixels."""
_LABEL = 24
"""Characters of a line of a label."""
_MARKS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("1x", "filled circle", {"shape": "circle", "filled": True, "size": 70}),
    ("10x", "hollow diamond", {"shape": "diamond", "filled": False, "size": 90, "strokeWidth": 2}),
    ("100x", "filled square", {"shape": "square", "filled": True, "size": 70}),
    ("paper", "hollow triangle", {"shape": "triangle-up", "filled": False, "size": 80}),
)
"""Scales that are drawn, and how: told apart by shape, and so in grey as well."""
_SHIFT = 14
"""Distance of the marks of two scales in CSS pixels, one below the other."""
NAMES = {
    "import": "Importing logs",
    "judge": "Judging by rules",
    "statistics": "All numbers",
    "pages": "Pages and charts",
    "mkdocs": "The site of the pages",
    "ask": "Asking a language model",
    "prepare": "Reading a table of failures",
    "build": "Verdicts to site, one command",
    "whole": "Fetch to site, all real data",
    "added": "One model more",
}
"""Stages in words, in the order in which they are shown."""
SCALES = {"paper": "paper's size", "real": "real data", "million": "a million failures"}
"""Scales in words, but for those that are words."""


def scale_name(scale: str) -> str:
    """Return a scale in words."""
    return SCALES.get(scale, f"{int(scale):,} failures" if scale.isdigit() else scale)


def speed(rows: Sequence[Row]) -> Chart | None:
    """Draw by how much longer each stage takes than what it is held against.

    Args:
        rows: What was measured.

    Returns:
        None where nothing was held against anything at a scale that is drawn.
    """
    drawn = {name: place for place, (name, *_) in enumerate(_MARKS)}
    found = [
        (row, row.beside[0])
        for stage in NAMES
        for row in sorted(rows, key=lambda row: drawn.get(row.scale, 0))
        if row.stage == stage and row.scale in drawn and row.beside
    ]
    if not found:
        return None
    values = [_value(row, one, drawn[row.scale]) for row, one in found]
    used = [mark for mark in _MARKS if any(row.scale == mark[0] for row, _ in found)]
    title = _finding(found)
    keys = list(dict.fromkeys(value["key"] for value in values))
    return Chart(
        id="speed",
        title=title,
        subtitle=(
            "Processor time of each stage by that of the plain way beside it, in one run; further "
            f"left is better. {'; '.join(f'{scale_name(n)}: {shape}' for n, shape, _ in used)}. "
            f"n = {plural(len(found), 'measurement')}."
        ),
        description=(
            f"Marks on a logarithmic scale, one row per stage, in each row one mark for "
            f"{listed([scale_name(name) for name, *_ in used])}. {title}."
        ),
        spec=specification(
            _layers(keys, used, drawn, values),
            values,
            height=len(keys) * (len(used) * _SHIFT + _SPARE),
        ),
        table=_table(found),
    )


def _finding(found: Sequence[tuple[Row, Beside]]) -> str:
    """Say how the ratios change from the smallest scale to the largest that stages share."""
    by_stage: dict[str, list[tuple[Row, Beside]]] = {}
    for row, one in found:
        if row.scale != "paper":
            by_stage.setdefault(row.stage, []).append((row, one))
    grown = [
        (parts[-1][1].ratio / parts[0][1].ratio, parts[-1][0].scale, stage)
        for stage, parts in by_stage.items()
        if len(parts) > 1
    ]
    if not grown:
        least, most = (pick(found, key=lambda pair: pair[1].ratio)[1].ratio for pick in (min, max))
        return f"Stages take {times(least)} to {times(most)} times as long as a plain way"
    most, scale, stage = max(grown)
    return (
        f"With {scale} the data, the ratio to the plain way grows most for "
        f"{NAMES[stage].lower()}: {times(most)} times that of 1x"
    )


def times(ratio: float) -> str:
    """Return a ratio with two digits that count."""
    return f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.2g}"  # noqa: PLR2004 - digits


def _value(row: Row, one: Beside, place: int) -> dict[str, Any]:
    return {
        "key": f"{NAMES[row.stage]}\n{_second(one)}",
        "place": place,
        "stage": NAMES[row.stage],
        "scale": scale_name(row.scale),
        "ratio": round(one.ratio, 3),
        "label": times(one.ratio),
        "says": f"{times(one.ratio)} times",
        "beside": visible(one.what),
    }


def _second(one: Beside) -> str:
    return wrapped(f"beside {visible(one.name)}", _LABEL)


def _layers(
    keys: Sequence[str],
    used: Sequence[tuple[str, str, dict[str, Any]]],
    drawn: dict[str, int],
    values: Sequence[dict[str, Any]],
) -> list[alt.Chart]:
    most = 2.2 * max(value["ratio"] for value in values)
    least = min(1.0, *(value["ratio"] for value in values))
    tooltip = tooltips(
        {
            "stage": "Stage",
            "scale": "Scale",
            "says": "Takes",
            "beside": "Beside",
        }
    )
    x = alt.X(
        "ratio:Q",
        title=None,
        scale=alt.Scale(type="log", domain=[least, most], nice=False),
        axis=alt.Axis(
            orient="top",
            tickCount=either(3, 6),
            values=[value for value in (1, 3, 10, 30, 100, 300, 1_000) if least <= value <= most],
            labelExpr="format(datum.value, ',') + ' x'",
            labelFlush=False,
        ),
    )
    y = alt.Y(
        "key:N",
        title=None,
        scale=alt.Scale(domain=list(keys), padding=0.5),
        axis=alt.Axis(
            labelExpr="split(datum.value, '\\n')", labelLineHeight=13, labelOffset=-6.5, grid=False
        ),
    )
    layers: list[alt.Chart] = []
    middle = (len(used) - 1) / 2
    for number, (name, _, shape) in enumerate(used):
        rows = alt.Chart().transform_filter(f"datum.place === {drawn[name]}")
        shift = (number - middle) * _SHIFT
        layers += [
            rows.mark_point(style="ea-same", opacity=1, yOffset=shift, **shape).encode(
                x=x, y=y, tooltip=tooltip
            ),
            rows.mark_text(style="ea-value", dx=9, yOffset=shift).encode(x=x, y=y, text="label:N"),
        ]
    return layers


def _table(found: Sequence[tuple[Row, Beside]]) -> pd.DataFrame:
    return texts(
        {
            "Stage": NAMES[row.stage],
            "Scale": scale_name(row.scale),
            "Beside": visible(one.what),
            "Ours, processor s": f"{one.processor_s * one.ratio:,.2f}",
            "Its own, processor s": f"{one.processor_s:,.3f}",
            "Ratio": times(one.ratio),
        }
        for row, one in found
    )
