"""Charts as files: the specification as JSON, and a static SVG for readers without JavaScript."""

import json
import re
from typing import Any

import altair as alt
import vl_convert

from generator.charts import theme
from generator.charts.chart import Chart

WIDTH = 720
"""Width of the static SVG in CSS pixels; the charts of a page take what room there is."""


def spec_json(chart: Chart) -> bytes:
    """Return the specification as compact UTF-8 JSON with sorted keys: same chart, same bytes."""
    return _json(chart.spec)


def theme_json() -> bytes:
    """Return the configuration of both schemes as the browser draws with it."""
    return _json({scheme: theme.config(scheme) for scheme in theme.SCHEMES})


def svg(chart: Chart, scheme: theme.Scheme = "light") -> bytes:
    """Draw a chart with the fonts that vl-convert brings along.

    Args:
        chart: What to draw.
        scheme: ``light`` or ``dark``; the ground stays transparent in both.
    """
    drawn = vl_convert.vegalite_to_svg(
        {**chart.spec, "width": WIDTH},
        vl_version=".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2]),
        config=theme.config(scheme, theme.EXPORT_FONT),
        allowed_base_urls=[],
    )
    return (_TAG.sub(_rounded, drawn).rstrip("\n") + "\n").encode()


_TAG = re.compile(r"<[^<>]*>")
_LONG_NUMBER = re.compile(r"\d+\.\d{3,}(?:e-\d+)?")


def _rounded(tag: re.Match[str]) -> str:
    """Round the coordinates of one tag to hundredths: a fifth of the size, and no eye can tell."""
    return _LONG_NUMBER.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), tag[0])


def _json(value: Any) -> bytes:
    text = json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    return (text + "\n").encode()
