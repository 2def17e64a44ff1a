"""A page for each edition that was released: what it holds, and what changed with it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from generator.charts.moved import MovedRow, moved
from generator.pages.citing import Citation, cited, edition_files, work_of
from generator.pages.edition import HEADINGS, Edition
from generator.pages.facts import Fact
from generator.pages.figures import Drawn, Figure, draw, files_of
from generator.pages.format import count, counted, day
from generator.pages.links import CHANGES, Link, edition_path, href
from generator.pages.page import Head, Page
from generator.pages.released_tables import (
    came_table,
    judge_table,
    moved_table,
    ours,
    place_of_share,
)
from generator.pages.render import render
from generator.pages.tables import Table, plain
from generator.records.changes import Changes, Moved
from generator.records.release import Release

NAMED = 3
"""Runs of a benchmark that wait are named up to this number; the data package lists all."""


@dataclass(frozen=True)
class MovedSection:
    """Shares that moved, of one population."""

    id: str
    """Anchor."""
    heading: str
    """Which failures they speak of."""
    figure: Figure | None
    """Those that moved farthest."""
    table: Table
    """All of them."""


@dataclass(frozen=True)
class ReleasedContext:
    """What the template ``released.md.j2`` shows."""

    head: Head
    """Front matter."""
    version: str
    """Version of the edition."""
    date: str
    """Day of its release."""
    since: Link
    """The edition before, and its page; empty for the first one."""
    facts: tuple[Fact, ...]
    """What it holds and what its numbers depend on."""
    compared: str
    """How many shares both editions have; empty for the first one."""
    beyond: str
    """How many of them moved beyond their intervals."""
    ours: str
    """How many of those moved mostly because we judge otherwise."""
    theirs: str
    """How many moved mostly because other runs or failures are counted."""
    corrected: str
    """On how many failures of both editions a verdict was corrected; empty for none."""
    came: Table | None
    """What came and what went; None where nothing did."""
    moved: tuple[MovedSection, ...]
    """Shares that moved, a section for each population; empty where none did."""
    judges: Table
    """Who judged, in which version."""
    cite: Citation
    """How the edition is cited."""
    files: tuple[Link, ...]
    """The same as files."""
    changes: str
    """Address of the list of editions."""


def released_pages(edition: Edition) -> Iterator[Page]:
    """Yield a page for each edition that was released, the first one first."""
    for release in edition.content.releases.values():
        yield _page(edition, release)


def _page(edition: Edition, release: Release) -> Page:
    content, version = edition.content, release.version
    path, found = edition_path(version), release.changes
    rows = found.moved if found else ()
    by_us = sum(map(ours, rows))
    sections, drawn = _moved(path, edition, release)
    made = cited(work_of(content, release))
    files = edition_files(made, f"{path.removesuffix('.md')}/erroratlas-{version}")
    context = ReleasedContext(
        head=Head(
            f"Edition {version}",
            f"What edition {version} holds, and what changed since the one before.",
            told=True,
        ),
        version=version,
        date=day(release.date),
        since=_before(path, edition, found),
        facts=tuple(_facts(release)),
        compared=counted(found.compared, "share") if found else "",
        beyond=count(found.beyond) if found else "",
        ours=count(by_us),
        theirs=count(len(rows) - by_us),
        corrected=counted(found.corrected, "failure") if found and found.corrected else "",
        came=came_table(path, edition, found) if found else None,
        moved=sections,
        judges=judge_table(release),
        cite=made,
        files=tuple(
            Link(name, href(path, file))
            for name, file in zip(("BibTeX", "RIS", "CSL-JSON"), files, strict=True)
        ),
        changes=href(path, CHANGES),
    )
    return Page(path, render("released.md.j2", context), {**files_of(drawn), **files})


def _moved(
    path: str, edition: Edition, release: Release
) -> tuple[tuple[MovedSection, ...], list[Drawn]]:
    """Return the shares that moved by population, and their charts."""
    sections, charts = [], []
    for population, heading in HEADINGS.items():
        moved_here = release.changes.moved if release.changes else ()
        rows = tuple(one for one in moved_here if one.population == population)
        if not rows:
            continue
        drawn = _drawn(path, edition, release, rows)
        charts += [drawn] if drawn else []
        table = moved_table(path, edition, release, rows)
        figure = drawn.figure if drawn else None
        sections.append(MovedSection(f"moved-{population}", heading, figure, table))
    return tuple(sections), charts


def _before(path: str, edition: Edition, found: Changes | None) -> Link:
    if found is None:
        return Link("", "")
    known = found.since in edition.content.releases
    return Link(found.since, href(path, edition_path(found.since)) if known else "")


def _facts(release: Release) -> Iterator[Fact]:
    held = release.counts
    told = {
        "Systems, benchmarks, runs": f"{count(held.models)}, {count(held.benchmarks)}, "
        f"{count(held.runs)}",
        "Predictions": count(held.predictions),
        "Failures": f"{count(held.failures)}: {count(held.classified)} with a category, "
        f"{count(held.other_fault)} not the model's fault, "
        f"{count(held.undetermined)} undetermined, {count(held.no_verdict)} without a verdict",
        "Taxonomy": f"version {release.taxonomy}, "
        f"{counted(held.categories, 'category', 'categories')}",
        "Judges, in the order in which they count": ", ".join(release.judges),
        "Commit": release.commit,
    }
    for name, value in told.items():
        yield Fact(name, plain(value))
    if any(run.pending for run in release.runs):
        yield Fact("Runs released with verdicts out of date or missing", plain(_pending(release)))
    if release.doi:
        yield Fact("DOI", Link(release.doi, f"https://doi.org/{release.doi}"))


def _pending(release: Release) -> str:
    """Return how many runs wait, by benchmark; those of a benchmark with few are named."""
    runs = Counter(run.benchmark for run in release.runs)
    waiting: dict[str, list[str]] = {}
    for run in release.runs:
        if run.pending:
            waiting.setdefault(run.benchmark, []).append(run.model)
    told = []
    for benchmark, models in waiting.items():
        named = f" ({', '.join(models)})" if len(models) <= NAMED else ""
        told.append(f"{benchmark}: {count(len(models))} of {count(runs[benchmark])}{named}")
    return "; ".join(told)


def _drawn(path: str, edition: Edition, release: Release, rows: tuple[Moved, ...]) -> Drawn | None:
    taxonomy = edition.content.taxonomy
    known = {entry.id: entry for entry in taxonomy.categories}
    shown = [
        MovedRow(
            category=f"{one.category} {known[one.category].name}",
            group=known[one.category].group,
            place=place_of_share(edition, one),
            before=one.before,
            after=one.after,
            ours=ours(one),
        )
        for one in rows
        if one.category in known
    ]
    found = release.changes
    if not shown or found is None:
        return None
    level = release.confidence_level
    chart = moved(
        shown,
        taxonomy,
        old=found.since,
        new=release.version,
        level=level,
        chart_id=f"{rows[0].population}-moved",
    )
    return draw(path, chart)
