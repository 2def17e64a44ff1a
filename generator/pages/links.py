"""Where pages lie, and the relative address of one as seen from another."""

import posixpath
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

HOME = "index.md"
TAXONOMY = "taxonomy/index.md"
CROSSWALKS = "taxonomy/crosswalks.md"
PROPOSALS = "taxonomy/proposals/index.md"
MODELS = "models/index.md"
COMPARED = "models/compared.md"
BENCHMARKS = "benchmarks/index.md"
METHOD = "method.md"
TRUST = "trust.md"
DATA = "data.md"
CHANGES = "changes.md"
EXPLORE = "explore.md"
COMPARE = "compare.md"
DECISIONS = "decisions/index.md"
SPEED = "speed.md"


@dataclass(frozen=True)
class Link:
    """A text that leads somewhere."""

    text: str
    """What is shown."""
    href: str
    """Address relative to the page that it stands on; empty for no link."""


def category_path(category: str) -> str:
    """Return the path of a category's page."""
    return f"taxonomy/{category}.md"


def proposal_path(name: str) -> str:
    """Return the path of a proposal's page."""
    return f"taxonomy/proposals/{name}.md"


def model_path(model: str) -> str:
    """Return the path of a model's page."""
    return f"models/{model}.md"


def benchmark_path(benchmark: str) -> str:
    """Return the path of a benchmark's page."""
    return f"benchmarks/{benchmark}.md"


def edition_path(version: str) -> str:
    """Return the path of the page on an edition that was released."""
    return f"changes/{version}.md"


def address(path: str) -> str:
    """Return the address of a file below the top of the site: ``models/x.md`` is ``models/x/``."""
    if not path.endswith(".md"):
        return path
    bare = path.removesuffix(".md")
    if bare == "index":
        return ""
    return bare.removesuffix("/index") + "/"


def href(page: str, target: str, anchor: str = "") -> str:
    """Return the relative address of a file as seen from a page.

    Raw HTML is not looked at when Markdown is turned into pages, so what stands in its links is
    the address itself and not the path of a Markdown file.

    Args:
        page: Path of the page that the link stands on, such as ``models/x.md``.
        target: Path of the file it leads to.
        anchor: Identifier of a place on it.
    """
    return _relative(page, target) + (f"#{anchor}" if anchor else "")


@lru_cache(maxsize=4_096)
def _relative(page: str, target: str) -> str:
    """Return the address of a file as seen from a page; every table of a page leads to the same."""
    there, here = address(target), address(page)
    # Not by ``posixpath.relpath``, which asks the system where it is twice for each address.
    to, at = ([part for part in path.split("/") if part] for path in (there, here))
    same = len(posixpath.commonprefix([to, at]))
    relative = "/".join([*[".."] * (len(at) - same), *to[same:]]) or "."
    ending = "/" if not there or there.endswith("/") else ""
    return f"{relative}{ending}"


def explore_href(page: str, **chosen: str) -> str:
    """Return the address of Explore with filters set, as seen from a page.

    Args:
        page: Path of the page that the link stands on.
        chosen: Values by key of the address; see ``generator.pages.explore``.
    """
    return _asked(href(page, EXPLORE), chosen)


def compare_href(page: str, **chosen: str) -> str:
    """Return the address of Compare with something chosen, as seen from a page.

    Args:
        page: Path of the page that the link stands on.
        chosen: Values by key of the address; see ``generator.pages.compare``.
    """
    return _asked(href(page, COMPARE), chosen)


def _asked(address: str, chosen: dict[str, str]) -> str:
    query = urlencode({key: value for key, value in chosen.items() if value})
    return address + (f"?{query}" if query else "")
