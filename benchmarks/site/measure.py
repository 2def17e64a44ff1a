"""Measure a built site in Chromium, page kind by page kind, against what it is held to.

In a checkout, with the packages of ``benchmarks/site`` and a Chromium::

    npm ci --ignore-scripts --prefix benchmarks/site
    .venv/bin/python -m benchmarks.site.measure build/site --json build/measured.json

Serves the site gzip-compressed under a sub-path, prints Markdown tables with the targets beside
the figures, and ends with exit status 1 if one is missed.
"""

import argparse
import gzip
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from benchmarks.site import browsing, targets
from benchmarks.site.lighthouse import scores
from benchmarks.site.pages import KINDS, address
from benchmarks.site.serving import Host, hosted

_FEW = ("html", "css", "js", "json", "search", "image", "other", "data")


def page(
    browser: Browser, host: Host, kind: str, path: str, *, tries: int, chromium: Path | None
) -> dict[str, Any]:
    """Return everything measured on a page.

    Args:
        browser: A running Chromium.
        host: The server.
        kind: Kind of the page.
        path: Its address below the site's.
        tries: Loads of which the middle one is taken, for times.
        chromium: The executable for Lighthouse; None leaves it out.
    """
    print(f"{kind}: /{path}", file=sys.stderr, flush=True)
    found: dict[str, Any] = {"path": path, **browsing.whole_page(browser, host, path)}
    if found["charts"]:
        for name, slow in (("chart_desktop", False), ("chart_slow", True)):
            found[name] = browsing.chart_time(browser, host, path, slow=slow, tries=tries)
    found |= browsing.first_look(browser, host, path, tries)
    found |= browsing.narrow_page(browser, host, path)
    found["axe_light"] = browsing.accessible(browser, host, path, dark=False)
    found["axe_dark"] = browsing.accessible(browser, host, path, dark=True)
    if chromium is not None:
        found["lighthouse"] = scores(host.address + path, chromium)
    return found


def whole(site: Path) -> dict[str, float]:
    """Return the figures of the site as a whole."""
    files = [path for path in site.rglob("*") if path.is_file()]
    index = site / "search/search_index.json"
    return {
        "site MB": sum(path.stat().st_size for path in files) / 1e6,
        "files": len(files),
        "pages": sum(path.suffix == ".html" for path in files),
        "search index kB": len(gzip.compress(index.read_bytes(), 6)) / 1000,
    }


def all_missed(pages: dict[str, dict[str, Any]], total: dict[str, float]) -> list[str]:
    """Return a sentence for every figure of the pages and of the site that misses its target."""
    over = [said for kind, raw in pages.items() for said in targets.missed(kind, raw).values()]
    return over + [
        f"site: {target.figure} {total[target.figure]:.4g}, is held to {target}"
        for target in targets.WHOLE
        if target.missed(total[target.figure])
    ]


def table(pages: dict[str, dict[str, Any]]) -> str:
    """Return the figures of all pages as Markdown, a page a row, with the targets above."""
    held = {target.figure: str(target) for target in targets.PER_PAGE}
    held |= {"kB": f"≤ {targets.CHART_KB}; {targets.PLAIN_KB} without chart", "data kB": ""}
    names = ["kB", "data kB", *(target.figure for target in targets.PER_PAGE)]
    lines = [
        f"| page | {' | '.join(names)} |",
        f"|---|{'---:|' * len(names)}",
        f"| *held to* | {' | '.join(held[name] for name in names)} |",
    ]
    for kind, raw in pages.items():
        measured = targets.figures(kind, raw)
        over = targets.missed(kind, raw)
        cells = [_cell(name, measured.get(name), missed=name in over) for name in names]
        lines.append(f"| {kind} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(name: str, value: float | None, *, missed: bool) -> str:
    if value is None:
        return ""
    digits = {"shift": 3, "chart desktop s": 2, "chart slow s": 2, "largest paint slow s": 2}
    said = f"{value:,.{digits.get(name, 0)}f}"
    return f"**{said}**" if missed else said


def weights(pages: dict[str, dict[str, Any]]) -> str:
    """Return the bytes over the wire by type as Markdown, in kB."""
    lines = [f"| page | {' | '.join(_FEW)} |", f"|---|{'---:|' * len(_FEW)}"]
    for kind, raw in pages.items():
        cells = (f"{raw['bytes'].get(name, 0) / 1000:,.0f}" for name in _FEW)
        lines.append(f"| {kind} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("site", type=Path, help="folder of the built site")
    parser.add_argument("--json", type=Path, help="file to keep everything in")
    parser.add_argument("--only", nargs="+", choices=KINDS, help="page kinds to measure")
    parser.add_argument("--tries", type=int, default=3, help="loads a time is the median of")
    parser.add_argument("--no-lighthouse", action="store_true", help="leave Lighthouse out")
    given = parser.parse_args()
    executable = os.environ.get("CHROME_PATH") or shutil.which("chromium")
    if not executable or not browsing.AXE.is_file():
        sys.exit("needs a Chromium (CHROME_PATH) and: npm ci --ignore-scripts in benchmarks/site")
    site, chromium = given.site.resolve(), Path(executable)
    there = {kind: address(site, kind) for kind in given.only or KINDS}
    for kind in [kind for kind, path in there.items() if path is None]:
        print(f"{kind}: no page of this kind", file=sys.stderr)
    pages: dict[str, dict[str, Any]] = {}
    total = whole(site)
    with hosted(site) as host, browsing.chromium(chromium) as browser:
        for kind, path in there.items():
            if path is None:
                continue
            asked = None if given.no_lighthouse else chromium
            pages[kind] = page(browser, host, kind, path, tries=given.tries, chromium=asked)
            if given.json:  # after each page: a run takes a quarter of an hour, and may be cut off
                kept = {"pages": pages, "site": total, "missed": all_missed(pages, total)}
                given.json.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    over = all_missed(pages, total)
    print(table(pages), weights(pages), sep="\n\n")
    held = {target.figure: f" ({target})" for target in targets.WHOLE}
    print(
        "\n"
        + ", ".join(f"{name} {value:,.1f}{held.get(name, '')}" for name, value in total.items())
    )
    print("\n".join(["", "Missed:", *over] if over else ["", "Nothing is missed."]))
    sys.exit(1 if over else 0)


if __name__ == "__main__":
    main()
