"""The downloads described for machines: checksums, and schema.org's Dataset for search engines."""

import hashlib
import json
from collections.abc import Sequence
from urllib.parse import urljoin

from generator.pages.citing import AUTHOR, citation
from generator.pages.downloads import Download
from generator.pages.edition import Edition
from generator.pages.escaping import Html
from generator.pages.links import DATA, address, href

SUMS = "data/SHA256SUMS.txt"
"""Path of the checksums."""
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def checksums(tables: Sequence[Download]) -> bytes:
    """Return the checksums of all downloads, as ``sha256sum --check`` reads them."""
    lines = [f"{_sum(table)}  {table.path.removeprefix('data/')}\n" for table in tables]
    return "".join(lines).encode("utf-8")


def described(edition: Edition, tables: Sequence[Download]) -> Html:
    """Return what the downloads are as JSON-LD, in a script element that no browser runs.

    Where the content does not say where the Atlas lies, their addresses are as seen from the page;
    a site that is built for an address has them whole.

    Source:
        https://schema.org/Dataset
    """
    atlas = edition.content.atlas
    release = edition.content.releases.get(atlas.edition)
    there = urljoin(atlas.home_of(atlas.edition), address(DATA)) if atlas.url else ""
    about = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": f"{atlas.title} {atlas.edition}",
        "description": f"{atlas.description} Causes of failures by model and benchmark, with n, "
        "intervals and the verdicts behind them.",
        "version": atlas.edition,
        "license": LICENCE,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": AUTHOR},
        "citation": citation(edition, DATA, "Data").text,
        "measurementTechnique": "Evidence rules and judges after a written taxonomy",
        "distribution": [
            {
                "@type": "DataDownload",
                "name": table.path.removeprefix("data/"),
                "description": table.about,
                "contentUrl": urljoin(there, href(DATA, table.path)),
                "encodingFormat": "application/gzip" if table.path.endswith(".gz") else "text/csv",
                "contentSize": f"{len(table.data)} B",
                "sha256": _sum(table),
            }
            for table in tables
        ],
    }
    if atlas.url:
        about["url"] = there
    if release is not None:
        about["datePublished"] = release.date.isoformat()
    return Html(f'<script type="application/ld+json">{in_page(about)}</script>')


def in_page(about: object) -> str:
    """Return JSON for a script element that no browser runs.

    No text of a content file can end the element, or be taken for Markdown or a template.
    """
    text = json.dumps(about, ensure_ascii=True, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _sum(table: Download) -> str:
    return hashlib.sha256(table.data).hexdigest()
