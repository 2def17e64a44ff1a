"""Explore: filters, search, saving, addresses and the keyboard, on made-up hostile failures."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route

from generator.pages.escaping import visible
from generator.pages.objections import FORM
from tests.browser.conftest import Watched, served, watching
from tests.pages.explore_world import (
    CALL,
    FAILURES,
    MODELS,
    OUTPUT,
    TALK,
    TITLES,
    Failure,
    failures,
    models,
    output_of,
)

pytestmark = pytest.mark.browser

Open = Callable[..., Watched]
SETTLED = "#explore:not([inert]):not([aria-busy])"
AT_ONCE = 6
"""Files that the page asks for at one time."""
COUNTED = """() => Object.fromEntries([...document.querySelectorAll("#explore-groups tr")]
  .map(row => [row.cells[0].textContent, Number(row.cells[1].textContent.replaceAll(",", ""))]))"""
PARTS = 15
"""Files that the titles are in."""


@pytest.fixture(scope="module")
def address(working_site: Path) -> Iterator[str]:
    with served(working_site) as base:
        yield base


def show(watch: Watched, query: str = "") -> Page:
    """Open a view and wait until it is there."""
    watch.open(f"explore/{query}")
    watch.page.wait_for_selector(SETTLED)
    return watch.page


def settled(page: Page, condition: str) -> None:
    """Wait until a condition holds, and then until nothing is under way."""
    page.wait_for_function(condition)
    page.wait_for_selector(SETTLED)


def counted(page: Page) -> dict[str, int]:
    found: dict[str, int] = page.evaluate(COUNTED)
    return found


def selected(page: Page) -> int:
    return int(page.inner_text("#explore-says").split()[0])


def saved(page: Page, form: str) -> str:
    with page.expect_download() as waited:
        page.get_by_role("button", name=form, exact=True).click()
    return waited.value.path().read_text("utf-8")


class Held:
    """Requests that are not answered until somebody says so."""

    def __init__(self, page: Page, pattern: str) -> None:
        self.page = page
        self.routes: list[Route] = []
        page.route(pattern, self._hold)

    def _hold(self, route: Route) -> None:
        self.routes.append(route)

    def wait_for(self, number: int) -> None:
        while len(self.routes) < number:
            self.page.wait_for_timeout(20)
        self.page.wait_for_timeout(200)  # for those that should not come

    def release(self, number: int) -> None:
        for route in self.routes[:number]:
            route.continue_()
        del self.routes[:number]


def test_every_failure_is_counted_and_can_be_filtered(watched: Open) -> None:
    watch = watched()
    page = show(watch)
    made = Counter(one.category for one in failures())
    counts = counted(page)
    assert selected(page) == len(failures())
    assert counts["E13 Computation Error"] == made["E13"]
    assert counts["No category: undetermined, or not the model's fault"] == made[None]
    page.locator("[name=model]").select_option(MODELS[3])
    settled(page, "() => location.search.includes('model=')")
    assert selected(page) == FAILURES
    page.locator("[name=group]").select_option("subject")
    settled(page, "() => location.search.includes('group=subject')")
    assert counted(page) == {f"subject {place}": 10 for place in range(3)}
    caption = page.inner_text("caption")
    assert "Subject or task, n = 30 selected failures; 95\N{NO-BREAK SPACE}%" in caption
    assert watch.complaints == []
    assert watch.elsewhere == []


def test_subcategories_are_those_of_the_category(watched: Open) -> None:
    page = show(watched(), "?category=E13&subcategory=E13/first")
    offered = page.locator("[name=subcategory] option:not([hidden])")
    assert [one.get_attribute("value") for one in offered.all()] == [
        "",
        "E13/first",
        "E13/second",
        "none",
    ]
    page.locator("[name=category]").select_option("E02")
    settled(page, "() => location.search.includes('E02')")
    assert "subcategory" not in page.url, "one of another category fits nothing"
    assert selected(page) > 0


def test_typing_leaves_one_step_in_the_history(watched: Open) -> None:
    """The view before is one step back, however many letters were typed."""
    page = show(watched(), "?category=E13")
    before, steps, whole = page.url, page.evaluate("history.length"), selected(page)
    field = page.get_by_label("Words in title or summary")
    for letters in ("lab", "__m0", "3-1 "):
        field.press_sequentially(letters)
        page.wait_for_function(
            "text => new URLSearchParams(location.search).get('words')?.endsWith(text)",
            arg=letters.strip(),
        )
    page.wait_for_selector(SETTLED)
    assert page.evaluate("history.length") == steps
    assert 0 < selected(page) < whole
    typed = page.url
    field.press("Enter")
    settled(page, f"() => history.length === {steps + 1}")
    assert page.url == typed
    page.go_back()
    settled(page, "() => !location.search.includes('words')")
    assert page.url == before
    assert selected(page) == whole
    assert field.input_value() == ""
    page.go_forward()
    settled(page, "() => location.search.includes('words')")
    assert field.input_value() == "lab__m03-1"


def test_the_titles_are_searched_several_files_at_once(
    browser: Browser, address: str, working_site: Path
) -> None:
    assert len(list(working_site.glob("explore.data/**/texts/*.z"))) == PARTS
    with watching(browser, address) as new:
        page = show(new())
        held = Held(page, "**/texts/*.z")
        page.get_by_label("Words in title or summary").fill("sum number lab__m11-7 ")
        held.wait_for(1)
        # The list has asked for one of them before.
        known = PARTS - len(held.routes)
        assert len(held.routes) == AT_ONCE
        assert page.get_by_role("progressbar", name="Searching").is_visible()
        held.release(2)
        held.wait_for(AT_ONCE)
        assert len(held.routes) == AT_ONCE
        page.unroute("**/texts/*.z")
        held.release(AT_ONCE)
        page.wait_for_selector(SETTLED)
        assert selected(page) == 1
        assert known >= 0
        assert page.locator("#explore-searching").is_hidden()


def test_another_search_calls_the_one_before_off(browser: Browser, address: str) -> None:
    with watching(browser, address) as new:
        page = show(new())
        held = Held(page, "**/texts/*.z")
        field = page.get_by_label("Words in title or summary")
        field.fill("number")
        held.wait_for(AT_ONCE)
        field.fill("nothing of the kind")
        page.wait_for_function("() => location.search.includes('kind')")
        page.unroute("**/texts/*.z")
        held.release(len(held.routes))
        page.wait_for_selector(SETTLED)
        assert "No failure fits" in page.inner_text("#explore-list")
        assert selected(page) == 0


def test_everything_can_be_saved(watched: Open) -> None:
    """In the order of the failures, each with what its verdict says, and no formula in a cell."""
    watch = watched()
    page = show(watch)
    rows = list(csv.DictReader(io.StringIO(saved(page, "CSV"))))
    made = failures()
    by_place = {(one["benchmark"], one["model"], one["item"]): one for one in rows}
    assert len(rows) == len(by_place) == len(made)
    for failure in made:
        row = by_place[failure.benchmark, failure.model, failure.item]
        expected = visible(failure.title) if failure.category else ""
        assert row["title"] == (f"'{expected}" if expected.startswith("=") else expected)
        assert row["category"] == (failure.category or "")
        assert row["evidence"] == ("7-17" if failure.category else "")
        assert row["judge"] == "rules"
    loaded = json.loads(saved(page, "JSON"))
    assert (loaded["edition"], loaded["address"]) == ("2026.12", page.url)
    assert [one["item"] for one in loaded["failures"]] == [row["item"] for row in rows]
    assert [one["model"] for one in loaded["failures"]] == [row["model"] for row in rows]
    assert page.inner_text("#explore-saved") == "Saved"
    assert watch.complaints == []


def test_runs_are_saved_several_at_once_and_saving_can_be_called_off(
    browser: Browser, address: str
) -> None:
    with watching(browser, address) as new:
        page = show(new())
        held = Held(page, "**/runs/**")
        page.get_by_role("button", name="CSV", exact=True).press("Enter")
        held.wait_for(AT_ONCE)
        assert len(held.routes) == AT_ONCE
        bar = page.get_by_role("progressbar", name="Preparing the file")
        before = float(bar.get_attribute("value") or 0)
        held.release(3)
        held.wait_for(AT_ONCE)
        assert len(held.routes) == AT_ONCE
        assert before < float(bar.get_attribute("value") or 0) < 1
        # The focus went to what can be done now, and goes back.
        assert page.evaluate("document.activeElement.textContent") == "Cancel"
        page.keyboard.press("Enter")
        page.get_by_text("Called off", exact=True).wait_for()
        assert page.evaluate("document.activeElement.textContent") == "CSV"
        page.unroute("**/runs/**")
        held.release(len(held.routes))
        assert len(saved(page, "CSV").splitlines()) > len(failures())


def test_a_file_that_cannot_be_had_is_said_and_asked_for_again(
    browser: Browser, address: str
) -> None:
    with watching(browser, address) as new:
        page = show(new())
        page.route(f"**/runs/**/{MODELS[7]}.json", lambda route: route.abort())
        page.get_by_role("button", name="JSON").click()
        page.get_by_text("could not be loaded").wait_for()
        page.unroute(f"**/runs/**/{MODELS[7]}.json")
        assert len(json.loads(saved(page, "JSON"))["failures"]) == len(failures())


def opened(page: Page, failure: Failure) -> Locator:
    """Open the row of a failure that is shown by itself."""
    query = f"?benchmark={failure.benchmark}&model={failure.model}&item={failure.item}"
    page.goto(page.url.split("?")[0] + query)
    page.wait_for_selector(SETTLED)
    assert selected(page) == 1
    return page.locator(".ea-explore__row")


@pytest.mark.parametrize("title", TITLES)
def test_a_hostile_title_is_text(watched: Open, title: str) -> None:
    """As it was written, character by character, with hidden ones spelled out."""
    watch = watched(390)
    page = show(watch)
    failure = next(one for one in failures() if one.title == title and one.category)
    row = opened(page, failure)
    assert row.locator("summary").evaluate("one => one.textContent") == visible(title)
    summary = row.locator("details p").first.evaluate("one => one.textContent")
    assert summary == failure.verdict().summary
    assert row.locator("img, script, b, i, iframe").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert watch.complaints == []
    assert watch.elsewhere == []


def test_hostile_names_and_outputs_are_text(watched: Open) -> None:
    watch = watched()
    page = show(watch, "?group=model")
    hostile = visible(models()[MODELS[1]].name)
    assert hostile in counted(page)
    failure = next(
        one
        for one in failures()
        if (one.benchmark, one.model, one.category) == ("open_sums", MODELS[1], "E13")
    )
    row = opened(page, failure)
    assert row.locator("p > span").first.evaluate("one => one.textContent") == hostile
    output = row.locator("pre").last
    assert output.evaluate("one => one.textContent") == OUTPUT.replace("\u202e", "[U+202E]")
    assert output.locator("mark").all_text_contents() == ["6 + 4 = 11"]
    assert "not met (1): Add <i>all</i>. \N{EM DASH} No." in row.inner_text()
    assert "\u202e" not in page.locator("article").inner_html()
    assert page.locator("article").locator("img, #explore script, b").count() == 0
    assert watch.complaints == []


def test_a_conversation_is_shown_turn_by_turn(watched: Open) -> None:
    watch = watched()
    watch.page.set_viewport_size({"width": 390, "height": 844})
    page = show(watch)
    failure = next(one for one in failures() if output_of(one) == TALK)
    row = opened(page, failure)
    turns = row.locator(".ea-turn")
    assert turns.locator(".ea-turn__who").all_text_contents() == [
        "Model turn 1",
        "Tool turn 2, result of call 1 of turn 1, 692 characters",
        "User turn 3",
        "Model turn 4",
    ]
    assert turns.locator("mark").all_text_contents() == ["I add"]
    assert turns.locator("pre").all_text_contents() == [
        TALK[0].content,
        f"{CALL.name}({CALL.arguments})",
        TALK[1].content,
        TALK[2].content,
        "Yes: 11[U+202E].",
    ]
    assert row.locator("dd").get_by_text("turn 1", exact=True).count() == 1
    assert not turns.locator("pre").nth(2).is_visible()
    turns.get_by_text("Show").click()
    assert turns.locator("pre").nth(2).is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("article").locator("img, #explore script").count() == 0
    assert watch.complaints == []


def test_a_verdict_can_be_objected_to_by_identifiers_alone(watched: Open) -> None:
    watch = watched()
    page = show(watch)
    failure = next(one for one in failures() if one.category == "E13")
    link = opened(page, failure).get_by_role("link", name="say so in an issue")
    leads = urlsplit(link.get_attribute("href") or "")
    assert leads._replace(query="").geturl() == "https://github.com/lab/atlas/issues/new"
    said = {key: value for key, (value,) in parse_qs(leads.query).items()}
    assert said.pop("page").startswith(watch.page.url.split("?")[0])
    assert said.pop("population")
    assert said == {
        "template": FORM,
        "edition": "2026.12",
        "benchmark": failure.benchmark,
        "model": failure.model,
        "item": failure.item,
        "judge": "rules",
        "verdict": "/".join(filter(None, ("E13", failure.verdict().subcategory))),
    }
    assert watch.complaints == []


def test_a_hostile_address_stays_text(watched: Open) -> None:
    watch = watched()
    odd = "?group=constructor&population=__proto__&page=-1e9&category=<img src=x onerror=alert(1)>"
    page = show(watch, odd)
    assert selected(page) == 0
    assert "No failure fits" in page.inner_text("#explore-list")
    page = show(watch, "?page=99999&confidence=x&benchmark=hidden_sums&nothing=1")
    assert "Page 18 of 18" in page.inner_text("#explore-pages")
    assert page.locator("article img").count() == 0
    assert watch.complaints == []


def test_the_whole_page_can_be_used_by_keyboard(watched: Open) -> None:
    """In the order in which it is read: filters, counts, saving, rows, pages."""
    page = show(watched())
    page.locator("[name=population]").focus()
    seen = []
    for _ in range(160):
        seen.append(
            page.evaluate(
                """() => {
                    const one = document.activeElement;
                    return one.name || one.dataset.sets || one.id || one.tagName.toLowerCase();
                }"""
            )
        )
        if seen[-1] == "page":
            break
        page.keyboard.press("Tab")
    fields = ["population", "benchmark", "model", "category", "subcategory", "subject"]
    fields += ["attribution", "status", "judge", "confidence", "words", "group"]
    assert seen[:12] == fields
    assert seen[12] == "explore-counts", "what scrolls can be reached"
    assert seen.index("category") < seen.index("file") < seen.index("summary") < len(seen) - 1
    page.keyboard.press("Enter")
    settled(page, "() => location.search.includes('page=2')")
    assert page.evaluate("document.activeElement.textContent").startswith("Failures")
    only = page.get_by_role("button", name="only E13 Computation Error")
    only.press("Enter")
    settled(page, "() => location.search.includes('category=E13')")
    assert page.evaluate("document.activeElement.textContent").startswith("Counts")
    assert only.is_disabled()
    summary = page.locator(".ea-explore__row summary").first
    summary.press("Enter")
    page.get_by_role("link", name="to this failure alone").first.press("Enter")
    settled(page, "() => location.search.includes('item=')")
    back = page.get_by_role("button", name="Show all failures of this run")
    back.press("Enter")
    settled(page, "() => !location.search.includes('item=')")
    assert selected(page) == FAILURES


def test_every_control_has_a_name_and_the_count_is_told(watched: Open) -> None:
    """A screen reader hears what a field is for, and how many there are after a change."""
    page = show(watched())
    for role, names in {
        "combobox": ("Failures of", "Benchmark", "Category", "Whose fault", "Count by"),
        "spinbutton": ("Confidence from, %",),
        "searchbox": ("Words in title or summary",),
        "region": ("Category, n = 420 selected failures",),
    }.items():
        for name in names:
            assert page.get_by_role(role, name=name).first.is_visible()  # type: ignore[arg-type]
    told = page.get_by_role("status").filter(has_text="420 failures selected")
    assert told.count() == 1
    page.locator("[name=confidence]").fill("95")
    settled(page, "() => location.search.includes('confidence')")
    assert page.locator("#explore-says[role=status]").inner_text() == "0 failures selected"


def test_without_javascript_the_counts_are_there(watched: Open) -> None:
    page = watched(java_script_enabled=False).open("explore/").page
    assert page.locator("#explore").is_hidden()
    table = page.locator(".ea-explore__all table")
    assert table.is_visible()
    assert "E13 Computation Error" in table.inner_text()
