"""The charts of a built site in a real browser."""

from collections.abc import Callable
from pathlib import Path

import pytest

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
    assert any("vega.min.js" in address for address in watch.requests)


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
    script_rule = next(rule for rule in content.split("; ") if rule.startswith("script-src"))
    assert "unsafe" not in script_rule


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


def test_libraries_are_loaded_when_a_chart_comes_into_view_and_once(watched: Open) -> None:
    watch = watched().open("")
    watch.page.wait_for_timeout(300)
    assert not [address for address in watch.requests if "vendor" in address]
    watch.open(DEMO).draw_all()
    loaded = [address for address in watch.requests if "vendor" in address]
    assert len(loaded) == len(set(loaded)) == 3


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
    watch.page.route("**/vega-lite.min.js", lambda route: route.abort())
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
