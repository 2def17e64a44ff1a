"""The charts of a built site in a real browser."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Route

from generator.site.links import broken_links
from tests.browser.conftest import Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Watched]
DEMO = "models/demo/"
GROUND = "getComputedStyle(document.body).backgroundColor"
MARKS = """figure => {
  const marks = [...figure.querySelectorAll(".ea-chart__canvas svg .role-mark > *")];
  return marks.filter(mark => mark.getBoundingClientRect().width > 0).length;
}"""
ROW_NAMES = """() => {
  const texts = [...document.querySelectorAll("#chart-heat-map .role-axis-label text")];
  const rows = texts.filter(text => text.textContent.startsWith("Model"));
  const top = text => text.getBoundingClientRect().top;
  return rows.sort((one, other) => top(one) - top(other)).map(text => text.textContent);
}"""
TEXT_COLOUR = "getComputedStyle(document.querySelector('.ea-chart__canvas svg text')).fill"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_every_chart_is_drawn_without_complaint_and_without_another_host(
    watched: Open, scheme: str, width: int
) -> None:
    """Marks are there; no error, no warning, nothing blocked, no request that leaves the host."""
    watch = watched(width, color_scheme=scheme).open(DEMO).draw_all()
    figures = watch.page.query_selector_all("figure.ea-chart")
    assert len(figures) == 4
    for figure in figures:
        assert figure.get_attribute("data-drawn") == scheme
        assert figure.evaluate(MARKS) > 20
    assert watch.complaints == []
    assert watch.elsewhere == []
    assert any("vega-core.js" in address for address in watch.requests)


def test_a_policy_without_eval_rules_every_page(watched: Open) -> None:
    """The browser itself refuses to evaluate a string, on the page that draws charts."""
    watch = watched().open(DEMO).draw_all()
    refused = watch.page.evaluate(
        # A script of the page's own, since evaluate() is not bound by the policy.
        """() => new Promise(resolve => {
            addEventListener("securitypolicyviolation", event => resolve(event.blockedURI));
            const script = document.createElement("script");
            script.textContent = "globalThis.ran = true";
            document.body.append(script);
        })"""
    )
    assert refused == "inline"
    assert watch.page.evaluate("globalThis.ran === undefined")
    content = watch.page.get_attribute("meta[http-equiv=Content-Security-Policy]", "content")
    assert content is not None
    assert "unsafe" not in content


def test_styles_that_the_page_did_not_come_with_are_refused(watched: Open) -> None:
    """Neither an element nor an attribute; what a script sets as a property applies."""
    watch = watched().open(DEMO).draw_all()
    seen = watch.page.evaluate(
        """() => {
            const late = document.createElement("style");
            late.textContent = "h1 { letter-spacing: 9px }";
            document.head.append(late);
            const title = document.querySelector("h1");
            title.setAttribute("style", "word-spacing: 9px");
            title.style.textIndent = "9px";
            const { letterSpacing, wordSpacing, textIndent } = getComputedStyle(title);
            return [letterSpacing, wordSpacing, textIndent];
        }"""
    )
    assert seen[0] != "9px"
    assert seen[1] != "9px"
    assert seen[2] == "9px"


def test_charts_follow_the_switch_of_the_scheme(watched: Open) -> None:
    """A click on the palette's button draws each chart again in the other colours."""
    watch = watched(color_scheme="light").open(DEMO).draw_all()
    page = watch.page
    ground, ink = page.evaluate(GROUND), page.evaluate(TEXT_COLOUR)
    page.evaluate("scrollTo(0, 0)")
    for _ in range(2):  # system, light, dark
        page.locator("form[data-md-component=palette] label:visible").click()
    page.wait_for_function(
        "() => [...document.querySelectorAll('figure.ea-chart')]"
        ".every(figure => figure.dataset.drawn === 'dark')"
    )
    assert page.evaluate(GROUND) != ground
    assert page.evaluate(TEXT_COLOUR) != ink
    assert watch.complaints == []


def test_the_library_is_loaded_when_a_chart_comes_into_view_and_once(watched: Open) -> None:
    watch = watched().open("")
    watch.page.wait_for_timeout(300)
    assert not [address for address in watch.requests if "vendor" in address]
    watch.open(DEMO).draw_all()
    loaded = [address for address in watch.requests if "vendor" in address]
    assert len(loaded) == len(set(loaded)) == 1


def test_the_table_has_the_numbers_that_the_chart_writes(watched: Open) -> None:
    """Each share written in the signature is the rounded share of a row of its table."""
    watch = watched().open(DEMO).draw_all()
    figure = watch.page.locator("#chart-signature")
    drawn = figure.locator("svg text").all_text_contents()
    shares = {text.replace("\xa0", " ") for text in drawn if text.endswith("\xa0%")}
    table = figure.locator("tbody tr")
    rows = [row.locator("th, td").all_text_contents() for row in table.all()]
    assert len(rows) == 17
    exact = [float(row[2].split("\xa0")[0]) for row in rows if row[1] != "0"]
    assert shares
    # Halves may go either way where both are rounded from the share itself.
    for share in shares:
        value = float(share.split(" ")[0])
        assert any(abs(value - number) <= 0.55 for number in exact)


def test_the_keyboard_opens_the_table(watched: Open) -> None:
    watch = watched().open(DEMO).draw_all()
    page = watch.page
    page.locator("#chart-heat-map figcaption").click()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#chart-heat-map summary')"):
            break
    else:
        pytest.fail("Tab never reached the table")
    assert not page.locator("#chart-heat-map table").is_visible()
    page.keyboard.press("Enter")
    assert page.locator("#chart-heat-map table").is_visible()


@pytest.mark.parametrize("path", [DEMO, "models/hostile/", "models/"])
def test_a_phone_never_scrolls_the_page_sideways(watched: Open, path: str) -> None:
    """Not even with every table open: those scroll in their own box."""
    watch = watched(390).open(path).draw_all()
    watch.page.evaluate("document.querySelectorAll('details').forEach(one => (one.open = true))")
    assert watch.page.evaluate("document.documentElement.scrollWidth") <= 390
    inside = "[...document.querySelectorAll('.ea-chart__canvas')].every(c => c.scrollWidth <= 390)"
    assert watch.page.evaluate(inside)


def test_without_javascript_a_picture_and_the_table_remain(watched: Open) -> None:
    watch = watched(java_script_enabled=False).open(DEMO)
    pictures = watch.page.locator("figure.ea-chart noscript img")
    assert pictures.count() == 4
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        box = picture.bounding_box()
        assert box is not None
        assert box["height"] > 300
    watch.page.locator("#chart-composition summary").click()
    assert watch.page.locator("#chart-composition table").is_visible()
    assert watch.elsewhere == []


def test_the_picture_stands_in_where_the_drawing_fails(watched: Open) -> None:
    """A library that does not arrive costs the interaction, not the chart."""
    watch = watched()
    watch.page.route("**/vega-core.js", lambda route: route.abort())
    watch.open(DEMO)
    picture = watch.page.locator("#chart-heat-map .ea-chart__canvas img")
    picture.wait_for()
    assert (picture.get_attribute("src") or "").endswith("demo.charts/heat-map.svg")


def test_a_pointer_on_a_mark_shows_its_numbers(watched: Open) -> None:
    watch = watched().open(DEMO).draw_all()
    tooltip = watch.point_at_a_cell()
    assert "looked at" in tooltip.inner_text()
    assert watch.complaints == []


def test_search_works_under_the_policy(watched: Open) -> None:
    watch = watched().open("")
    assert watch.search("charts").count() > 0
    assert watch.complaints == []
    assert watch.elsewhere == []


def test_every_internal_address_of_the_built_site_resolves(site: Path) -> None:
    """Those of the theme, the charts and the page for unknown addresses too."""
    assert broken_links(site) == ()


def test_little_moves_when_charts_come(watched: Open) -> None:
    """Their room is there before they are, on a phone as well."""
    for width in (1280, 390):
        watch = watched(width)
        watch.page.add_init_script(
            "globalThis.moved = 0; new PerformanceObserver(list => { for (const one of"
            " list.getEntries()) moved += one.value; }).observe({type: 'layout-shift',"
            " buffered: true})"
        )
        watch.open(DEMO).draw_all()
        assert watch.page.evaluate("moved") <= 0.02


def test_the_keyboard_puts_the_rows_in_another_order(watched: Open) -> None:
    watch = watched(color_scheme="light").open(DEMO).draw_all()
    page = watch.page

    def rows() -> list[str]:
        named: list[str] = page.evaluate(ROW_NAMES)
        return named

    as_listed = rows()
    assert as_listed == [f"Model {letter}" for letter in "ABCDEFGH"]
    page.get_by_label("Order of the rows").focus()
    page.keyboard.press("ArrowDown")
    assert page.get_by_label("Order of the rows").input_value() == "accuracy"
    # The groups keep their places; 0, 3, 6 and 1 eighths, then 4, 7, 2 and 5.
    assert [name[-1] for name in rows()] == list("CBDAFHEG")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    headings = page.locator("#chart-heat-map svg text").all_text_contents()
    assert {"\N{EN DASH} Lab", "\N{EN DASH} Works"} <= set(headings)
    # A change of the scheme keeps the order.
    page.emulate_media(color_scheme="dark")
    page.locator("#chart-heat-map[data-drawn=dark]").wait_for()
    assert "\N{EN DASH} Lab" in page.locator("#chart-heat-map svg text").all_text_contents()
    assert watch.complaints == []


def test_a_chart_can_be_taken_along(watched: Open) -> None:
    """SVG and CSV are files; the picture is drawn here, on white, twice the size."""
    watch = watched(color_scheme="dark").open(DEMO)
    figure = watch.page.locator("#chart-composition")
    saved = {}
    for name in ("SVG", "CSV", "PNG"):
        with watch.page.expect_download() as waiting:
            figure.get_by_text(name, exact=True).click()
        saved[waiting.value.suggested_filename] = Path(waiting.value.path()).read_bytes()
    assert sorted(saved) == ["composition.csv", "composition.png", "composition.svg"]
    assert saved["composition.csv"].startswith(b"Category,")
    assert saved["composition.svg"].startswith(b"<svg")
    picture = saved["composition.png"]
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == 1440
    assert watch.complaints == []


PICTURED = """svg => [...new DOMParser().parseFromString(svg, "image/svg+xml")
  .querySelectorAll(".role-axis-label text")].map(one => one.textContent)
  .filter(text => text.startsWith("Model"))"""
"""Names of the rows of a saved drawing."""


def test_a_picture_that_is_taken_along_has_the_rows_as_they_are_shown(watched: Open) -> None:
    """As SVG and as PNG, in light colours, as wide and as high as the one made before."""
    watch = watched(color_scheme="dark").open(DEMO).draw_all()
    page = watch.page
    figure = page.locator("#chart-heat-map")

    def saved(kind: str) -> bytes:
        with page.expect_download() as waiting:
            figure.get_by_text(kind, exact=True).click()
        assert waiting.value.suggested_filename == f"heat-map.{kind.lower()}"
        return Path(waiting.value.path()).read_bytes()

    def size(picture: bytes) -> tuple[int, int]:
        return int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")

    given, before = saved("SVG"), saved("PNG")
    page.get_by_label("Order of the rows").select_option("accuracy")
    sorted_rows = page.evaluate(ROW_NAMES)
    drawn, after = saved("SVG"), saved("PNG")
    assert page.evaluate(PICTURED, given.decode()) == [f"Model {one}" for one in "ABCDEFGH"]
    assert sorted(page.evaluate(PICTURED, drawn.decode())) == sorted(sorted_rows)
    assert drawn != given
    assert after != before
    assert size(after)[0] == pytest.approx(size(before)[0], abs=4)
    assert size(after)[1] == pytest.approx(size(before)[1], rel=0.05)
    assert page.evaluate(ROW_TOPS, drawn.decode()) == sorted_rows
    assert page.locator(".ea-chart__unseen").count() == 0
    assert watch.complaints == []


ROW_TOPS = """svg => {
  const texts = new DOMParser().parseFromString(svg, "image/svg+xml")
    .querySelectorAll(".role-axis-label text");
  const top = text => Number(/,([-0-9.]+)\\)/.exec(text.getAttribute("transform"))[1]);
  const rows = [...texts].filter(text => text.textContent.startsWith("Model"));
  return rows.sort((one, other) => top(one) - top(other)).map(text => text.textContent);
}"""
"""The same from top to bottom."""


def test_a_chart_can_be_embedded(watched: Open) -> None:
    """The snippet leads to a page that holds the chart, its source and its edition."""
    watch = watched().open(DEMO).draw_all()
    page = watch.page
    button = page.locator("#chart-signature button[data-chart=embed]")
    button.focus()
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    snippet = page.locator("#chart-signature textarea").input_value()
    assert snippet.startswith("<iframe ")
    found = re.search(r'src="([^"]+)"', snippet)
    assert found is not None
    page.goto(found[1].replace("&amp;", "&"))
    page.locator("body[data-drawn]").wait_for()
    assert page.locator("h1").inner_text().startswith("Model D fails on Sums")
    assert "edition 2026.12" in page.locator("footer").inner_text()
    assert (
        page.evaluate(
            MARKS.replace("figure =>", "() =>")
            .replace("figure.", "document.")
            .replace(".ea-chart__canvas", "#canvas")
        )
        > 20
    )
    page.locator("#source").evaluate("link => link.removeAttribute('target')")
    page.locator("#source").click()
    assert page.url == f"{watch.base}{DEMO}#chart-signature"
    assert watch.complaints == []
    assert watch.elsewhere == []


@pytest.mark.parametrize(
    "chart",
    [
        "",
        "https://example.org/a.charts/b",
        "//example.org/a.charts/b",
        "../models/demo.charts/signature",
        "models/../models/demo.charts/signature",
        "models/demo.charts/signature.json?x",
        "models/demo.charts/signature#",
        "models%2F..%2Fx.charts/y",
        "javascript:alert(1)",
        "models/" + "a" * 400 + ".charts/b",
    ],
)
def test_the_page_for_embedding_shows_charts_of_this_site_alone(watched: Open, chart: str) -> None:
    watch = watched()
    watch.page.goto(f"{watch.base}embed/?chart={quote(chart, safe='')}")
    watch.page.get_by_text("There is no such chart here").wait_for()
    assert not [address for address in watch.requests if ".charts" in address.split("?")[0]]
    assert watch.elsewhere == []


SHOWN = """() => [...document.querySelectorAll("figure.ea-chart")].map(one =>
  one.querySelectorAll(".ea-chart__canvas > img").length + (one.dataset.drawn ? 1 : 0))"""
"""How often each chart of a page is there, as a picture or drawn."""


def test_a_chart_that_comes_while_a_page_is_printed_takes_the_place_of_its_picture(
    watched: Open,
) -> None:
    watch = watched(color_scheme="dark")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    watch.page.route("**/*.charts/heat-map.json", hold)
    watch.open(DEMO)
    page = watch.page
    figure = page.locator("#chart-heat-map")
    figure.scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    assert held
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert figure.locator(".ea-chart__canvas > img").count() == 1
    for route in held:
        route.continue_()
    page.locator("#chart-heat-map[data-drawn]").wait_for()
    assert figure.get_attribute("data-drawn") == "light"
    assert page.evaluate(SHOWN) == [1] * 4
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert figure.get_attribute("data-drawn") == "dark"


def test_paper_is_light_and_has_every_chart(watched: Open) -> None:
    """Also those never scrolled to; afterwards the screen is as it was."""
    watch = watched(color_scheme="dark").open(DEMO)
    page = watch.page
    page.locator("#chart-heat-map[data-drawn]").wait_for()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#chart-heat-map").get_attribute("data-drawn") == "light"
    assert page.evaluate(SHOWN) == [1] * 4
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#chart-heat-map").get_attribute("data-drawn") == "dark"
    assert page.locator(".ea-chart__canvas > img").count() == 0
    watch.draw_all()
    assert watch.complaints == []
