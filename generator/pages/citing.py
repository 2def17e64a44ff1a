"""How an edition or one of its pages is cited: as text, BibTeX, RIS and CSL-JSON."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.pages.credits import credits_of
from generator.pages.edition import Edition, Report
from generator.pages.links import address
from generator.records.release import Release
from generator.store.content import Content

AUTHOR = "The ErrorAtlas contributors"
"""Who made what is cited."""
CITE = "cite.md"
"""Page on how to cite the edition."""
RESOLVER = "https://doi.org/"
"""What makes an address of a DOI."""

_SPECIAL = re.compile(r"[\\{}$&#%_~^]")
_WRITTEN = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True)
class Citation:
    """How to cite one page of one edition, or the edition."""

    text: str
    """Citation in plain text."""
    bibtex: str
    """The same as a BibTeX entry."""
    ris: str
    """The same as RIS, which reference managers read."""
    csl: str
    """The same as CSL-JSON, a list of one item."""
    credits: tuple[str, ...] = ()
    """Who made available the predictions that the page rests on; they are cited beside it."""


@dataclass(frozen=True)
class Work:
    """What is cited: everything that the forms of a citation are made from."""

    key: str
    """Name of the entry, of letters, digits and hyphens."""
    title: str
    """What the page is called; the name of the Atlas where it is cited as a whole."""
    atlas: str
    """Name of the Atlas."""
    edition: str
    """Edition, such as 2026.12."""
    taxonomy: str
    """Version of the taxonomy."""
    year: str
    """Year of the edition."""
    url: str
    """Address of what is cited; empty where it has none."""
    doi: str
    """DOI of this edition, else that of all editions; empty where there is none."""

    @property
    def note(self) -> str:
        """Which numbers are meant."""
        return f"Edition {self.edition}, taxonomy version {self.taxonomy}"

    @property
    def whole(self) -> bool:
        """Whether the Atlas as a whole is cited."""
        return self.title == self.atlas


def work(content: Content, page: str = "", title: str = "") -> Work:
    """Return what is cited.

    Args:
        content: The edition that the page belongs to.
        page: Path of the page; empty for the edition as a whole.
        title: What the page is called; empty for the edition as a whole.
    """
    edition, taxonomy = content.atlas.edition, content.taxonomy.version
    return _work(content, edition, taxonomy, page, title)


def work_of(content: Content, release: Release) -> Work:
    """Return an edition that was released, as a whole."""
    return _work(content, release.version, release.taxonomy, "", "")


def _work(content: Content, edition: str, taxonomy: str, page: str, title: str) -> Work:
    atlas, release = content.atlas, content.releases.get(edition)
    top = atlas.home_of(edition)
    return Work(
        key=_key(edition, page),
        title=title or atlas.title,
        atlas=atlas.title,
        edition=edition,
        taxonomy=taxonomy,
        year=edition.partition(".")[0],
        url=f"{top}{address(page)}" if top else "",
        doi=str((release.doi if release else None) or atlas.doi or ""),
    )


def citation(edition: Edition, page: str, title: str, reports: Sequence[Report] = ()) -> Citation:
    """Return how a page is cited.

    Args:
        edition: The edition that the page belongs to.
        page: Path of the page, such as ``taxonomy/E13.md``.
        title: What the page is called, such as "E13 Computation Error".
        reports: Runs whose predictions the page rests on.
    """
    return replace(cited(work(edition.content, page, title)), credits=credits_of(reports))


def cited(one: Work) -> Citation:
    """Return a citation in all its forms."""
    return Citation(
        text=_text(one),
        bibtex=_bibtex(one),
        ris=_ris(one),
        csl=_listed(_csl(one)),
    )


def edition_files(made: Citation, stem: str) -> dict[str, bytes]:
    """Return the citation of an edition as files for reference managers, by path.

    Args:
        made: The citation.
        stem: What their paths begin with.
    """
    forms = {"bib": made.bibtex, "ris": made.ris, "csl.json": made.csl}
    return {f"{stem}.{end}": f"{text}\n".encode() for end, text in forms.items()}


def _text(one: Work) -> str:
    within = f"edition {one.edition}, taxonomy version {one.taxonomy}."
    named = f"{one.title}, {within}" if one.whole else f"{one.title}. In {one.atlas}, {within}"
    ends = [f"{RESOLVER}{one.doi}" if one.doi else "", one.url]
    return " ".join([f"{AUTHOR} ({one.year}). {named}", *filter(None, ends)])


def _bibtex(one: Work) -> str:
    title = _latex(one.title) if one.whole else f"{_latex(one.atlas)}: {_latex(one.title)}"
    fields = {
        "title": f"{{{title}}}",
        "author": f"{{{AUTHOR}}}",
        "year": _latex(one.year),
        "note": _latex(one.note),
        # Both are copied as they are: BibTeX styles set them with \url.
        **({"doi": one.doi} if one.doi else {}),
        **({"url": one.url} if one.url else {}),
    }
    lines = ",\n".join(f"  {name:<6} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{one.key},\n{lines}\n}}"


def _ris(one: Work) -> str:
    """Return a citation as RIS.

    Source:
        Research Information Systems format: a tag of two letters a line, ``TY`` first, ``ER`` last.
    """
    lines = [("TY", "DATA"), ("ID", one.key), ("TI", one.title)]
    lines += [] if one.whole else [("T2", one.atlas)]
    lines += [("AU", AUTHOR), ("PY", one.year), ("ET", one.edition), ("N1", one.note)]
    lines += [(tag, value) for tag, value in (("DO", one.doi), ("UR", one.url)) if value]
    # A line end in a value would begin a line of its own.
    return "\n".join(f"{tag}  - {' '.join(value.split())}" for tag, value in [*lines, ("ER", "")])


def _csl(one: Work) -> dict[str, Any]:
    """Return a citation as an item of CSL-JSON."""
    return {
        "id": one.key,
        "type": "dataset" if one.whole else "webpage",
        "title": one.title,
        **({} if one.whole else {"container-title": one.atlas}),
        "author": [{"literal": AUTHOR}],
        "issued": {"date-parts": [[int(one.year)]]},
        "version": one.edition,
        "note": one.note,
        **({"DOI": one.doi} if one.doi else {}),
        **({"URL": one.url} if one.url else {}),
    }


def _listed(item: dict[str, Any]) -> str:
    """Return one item as CSL-JSON, a field a line."""
    lines = (
        f"  {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}"
        for name, value in item.items()
    )
    return "[{\n" + ",\n".join(lines) + "\n}]"


def _latex(text: str) -> str:
    """Return text in which no character means anything to LaTeX or ends a BibTeX field."""
    return _SPECIAL.sub(lambda found: _WRITTEN.get(found[0], f"\\{found[0]}"), text)


def _key(edition: str, page: str) -> str:
    """Return a key that names the page and the edition, of letters, digits and hyphens."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", f"{edition} {page.removesuffix('.md')}")
    return f"erroratlas-{plain.strip('-')}"
