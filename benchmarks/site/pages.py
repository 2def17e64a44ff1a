"""Which page of a built site stands for its kind: the heaviest one."""

from pathlib import Path

KINDS = {
    "home": "index.html",
    "taxonomy": "taxonomy/index.html",
    "category": "taxonomy/E*/index.html",
    "crosswalks": "taxonomy/crosswalks/index.html",
    "proposals": "taxonomy/proposals/index.html",
    "proposal": "taxonomy/proposals/*/index.html",
    "models": "models/index.html",
    "model": "models/*__*/index.html",
    "compared": "models/compared/index.html",
    "benchmarks": "benchmarks/index.html",
    "benchmark": "benchmarks/*/index.html",
    "compare": "compare/index.html",
    "explore": "explore/index.html",
    "trust": "trust/index.html",
    "data": "data/index.html",
    "method": "method/index.html",
    "changes": "changes/index.html",
    "edition": "changes/*/index.html",
    "speed": "speed/index.html",
    "cite": "cite/index.html",
    "prose": "contribute/index.html",
    "decision": "decisions/*/index.html",
}
"""Page kinds, and where their pages are."""


def address(site: Path, kind: str) -> str | None:
    """Return the address, below the site's, of the heaviest page of a kind; none without one."""
    found = sorted(site.glob(KINDS[kind]), key=lambda path: (-path.stat().st_size, path))
    if not found:
        return None
    return found[0].relative_to(site).as_posix().removesuffix("index.html")
