"""Charts as a page shows them: the drawing, its files and the same numbers as a table."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from generator.charts.chart import Chart, Order
from generator.charts.export import csv, spec_json, svg
from generator.pages.escaping import Html
from generator.pages.links import address, href
from generator.pages.tables import Table, from_frame
from generator.store.kept import kept

_PATH = re.compile(r"[\w./-]*", re.ASCII)
_NARROW_HEAD = 52
"""What a chart that has a height of its own on a phone writes above its plot, in CSS pixels."""
_SPARE = 12
"""Room for fonts of a reader that are wider than ours where names stand upright, in CSS pixels."""


@dataclass(frozen=True)
class Figure:
    """One chart on one page."""

    id: str
    """Slug, unique on the page."""
    title: str
    """The finding."""
    subtitle: str
    """The measure, the population and n."""
    description: str
    """Text alternative."""
    spec: str
    """Address of the specification."""
    light: str
    """Address of the static drawing."""
    csv: str
    """Address of the numbers as a file."""
    height: int
    """Height of the drawing in CSS pixels, so that its room is there before it is."""
    narrow_height: int
    """The same on a phone."""
    orders: tuple[Order, ...]
    """Orders that a reader can put the rows in, the first one being that shown; mostly none."""
    table: Table
    """The same numbers."""


class Drawn(NamedTuple):
    """A figure and the files it needs."""

    figure: Figure
    """What the template shows."""
    files: Mapping[str, bytes]
    """Files by path below the folder of all pages."""


@kept
def draw(page: str, chart: Chart) -> Drawn:
    """Return a chart as it stands on a page.

    Args:
        page: Path of the page, such as ``models/x.md``; its files lie in ``models/x.charts/``.
        chart: What to show.
    """
    stem = f"{page.removesuffix('.md')}.charts/{chart.id}"
    # Without JavaScript the page is light, whatever the reader's system prefers.
    drawing = svg(chart, "light")
    files = {
        f"{stem}.json": spec_json(chart, address(page)),
        f"{stem}.svg": drawing,
        f"{stem}.csv": csv(chart),
    }
    height = _height(drawing)
    narrow = chart.spec.get("usermeta", {}).get("narrow")
    figure = Figure(
        id=chart.id,
        title=chart.title,
        subtitle=chart.subtitle,
        description=chart.description,
        spec=href(page, f"{stem}.json"),
        light=href(page, f"{stem}.svg"),
        csv=href(page, f"{stem}.csv"),
        height=height + _SPARE if narrow else height,
        narrow_height=narrow["height"] + _NARROW_HEAD if narrow else height,
        orders=chart.orders,
        table=from_frame(chart.table, chart.title),
    )
    return Drawn(figure, files)


def card_of(drawn: Drawn | None) -> Html:
    """Return the path of the drawing that stands for a page elsewhere; empty without one.

    It is made of checked names, and the theme makes an address of it, where references to
    characters would not be read by every generator.
    """
    path = next((path for path in drawn.files if path.endswith(".svg")), "") if drawn else ""
    if not _PATH.fullmatch(path):
        raise ValueError(f"not the path of a drawing: {path!r}")
    return Html(path)


def _height(drawing: bytes) -> int:
    found = re.match(rb'<svg [^>]*height="(\d+)', drawing)
    if found is None:
        raise ValueError("a drawing without a height")
    return int(found[1])


def files_of(drawn: Iterable[Drawn]) -> dict[str, bytes]:
    """Return the files of several figures."""
    return {path: data for one in drawn for path, data in one.files.items()}
