"""How a chart finds room on a phone: one specification, two arrangements."""

from collections.abc import Sequence
from typing import Any

import altair as alt

NARROW = 480
"""Width of the drawing in CSS pixels below which it is arranged for a phone."""

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


def specification(
    layers: Sequence[alt.Chart],
    values: Sequence[dict[str, Any]],
    *,
    height: int,
    narrow_height: int | None = None,
    independent_colours: bool = False,
    params: Sequence[dict[str, Any]] = (),
) -> dict[str, Any]:
    """Lay layers over one another, as wide as there is room.

    Args:
        layers: From back to front; their data are ``values``, filtered.
        values: One datum per mark, heading or label.
        height: Height of the plot in CSS pixels.
        narrow_height: The same on a phone, where it differs; the script of the site applies it.
        independent_colours: Whether each layer has a colour scale of its own.
        params: Signals of the chart's own, with their first values.
    """
    whole = alt.layer(*layers, data={"values": list(values)}).properties(
        width="container",
        height=height,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    )
    if independent_colours:
        whole = whole.resolve_scale(color="independent")
    spec: dict[str, Any] = whole.to_dict()
    # altair writes a size of its own here; the look comes from the scheme alone.
    spec.pop("config", None)
    spec["params"] = [*params, {"name": ROOM, "expr": _ROOM}]
    if narrow_height is not None:
        spec["usermeta"] = {"narrow": {"below": NARROW, "height": narrow_height}}
    return spec
