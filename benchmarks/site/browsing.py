"""Pages opened in Chromium: what they bring, when they show it, what goes wrong."""

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from benchmarks.site.serving import Host

HERE = Path(__file__).resolve().parent
FLAGS = (
    "--no-sandbox",  # a container's root has no other way
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
SLOW_4G = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1_474_560 / 8,
    "uploadThroughput": 675_000 / 8,
}
"""What Chromium's own tools call slow 4G; latency in milliseconds a request, bytes a second."""
SLOWDOWN = 4
"""A phone's processor, as a part of this one."""
PATIENCE = 120_000
"""Milliseconds until what has to come counts as missing."""
AXE = HERE / "node_modules/axe-core/axe.min.js"
SERIOUS = {"serious", "critical"}


@dataclass
class Opened:
    """A page that was opened, and what it complained about."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def measured(self) -> dict[str, Any]:
        """Return what the script in the page noted."""
        found: dict[str, Any] = self.page.evaluate("measured")
        return found

    def read_to_the_end(self) -> None:
        """Scroll through the page as a reader does, until every chart is drawn."""
        page = self.page
        height = page.evaluate("document.documentElement.scrollHeight")
        step = page.viewport_size["height"] // 2 if page.viewport_size else 400
        for top in range(0, height, step):
            page.evaluate("top => scrollTo(0, top)", top)
            page.wait_for_timeout(40)
        page.wait_for_function(
            "() => [...document.querySelectorAll('figure.ea-chart[data-spec]')]"
            ".filter(one => one.checkVisibility()).every(one => one.dataset.drawn)"
        )
        page.wait_for_load_state("networkidle")


@contextmanager
def chromium(executable: Path) -> Iterator[Browser]:
    """Start a browser for a while."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def opened(
    browser: Browser,
    address: str,
    base: str,
    *,
    size: dict[str, int],
    slow: bool = False,
    dark: bool = False,
    to_chart: bool = False,
) -> Iterator[Opened]:
    """Open a page with an empty cache, and wait until it is loaded."""
    context: BrowserContext = browser.new_context(
        viewport=size,  # type: ignore[arg-type]
        color_scheme="dark" if dark else "light",
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    found = Opened(page)
    page.on(
        "console",
        lambda line: found.complaints.append(line.text) if line.type == "error" else None,
    )
    page.on("pageerror", lambda error: found.complaints.append(str(error)))
    page.on(
        "request",
        lambda request: (
            found.elsewhere.append(request.url)
            if not request.url.startswith((base, "data:", "blob:"))
            else None
        ),
    )
    if to_chart:
        page.add_init_script("globalThis.goToChart = true")
    page.add_init_script(path=HERE / "watch.js")
    if slow:
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_4G)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    page.goto(address, wait_until="load")
    yield found
    context.close()


def chart_time(browser: Browser, host: Host, path: str, *, slow: bool, tries: int) -> float | None:
    """Return the seconds until the first chart is drawn for a reader who goes to it at once.

    Of several loads the middle one is taken. None where the page has no chart.
    """
    times = []
    for _ in range(tries):
        size = NARROW if slow else WIDE
        address = host.address + path
        with opened(browser, address, host.address, size=size, slow=slow, to_chart=True) as one:
            if not one.page.query_selector("figure.ea-chart[data-spec]"):
                return None
            one.page.wait_for_function("() => measured.drawn.length > 0")
            times.append(float(one.measured()["drawn"][0]) / 1000)
    return statistics.median(times)


def first_look(browser: Browser, host: Host, path: str, tries: int) -> dict[str, Any]:
    """Return when the largest thing is painted on a slow phone, and how much the page shifts."""
    times, found = [], {}
    for turn in range(tries):
        with opened(browser, host.address + path, host.address, size=NARROW, slow=True) as one:
            one.page.wait_for_load_state("networkidle")
            found = one.measured()
            times.append(found["largest"] / 1000)
            if turn == tries - 1:
                one.read_to_the_end()
                found = one.measured()
    return {
        "largest_paint_slow": statistics.median(times),
        "largest_is": found["largestIs"],
        "shift_narrow": found["shift"],
        "shifts": found["shifts"][:5],
    }


def whole_page(browser: Browser, host: Host, path: str) -> dict[str, Any]:
    """Return what a reader on a desktop who reads to the end is sent, and what went wrong."""
    host.sent.clear()
    with opened(browser, host.address + path, host.address, size=WIDE) as one:
        one.page.wait_for_load_state("networkidle")
        one.read_to_the_end()
        found = one.measured()
        return {
            "bytes": host.by_kind(),
            "charts": one.page.locator("figure.ea-chart[data-spec]").count(),
            "shift_wide": found["shift"],
            "blocked": found["blocked"],
            "elsewhere": one.elsewhere,
            "errors": one.complaints,
        }


def narrow_page(browser: Browser, host: Host, path: str) -> dict[str, Any]:
    """Return by how many pixels a page is wider than a phone, with everything unfolded."""
    with opened(browser, host.address + path, host.address, size=NARROW) as one:
        one.read_to_the_end()
        one.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        root = "document.documentElement"
        wider = one.page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
        return {"sideways": int(wider), "errors_narrow": one.complaints}


def accessible(browser: Browser, host: Host, path: str, *, dark: bool) -> list[str]:
    """Return the serious and critical findings of axe, with everything drawn and unfolded."""
    with opened(browser, host.address + path, host.address, size=WIDE, dark=dark) as one:
        one.read_to_the_end()
        one.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        # Evaluated by the browser's own tools, which the page's policy does not bind.
        one.page.evaluate(AXE.read_text(encoding="utf-8"))
        said = one.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{finding['id']} ({len(finding['nodes'])}): {' '.join(map(str, node['target']))}"
        for finding in said["violations"]
        if finding["impact"] in SERIOUS
        for node in finding["nodes"][:1]
    ]
