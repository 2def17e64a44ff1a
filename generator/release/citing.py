"""Files by which others cite an edition: for people, reference managers and archives."""

import html
from typing import Any

import yaml

from generator.pages.citing import AUTHOR, Work, cited
from generator.records.release import Release
from generator.release.files import json_text

KEYWORDS = ("benchmark", "error analysis", "evaluation", "language model", "taxonomy")
METHOD = "2601.15812"
"""arXiv number of the paper whose method the Atlas follows."""
MESSAGE = "If you use these data, please cite them with the edition."


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
        "CITATION.cff": _cff(release, one, about, atlas_doi),
        ".zenodo.json": json_text(_zenodo(release, one, about, made.text)),
        "citation.bib": made.bibtex + "\n",
        "citation.ris": made.ris + "\n",
        "citation.csl.json": made.csl + "\n",
        "citation.txt": made.text + "\n",
    }


def _cff(release: Release, one: Work, about: str, atlas_doi: str) -> str:
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
        "version": release.version,
        "date-released": release.date.isoformat(),
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
    text: str = yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=1_000)
    return text


def _zenodo(release: Release, one: Work, about: str, text: str) -> dict[str, Any]:
    """Return the metadata of a deposit.

    Source:
        https://developers.zenodo.org, deposit metadata.
    """
    related = [{"relation": "isDerivedFrom", "identifier": f"arXiv:{METHOD}", "scheme": "arxiv"}]
    if one.url:
        related.append({"relation": "isPartOf", "identifier": one.url, "scheme": "url"})
    return {
        "upload_type": "dataset",
        "title": f"{one.atlas} {release.version}",
        "description": html.escape(f"{about} {text}", quote=False),
        "creators": [{"name": AUTHOR}],
        "version": release.version,
        "publication_date": release.date.isoformat(),
        "access_right": "open",
        "license": "cc-by-4.0",
        "language": "eng",
        "keywords": [*KEYWORDS],
        **({"doi": one.doi} if release.doi and one.doi == release.doi else {}),
        "related_identifiers": related,
    }
