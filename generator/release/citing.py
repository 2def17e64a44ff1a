"""Files by which others cite an edition: for people, reference managers and archives."""

import html
from typing import Any

import yaml

from generator.pages.citing import AUTHOR, Work, cited, work, work_of
from generator.records.atlas import Atlas
from generator.records.release import Release
from generator.release.files import json_text
from generator.store.content import Content

KEYWORDS = ("benchmark", "error analysis", "evaluation", "language model", "taxonomy")
METHOD = "2601.15812"
"""arXiv number of the paper whose method the Atlas follows."""
PAPER: dict[str, Any] = {
    "type": "article",
    "title": "ErrorMap and ErrorAtlas: Charting the Failure Landscape of Large Language Models",
    "notes": "The method that the Atlas follows.",
    "year": 2026,
    "authors": [
        {"family-names": "Ashury-Tahan", "given-names": "Shir"},
        {"family-names": "Mai", "given-names": "Yifan"},
        {"family-names": "Bandel", "given-names": "Elron"},
        {"family-names": "Shmueli-Scheuer", "given-names": "Michal"},
        {"family-names": "Choshen", "given-names": "Leshem"},
    ],
    "identifiers": [{"type": "other", "value": f"arXiv:{METHOD}"}],
    "url": f"https://arxiv.org/abs/{METHOD}",
}
"""The same as a reference of a citation file."""
MESSAGE = (
    "If you use the Atlas, please cite the edition that you used, and the paper for the method."
)
ABOUT = (
    "Causes of failures by model and benchmark, with n, intervals, and the verdicts and attempts "
    "behind every number."
)
"""What an edition holds, after what the Atlas is."""


def about_edition(atlas: Atlas) -> str:
    """Return what an edition is and holds, in two sentences."""
    return f"{atlas.description} {ABOUT}"


def checkout_files(content: Content) -> dict[str, str]:
    """Return the citation files at the top of a checkout: of the edition that was released last.

    Before the first release they speak of the edition in preparation.

    Args:
        content: What is committed.
    """
    last = next(reversed([*content.releases.values()]), None)
    one = work_of(content, last) if last else work(content)
    about, doi = about_edition(content.atlas), str(content.atlas.doi or "")
    return {
        "CITATION.cff": _cff(one, last, about, doi),
        ".zenodo.json": json_text(_zenodo(one, last, about, cited(one).text)),
    }


def citation_files(release: Release, one: Work, about: str, atlas_doi: str) -> dict[str, str]:
    """Return the files by name.

    Args:
        release: What was frozen.
        one: What is cited.
        about: What the Atlas is, in a sentence.
        atlas_doi: DOI of the Atlas in all its editions; empty where there is none.
    """
    made = cited(one)
    return {
        "CITATION.cff": _cff(one, release, about, atlas_doi),
        ".zenodo.json": json_text(_zenodo(one, release, about, made.text)),
        "citation.bib": made.bibtex + "\n",
        "citation.ris": made.ris + "\n",
        "citation.csl.json": made.csl + "\n",
        "citation.txt": made.text + "\n",
    }


def _cff(one: Work, release: Release | None, about: str, atlas_doi: str) -> str:
    """Return the citation file.

    Source:
        Citation File Format 1.2.0: https://doi.org/10.5281/zenodo.5171937
    """
    others = [("DOI of all editions", "doi", atlas_doi)] if atlas_doi != one.doi else []
    value: dict[str, Any] = {
        "cff-version": "1.2.0",
        "type": "dataset",
        "title": one.atlas,
        "message": MESSAGE,
        "abstract": about,
        "version": one.edition,
        **({"date-released": release.date.isoformat()} if release else {}),
        "license": "CC-BY-4.0",
        "authors": [{"name": AUTHOR}],
        "keywords": [*KEYWORDS],
        **({"doi": one.doi} if one.doi else {}),
        **({"url": one.url} if one.url else {}),
    }
    identifiers = [
        {"type": kind, "value": found, "description": told} for told, kind, found in others if found
    ]
    if identifiers:
        value["identifiers"] = identifiers
    value["references"] = [PAPER]
    text: str = yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=1_000)
    return text


def _zenodo(one: Work, release: Release | None, about: str, text: str) -> dict[str, Any]:
    """Return the metadata of a deposit.

    Source:
        https://developers.zenodo.org, deposit metadata.
    """
    related = [{"relation": "isDerivedFrom", "identifier": f"arXiv:{METHOD}", "scheme": "arxiv"}]
    if one.url:
        related.append({"relation": "isPartOf", "identifier": one.url, "scheme": "url"})
    version_doi = release.doi if release else None
    return {
        "upload_type": "dataset",
        "title": f"{one.atlas} {one.edition}",
        "description": html.escape(f"{about} {text}", quote=False),
        "creators": [{"name": AUTHOR}],
        "version": one.edition,
        **({"publication_date": release.date.isoformat()} if release else {}),
        "access_right": "open",
        "license": "cc-by-4.0",
        "language": "eng",
        "keywords": [*KEYWORDS],
        **({"doi": one.doi} if version_doi and one.doi == version_doi else {}),
        "related_identifiers": related,
    }
