"""What a package says to people: ``README.md`` and ``LICENCES.txt``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from generator.charts.labels import NBSP
from generator.pages.citing import Work, cited
from generator.pages.escaping import Html, visible
from generator.pages.format import count, counted, day, level
from generator.pages.render import render
from generator.records.release import Release
from generator.release.columns import ROWS
from generator.release.describe import csv_name, parquet_name
from generator.release.tables import ABOUT
from generator.store.content import Content


@dataclass(frozen=True)
class TableLine:
    """One table, in the list of tables."""

    name: str
    """Its name."""
    rows: str
    """How many rows it has."""
    files: str
    """Files that hold it."""
    about: str
    """What a row is."""


@dataclass(frozen=True)
class ReadmeContext:
    """What the template ``release/README.md.j2`` shows."""

    title: str
    """Name of the Atlas."""
    version: str
    """Version of the edition."""
    description: str
    """What the Atlas is, in a sentence."""
    date: str
    """Day of the release."""
    taxonomy: str
    """Version of the taxonomy."""
    level: str
    """Level of the intervals."""
    citation: str
    """Citation in plain text."""
    counts: tuple[str, ...]
    """How much it holds."""
    tables: tuple[TableLine, ...]
    """Its tables."""
    pending: tuple[str, ...]
    """Runs whose verdicts are not fresh."""


@dataclass(frozen=True)
class LicenceLine:
    """A work of others."""

    name: str
    """What it is called."""
    licence: str
    """Its licence."""
    text: str
    """How it wants to be cited, or where it is from."""


@dataclass(frozen=True)
class LicencesContext:
    """What the template ``release/LICENCES.txt.j2`` shows."""

    title: str
    """Name of the Atlas."""
    version: str
    """Version of the edition."""
    benchmarks: tuple[LicenceLine, ...]
    """Benchmarks."""
    sources: tuple[LicenceLine, ...]
    """Files that predictions were read from."""
    runs: tuple[LicenceLine, ...]
    """Predictions."""


def readme(
    content: Content, release: Release, one: Work, tables: Mapping[str, pd.DataFrame]
) -> str:
    """Return the README of a package."""
    context = ReadmeContext(
        title=one.atlas,
        version=release.version,
        description=content.atlas.description,
        date=day(release.date),
        taxonomy=release.taxonomy,
        level=level(release.confidence_level).replace(NBSP, " "),
        citation=_plain(cited(one).text),
        counts=tuple(map(Html, _counts(release))),
        tables=tuple(
            TableLine(_code(name), count(len(frame)), _files(name), Html(ABOUT[name]))
            for name, frame in tables.items()
        ),
        pending=tuple(_code(f"{run.benchmark}/{run.model}") for run in release.runs if run.pending),
    )
    return str(render("release/README.md.j2", context))


def _counts(release: Release) -> Iterator[str]:
    held = release.counts
    yield (
        f"{counted(held.models, 'system')} on {counted(held.benchmarks, 'benchmark')}, "
        f"{counted(held.runs, 'run')}, {counted(held.predictions, 'prediction')}"
    )
    yield (
        f"{counted(held.failures, 'failure')}: {count(held.classified)} with a category, "
        f"{count(held.other_fault)} not the model's fault, "
        f"{count(held.undetermined)} undetermined, {count(held.no_verdict)} without a verdict"
    )
    yield (
        f"{counted(held.categories, 'category', 'categories')} with "
        f"{counted(held.subcategories, 'subcategory', 'subcategories')}"
    )


def _plain(text: str) -> Html:
    """Return text as one line of a place where no sign means anything."""
    return Html(" ".join(visible(text).split()))


def _code(text: str) -> Html:
    """Return a name that is held to letters, digits and a few signs as code."""
    return Html(f"`{text}`")


def _files(table: str) -> Html:
    names = [csv_name(table), *([parquet_name(table)] if table in ROWS else [])]
    return Html(", ".join(map(_code, names)))


def licences(content: Content, release: Release) -> str:
    """Return the licences of all that the verdicts speak of."""
    used = {run.benchmark for run in release.runs}
    context = LicencesContext(
        title=_plain(content.atlas.title),
        version=release.version,
        benchmarks=tuple(
            _line(held.name, held.licence, held.citation)
            for name, held in sorted(content.benchmarks.items())
            if name in used
        ),
        sources=tuple(
            _line(f"{one.benchmark}: {one.name}", one.licence, one.url) for one in release.sources
        ),
        runs=tuple(
            _line("/".join(key), run.licence, run.contributor)
            for key, run in sorted(content.runs.items())
        ),
    )
    return str(render("release/LICENCES.txt.j2", context))


def _line(*parts: str) -> LicenceLine:
    return LicenceLine(*map(_plain, parts))
