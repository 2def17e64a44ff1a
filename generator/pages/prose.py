"""Hand-written pages: ``content/pages``, with a few variables filled in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.errors import InputError
from generator.pages.citing import CITE, cited, edition_files, work
from generator.pages.edition import Edition
from generator.pages.format import count
from generator.pages.links import DECISIONS, Link, href
from generator.pages.page import Head, Page
from generator.pages.render import render, render_prose

_DECISION = re.compile(r"^(?P<number>[0-9]{4})-[a-z0-9-]+\.md$")
_HEADING = re.compile(r"^# (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class ProseContext:
    """The variables that hand-written pages may use."""

    title: str
    """Name of the Atlas."""
    description: str
    """What the Atlas is, in a sentence."""
    edition: str
    """Edition, such as 2026.12."""
    prepared: bool
    """Whether it is still in preparation, so that its numbers change."""
    year: str
    """Year of the edition."""
    url: str
    """Public address of the site; empty until it has one."""
    doi: str
    """DOI of this edition, else that of all editions; empty until there is one."""
    citation: str
    """How the edition is cited, as text."""
    bibtex: str
    """The same as BibTeX; as RIS and CSL-JSON it lies beside the page."""
    taxonomy_version: str
    """Version of the taxonomy."""
    categories: str
    """Number of categories."""
    level: str
    """Confidence level of the intervals, in per cent, without a sign."""


@dataclass(frozen=True)
class Decision:
    """A decision record in the index."""

    number: int
    """Its number."""
    link: Link
    """Title and page."""


@dataclass(frozen=True)
class DecisionsContext:
    """What the template ``decisions_index.md.j2`` shows."""

    head: Head
    """Front matter."""
    decisions: tuple[Decision, ...]
    """Records in order."""


def prose_pages(edition: Edition) -> Iterator[Page]:
    """Yield the hand-written pages, and an index of the decision records among them.

    Raises:
        InputError: A page cannot be read as UTF-8 or filled in, or a decision record has no
            heading.
    """
    atlas, taxonomy = edition.content.atlas, edition.content.taxonomy
    whole = work(edition.content)
    made = cited(whole)
    context = ProseContext(
        title=atlas.title,
        description=atlas.description,
        edition=atlas.edition,
        prepared=not atlas.released,
        year=atlas.edition.partition(".")[0],
        url=str(atlas.url or ""),
        doi=whole.doi,
        citation=made.text,
        bibtex=made.bibtex,
        taxonomy_version=taxonomy.version,
        categories=count(len(taxonomy.categories)),
        level=f"{atlas.confidence_level * 100:g}",
    )
    folder = edition.content.root / "pages"
    decisions = []
    for source in sorted(folder.rglob("*.md")):
        path = source.relative_to(folder).as_posix()
        text = _read(source, path)
        found = _DECISION.match(source.name)
        if found and source.parent.name == "decisions":
            decisions.append(Decision(int(found["number"]), _titled(path, text)))
        files = edition_files(made, "cite/erroratlas") if path == CITE else {}
        yield Page(path, render_prose(text, context, f"pages/{path}"), files)
    if decisions:
        head = Head("Decisions", "Why things are as they are, one short record each.")
        yield Page(
            DECISIONS,
            render("decisions_index.md.j2", DecisionsContext(head, tuple(decisions))),
        )


def _read(source: Path, path: str) -> str:
    try:
        return source.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        msg = f"pages/{path}: not UTF-8: save the file as UTF-8"
        raise InputError(msg) from error


def _titled(path: str, text: str) -> Link:
    heading = _HEADING.search(text)
    if heading is None:
        msg = f"pages/{path}: no heading: start the record with a line such as '# 1. Title'"
        raise InputError(msg)
    title = re.sub(r"^[0-9]+\.\s*", "", heading[1].strip())
    return Link(title, href(DECISIONS, path))
