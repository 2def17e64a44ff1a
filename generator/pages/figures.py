"""Charts as a page shows them: the drawing, its files and the same numbers as a table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from generator.charts.chart import Chart
from generator.charts.export import spec_json, svg
from generator.pages.links import href
from generator.pages.tables import Table, from_frame


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
    table: Table
    """The same numbers."""


class Drawn(NamedTuple):
    """A figure and the files it needs."""

    figure: Figure
    """What the template shows."""
    files: Mapping[str, bytes]
    """Files by path below the folder of all pages."""


def draw(page: str, chart: Chart) -> Drawn:
    """Return a chart as it stands on a page.

    Args:
        page: Path of the page, such as ``models/x.md``; its files lie in ``models/x.charts/``.
        chart: What to show.
    """
    stem = f"{page.removesuffix('.md')}.charts/{chart.id}"
    files = {
        f"{stem}.json": spec_json(chart),
        # Without JavaScript the page is light, whatever the reader's system prefers.
        f"{stem}.svg": svg(chart, "light"),
    }
    figure = Figure(
        id=chart.id,
        title=chart.title,
        subtitle=chart.subtitle,
        description=chart.description,
        spec=href(page, f"{stem}.json"),
        light=href(page, f"{stem}.svg"),
        table=from_frame(chart.table, chart.title),
    )
    return Drawn(figure, files)


def files_of(drawn: Iterable[Drawn]) -> dict[str, bytes]:
    """Return the files of several figures."""
    return {path: data for one in drawn for path, data in one.files.items()}
