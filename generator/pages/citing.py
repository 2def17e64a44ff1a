"""How one page is cited: in plain text and as BibTeX."""

import re
from dataclasses import dataclass

from generator.pages.edition import Edition
from generator.pages.links import address

AUTHOR = "The ErrorAtlas contributors"
"""Who made what is cited."""

_SPECIAL = re.compile(r"[\\{}$&#%_~^]")
_WRITTEN = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True)
class Citation:
    """How to cite one page of one edition."""

    text: str
    """Citation in plain text."""
    bibtex: str
    """The same as a BibTeX entry."""


def citation(edition: Edition, page: str, title: str) -> Citation:
    """Return how a page is cited.

    Args:
        edition: The edition that the page belongs to.
        page: Path of the page, such as ``taxonomy/E13.md``.
        title: What the page is called, such as "E13 Computation Error".
    """
    atlas, version = edition.content.atlas, edition.content.taxonomy.version
    year = atlas.edition.partition(".")[0]
    url = f"{str(atlas.url).rstrip('/')}/{address(page)}" if atlas.url else ""
    where = f" {url}" if url else ""
    note = f"Edition {atlas.edition}, taxonomy version {version}"
    fields = {
        "title": f"{{{_latex(atlas.title)}: {_latex(title)}}}",
        "author": f"{{{AUTHOR}}}",
        "year": _latex(year),
        "note": _latex(note),
        # An address is copied as it is: BibTeX styles set it with \url.
        **({"url": url} if url else {}),
    }
    lines = ",\n".join(f"  {name:<6} = {{{value}}}" for name, value in fields.items())
    return Citation(
        text=f"{AUTHOR} ({year}). {title}. In {atlas.title}, edition {atlas.edition}, "
        f"taxonomy version {version}.{where}",
        bibtex=f"@misc{{{_key(atlas.edition, page)},\n{lines}\n}}",
    )


def _latex(text: str) -> str:
    """Return text in which no character means anything to LaTeX or ends a BibTeX field."""
    return _SPECIAL.sub(lambda found: _WRITTEN.get(found[0], f"\\{found[0]}"), text)


def _key(edition: str, page: str) -> str:
    """Return a key that names the page and the edition, of letters, digits and hyphens."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", f"{edition} {page.removesuffix('.md')}")
    return f"erroratlas-{plain.strip('-')}"
