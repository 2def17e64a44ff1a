"""What came from a model, a benchmark or a contributor stays text, in charts and around them."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import Watched
from tests.browser.small_site import HOSTILE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Watched]
ELEMENTS = """() => {
  const inside = document.querySelector("article");
  const bad = "script, iframe, object, embed, img[onerror], [href^='javascript:'], foreignObject";
  return [...inside.querySelectorAll(bad)].map(element => element.outerHTML);
}"""


def test_hostile_names_become_no_element_and_run_nothing(watched: Open) -> None:
    watch = watched().open("models/hostile/").draw_all()
    assert watch.page.evaluate(ELEMENTS) == []
    # A mark that is hovered shows its name in the tooltip, which is HTML.
    tooltip = watch.point_at_a_cell()
    assert HOSTILE[0] in tooltip.inner_text()
    assert tooltip.locator("script, img").count() == 0
    assert watch.complaints == []
    assert watch.elsewhere == []


def test_hostile_names_are_shown_as_they_are(watched: Open) -> None:
    """In the title of a figure and in its table, character by character."""
    watch = watched().open("models/hostile/")
    watch.page.evaluate("document.querySelectorAll('details').forEach(one => (one.open = true))")
    cells = watch.page.locator("#chart-heat-map tbody tr > :first-child").all_inner_texts()
    for place, text in enumerate(HOSTILE[:8]):
        assert text in watch.page.locator(f"#chart-signature-{place}-title").inner_text()
        assert text in cells


def test_the_drawing_writes_hostile_names_as_text(watched: Open) -> None:
    watch = watched().open("models/hostile/").draw_all()
    drawn = watch.page.locator("#chart-heat-map svg text").all_text_contents()
    assert "{{ 7*7 }}" in drawn
    assert "49" not in watch.page.locator("#chart-signature-3-title").inner_text()
    assert any(text.startswith("<script>alert(1)") for text in drawn)
    assert any("\\u202e" in text for text in drawn)
    assert any("\N{SYMBOL FOR FORM FEED}" in text for text in drawn)
    assert max(map(len, drawn)) <= 80


def test_hostile_names_stay_text_in_the_static_drawing(watched: Open) -> None:
    """Opened by itself, where scripts of an SVG could run, the drawing has none."""
    watch = watched().open("models/hostile.charts/heat-map.svg")
    counted = "document.querySelectorAll('script, foreignObject, image, a').length"
    assert watch.page.evaluate(counted) == 0
    assert "<script>alert(1)" in watch.page.evaluate("document.documentElement.textContent")
    assert watch.complaints == []


def test_a_long_output_scrolls_in_its_own_box(watched: Open) -> None:
    watch = watched(390).open("models/")
    box = watch.page.locator("pre.ea-output").last.bounding_box()
    assert box is not None
    assert box["height"] < 600
    assert len(watch.page.locator("pre.ea-output").last.inner_text()) > 14_000
