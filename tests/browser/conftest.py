"""A small built site, served on loopback, and pages of a real browser that watch themselves."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    Locator,
    Page,
    TimeoutError,  # noqa: A004 - Playwright's own is no builtin
    ViewportSize,
    sync_playwright,
)

from generator.site.serve import server
from tests.browser import small_site
from tests.browser_setup import chromium_or_skip
from tests.charts import numbers
from tests.conftest import made_once

# A window of Chromium keeps two pages of its own ready below its address bar. Nobody types there,
# and starting them for each test takes longer than most tests. The other names are the features
# that Playwright turns off: of this flag the last one counts alone.
UNUSED = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "SpareRendererForSitePerProcess",
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
FLAGS = (
    "--disable-dev-shm-usage",  # small in containers
    "--no-sandbox",  # a container's root has no other way
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    f"--disable-features={','.join(UNUSED)}",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
)
PATIENCE = 120_000
"""Milliseconds until something that has to come counts as missing, on however busy a machine."""
ATTEMPTS = 40
"""Times that something is tried again within that."""


@dataclass
class Watched:
    """A page, and everything that went wrong on it."""

    page: Page
    base: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> "Watched":
        self.page.goto(self.base + path)
        return self

    def anew(self, path: str) -> "Watched":
        """Open another page in the same window, and forget what was said of the one before."""
        self.page.goto("about:blank")
        self.requests.clear()
        self.complaints.clear()
        return self.open(path)

    def draw_all(self) -> "Watched":
        """Scroll to every chart and wait until it is drawn."""
        for figure in self.page.query_selector_all("figure.ea-chart"):
            figure.scroll_into_view_if_needed()
            self.page.wait_for_function("figure => figure.dataset.drawn", arg=figure)
        return self

    def point_at_a_cell(self) -> Locator:
        """Move the pointer to the first cell of the heat map and return the tooltip."""
        cell = self.page.locator("#chart-heat-map svg .mark-rect path").first
        # Into the middle of the window: at its top it would lie under the header.
        cell.evaluate("cell => cell.scrollIntoView({block: 'center'})")
        cell.hover(force=True)
        tooltip = self.page.locator("#ea-tooltip:not([hidden])")
        tooltip.wait_for()
        return tooltip

    def search(self, words: str) -> Locator:
        """Type into the search field and return what is found, once something is."""
        found = self.page.locator(".md-search-result__link")
        for _ in range(ATTEMPTS):
            # What is typed before the theme listens is passed over for good: type again.
            self.type_search(words)
            with suppress(TimeoutError):
                found.first.wait_for(timeout=PATIENCE / ATTEMPTS)
                break
        return found

    def type_search(self, words: str) -> None:
        """Type into the search field, key by key: the theme listens to keys going up."""
        search = self.page.locator("input.md-search__input")
        search.fill("")
        search.press_sequentially(words)

    @property
    def elsewhere(self) -> list[str]:
        """Requests that left the site."""
        own = (self.base, "data:", "blob:")
        return [address for address in self.requests if not address.startswith(own)]


@pytest.fixture(scope="session")
def site(project_root: Path, content_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with a chart of each kind."""

    def make(root: Path) -> None:
        tree = numbers.taxonomy(content_root)
        small_site.build(project_root, root, small_site.pages(tree))

    return made_once(tmp_path_factory, "small-site", make) / "build" / "site"


@pytest.fixture(scope="session")
def working_site(
    project_root: Path, content_root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The same with Compare and Explore at work."""

    def make(root: Path) -> None:
        tree = numbers.taxonomy(content_root)
        small_site.build(project_root, root, small_site.working_pages(tree, root / "content"))

    return made_once(tmp_path_factory, "working-site", make) / "build" / "site"


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder on loopback for a while; gives its address."""
    with server(site, 0) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Where pages are opened; modules with another site have their own."""
    with served(site) as base:
        yield base


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium for one module; its event loop must not outlive it in the worker."""
    executable = chromium_or_skip()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=executable, args=list(FLAGS), timeout=PATIENCE
        )
        yield running
        running.close()


@contextmanager
def watching(browser: Browser, base: str) -> Iterator[Callable[..., Watched]]:
    """Open pages of a site; whatever the browser complains about is kept."""
    contexts = []

    def new(width: int = 1280, **settings: Any) -> Watched:
        size: ViewportSize = {"width": width, "height": 900}
        context = browser.new_context(viewport=size, **settings)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        watch = Watched(context.new_page(), base)
        page = watch.page
        page.on("request", lambda request: watch.requests.append(request.url))
        page.on("pageerror", lambda error: watch.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (watch.complaints.append("dialog"), dialog.dismiss()))
        page.on(
            "console",
            lambda line: (
                watch.complaints.append(line.text) if line.type in {"error", "warning"} else None
            ),
        )
        # Browsers ask for it beside a drawing that is opened by itself.
        page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
        page.add_init_script(
            "addEventListener('securitypolicyviolation', event =>"
            " console.error('blocked by the policy: ' + event.blockedURI))"
        )
        return watch

    yield new
    for context in contexts:
        context.close()


@pytest.fixture
def watched(browser: Browser, address: str) -> Iterator[Callable[..., Watched]]:
    """Open pages of the site at ``address``."""
    with watching(browser, address) as new:
        yield new


# A window of its own for each page costs more than the page: these are for tests that open one
# page after the other, leave it as it is and only look.


@pytest.fixture(scope="module")
def desk(browser: Browser, address: str) -> Iterator[Watched]:
    """A page as wide as on a desk."""
    with watching(browser, address) as new:
        yield new()


@pytest.fixture(scope="module")
def phone(browser: Browser, address: str) -> Iterator[Watched]:
    """A page as wide as on a phone."""
    with watching(browser, address) as new:
        yield new(390)


@pytest.fixture(scope="module")
def plain(browser: Browser, address: str) -> Iterator[Watched]:
    """A page without JavaScript."""
    with watching(browser, address) as new:
        yield new(java_script_enabled=False)
