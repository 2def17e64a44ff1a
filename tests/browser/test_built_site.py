"""The whole real site, built from the committed content, in a real browser."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.built import finish_build, start_build
from tests.browser.conftest import Watched, served, watching

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Watched]
BELOW = "erroratlas/latest/"
"""Where a published version lies on its host."""
PAGES = {
    "home": "",
    "taxonomy": "taxonomy/",
    "category": "taxonomy/E13/",
    "proposal": "taxonomy/proposals/anchored-all/",
    "models": "models/",
    "sampled model": "models/ai21__jamba-1.5-large/",
    "rules-only model": "models/meta__llama-2-7b-hf/",
    "planted system": "models/erroratlas__planted-arithmetic/",
    "benchmark by reference": "benchmarks/mmlu_pro/",
    "planted benchmark": "benchmarks/planted-faults/",
    "method": "method/",
    "data": "data/",
}
"""One page of each kind."""
CHARTED = [name for name in PAGES if name not in {"category", "proposal", "method", "data"}]
PARTS = ("content", "site_templates", "mkdocs.yml", "pyproject.toml", "CHANGELOG.md")
SWITCH = "form[data-md-component=palette] label:visible"


@pytest.fixture(scope="module")
def top(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A host's folder: the site at its top, and again below an address of its own."""
    root = tmp_path_factory.mktemp("checkout")
    for name in (*PARTS, "CITATION.cff"):
        part = project_root / name
        (shutil.copytree if part.is_dir() else shutil.copy)(part, root / name)
    # Beside the site, not in it, so that a link out of the sub-path leads nowhere.
    host = tmp_path_factory.mktemp("host")
    (host / "index.html").write_text("<!doctype html><title>Host</title>", encoding="utf-8")
    site = host / BELOW
    site.parent.mkdir(parents=True)
    finish_build(start_build(root), root).rename(site)
    return host


@pytest.fixture(scope="module")
def address(top: Path) -> Iterator[str]:
    """The sub-path: what leaves it, even to the same host, counts as elsewhere."""
    with served(top) as base:
        yield base + BELOW


@pytest.fixture
def watched_at_the_top(browser: Browser, top: Path) -> Iterator[Open]:
    """Open pages of the site as they lie at the top of a host."""
    with served(top / BELOW) as base, watching(browser, base) as new:
        yield new


def all_drawn(page: Page, scheme: str) -> None:
    """Wait until every chart is drawn in the colours of the scheme."""
    page.wait_for_function(
        "scheme => [...document.querySelectorAll('figure.ea-chart')]"
        ".every(figure => figure.dataset.drawn === scheme)",
        arg=scheme,
    )


NUMBERS = """figure => [...figure.querySelectorAll("details table tbody tr")].map(row =>
  [...row.querySelectorAll("td")].filter(cell => /[0-9]/.test(cell.textContent)).length)"""
MARKS = """figure => [...figure.querySelectorAll(".ea-chart__canvas svg .role-mark > *")]
  .filter(mark => mark.getBoundingClientRect().width > 0).length"""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_under_a_sub_path_is_whole_in_light_and_dark(watched: Open, name: str) -> None:
    """Every chart is drawn and drawn again, its table holds numbers, nothing is complained of."""
    watch = watched(color_scheme="light").open(PAGES[name]).draw_all()
    page = watch.page
    assert page.locator("h1").is_visible()
    all_drawn(page, "light")
    page.evaluate("scrollTo(0, 0)")
    for _ in range(2):  # system, light, dark
        page.locator(SWITCH).click()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    all_drawn(page, "dark")
    figures = page.query_selector_all("figure.ea-chart")
    assert (len(figures) > 0) == (name in CHARTED)
    for figure in figures:
        assert figure.evaluate(MARKS) > 0
        rows = figure.evaluate(NUMBERS)
        assert rows
        assert min(rows) > 0
    assert watch.complaints == []
    assert watch.elsewhere == []


@pytest.mark.parametrize("name", ["home", "category", "sampled model"])
def test_a_page_at_the_top_of_a_host_is_whole(watched_at_the_top: Open, name: str) -> None:
    watch = watched_at_the_top(color_scheme="dark").open(PAGES[name]).draw_all()
    all_drawn(watch.page, "dark")
    assert watch.complaints == []
    assert watch.elsewhere == []


@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways_on_a_phone(watched: Open, name: str) -> None:
    """Not even with every table and example open: those scroll in their own box."""
    watch = watched(390).open(PAGES[name]).draw_all()
    watch.page.evaluate("document.querySelectorAll('details').forEach(one => (one.open = true))")
    assert watch.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert watch.complaints == []


@pytest.mark.parametrize("name", CHARTED)
def test_without_javascript_pictures_stand_for_the_charts(watched: Open, name: str) -> None:
    watch = watched(java_script_enabled=False).open(PAGES[name])
    figures = watch.page.locator("figure.ea-chart")
    assert figures.count() > 0
    for figure in figures.all():
        picture = figure.locator("noscript img")
        picture.scroll_into_view_if_needed()
        assert picture.is_visible()
        assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") > 100
        figure.locator("summary").click()
        assert figure.locator("table").is_visible()
    assert watch.elsewhere == []
