"""Charts as a page shows them: the drawing, its files and the same numbers as a table."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Concatenate, NamedTuple, ParamSpec

from generator.charts.chart import Chart, Order
from generator.charts.export import csv, spec_json, static_json, svg_begun
from generator.pages.escaping import Html
from generator.pages.links import address, href
from generator.pages.tables import Table, of_texts
from generator.store.kept import recalled

Arguments = ParamSpec("Arguments")

_PATH = re.compile(r"[\w./-]*", re.ASCII)
_NARROW_HEAD = 52
"""What a chart that has a height of its own on a phone writes above its plot, in CSS pixels."""
_SPARE = 12
"""Room for fonts of a reader that are wider than ours where names stand upright, in CSS pixels."""


@dataclass(frozen=True)
class Drawing:
    """A static drawing, which may still be under way: only who asks what is in it waits for it."""

    made: Callable[[], bytes]
    """Gives the drawing."""

    @cached_property
    def data(self) -> bytes:
        """The file."""
        return self.made()

    @cached_property
    def height(self) -> int:
        """Height in CSS pixels."""
        found = re.match(rb'<svg [^>]*height="(\d+)', self.data)
        if found is None:
            raise ValueError("a drawing without a height")
        return int(found[1])


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
    drawing: Drawing
    """The static drawing."""
    narrow_plot: int | None
    """Height of the plot on a phone in CSS pixels, where it differs."""
    orders: tuple[Order, ...]
    """Orders that a reader can put the rows in, the first one being that shown; mostly none."""
    table: Table
    """The same numbers."""

    @property
    def height(self) -> int:
        """Height of the drawing in CSS pixels, so that its room is there before it is."""
        return self.drawing.height + (_SPARE if self.narrow_plot else 0)

    @property
    def narrow_height(self) -> int:
        """The same on a phone."""
        return self.narrow_plot + _NARROW_HEAD if self.narrow_plot else self.drawing.height


@dataclass(frozen=True)
class Drawn:
    """A figure and the files it needs."""

    figure: Figure
    """What the template shows."""
    stem: str
    """Path of its files below the folder of all pages, without what their kind ends in."""
    spec: bytes
    """What the browser draws."""
    numbers: bytes
    """The numbers as CSV."""

    @property
    def files(self) -> dict[str, bytes]:
        """Files by path below the folder of all pages; waits for the drawing."""
        return {
            f"{self.stem}.json": self.spec,
            f"{self.stem}.svg": self.figure.drawing.data,
            f"{self.stem}.csv": self.numbers,
        }


class _Prepared(NamedTuple):
    """A chart on its page but for the drawing, as it can be kept."""

    id: str
    """As in ``Figure``, and so are the next ones."""
    title: str
    subtitle: str
    description: str
    narrow_plot: int | None
    orders: tuple[Order, ...]
    names: tuple[str, ...]
    """Headings of the table."""
    cells: tuple[tuple[str, ...], ...]
    """Texts of the table, column by column."""
    spec: bytes
    """What the browser draws."""
    static: str
    """What the static drawing is made from."""
    numbers: bytes
    """The numbers as CSV."""


def _prepared(page: str, chart: Chart) -> _Prepared:
    narrow = chart.spec.get("usermeta", {}).get("narrow")
    return _Prepared(
        id=chart.id,
        title=chart.title,
        subtitle=chart.subtitle,
        description=chart.description,
        narrow_plot=narrow["height"] if narrow else None,
        orders=chart.orders,
        names=tuple(map(str, chart.table.columns)),
        cells=tuple(tuple(map(str, chart.table[name].tolist())) for name in chart.table.columns),
        spec=spec_json(chart, address(page)),
        # Without JavaScript the page is light, whatever the reader's system prefers.
        static=static_json(chart, "light"),
        numbers=csv(chart),
    )


def draw(page: str, chart: Chart) -> Drawn:
    """Return a chart as it stands on a page, its drawing begun.

    Args:
        page: Path of the page, such as ``models/x.md``; its files lie in ``models/x.charts/``.
        chart: What to show.
    """
    return _begun(page, _prepared(page, chart))


def _begun(page: str, chart: _Prepared) -> Drawn:
    stem = f"{page.removesuffix('.md')}.charts/{chart.id}"
    figure = Figure(
        id=chart.id,
        title=chart.title,
        subtitle=chart.subtitle,
        description=chart.description,
        spec=href(page, f"{stem}.json"),
        light=href(page, f"{stem}.svg"),
        csv=href(page, f"{stem}.csv"),
        drawing=Drawing(svg_begun(chart.static)),
        narrow_plot=chart.narrow_plot,
        orders=chart.orders,
        table=of_texts(chart.names, chart.cells, chart.title),
    )
    return Drawn(figure, stem, chart.spec, chart.numbers)


def on_page(
    makes: Callable[Arguments, Chart],
) -> Callable[Concatenate[str, Arguments], Drawn]:
    """Return what draws charts of a kind on a page, and keeps all but the drawing itself.

    Args:
        makes: Makes the chart; a pure function, whose charts take long to make.
    """
    name = f"{makes.__module__}.{makes.__qualname__} on a page"

    def call(page: str, /, *arguments: Arguments.args, **named: Arguments.kwargs) -> Drawn:
        about = (page, arguments, tuple(sorted(named.items())))
        made = recalled(name, about, lambda: _prepared(page, makes(*arguments, **named)))
        return _begun(page, made)

    return call


def card_of(drawn: Drawn | None) -> Html:
    """Return the path of the drawing that stands for a page elsewhere; empty without one.

    It is made of checked names, and the theme makes an address of it, where references to
    characters would not be read by every generator.
    """
    path = f"{drawn.stem}.svg" if drawn else ""
    if not _PATH.fullmatch(path):
        raise ValueError(f"not the path of a drawing: {path!r}")
    return Html(path)


def files_of(drawn: Iterable[Drawn]) -> dict[str, bytes]:
    """Return the files of several figures."""
    return {path: data for one in drawn for path, data in one.files.items()}
