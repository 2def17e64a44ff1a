"""One visual grammar: colours, fonts and named styles, in a light and a dark scheme.

A chart names roles (``style: "ea-own"``) and scales (groups, ramp); this module says what they
look like. The same configuration draws the static SVG and the charts in the browser: those are
compiled with the names of the colours in their places, and the page puts in the colours of its
scheme, so that a change of scheme needs no compiler.

The colours of the groups keep apart under the common kinds of colour blindness (after Okabe and
Ito, 2008, with lightness moved so that each has a contrast of at least 3:1 to its ground), and no
chart tells groups apart by colour alone: rows stand under the name of their group. The ramp has
one hue and rises evenly in lightness, so that it reads in grey.
"""

from typing import Any, Literal

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")

EXPORT_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""vl-convert brings Liberation Sans along, so no font of the machine decides on a layout."""
PAGE_FONT = (
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif'
)
"""The fonts of the site's style sheet."""

GROUPS: dict[Scheme, tuple[str, ...]] = {
    "light": (
        "#5f6672",
        "#0072b2",
        "#00795a",
        "#a8428a",
        "#c34e00",
        "#7a6200",
        "#4b3fa7",
        "#9c1c2e",
    ),
    "dark": (
        "#b4bac6",
        "#5cb8f0",
        "#3fc79b",
        "#e48fca",
        "#f58b45",
        "#e3cf4f",
        "#a9a0f5",
        "#f2808c",
    ),
}
"""Colours of the groups of categories, in the order of the taxonomy."""

RAMP: dict[Scheme, tuple[str, ...]] = {
    "light": ("#f1f5fa", "#cfe0f1", "#9fc3e4", "#3878b5", "#1f5b98", "#0b3565"),
    "dark": ("#222a38", "#28425f", "#31608f", "#4783bd", "#a3cdf2", "#e3f1ff"),
}
"""From nothing to the largest share."""

INK_TURNS_AT = 0.6
"""Part of the ramp from which numbers on it are written in the other ink."""

_PAPER: dict[Scheme, dict[str, str]] = {
    "light": {"text": "#24292f", "soft": "#57606a", "line": "#d5d9df", "quiet": "#7a828c"},
    "dark": {"text": "#e4e7ed", "soft": "#aab1bd", "line": "#3b4250", "quiet": "#8b93a1"},
}
_INK: dict[Scheme, tuple[str, str]] = {
    "light": ("#0d131a", "#ffffff"),
    "dark": ("#f4f8ff", "#08111c"),
}


def colours(scheme: Scheme) -> dict[str, str]:
    """Return every colour of a scheme by the name that compiled charts hold in its place."""
    ink, counter_ink = _INK[scheme]
    return {
        **{name(role): colour for role, colour in _PAPER[scheme].items()},
        name("ink"): ink,
        name("counter-ink"): counter_ink,
        **{name(f"group-{place}"): colour for place, colour in enumerate(GROUPS[scheme])},
        **{name(f"ramp-{place}"): colour for place, colour in enumerate(RAMP[scheme])},
    }


def name(role: str) -> str:
    """Return what stands for a colour until the scheme is known; no other text looks like it."""
    return f"{_MARK}{role}"


_MARK = "ea-colour:"


def config(scheme: Scheme | None, font: str = PAGE_FONT) -> dict[str, Any]:
    """Return the Vega-Lite configuration of a scheme.

    Args:
        scheme: ``light``, ``dark``, or None for the names of the colours in their places.
        font: CSS list of font families.
    """
    paint = colours(scheme) if scheme else {role: role for role in colours("light")}
    paper = {role: paint[name(role)] for role in _PAPER["light"]}
    groups = [paint[name(f"group-{place}")] for place in range(len(GROUPS["light"]))]
    ramp = [paint[name(f"ramp-{place}")] for place in range(len(RAMP["light"]))]
    text = {"color": paper["text"], "font": font, "fontSize": 12}
    return {
        "background": "transparent",
        "font": font,
        # The figure around a chart has the description; marks that announce themselves one by
        # one would bury it, and the table carries the numbers.
        "aria": False,
        "padding": 2,
        "view": {"stroke": None},
        "axis": {
            "labelColor": paper["text"],
            "titleColor": paper["soft"],
            "gridColor": paper["line"],
            "domain": False,
            "ticks": False,
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "labelPadding": 6,
            "labelLimit": 260,
        },
        "legend": {
            "labelColor": paper["text"],
            "titleColor": paper["soft"],
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "symbolStrokeColor": paper["text"],
        },
        "text": text,
        "range": {"category": groups, "heatmap": ramp},
        "style": {
            "ea-heading": {**text, "fontWeight": "bold", "align": "left"},
            "ea-name": {**text, "align": "left"},
            "ea-value": {**text, "color": paper["soft"], "align": "left"},
            "ea-pool": {"color": paper["text"]},
            "ea-pool-interval": {"color": paper["quiet"], "opacity": 0.28},
            "ea-interval": {"color": paper["text"], "strokeWidth": 1.5},
            "ea-same": {"color": paper["text"], "strokeWidth": 1},
            "ea-part": {"fillOpacity": 0.26, "stroke": paper["text"], "strokeWidth": 0.5},
            "ea-outcome": {"color": paper["quiet"]},
            "ea-cell-low": {**text, "color": paint[name("ink")]},
            "ea-cell-high": {**text, "color": paint[name("counter-ink")]},
        },
    }
