"""The page Explore: every failure, filtered, counted and opened in the browser.

Its state is in its address, so that other pages can link to any of them: ``explore/?`` with the
keys ``population, benchmark, model, category, subcategory, attribution, judge, status, confidence,
subject, words`` (filters; ids as in the content, a confidence in per cent), ``group`` (what is
counted by) and ``item`` (one failure opened, together with ``benchmark`` and ``model``).
Without a population the best known one that fits is shown; ``every`` mixes them, and says so.
"""

from collections.abc import Callable
from dataclasses import dataclass

from generator.pages.edition import Edition
from generator.pages.explore_data import FOLDER, Explored, counts_by, explored_begun
from generator.pages.explore_texts import EVERY, FILTERS, NOTES, NULLABLE
from generator.pages.format import count
from generator.pages.forms import Field, Option, options
from generator.pages.links import EXPLORE, Link, href
from generator.pages.objections import form_address
from generator.pages.page import Begun, Head, Page
from generator.pages.render import render
from generator.pages.tables import Table, columns, plain


@dataclass(frozen=True)
class ExploreContext:
    """What the template ``explore.md.j2`` shows."""

    head: Head
    """Front matter."""
    failures: str
    """Number of failures, all populations together."""
    planted: str
    """How many of them are of programs with planted faults; empty for none."""
    index: str
    """Address of the index of the data."""
    script: str
    """Address of the module that makes the page work."""
    style: str
    """Address of its style sheet."""
    filters: tuple[Field, ...]
    """What failures are filtered and counted by."""
    notes: tuple[Option, ...]
    """What the failures of each population are."""
    objection: str
    """Address of a form that says a verdict is wrong; empty where there is no repository."""
    counts: Table
    """Failures by category and population, for readers without JavaScript."""


def explore_page(edition: Edition) -> Page:
    """Return the page with the data that it loads."""
    return explore_page_begun(edition)()()


def explore_page_begun(edition: Edition) -> Callable[[], Begun]:
    """Begin the data that the page loads, which takes longest; return how to begin the page."""
    gathered = explored_begun(edition)

    def begun() -> Begun:
        data = gathered()
        return lambda: _page(edition, data())

    return begun


def _page(edition: Edition, found: Explored) -> Page:
    numbers = dict(counts_by(found, ["population"]))
    planted = sum(
        numbers.get((at,), 0)
        for at, value in enumerate(found.values["population"], start=1)
        if value.id == "planted"
    )
    context = ExploreContext(
        head=Head(
            "Explore every failure",
            "Every failure of every model: filter, count, open the verdict, share the view.",
            searchable=False,
        ),
        failures=count(sum(numbers.values())),
        planted=count(planted) if planted else "",
        index=href(EXPLORE, f"{FOLDER}/index.json"),
        script=href(EXPLORE, "assets/javascripts/explore/explore.js"),
        style=href(EXPLORE, "assets/stylesheets/explore.css"),
        filters=tuple(_filter(key, name, found) for key, name in FILTERS.items()),
        notes=options(NOTES.items()),
        objection=form_address(edition.content.atlas),
        counts=_table(found),
    )
    return Page(EXPLORE, render("explore.md.j2", context), found.files)


def _filter(key: str, name: str, found: Explored) -> Field:
    """Return a field: everything, each value, and none of them where that can be."""
    offered = [(EVERY if key == "population" else "", "all")]
    offered += [(value.id, value.name) for value in found.values[key]]
    offered += [("none", "none")] if key in NULLABLE else []
    return Field(key, name, options(offered))


def _table(found: Explored) -> Table:
    """Return how many failures each category has, by population; nothing is left out."""
    populations = found.values["population"]
    numbers = dict(counts_by(found, ["population", "category"]))
    names = [(0, Link("Without a category", ""))]
    names += [
        (place, Link(value.name, value.href))
        for place, value in enumerate(found.values["category"], start=1)
    ]
    rows = tuple(
        (name, *(plain(count(numbers.get((at, code), 0))) for at in range(1, len(populations) + 1)))
        for code, name in (*names[1:], names[0])
    )
    heads = columns("Category", *(f"{value.name}#" for value in populations))
    caption = "Failures by category; without one are the undetermined and not the model's fault"
    return Table(caption, heads, rows)
