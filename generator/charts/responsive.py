"""How a chart finds room on a phone: one specification, two arrangements."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, wraps
from types import MappingProxyType
from typing import Any, ParamSpec, cast

import altair as alt

from generator.store.kept import recalled

Arguments = ParamSpec("Arguments")

NARROW = 480
"""Width of the drawing in CSS pixels below which it is arranged for a phone."""

ROWS = "rows"
"""Name of the data of every chart."""

ROOM = "room"
"""Name of the signal that says how wide the drawing is, labels included."""

IS_NARROW = f"{ROOM} < {NARROW}"
"""Expression that is true on a phone."""

# It names ``width`` so that it is looked at again when a window is resized. Where nothing is
# shown, as for the static SVG, there is no container, and there is room enough.
_ROOM = "[width, isFinite(containerSize()[0]) ? containerSize()[0] : 720][1]"


def either(narrow: float, wide: float) -> alt.ExprRef:
    """Return a number for the phone and one for everything wider."""
    return alt.ExprRef(f"{IS_NARROW} ? {narrow} : {wide}")


def made_once(build: Callable[Arguments, str]) -> Callable[Arguments, str]:
    """Mark what builds a template from plain values: each is built once, and kept for later."""
    built = cast("Callable[Arguments, str]", lru_cache(maxsize=8)(build))

    @wraps(build)
    def found(*arguments: Arguments.args, **named: Arguments.kwargs) -> str:
        # What is kept is asked first, so that it stays when one process builds more than once.
        return recalled(
            f"{build.__module__}.{build.__qualname__}",
            (arguments, tuple(sorted(named.items()))),
            lambda: built(*arguments, **named),
        )

    return found


def template(
    layers: Sequence[alt.Chart],
    *,
    signals: Sequence[str] = (),
    derived: Mapping[str, str] = MappingProxyType({}),
    independent_colours: bool = False,
) -> str:
    """Lay layers over one another, as wide as there is room; return the chart without its numbers.

    Making and checking a chart takes a hundred times as long as putting other numbers into it.

    Args:
        layers: From back to front; their data are filtered from the rows that are put in.
        signals: Names of the signals that are put in with them.
        derived: Fields that are computed from those of a row, and how.
        independent_colours: Whether each layer has a colour scale of its own.

    Returns:
        JSON, for :func:`filled`.
    """
    whole = alt.layer(*layers, data=alt.NamedData(ROWS)).properties(
        width="container",
        height=0,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    )
    if derived:
        whole = whole.transform_calculate(**derived)
    if independent_colours:
        whole = whole.resolve_scale(color="independent")
    # Checking it takes three times as long as making it. That charts are valid Vega-Lite is tested
    # of every kind; what their numbers and names are cannot make them otherwise.
    spec: dict[str, Any] = whole.to_dict(validate=False)
    # altair writes a size of its own here; the look comes from the scheme alone.
    spec.pop("config", None)
    spec["params"] = [{"name": name} for name in signals] + [{"name": ROOM, "expr": _ROOM}]
    return json.dumps(spec)


def filled(
    made: str,
    values: Sequence[dict[str, Any]],
    *,
    height: int,
    narrow_height: int | None = None,
    signals: Mapping[str, Any] = MappingProxyType({}),
) -> dict[str, Any]:
    """Return a specification: a template with its numbers.

    Args:
        made: What :func:`template` returned.
        values: One datum per mark, heading or label.
        height: Height of the plot in CSS pixels.
        narrow_height: The same on a phone, where it differs; the script of the site applies it.
        signals: Value of each signal that the template names.
    """
    spec: dict[str, Any] = json.loads(made)
    for param in spec["params"]:
        if param["name"] in signals:
            param["value"] = signals[param["name"]]
    spec["datasets"] = {ROWS: [_written(row) for row in values]}
    spec["height"] = height
    if narrow_height is not None:
        spec["usermeta"] = {"narrow": {"below": NARROW, "height": narrow_height}}
    return spec


def _written(row: dict[str, Any]) -> dict[str, Any]:
    """Return a datum with numbers as JavaScript writes them: 0 for 0.0."""
    return {
        key: int(value) if isinstance(value, float) and value.is_integer() else value
        for key, value in row.items()
    }


def specification(
    layers: Sequence[alt.Chart],
    values: Sequence[dict[str, Any]],
    *,
    height: int,
    narrow_height: int | None = None,
    independent_colours: bool = False,
    params: Sequence[dict[str, Any]] = (),
) -> dict[str, Any]:
    """Return the specification of a chart that there are few of; see :func:`template`.

    Args:
        layers: From back to front; their data are ``values``, filtered.
        values: One datum per mark, heading or label.
        height: Height of the plot in CSS pixels.
        narrow_height: The same on a phone, where it differs.
        independent_colours: Whether each layer has a colour scale of its own.
        params: Signals of the chart's own, with their first values.
    """
    made = template(
        layers,
        signals=[one["name"] for one in params],
        independent_colours=independent_colours,
    )
    signals = {one["name"]: one["value"] for one in params}
    return filled(made, values, height=height, narrow_height=narrow_height, signals=signals)
