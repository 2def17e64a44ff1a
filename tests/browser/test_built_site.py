"""The whole real site, built from the committed content, in a real browser."""

import gzip
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
    "compare": "compare/",
    "explore": "explore/",
    "method": "method/",
    "data": "data/",
}
"""One page of each kind."""
CHARTED = [name for name in PAGES if name not in {"compare", "explore", "method", "data"}]
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
def test_no_page_scrolls_sideways_on_a_phone(phone: Watched, name: str) -> None:
    """Not even with every table and example open: those scroll in their own box."""
    phone.anew(PAGES[name]).draw_all()
    phone.page.evaluate("document.querySelectorAll('details').forEach(one => (one.open = true))")
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert phone.complaints == []


def test_a_table_that_scrolls_shows_a_shade_where_it_goes_on(phone: Watched) -> None:
    """A patch scrolls along with the table and covers the shade at its end."""
    phone.anew(PAGES["sampled model"])
    box = phone.page.locator(".ea-scroll").first
    assert box.evaluate("one => getComputedStyle(one).backgroundAttachment") == "local, scroll"


@pytest.mark.parametrize("name", CHARTED)
def test_without_javascript_pictures_stand_for_the_charts(plain: Watched, name: str) -> None:
    plain.anew(PAGES[name])
    figures = plain.page.locator("figure.ea-chart")
    assert figures.count() > 0
    for figure in figures.all():
        picture = figure.locator("noscript img")
        picture.scroll_into_view_if_needed()
        assert picture.is_visible()
        assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") > 100
        figure.locator("summary").click()
        assert figure.locator("table").is_visible()
    assert plain.elsewhere == []


COUNTED = """() => Object.fromEntries([...document.querySelectorAll("#explore-counts tbody tr")]
  .map(row => [row.cells[0].textContent, Number(row.cells[1].textContent.replaceAll(",", ""))]))"""
"""Failures by group, as Explore shows them."""


def settle(page: Page) -> dict[str, int]:
    """Wait until Explore shows failures, and return what it counts."""
    page.wait_for_selector("#explore:not([aria-busy]) #explore-list > *")
    counted: dict[str, int] = page.evaluate(COUNTED)
    return counted


def test_explore_counts_what_the_content_holds(watched: Open, project_root: Path) -> None:
    """The populations of the Atlas apart; their sum is every failure that was judged."""
    watch = watched().open("explore/?group=population&population=every")
    counts = settle(watch.page)
    rows = (project_root / "content" / "samples" / "annotated-2026-11.csv").read_text("utf-8")
    assert counts["Language models, annotated sample"] == len(rows.splitlines()) - 1
    assert len(counts) == 3
    assert watch.complaints == []


def test_a_view_of_explore_has_an_address(watched: Open) -> None:
    """What was chosen is in the address, survives a reload, and Back takes it away again."""
    watch = watched().open("explore/")
    page = watch.page
    whole = settle(page)
    page.locator("#explore [name=category]").select_option("E13")
    page.wait_for_function("() => location.search.includes('category=E13')")
    chosen = settle(page)
    assert list(chosen.values()) == [whole["E13 Computation Error"]]
    page.reload()
    assert settle(page) == chosen
    page.go_back()
    page.wait_for_function("() => !location.search.includes('category')")
    assert settle(page) == whole
    assert watch.complaints == []


def test_a_failure_of_explore_opens_and_can_be_linked_to(watched: Open) -> None:
    watch = watched().open("explore/?population=planted&words=negative nothing of the kind")
    page = watch.page
    settle(page)
    assert "No failure fits" in page.locator("#explore-list").inner_text()
    watch.open("explore/?population=planted&category=E13&group=model")
    settle(page)
    row = page.locator(".ea-explore__row").first
    row.locator("summary").press("Enter")
    row.locator("pre mark").first.wait_for()  # the browser tells of an opening a moment later
    alone = row.get_by_role("link", name="to this failure alone").get_attribute("href")
    assert alone
    page.goto(page.url.split("/erroratlas/")[0] + alone)
    assert list(settle(page).values()) == [1]
    assert page.locator(".ea-explore__row").count() == 1
    assert page.locator(".ea-explore__row pre mark").first.is_visible()
    assert watch.complaints == []
    assert watch.elsewhere == []


def test_explore_never_shows_the_text_of_a_withheld_benchmark(watched: Open) -> None:
    watch = watched().open("explore/?population=annotated&benchmark=mmlu_pro&words=")
    settle(watch.page)
    watch.page.locator(".ea-explore__row summary").first.click()
    row = watch.page.locator(".ea-explore__row").first
    row.locator(".ea-withheld").wait_for()
    assert "the benchmark is withheld" in row.inner_text()
    assert row.locator("pre").count() == 0


def test_the_focus_stays_in_explore_when_its_button_is_replaced(watched: Open) -> None:
    """With the keyboard one goes on where one was, not at the top of the page."""
    page = watched().open("explore/").page
    for button, title in (("Next", "Failures"), ("only E13 Computation Error", "Counts")):
        settle(page)
        page.get_by_role("button", name=button).press("Enter")
        page.wait_for_function(
            "title => document.activeElement.textContent.startsWith(title)", arg=title
        )


def test_a_selection_of_explore_can_be_saved(watched: Open) -> None:
    watch = watched().open("explore/?population=annotated&category=E15")
    counts = settle(watch.page)
    with watch.page.expect_download() as waited:
        watch.page.get_by_role("button", name="CSV").click()
    lines = waited.value.path().read_text("utf-8").splitlines()
    assert len(lines) == 1 + sum(counts.values())
    assert lines[0].startswith("population,benchmark,model,category")


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("forgot a part", "taxonomy/E07/"),
        ("made up a number", "taxonomy/E08/"),
        ("wrong sum", "taxonomy/E13/"),
        ("mathstral", "models/mistralai__mathstral-7b/"),
        ("jamba", "models/ai21__jamba-1.5-large/"),
        ("gsm8k", "benchmarks/gsm8k/"),
    ],
)
def test_search_finds_categories_by_everyday_words_and_others_by_name(
    watched: Open, words: str, page: str
) -> None:
    found = watched().open("").search(words).first
    assert page in (found.get_attribute("href") or "")


def test_a_citation_is_copied_with_the_keyboard(watched: Open) -> None:
    """By the theme's own button, so that the policy of the page allows no more than before."""
    for path in ("cite/", "taxonomy/E13/#cite"):
        watch = watched(permissions=["clipboard-read", "clipboard-write"]).open(path)
        page = watch.page
        box = page.locator("pre.ea-output", has=page.locator("code:text-matches('^@misc')"))
        page.evaluate("document.querySelectorAll('details').forEach(one => (one.open = true))")
        button = box.get_by_role("button", name="Copy to clipboard")
        button.focus()
        page.keyboard.press("Enter")
        page.get_by_text("Copied to clipboard").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith("@misc{erroratlas")
        assert copied == box.locator("code").inner_text().strip()
        assert watch.complaints == []


def test_a_citation_is_whole_without_javascript(watched: Open) -> None:
    page = watched(java_script_enabled=False).open("cite/").page
    assert page.locator("pre.ea-output").first.inner_text().startswith("@misc{erroratlas")
    assert page.get_by_role("button", name="Copy to clipboard").count() == 0


def test_a_model_has_its_failures_as_a_file(watched: Open) -> None:
    watch = watched().open("models/ai21__jamba-1.5-large/")
    with watch.page.expect_download() as waited:
        watch.page.get_by_role("link", name="All its failures").click()
    assert waited.value.suggested_filename == "ai21__jamba-1.5-large.csv.gz"
    assert gzip.decompress(waited.value.path().read_bytes()).startswith(b"benchmark,item_id,status")


def test_what_only_makers_of_the_theme_open_is_not_published(top: Path) -> None:
    assert list((top / BELOW / "assets").rglob("bundle.*.js"))
    assert not list((top / BELOW).rglob("*.map"))


def test_a_link_without_a_population_shows_the_best_known_one(watched: Open) -> None:
    """Links from other pages name a category or a model; populations are not mixed."""
    page = watched().open("explore/?category=E13&group=population").page
    assert list(settle(page)) == ["Language models, annotated sample"]
    ruled = watched().open("explore/?model=meta__llama-2-7b-hf&group=population").page
    assert len(settle(ruled)) == 1
    assert "population=" in ruled.url


@pytest.mark.parametrize(
    "asked", ["model=nosuch", "benchmark=gsm8k&model=01-ai__yi-6b", "confidence=150"]
)
def test_a_link_to_nothing_says_so_and_can_be_undone(watched: Open, asked: str) -> None:
    """Of a model that failed nothing there, or that an edition no longer has."""
    watch = watched().open(f"explore/?{asked}")
    watch.page.get_by_text("No failure fits").wait_for()
    assert watch.complaints == []
