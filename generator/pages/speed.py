"""The page on what building costs, where this Atlas keeps a measurement."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.charts.speed import NAMES, scale_name, speed, times
from generator.pages.edition import Edition
from generator.pages.figures import Figure, draw
from generator.pages.format import NOTHING, count, day
from generator.pages.links import SPEED
from generator.pages.page import Head, Page
from generator.pages.render import render
from generator.pages.tables import Table, columns, plain
from generator.records.speed import Row, Speed
from generator.store.speed import read_speed

COUNTS = ("failures", "predictions", "attempts", "rows", "pages", "files")
"""What says best how much a stage worked on, the first that is known."""


@dataclass(frozen=True)
class SpeedContext:
    """What the template ``speed.md.j2`` shows."""

    head: Head
    """Front matter."""
    figures: tuple[Figure, ...]
    """Ratios to plain ways of doing the same; none where nothing was held against anything."""
    rows: Table
    """Everything that was measured."""
    targets: Table
    """What figures have to keep to."""
    missing: tuple[str, ...]
    """What was not measured, and why."""
    machine: str
    """Where it was measured, with what, when, and which commit."""


def speed_pages(edition: Edition) -> Iterator[Page]:
    """Yield the page; nothing where this Atlas keeps no measurement."""
    found = read_speed(edition.content.layout)
    if found is None:
        return
    rows = _sorted(found)
    chart = speed(rows)
    drawn = None if chart is None else draw(SPEED, chart)
    context = SpeedContext(
        head=Head("What building costs", "Time and memory of each stage beside plain ways."),
        figures=() if drawn is None else (drawn.figure,),
        rows=_rows(rows),
        targets=_targets(rows),
        missing=tuple(
            dict.fromkeys(f"{_named(row)}: {one}" for row in rows for one in row.missing)
        ),
        machine=_machine(found),
    )
    files = {} if drawn is None else drawn.files
    yield Page(SPEED, render("speed.md.j2", context), files)


def _sorted(found: Speed) -> list[Row]:
    """Return the rows in the order of a build, then as they were measured."""
    places = list(NAMES)
    return sorted(
        (row for row in found.rows if row.stage in NAMES), key=lambda row: places.index(row.stage)
    )


def _named(row: Row) -> str:
    return f"{NAMES[row.stage]}, {scale_name(row.scale)}"


def _rows(rows: list[Row]) -> Table:
    made = []
    for row in rows:
        about = next(
            (f"{count(row.counts[name])} {name}" for name in COUNTS if name in row.counts), NOTHING
        )
        cost = row.cost
        spent = (f"{cost.processor_s:,.1f}", f"{cost.elapsed_s:,.1f}", f"{cost.peak_mib:,.0f}")
        beside = "; ".join(f"{times(one.ratio)} x {one.what}" for one in row.beside) or NOTHING
        cells = (_named(row), about, *spent, beside)
        made.append(tuple(map(plain, cells)))
    names = ("Stage", "On#", "Processor s#", "Elapsed s#", "Peak MiB#", "Times what stands beside")
    return Table(f"All that was measured, n = {len(made)} rows", columns(*names), tuple(made))


def _targets(rows: list[Row]) -> Table:
    made = tuple(
        tuple(
            map(
                plain,
                (
                    _named(row),
                    one.what,
                    f"{one.value:,.1f}",
                    f"{one.limit:,.0f}",
                    "kept" if one.kept else "missed",
                ),
            )
        )
        for row in rows
        for one in row.targets
    )
    kept = sum(one.kept for row in rows for one in row.targets)
    caption = f"Targets: {kept} of {len(made)} kept"
    return Table(caption, columns("Stage", "Target", "Is#", "At most#", "Kept"), made)


def _machine(found: Speed) -> str:
    where = found.machine
    versions = ", ".join(f"{name} {version}" for name, version in found.versions.items())
    return (
        f"Measured on {day(found.measured)}, commit {found.commit}, with {where.processors} "
        f"processors, {where.memory_gib:g} GiB, {where.system}, Python {where.python}, {versions}"
        f"{_elsewhere(found)}"
    )


def _elsewhere(found: Speed) -> str:
    """Return which rows are of another commit, so that nobody takes two codes for one."""
    rows = [f"{_named(row)} ({row.commit})" for row in _sorted(found) if row.commit]
    return f". Of another commit: {'; '.join(rows)}" if rows else ""
