"""What stands at the addresses that belong to no edition: the top, and pages that are no more."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from generator.pages.links import CHANGES, address
from generator.pages.render import render
from generator.records.atlas import LATEST
from generator.site.csp import with_policy

PAGE = "index.html"
"""Name of the file of a page, within the folder that is its address."""


@dataclass(frozen=True)
class TopContext:
    """What the template ``release/top.html.j2`` shows."""

    atlas: str
    """Name of the Atlas."""
    folder: str
    """Folder of the edition that readers are led to."""


@dataclass(frozen=True)
class GoneContext:
    """What the template ``release/gone.html.j2`` shows."""

    atlas: str
    """Name of the Atlas."""
    edition: str
    """The last edition that had the page."""
    there: str
    """Address of the page in it."""
    home: str
    """Address of the home page of the latest edition."""
    changes: str
    """Address of what changed from edition to edition."""


def top_page(atlas: str, folder: str) -> bytes:
    """Return the page at the top, which leads to an edition, also without JavaScript.

    Args:
        atlas: Name of the Atlas.
        folder: Folder of that edition.
    """
    return with_policy(render("release/top.html.j2", TopContext(atlas, folder))).encode("utf-8")


def gone_pages(
    atlas: str, before: Mapping[str, Collection[str]], now: Collection[str]
) -> dict[str, bytes]:
    """Return a page for each address that earlier editions had and the latest has not.

    So a link to a page in the latest edition, from an earlier one or from elsewhere, always leads
    somewhere.

    Args:
        atlas: Name of the Atlas.
        before: Files of each earlier edition, by its folder, the last one first.
        now: Files of the latest edition.

    Returns:
        Pages by their path within the folder of the latest edition.
    """
    found: dict[str, bytes] = {}
    for folder, files in before.items():
        for path in sorted(set(files) - set(now) - set(found)):
            if path.rpartition("/")[2] != PAGE or path == PAGE:
                continue
            up = "../" * path.count("/")
            context = GoneContext(
                atlas=atlas,
                edition=folder,
                there=f"{up}../{folder}/{path.removesuffix(PAGE)}",
                home=f"{up}../{LATEST}/",
                changes=f"{up}../{LATEST}/{address(CHANGES)}",
            )
            found[path] = with_policy(render("release/gone.html.j2", context)).encode("utf-8")
    return found
