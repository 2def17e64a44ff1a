"""Compare shows what generator.stats computes, from the data that the site publishes."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page

from generator.pages.escaping import visible
from tests.browser.conftest import Watched, served, watching
from tests.charts import numbers
from tests.pages.compare_reference import Reference
from tests.pages.compare_world import HOSTILE, tables

pytestmark = pytest.mark.browser

Open = Callable[..., Watched]
BOTH = ("hidden_sums", "open_sums")
SETTLED = "#compare:not([inert]):not([aria-busy])"
MEASURES = ("rate", "share")


@pytest.fixture(scope="module")
def categories(content_root: Path) -> tuple[str, ...]:
    return tuple(entry.id for entry in numbers.taxonomy(content_root).categories)


@pytest.fixture(scope="module")
def address(working_site: Path) -> Iterator[str]:
    with served(working_site) as base:
        yield base


def show(watch: Watched, query: str) -> Page:
    """Open a view and wait until it is there."""
    watch.open(f"compare/{query}")
    watch.page.wait_for_selector(SETTLED)
    return watch.page


def exported(page: Page) -> pd.DataFrame:
    """Save the table and read it."""
    with page.expect_download() as waited:
        page.get_by_role("button", name="Save as CSV").click()
    text = waited.value.path().read_text("utf-8")
    rows = list(csv.reader(io.StringIO(text)))
    return pd.DataFrame(rows[1:]).set_axis(range(len(rows[0])), axis=1)


def check(page: Page, columns: Sequence[pd.DataFrame], different: pd.DataFrame | None) -> None:
    """Hold every number of a view against those expected, to 1e-9."""
    found = exported(page)
    parts = [column[["share", "low", "high"]] for column in columns]
    assert found[0].tolist() == columns[0]["name"].tolist()
    if different is not None:
        parts.append(different[["difference", "low", "high", "p", "q"]])
    expected = pd.concat([part.reset_index(drop=True) for part in parts], axis=1)
    numeric = found[found.columns[2:]].apply(pd.to_numeric)
    numeric.columns = expected.columns = pd.RangeIndex(len(expected.columns))
    pd.testing.assert_frame_equal(numeric, expected, check_dtype=False, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize(
    ("population", "models"),
    [
        ("annotated", ("lab__large", "third__sampled", "lab__small")),
        ("judged", ("judged__one", "judged__other")),
        ("all", ("other__plain", "other__partial", "lab__large", "judged__one")),
        ("planted", ("erroratlas__planted", "erroratlas__second")),
    ],
)
def test_models_as_they_are_have_the_numbers_of_their_failures(
    watched: Open,
    categories: tuple[str, ...],
    population: str,
    models: tuple[str, ...],
    measure: str,
) -> None:
    """A sample, all failures looked at, and some of them left out; one run or several."""
    watch = watched()
    query = f"?models={','.join(models)}&mode=each&measure={measure}&population={population}"
    page = show(watch, query)
    reference = Reference(tables(categories), categories, population)
    on = BOTH if population != "planted" else ("planted-faults",)
    check(page, [reference.each(model, on, measure) for model in models], None)
    assert "no difference is given" in page.inner_text("#compare-says")
    assert watch.complaints == []


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("population", ["annotated", "all"])
def test_models_at_one_mix_have_their_difference(
    watched: Open, categories: tuple[str, ...], population: str, measure: str
) -> None:
    models = ("lab__small", "lab__large")
    query = f"?models={','.join(models)}&mode=mix&measure={measure}&population={population}"
    page = show(watched(), query)
    reference = Reference(tables(categories), categories, population)
    parts = [reference.mixed(model, BOTH, measure) for model in models]
    check(page, parts, reference.independent(*parts))


@pytest.mark.parametrize("benchmarks", [BOTH, BOTH[:1], BOTH[1:]])
def test_two_models_are_compared_item_by_item(
    watched: Open, categories: tuple[str, ...], benchmarks: tuple[str, ...]
) -> None:
    """As `erroratlas compare --rules` does it; another wording is no shared item."""
    models = ("other__plain", "lab__large")
    query = f"?models={','.join(models)}&benchmarks={','.join(benchmarks)}&population=all"
    page = show(watched(), query)
    reference = Reference(tables(categories), categories, "all")
    different = reference.paired(models, benchmarks)
    check(page, reference.shared(models, benchmarks, "rate"), different)
    assert "mode=shared" not in page.url, "what is left out of an address is chosen"
    assert page.locator("[name=mode][value=shared]").is_checked()
    assert "McNemar" in page.inner_text("#compare-says")


def test_several_models_are_shown_on_the_items_that_all_of_them_had(
    watched: Open, categories: tuple[str, ...]
) -> None:
    models = ("other__plain", "lab__large", "judged__one", "third__sampled")
    reference = Reference(tables(categories), categories, "all")
    for measure in MEASURES:
        query = f"?models={','.join(models)}&mode=shared&measure={measure}&population=all"
        page = show(watched(), query)
        check(page, reference.shared(models, BOTH, measure), None)


@pytest.mark.parametrize("mode", ["shared", "mix", "each"])
@pytest.mark.parametrize(
    ("population", "measure"),
    [("annotated", "share"), ("all", "share"), ("judged", "share"), ("judged", "rate")],
)
def test_benchmarks_are_compared_with_items_as_cases(
    watched: Open, categories: tuple[str, ...], population: str, measure: str, mode: str
) -> None:
    """The models of a population that ran both; those that share an item are one case of it.

    At one mix each of them weighs the same, however often it failed.
    """
    query = f"?kind=benchmarks&benchmarks={','.join(BOTH)}&mode={mode}&measure={measure}"
    page = show(watched(), f"{query}&population={population}")
    reference = Reference(tables(categories), categories, population)
    ran = {name: reference.rows["benchmark"] == name for name in BOTH}
    known = [set(reference.rows.loc[ran[name], "model"]) for name in BOTH]
    models = sorted(known[0] | known[1] if mode == "each" else known[0] & known[1])
    parts = [reference.benchmark(name, models, measure, mixed=mode == "mix") for name in BOTH]
    check(page, parts, None if mode == "each" else reference.independent(*parts))


def test_what_is_shown_is_what_is_saved(watched: Open) -> None:
    """The table has the numbers of the file, rounded, and leaves out what nobody has."""
    page = show(watched(), "?models=other__plain,lab__large&population=all")
    found = exported(page)
    shown = page.locator("#compare-result tbody tr:has(td)")
    seen = found[(found[2].astype(float) > 0) | (found[5].astype(float) > 0)]
    assert shown.count() == len(seen)
    for row in shown.all():
        name = row.locator("th").inner_text()
        (saved,) = (one for one in seen.to_dict("records") if one[1] == name)
        cell = row.locator("td").first.inner_text()
        low, high = float(saved[3]), float(saved[4])
        assert cell.startswith(f"{float(saved[2]) * 100:.1f}\u00a0%")
        assert f"({low * 100:.1f}\u00a0to\u00a0{high * 100:.1f})" in cell


def test_the_populations_are_never_mixed(watched: Open) -> None:
    page = show(
        watched(), "?models=lab__large,erroratlas__planted,other__plain&population=annotated"
    )
    said = page.inner_text("#compare-says")
    assert "Left out: Planted; Plain (not in this population" in said
    assert "Choose two to six." in said
    assert page.locator("#compare-result table").count() == 0
    box = page.locator("[name=models][value=erroratlas__planted]")
    assert box.is_disabled()
    assert "not in this population" in str(box.locator("..").text_content())


@pytest.mark.parametrize(
    ("query", "mode", "why"),
    [
        ("models=lab__large,lab__small&population=annotated", "shared", "read in samples"),
        ("models=other__partial,lab__large&population=all", "shared", "not every failure"),
        ("models=other__short,lab__large&benchmarks=hidden_sums&population=all", "", ""),
        ("kind=benchmarks&benchmarks=hidden_sums,open_sums", "rate", "not every failure"),
    ],
)
def test_what_is_not_possible_says_why(watched: Open, query: str, mode: str, why: str) -> None:
    page = show(watched(), f"?{query}&mode={mode}")
    if not mode:
        assert "Left out: Short" in page.inner_text("#compare-says")
        return
    option = page.locator(f"#compare-form [value={mode}]")
    assert option.is_disabled()
    assert why in option.locator("..").inner_text()
    if mode != "rate":
        assert "Not as asked" in page.inner_text("#compare-says")


def test_a_view_has_an_address_that_brings_it_back(watched: Open) -> None:
    watch = watched()
    page = show(watch, "?models=other__plain,lab__large&population=all")
    before = page.locator("#compare-result table").inner_text()
    page.locator("[name=measure][value=share]").check()
    page.wait_for_function("() => location.search.includes('measure=share')")
    page.wait_for_selector(SETTLED)
    after = page.locator("#compare-result table").inner_text()
    assert after != before
    for part in ("kind=models", "models=other__plain,lab__large", "mode=shared", "population=all"):
        assert part in page.url
    page.reload()
    page.wait_for_selector(SETTLED)
    assert page.locator("#compare-result table").inner_text() == after
    page.go_back()
    page.wait_for_function("() => !location.search.includes('measure')")
    page.wait_for_selector(SETTLED)
    assert page.locator("#compare-result table").inner_text() == before
    assert watch.complaints == []


def test_the_whole_page_can_be_used_by_keyboard(watched: Open) -> None:
    """Open the list, find a model, choose it, and the focus stays where it was."""
    page = show(watched(), "?models=other__plain&population=all")
    field = page.locator("#compare-models input[type=search]")
    field.focus()
    page.keyboard.type("large")
    assert page.locator("#compare-models label:visible").count() == 1
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.name") != "models":
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_selector("#compare-result table")
    assert page.evaluate("document.activeElement.value") == "lab__large"
    assert "models=other__plain,lab__large" in page.url
    page.keyboard.press("Space")
    page.wait_for_selector("#compare-result table", state="detached")


FOCUSED = """() => {
  const own = document.activeElement, { outlineStyle, outlineWidth } = getComputedStyle(own);
  const { top, bottom } = own.getBoundingClientRect();
  return {
    id: own.id || own.closest("[id]").id, name: own.name ?? "", value: own.value ?? "",
    seen: outlineStyle !== "none" && parseFloat(outlineWidth) > 0,
    there: bottom > 0 && top < innerHeight,
  };
}"""


class Keys:
    """A reader without a pointer, who has to see where they are after every key."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def focused(self) -> dict[str, str]:
        """Return what has the focus, which is marked and within the window."""
        found: dict[str, str] = self.page.evaluate(FOCUSED)
        assert found["seen"], f"no mark on {found}"
        assert found["there"], f"out of sight: {found}"
        return found

    def press(self, key: str) -> dict[str, str]:
        """Press a key, wait until nothing is under way, and return what has the focus."""
        self.page.keyboard.press(key)
        self.page.wait_for_selector(SETTLED)
        return self.focused()

    def tab_to(self, *, key: str = "Tab", **wanted: str) -> None:
        """Press the tabulator until what is wanted has the focus."""
        for _ in range(60):
            found = self.press(key)
            if wanted.items() <= found.items():
                return
        raise AssertionError(f"cannot be reached: {wanted}")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_whole_walk_by_keyboard(watched: Open, width: int) -> None:
    """Models added and removed, benchmarks chosen, mode and measure switched, the table saved."""
    watch = watched(width)
    page = show(watch, "?models=lab__large,judged__one&population=all&mode=each&measure=rate")
    keys = Keys(page)
    page.locator("[name=population]:checked").focus()
    keys.tab_to(id="compare-models", name="")
    keys.press("Enter")
    assert page.locator("#compare-models").get_attribute("open") is not None
    keys.press("Tab")
    page.keyboard.type("plain")
    keys.tab_to(name="models", value="other__plain")
    keys.press("Space")
    assert "models=lab__large,judged__one,other__plain" in page.url
    assert page.locator("#compare-result thead th").count() == 3
    keys.press("Space")
    assert page.locator("#compare-result thead th").count() == 2
    keys.tab_to(id="compare-benchmarks", name="")
    keys.press("Enter")
    keys.tab_to(name="benchmarks", value="open_sums")
    keys.press("Space")
    assert "benchmarks=open_sums" in page.url
    assert keys.focused()["value"] == "open_sums"
    keys.press("Space")
    assert "benchmarks" not in page.url
    keys.tab_to(name="mode", value="each")
    fairer = keys.press("ArrowUp")
    assert fairer["name"] == "mode"
    assert fairer["value"] in {"shared", "mix"}
    assert f"mode={fairer['value']}" in page.url
    keys.tab_to(name="measure", value="rate")
    keys.press("ArrowDown")
    assert "measure=share" in page.url
    assert keys.focused()["value"] == "share"
    keys.tab_to(id="compare-result")
    keys.tab_to(id="compare-save")
    with page.expect_download() as waited:
        page.keyboard.press("Enter")
    assert waited.value.suggested_filename.endswith("-compare.csv")
    keys.tab_to(key="Shift+Tab", name="measure", value="share")
    assert watch.complaints == []


def test_six_are_the_most(watched: Open) -> None:
    six = "other__plain,other__partial,lab__large,lab__small,judged__one,judged__other"
    page = show(watched(), f"?models={six},third__sampled&population=all")
    assert page.locator("#compare-result thead th").count() == 6
    box = page.locator("[name=models][value=third__sampled]")
    assert box.is_disabled()
    assert "six at most" in str(box.locator("..").text_content())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_hostile_name_stays_text_and_no_page_scrolls_sideways(watched: Open, scheme: str) -> None:
    watch = watched(390, color_scheme=scheme)
    page = show(watch, "?models=third__sampled,lab__large&population=annotated")
    assert page.locator("#compare-result thead th").first.inner_text().startswith(visible(HOSTILE))
    assert page.locator("article img").count() == 0
    page.evaluate("document.querySelectorAll('details').forEach(one => (one.open = true))")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert watch.complaints == []
    assert watch.elsewhere == []


def test_no_number_runs_into_the_next_on_a_phone(watched: Open) -> None:
    page = show(watched(390), "?models=other__plain,lab__large&population=all")
    cells = page.locator("#compare-result td.ea-number")
    assert cells.count() > 0
    assert (
        cells.evaluate_all("all => all.filter(one => one.scrollWidth > one.clientWidth).length")
        == 0
    )


def test_a_hostile_address_stays_text(watched: Open) -> None:
    watch = watched()
    odd = "?kind=constructor&models=__proto__,<img src=x onerror=alert(1)>&mode=toString"
    page = show(watch, odd + "&measure=valueOf&population=constructor")
    assert "<img src=x onerror=alert(1)>" in page.inner_text("#compare-says")
    assert page.locator("article img").count() == 0
    assert watch.complaints == []


def test_without_javascript_the_page_leads_on(watched: Open) -> None:
    page = watched(java_script_enabled=False).open("compare/").page
    assert page.locator("#compare").is_hidden()
    leads = page.locator("noscript a")
    assert [link.get_attribute("href") for link in leads.all()] == [
        "../models/compared/",
        "../data/#downloads",
    ]


def test_data_that_cannot_be_had_is_said_and_asked_for_again(
    browser: Browser, address: str
) -> None:
    with watching(browser, address) as new:
        watch = new()
        watch.page.route("**/*.bin", lambda route: route.abort())
        page = show(watch, "?models=other__plain,lab__large&population=all")
        assert "could not be loaded" in page.inner_text("#compare-says")
        watch.page.unroute("**/*.bin")
        page.locator("[name=measure][value=share]").check()
        page.wait_for_selector("#compare-result table")
