"""A compiled chart as SVG, with no more text measured than the layout needs.

Measuring text is most of what drawing takes: the engine sets each of it in type, a tenth of a
millisecond a time, and some of it six times. What is left out here changes no drawing.
"""

import json
import re
from typing import Any

from generator.charts.drawing import Draw
from generator.charts.responsive import IS_NARROW

WIDTH = 720
"""Width of the static SVG in CSS pixels; the charts of a page take what room there is."""

_ROOM: dict[str, int] = {}
"""How wide the plots were whose axes looked so, labels apart."""
_LONG: set[str] = set()
"""Axes with labels that may have to be cut."""


def drawn(spec: dict[str, Any], draw: Draw) -> str:
    """Draw a compiled chart of the width ``WIDTH``.

    Whether a label is longer than its axis allows is measured anew with every use of the label.
    Few are, so charts are drawn as if all could be as long as they like, and once more where one
    may be too long.

    Args:
        spec: The chart, Vega.
        draw: Draws a specification, which is JSON.
    """
    axes = spec.get("axes", ())
    shared = spec.get("config", {}).get("axis", {}).get("labelLimit")
    limits = [axis.get("labelLimit", shared) for axis in axes]
    key = json.dumps(axes)
    # No limit of its own means that of the engine, and one of 0 means none.
    if not limits or key in _LONG or not all(isinstance(one, int) and one for one in limits):
        return _laid_out(spec, draw)
    found = _laid_out({**spec, "axes": [{**axis, "labelLimit": 0} for axis in axes]}, draw)
    if all(_width(text, size) < min(limits) for text, size in _labels(found)):
        return found
    _LONG.add(key)
    return _laid_out(spec, draw)


def _laid_out(spec: dict[str, Any], draw: Draw) -> str:
    """Draw a chart, with the room that charts of the same axes had for their plots.

    To find out how much room labels leave the plot, it is laid out twice, and every label measured
    more than once. Charts of the same labels have the same room, so the next one is tried with it.
    Only where both axes have places: there the room does not depend on the width.
    """
    types = {scale["name"]: scale["type"] for scale in spec.get("scales", ())}
    axes = spec.get("axes", ())
    key = json.dumps(axes)
    places = bool(axes) and all(types[axis["scale"]] == "band" for axis in axes)
    if places and key in _ROOM:
        fixed = {"autosize": {"type": "pad", "contains": "padding"}, "width": _ROOM[key]}
        found = _without_numbers({**spec, **fixed}, draw)
        if f'width="{WIDTH}"' in found[: found.index(">")]:
            return found
    made = _without_numbers(spec, draw)
    plot = _PLOT.search(made)
    if places and plot is not None:
        _ROOM[key] = int(plot[1])
    return made


def _without_numbers(spec: dict[str, Any], draw: Draw) -> str:
    """Draw a chart whose cells have their numbers measured as if they had no size.

    A number is narrower than its cell and stands in the middle of it, so nothing is laid out by it.
    """
    sizes: dict[str, str] = {}
    marks = []
    for mark in spec.get("marks", ()):
        size = _cell_size(mark)
        if size is None:
            marks.append(mark)
            continue
        update = mark["encode"]["update"]
        # In the middle is what the engine takes for it: a part of the size below the line.
        lower = {"signal": f"({update['dy']['signal']}) + round(0.3 * {size})"}
        update = {**update, "fontSize": {"value": 0}, "dy": lower}
        marks.append({**mark, "encode": {**mark["encode"], "update": update}})
        sizes[mark["name"]] = size
    found = draw(json.dumps({**spec, "marks": marks}))
    return _OF_MARK.sub(lambda group: _sized(group, sizes), found) if sizes else found


def _cell_size(mark: dict[str, Any]) -> str | None:
    """Return the size of the numbers in cells; None for any other mark."""
    if mark["type"] != "text" or not _NUMBERS & set(mark.get("style", ())):
        return None
    update = mark["encode"]["update"]
    size = update.get("fontSize", {}).get("signal", "")
    middle = update.get("baseline") == {"value": "middle"} and "signal" in update.get("dy", {})
    wide = _WIDE.fullmatch(size)
    return wide[1] if wide is not None and middle else None


def _sized(group: re.Match[str], sizes: dict[str, str]) -> str:
    """Return the texts of one mark in their size."""
    size = sizes.get(group[1])
    return group[0] if size is None else group[0].replace(_NO_SIZE, f'font-size="{size}px"')


def _labels(svg: str) -> list[tuple[str, float]]:
    """Return the lines of all labels of axes, each with its size."""
    return [
        (line, float(size))
        for group in _OF_AXIS.findall(svg)
        for size, text in _TEXT.findall(group)
        for line in _TAG.split(text)
    ]


def _width(text: str, size: float) -> float:
    """Return how wide a text can be at most."""
    return sum(_EM.get(character, 1.5) for character in text) * size


_NUMBERS = {"ea-cell-low", "ea-cell-high"}
_NO_SIZE = 'font-size="0px"'
_WIDE = re.compile(rf"{re.escape(IS_NARROW)} \? \d+ : (\d+)")
_PLOT = re.compile(r'<path class="background" aria-hidden="true" d="M0,0h([0-9]+)v')
_OF_MARK = re.compile(r'<g class="mark-text role-mark ([^" ]+)"[^>]*>.*?</g>', re.DOTALL)
_OF_AXIS = re.compile(r'<g class="mark-text role-axis-label"[^>]*>.*?</g>', re.DOTALL)
_TEXT = re.compile(r'<text [^>]*font-size="([0-9.]+)px"[^>]*>(.*?)</text>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_EM = {
    character: width
    for width, characters in {
        0.30: " !,./:;I[\\]fijlt|'",
        0.36: '()-`r{}"\N{NO-BREAK SPACE}',
        0.52: "*^Jcksvxyz",
        0.60: "#$0123456789?L_abdeghnopqu+<=>~",
        0.74: "&ABCDEFHKNPRSTUVXYZw",
        0.86: "GMOQm",
        1.06: "%W@",
    }.items()
    for character in characters
}
"""How wide characters of Liberation Sans are at most, in parts of their size; one of another script
may come from another font."""
