"""The page on the data: downloads, and the formats of all content files."""

from dataclasses import dataclass

from generator.pages.dataset import SUMS, checksums, described
from generator.pages.downloads import Download, downloads_begun, files_of
from generator.pages.edition import Edition
from generator.pages.embed import embed_files
from generator.pages.escaping import Html
from generator.pages.format import count, counted, weight
from generator.pages.formats import FormatSection, format_sections, schema_files
from generator.pages.links import DATA, MODELS, Link, href
from generator.pages.model_data import model_downloads
from generator.pages.page import Begun, Head, Page
from generator.pages.render import render
from generator.pages.tables import Table, columns, plain


@dataclass(frozen=True)
class DataContext:
    """What the template ``data.md.j2`` shows."""

    head: Head
    """Front matter."""
    edition: str
    """Edition."""
    downloads: Table
    """Files to download."""
    by_model: str
    """How many files there are by model, and how large they are; empty where there are none."""
    models: str
    """Address of the list of models."""
    sums: str
    """Address of their checksums."""
    described: Html
    """The same for machines, as JSON-LD."""
    formats: tuple[FormatSection, ...]
    """Formats of the content files."""


def data_page(edition: Edition) -> Page:
    """Return the page on the data."""
    return data_page_begun(edition)()


def data_page_begun(edition: Edition) -> Begun:
    """Begin the largest file of the page; return how to get the page."""
    tables = downloads_begun(edition)
    return lambda: _page(edition, tables())


def _page(edition: Edition, tables: list[Download]) -> Page:
    by_model = model_downloads(edition)
    context = DataContext(
        head=Head("Data", "Every number as a file, and the format of every file of the Atlas."),
        edition=edition.content.atlas.edition,
        downloads=_table(tables),
        by_model=_together(by_model) if by_model else "",
        models=href(DATA, MODELS),
        sums=href(DATA, SUMS),
        described=described(edition, tables),
        formats=format_sections(),
    )
    atlas = edition.content.atlas
    # Charts are data that others take along, too.
    files = {
        **files_of([*tables, *by_model]),
        SUMS: checksums([*tables, *by_model]),
        **schema_files(),
        **embed_files(atlas.title, atlas.edition),
    }
    return Page(DATA, render("data.md.j2", context), files)


def _together(tables: list[Download]) -> str:
    size = weight(sum(len(table.data) for table in tables))
    return f"{counted(len(tables), 'file')}, {size} in all"


def _table(tables: list[Download]) -> Table:
    rows = tuple(
        (
            Link(table.path.removeprefix("data/"), href(DATA, table.path)),
            plain(table.about),
            plain(count(table.rows)),
            plain(weight(len(table.data))),
            plain(", ".join(table.columns)),
        )
        for table in tables
    )
    return Table("Downloads", columns("File", "What it holds", "Rows#", "Size#", "Columns"), rows)
