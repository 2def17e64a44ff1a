"""The page Compare: any models or benchmarks held against each other, in the browser.

Its state is in its address, so that other pages can link to any of it: ``compare/?`` with the keys
``kind`` (``models`` or ``benchmarks``: what the columns are), ``models``, ``benchmarks`` (ids with
commas between), ``mode``, ``measure`` and ``population`` (see ``generator.pages.compare_texts``).
What is left out is chosen by the page.
"""

from dataclasses import dataclass

from generator.pages.compare_data import FOLDER, compare_files, entries_of
from generator.pages.compare_texts import MEASURES, MODES, POPULATIONS
from generator.pages.edition import Edition
from generator.pages.format import level
from generator.pages.forms import Field, options
from generator.pages.links import COMPARE, COMPARED, DATA, EXPLORE, METHOD, href
from generator.pages.page import Head, Page
from generator.pages.render import render
from generator.stats.comparison import FEWEST_SHARED

KINDS = {"models": "Models", "benchmarks": "Benchmarks"}
"""What can be compared."""


@dataclass(frozen=True)
class CompareContext:
    """What the template ``compare.md.j2`` shows."""

    head: Head
    """Front matter."""
    index: str
    """Address of the index of the data."""
    script: str
    """Address of the module that makes the page work."""
    style: str
    """Address of its style sheet."""
    before: tuple[Field, ...]
    """What is compared, and the failures of which population; one option each."""
    lists: tuple[Field, ...]
    """Models and benchmarks; any number of options."""
    after: tuple[Field, ...]
    """On what, and by which measure; one option each."""
    compared: str
    """Address of the pairs that are compared without JavaScript."""
    data: str
    """Address of the downloads."""
    explore: str
    """Address of all failures, which can be filtered by parts of a benchmark."""
    method: str
    """Address of how intervals are computed."""
    fewest: int
    """Shared items from which a comparison rests on them."""
    level: str
    """Confidence level of the intervals."""
    fdr: str
    """False-discovery rate at which a difference is called one."""


def compare_page(edition: Edition) -> Page:
    """Return the page with the data that it loads."""
    content = edition.content
    confidence = content.atlas.confidence_level
    entries = entries_of(edition)
    populations = {at: POPULATIONS[at] for at in POPULATIONS if at in {one[0] for one in entries}}
    models = {vector.model: content.models[vector.model].name for _, vector in entries}
    benchmarks = {
        vector.benchmark: content.benchmarks[vector.benchmark].name for _, vector in entries
    }
    context = CompareContext(
        head=Head(
            "Compare",
            "Any models or benchmarks held against each other, as fairly as their runs allow.",
            searchable=False,
        ),
        index=href(COMPARE, f"{FOLDER}/index.json"),
        script=href(COMPARE, "assets/javascripts/compare/compare.js"),
        style=href(COMPARE, "assets/stylesheets/compare.css"),
        before=(
            Field("kind", "Compare", options(KINDS.items())),
            Field("population", "Failures of", options(populations.items())),
        ),
        lists=(
            Field("models", "Models", options(sorted(models.items(), key=_by_name))),
            Field("benchmarks", "Benchmarks", options(sorted(benchmarks.items(), key=_by_name))),
        ),
        after=(
            Field("mode", "On", options(MODES.items())),
            Field("measure", "By", options(MEASURES.items())),
        ),
        compared=href(COMPARE, COMPARED),
        data=href(COMPARE, DATA, "downloads"),
        explore=href(COMPARE, EXPLORE),
        method=href(COMPARE, METHOD, "intervals"),
        fewest=FEWEST_SHARED,
        level=level(confidence),
        fdr=level(round(1 - confidence, 6)),
    )
    return Page(COMPARE, render("compare.md.j2", context), compare_files(edition))


def _by_name(option: tuple[str, str]) -> tuple[str, str]:
    return option[1].casefold(), option[0]
