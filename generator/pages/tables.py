"""Tables as templates write them, and the tables that a composition makes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.charts.told import outcome_rows, share_rows
from generator.pages.format import count, counted, estimate, sized
from generator.pages.links import TAXONOMY, Link, category_path, href
from generator.records.taxonomy import Taxonomy
from generator.stats.compositions import Composition
from generator.stats.parts import Part
from generator.taxonomy.tree import concepts, name_of

OUTCOME_NAMES = {
    "model": "The model's fault, with a category",
    "benchmark": "The benchmark's fault",
    "harness": "The harness's fault",
    "undetermined": "Undetermined",
    "no_verdict": "No verdict: the judge failed",
}
"""What can come of looking at a failure, in words."""


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    name: str
    """Heading."""
    number: bool = False
    """Whether its cells are numbers, which stand to the right."""


@dataclass(frozen=True)
class Table:
    """A table of finished texts."""

    caption: str
    """What the numbers are of, with n."""
    columns: tuple[Column, ...]
    """Columns from left to right."""
    rows: tuple[tuple[Link, ...], ...]
    """Cells row by row; the first one names the row."""

    @property
    def lines(self) -> Iterator[tuple[Link, Iterable[tuple[bool, Link]]]]:
        """The rows for templates: the first cell, and the others with whether it is a number."""
        numbers = [column.number for column in self.columns[1:]]
        return ((first, zip(numbers, others, strict=True)) for first, *others in self.rows)


def plain(text: str) -> Link:
    """Return a cell that leads nowhere."""
    return Link(text, "")


def columns(*names: str) -> tuple[Column, ...]:
    """Return columns; a name that ends in ``#`` is one of numbers."""
    return tuple(Column(name.rstrip("#").rstrip(), name.endswith("#")) for name in names)


def of_texts(names: Sequence[str], cells: Sequence[Sequence[str]], caption: str) -> Table:
    """Return texts, such as the numbers of a chart, as a table.

    Args:
        names: Headings of the columns.
        cells: The texts of each column.
        caption: What the numbers are of.
    """
    heads = tuple(Column(name, place > 0) for place, name in enumerate(names))
    rows = tuple(zip(*(map(plain, texts) for texts in cells), strict=True))
    return Table(caption, heads, rows)


def size_of(own: Composition) -> str:
    """Return n in words: 61 classified failures of 70 looked at."""
    return f"{counted(own.classified, 'classified failure')} of {count(own.looked_at)} looked at"


def category_cell(page: str, taxonomy: Taxonomy, category: str) -> Link:
    """Return the cell that names a category and leads to its page."""
    name = f"{category} {name_of(taxonomy, category)}"
    return Link(name, href(page, category_path(category)))


def concept_cell(page: str, taxonomy: Taxonomy, concept: str) -> Link:
    """Return the cell that names anything in the taxonomy and leads to where it is explained."""
    whole, _, part = concept.partition("/")
    name = f"{concept} {concepts(taxonomy)[concept]}"
    if any(entry.id == whole for entry in taxonomy.categories):
        return Link(name, href(page, category_path(whole), part))
    return Link(name if not part else concept, href(page, TAXONOMY, "attribution"))


def category_table(
    page: str,
    taxonomy: Taxonomy,
    own: Composition,
    pool: Composition | None,
    *,
    caption: str,
    rates: Part | None = None,
    marks: Mapping[str, str] | None = None,
) -> Table:
    """Return the categories of a composition that occur, the most frequent first.

    Args:
        page: Path of the page it stands on.
        taxonomy: Names of the categories.
        own: Whose categories.
        pool: What they are held against, if anything.
        caption: Whose failures these are; n is added.
        rates: How often each category occurs per item attempted, if that is to be shown.
        marks: How categories compare with the pool, in words, by id; others stay blank, and
            without any there is no such column.
    """
    often = {row["category"]: row for row in rates.rows()} if rates is not None else {}
    others = {row["category"]: row for row in share_rows(pool)} if pool else {}
    shown = [row for row in share_rows(own) if row["count"]]
    marked = marks is not None and any(marks.get(row["category"]) for row in shown)
    rows = []
    for row in sorted(shown, key=lambda row: -row["share"]):
        cells = [
            category_cell(page, taxonomy, row["category"]),
            plain(count(row["count"])),
            plain(estimate(row["share"], row["low"], row["high"], own.effective)),
            plain(
                estimate(row["share_of_all"], row["low_of_all"], row["high_of_all"], own.looked_at)
            ),
        ]
        if often:
            rate = often[row["category"]]
            cells.append(plain(estimate(rate["rate"], rate["rate_low"], rate["rate_high"], 1)))
        if pool:
            other = others[row["category"]]
            cells.append(
                plain(estimate(other["share"], other["low"], other["high"], pool.effective))
            )
            if marks is not None and marked:
                cells.append(plain(marks.get(row["category"], "")))
        rows.append(tuple(cells))
    names = ["Category", "Failures#", "Share of classified#", "Share of looked at#"]
    if often:
        names.append("Rate per item attempted#")
    if pool:
        names.append(f"The others, {sized(pool.classified)}#")
        if marked:
            names.append("Against the others")
    return Table(f"{caption}. n = {size_of(own)}.", columns(*names), tuple(rows))


def outcome_table(own: Composition, caption: str) -> Table:
    """Return what came of looking at the failures, nothing dropped.

    Args:
        own: The failures.
        caption: Whose failures these are; n is added.
    """
    rows = tuple(
        (
            plain(OUTCOME_NAMES[row["outcome"]]),
            plain(count(row["count"])),
            plain(estimate(row["share"], row["low"], row["high"], own.looked_at)),
        )
        for row in outcome_rows(own)
        # A judge that never failed needs no row that says so.
        if row["outcome"] != "no_verdict" or row["count"]
    )
    names = columns("What came of it", "Failures#", "Share of looked at#")
    return Table(f"{caption}. n = {counted(own.looked_at, 'failure')} looked at.", names, rows)
