"""Pictures of the pages that a change touches, for whoever reviews it.

Run with ``make review``: ``python -m tests.browser.screenshots REVISION SITE FOLDER``.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

from generator.errors import ErrorAtlasError
from generator.intake.scope import Scope, changed_since
from tests.browser.conftest import FLAGS, PATIENCE, served
from tests.browser_setup import chromium

MOST_PAGES = 6
VIEWS = {"light": 1280, "dark": 390}
"""Colour scheme and width of each picture."""


def pages_of(scope: Scope, site: Path) -> list[str]:
    """Return the addresses of built pages whose model or benchmark is touched, models first."""
    names = sorted(scope.names or ())
    models = [Path(name).stem for name in names if name.startswith("models/")]
    models += [Path(name).parts[2] for name in names if name.startswith("predictions/")]
    benchmarks = [Path(name).parts[1] for name in names if name.startswith("benchmarks/")]
    wanted = [f"models/{name}/" for name in models] + [f"benchmarks/{n}/" for n in benchmarks]
    there = (page for page in dict.fromkeys(wanted) if (site / page / "index.html").is_file())
    return list(there)[:MOST_PAGES]


def take(executable: Path, site: Path, pages: Sequence[str], folder: Path) -> list[str]:
    """Take pictures of pages, in each view, and return the names of the files."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    with served(site) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        for scheme, width in VIEWS.items():
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            for address in pages:
                page = context.new_page()
                page.goto(base + address, timeout=PATIENCE)
                for figure in page.query_selector_all("figure.ea-chart"):
                    figure.scroll_into_view_if_needed()
                    page.wait_for_function(
                        "figure => figure.dataset.drawn", arg=figure, timeout=PATIENCE
                    )
                page.evaluate("scrollTo(0, 0)")
                name = f"{address.strip('/').replace('/', '-')}-{scheme}.png"
                page.screenshot(path=folder / name, full_page=True)
                taken.append(name)
                page.close()
        browser.close()
    return taken


def main() -> None:
    """Take the pictures, or say why there are none: they never hold up a review."""
    revision, site, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    executable = chromium()
    try:
        pages = pages_of(changed_since(revision, Path("content")), site)
    except ErrorAtlasError as error:
        print(f"No pictures: {error}")
        return
    if executable is None or not pages:
        print("No pictures:", "no browser here" if pages else "no page of a model or benchmark")
        return
    print("\n".join(take(executable, site, pages, folder)))


if __name__ == "__main__":
    main()
