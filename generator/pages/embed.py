"""The one page that other sites embed: a chart, its source and its edition."""

from dataclasses import dataclass

from generator.pages.render import render

EMBED = "embed/index.html"
"""Path of the page. It is a file, whole as it stands: no frame of the site is wanted around it."""


@dataclass(frozen=True)
class EmbedContext:
    """What the template ``embed.html.j2`` shows."""

    atlas: str
    """Name of the Atlas."""
    edition: str
    """Edition that the chart belongs to."""


def embed_files(atlas: str, edition: str) -> dict[str, bytes]:
    """Return the page by its path; which chart it shows stands in its address.

    Args:
        atlas: Name of the Atlas.
        edition: Edition, such as 2026.12.
    """
    return {EMBED: render("embed.html.j2", EmbedContext(atlas, edition)).encode()}
