"""Charts as files: compiled for the browser, as a static SVG, and their numbers as CSV.

Vega-Lite is compiled here and not in the browser, which then needs no compiler: half of what the
whole of Vega-Lite's libraries weigh.
"""

import io
import json
import re
from collections.abc import Callable
from csv import writer
from functools import lru_cache, partial
from typing import Any

import altair as alt

from generator.charts import theme
from generator.charts.chart import Chart
from generator.charts.drawing import Draw, begun, compiled
from generator.charts.labels import NBSP
from generator.charts.static import WIDTH, drawn
from generator.store.kept import recalled, recalled_later


def spec_json(chart: Chart, page: str = "") -> bytes:
    """Return what the browser draws as compact UTF-8 JSON with sorted keys: same chart, same bytes.

    Args:
        chart: What to draw.
        page: Address of the page that it stands on, seen from the top of the site.
    """
    compiled = vega(chart)
    # The same for every chart: the page has it from the theme.
    del compiled["config"]
    told = {"title": chart.title, "subtitle": chart.subtitle, "description": chart.description}
    compiled["usermeta"] = {**chart.spec.get("usermeta", {}), **told, "page": page}
    return _json(compiled)


def vega(chart: Chart) -> dict[str, Any]:
    """Compile a chart to Vega, with the names of its colours in their places."""
    return _compiled(chart.spec, theme.config(None))


def _compiled(spec: dict[str, Any], config: dict[str, Any]) -> dict[str, Any]:
    """Compile a specification; one that differs in its numbers alone was compiled before.

    What is drawn from inline data and the values of signals does not depend on either, so both are
    put in afterwards.
    """
    params, datasets = spec.get("params", []), spec.get("datasets", {})
    signals = {one["name"]: one["value"] for one in params if "value" in one}
    shape = {
        **spec,
        "params": [{**one, "value": None} if "value" in one else one for one in params],
        "datasets": dict.fromkeys(datasets, ()),
    }
    told = {"usermeta": shape.pop("usermeta")} if "usermeta" in shape else {}
    found: dict[str, Any] = json.loads(_shape(json.dumps(shape), json.dumps(config)))
    for signal in found.get("signals", ()):
        if signal["name"] in signals:
            signal["value"] = signals[signal["name"]]
    for data in found.get("data", ()):
        if data["name"] in datasets:
            data["values"] = datasets[data["name"]]
    return found | told


def _shape(spec: str, config: str) -> str:
    """Return a specification without its numbers, compiled."""
    # What is kept is asked first, so that it stays when one process builds more than once.
    told = (spec, config, _VERSION)
    return recalled("compiled chart", told, lambda: _compiled_once(*told))


_compiled_once = lru_cache(maxsize=64)(compiled)


def theme_json() -> bytes:
    """Return the configuration that all charts share, and the colours of both schemes by name."""
    blank: dict[str, Any] = {"data": {"values": []}, "mark": "point"}
    config = json.loads(_shape(json.dumps(blank), json.dumps(theme.config(None))))["config"]
    return _json({"config": config} | {one: theme.colours(one) for one in theme.SCHEMES})


def csv(chart: Chart) -> bytes:
    """Return the table of a chart as CSV, as it is shown: rounded, with its units."""
    text = io.StringIO(newline="")
    lines = writer(text, lineterminator="\n")
    lines.writerow(map(cell, chart.table.columns))
    columns = (chart.table[name].tolist() for name in chart.table.columns)
    lines.writerows(map(cell, row) for row in zip(*columns, strict=True))
    return text.getvalue().encode()


def cell(value: object) -> str:
    """Return a value as a spreadsheet shows it, and never as a formula that it runs."""
    text = str(value).replace(NBSP, " ")
    # A spreadsheet would take it for a formula, and a name can come from anybody.
    return f"'{text}" if text[:1] in _FORMULA else text


def svg(chart: Chart, scheme: theme.Scheme = "light") -> bytes:
    """Draw a chart with the fonts that vl-convert brings along.

    Args:
        chart: What to draw.
        scheme: ``light`` or ``dark``; the ground stays transparent in both.
    """
    return svg_begun(static_json(chart, scheme))()


def static_json(chart: Chart, scheme: theme.Scheme = "light") -> str:
    """Return what a static drawing is made from; see :func:`svg`."""
    spec = {**chart.spec, "width": WIDTH}
    return json.dumps(_compiled(spec, theme.config(scheme, theme.EXPORT_FONT)))


def svg_begun(spec: str) -> Callable[[], bytes]:
    """Begin a static drawing, and return how to get it; see :func:`static_json`."""
    return recalled_later("static drawing", spec, lambda: begun(partial(_svg, spec)))


def _svg(spec: str, draw: Draw) -> bytes:
    """Return a compiled chart as the file that is served."""
    told = drawn(json.loads(spec), draw)
    return (_LONG_NUMBER.sub(_rounded, told).rstrip("\n") + "\n").encode()


_VERSION = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Within a tag alone: what is written keeps its digits.
_LONG_NUMBER = re.compile(r"\d+\.\d{3,}(?:e-\d+)?(?=[^<>]*>)")


def _rounded(number: re.Match[str]) -> str:
    """Round a coordinate to hundredths: a fifth of the size, and no eye can tell."""
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")


def _json(value: Any) -> bytes:
    text = json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    return (text + "\n").encode()
