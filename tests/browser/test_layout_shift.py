"""What stands on a page stays where it is when charts and data arrive."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route

from tests.browser.conftest import Watched, served, watching

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST = 0.02
"""Layout shift from which readers notice it: a fifth of what counts as good."""
KINDS = {
    "": "body",
    "models/demo/": "figure.ea-chart[data-drawn]",
    "explore/": "#explore:not([inert]):not([aria-busy])",
    "compare/": ".ea-compare:not([inert]):not([aria-busy])",
}
"""Kinds of pages, and what is there once everything has arrived."""
LATE = re.compile(r"\.(json|bin|z)$")
"""Files that come after the page was painted."""
ROOMS = {
    "models/demo/": ("**/models/demo/", r'<svg class="ea-room.*?</svg>'),
    "explore/": ("**/explore.css", r"min-height: ?100vh;?"),
    "compare/": ("**/compare.css", r"min-height: ?100vh;?"),
}
"""What keeps room for that which arrives: the file that holds it, and how it is written there."""

Open = Callable[..., Watched]


@pytest.fixture(scope="module")
def address(working_site: Path) -> Iterator[str]:
    """Where a site is served that has a page of each kind."""
    with served(working_site) as base:
        yield base


@pytest.fixture
def measured(browser: Browser, address: str, project_root: Path) -> Iterator[Open]:
    """Open pages that note by how much they shift."""
    with watching(browser, address) as new:

        def noting(width: int) -> Watched:
            watch = new(width)
            watch.page.add_init_script(path=project_root / "benchmarks" / "site" / "watch.js")
            return watch

        yield noting


def shift(watch: Watched, path: str) -> float:
    """Return by how much a page shifts when what it loads comes after it was painted."""
    held: list[Route] = []
    page = watch.page

    def hold(route: Route) -> None:
        held.append(route)

    page.route(LATE, hold)
    watch.open(path)
    painted = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    page.evaluate(painted)
    page.unroute(LATE)
    for route in held:
        route.continue_()
    page.wait_for_selector(KINDS[path], state="attached")
    page.evaluate(painted)
    found: float = page.evaluate("measured.shift")
    return found


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", KINDS)
def test_nothing_jumps_when_charts_and_data_arrive(measured: Open, path: str, width: int) -> None:
    watch = measured(width)
    assert shift(watch, path) <= MOST, watch.page.evaluate("measured.shifts")


@pytest.mark.parametrize("path", ROOMS)
def test_without_the_room_that_is_kept_it_would(measured: Open, path: str) -> None:
    """So the test above sees what it is there to see."""
    where, room = ROOMS[path]
    watch = measured(1280)

    def without(route: Route) -> None:
        answer = route.fetch()
        left, taken = re.subn(room, "", answer.text(), flags=re.DOTALL)
        assert taken
        route.fulfill(response=answer, body=left)

    watch.page.route(where, without)
    assert shift(watch, path) > MOST
