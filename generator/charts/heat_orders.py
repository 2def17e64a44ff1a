"""The rows of the heat map and the orders that a reader can put them in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from generator.charts.chart import Order
from generator.charts.labels import visible
from generator.charts.rows import HEADING
from generator.stats.compositions import Composition


@dataclass(frozen=True)
class HeatRow:
    """One row of the heat map."""

    label: str
    """Name of the model, or of what else a row is."""
    group: str
    """Heading that the row stands under: the population and the basis of its numbers."""
    composition: Composition
    """What its failures are made of."""
    developer: str = ""
    """Who made the model; empty where that is not known."""
    accuracy: float | None = None
    """Share of the items that it got right, in [0, 1]; None where that is not known."""


_Keyed = tuple[str, HeatRow]

_WITHIN = "\N{EN DASH} "
"""What sets the heading of a developer off from that of its group."""


class Arranged(NamedTuple):
    """Every order of the rows."""

    rows: dict[str, tuple[str, ...]]
    """Keys of rows and headings from top to bottom, by the order's id."""
    headings: list[dict[str, Any]]
    """One datum per heading of any order: row, text."""
    orders: tuple[Order, ...]
    """Those that there are, the first being that of the rows as they came."""


def row_key(place: int, row: HeatRow) -> str:
    """Return the key of a row: its place among all, which is unique, and its label."""
    return f"{place:03d}|{visible(row.label, 36)}"


def arrange(rows: Sequence[HeatRow], *, clustered: bool) -> Arranged:
    """Return the orders of rows; their groups keep their places, as numbers differ in kind.

    Args:
        rows: In the order shown first; rows of a group follow one another.
        clustered: Whether that order puts rows that fail alike beside one another.
    """
    keyed = [(row_key(place, row), row) for place, row in enumerate(rows)]
    groups = [(text, list(members)) for text, members in groupby(keyed, lambda one: one[1].group)]
    headings = {place: (_heading(place), text) for place, (text, _) in enumerate(groups)}
    data = [{"row": key, "heading": visible(text, 70)} for key, text in headings.values()]

    def sorted_by(way: Callable[[_Keyed], Any] | None) -> tuple[str, ...]:
        found: list[str] = []
        for place, (_, members) in enumerate(groups):
            found.append(headings[place][0])
            found += [key for key, _ in (sorted(members, key=way) if way else members)]
        return tuple(found)

    ways = {"given": sorted_by(None)}
    orders = [Order("given", "alike together" if clustered else "as listed")]
    # Where accuracy is not known, there is no such order to offer.
    if all(row.accuracy is not None for row in rows):
        ways["accuracy"] = sorted_by(lambda one: -(one[1].accuracy or 0.0))
        orders.append(Order("accuracy", "accuracy, best first"))
    ways["name"] = sorted_by(lambda one: one[1].label.casefold())
    orders.append(Order("name", "name"))
    if len({row.developer for row in rows}) > 1:
        families: list[str] = []
        for place, (_, members) in enumerate(groups):
            families.append(headings[place][0])
            by_maker = sorted(members, key=_maker)
            for maker, ones in groupby(by_maker, key=_maker):
                key = _heading(len(data))
                said = visible(maker[1] or "Developer not known", 60)
                data.append({"row": key, "heading": f"{_WITHIN}{said}"})
                families += [key, *(one for one, _ in ones)]
        ways["developer"] = tuple(families)
        orders.append(Order("developer", "developer"))
    return Arranged(ways, data, tuple(orders))


def _maker(one: _Keyed) -> tuple[str, str]:
    return (one[1].developer.casefold(), one[1].developer)


def _heading(place: int) -> str:
    return f"{HEADING}group {place:03d}"
