"""From build/docs to the finished site: mkdocs, content security policy, links."""

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from generator.errors import InputError
from generator.records.atlas import DEV, LATEST, folder_of
from generator.site.cards import write_cards
from generator.site.csp import protect
from generator.site.discovery import discovery_files
from generator.site.findable import drop_days, place_downloads
from generator.site.lean import write_lean
from generator.site.links import broken_links
from generator.site.mkdocs import run_mkdocs
from generator.site.seal import write_seal
from generator.store.atomic import write_bytes
from generator.store.content import Content

ADDRESS = "ERRORATLAS_SITE_URL"
"""Environment variable with the public address of the Atlas, below which editions lie."""
SHOWN = 20
"""Broken links that a message names."""


def drop_maps(site: Path) -> None:
    """Remove the source maps of the theme: 1.3 MB that only those who work on it open."""
    for path in site.rglob("*.map"):
        if path.with_suffix("").is_file():
            path.unlink()


def publish(root: Path, site: Path, content: Content) -> None:
    """Build the site with mkdocs, protect every page, and check every internal link.

    The site takes the place of the one before it only when all of this is done, so that nobody
    ever sees, and no kill ever leaves, a page without its policy.

    Args:
        root: Checkout with ``mkdocs.yml`` and ``build/docs``.
        site: Folder that mkdocs writes.
        content: What is published.

    Raises:
        InputError: mkdocs warned or failed, or a link leads nowhere.
    """
    fresh, old = (site.with_name(f"{site.name}.{part}") for part in ("new", "old"))
    atlas, public = content.atlas, os.environ.get(ADDRESS, "").rstrip("/")
    # Search engines are told of the latest edition, whichever one a reader looks at.
    home = f"{public}/{LATEST if atlas.released else DEV}/" if public else ""
    release = content.releases.get(atlas.edition)
    run_mkdocs(root, site=fresh, day=release.date if release else atlas.day, address=home)
    if not atlas.released:
        drop_days(fresh)
    drop_maps(fresh)
    for name, data in discovery_files(content, public, home).items():
        write_bytes(fresh / name, data)
    if home:  # only a page that has a public address is shown by its card
        write_cards(root / "build" / "docs", fresh)
        place_downloads(fresh, f"{public}/{folder_of(atlas.edition)}/")
    write_lean(fresh)
    protect(fresh)
    # mkdocs writes the addresses of the page for unknown addresses from the root of the host.
    broken = broken_links(fresh, urlsplit(home).path or "/", home)
    if broken:
        named = "\n".join(str(link) for link in broken[:SHOWN])
        raise InputError(f"{named}\n{len(broken)} links of the site lead nowhere")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    fresh.rename(site)
    write_seal(site, atlas.edition, public)
    shutil.rmtree(old, ignore_errors=True)
