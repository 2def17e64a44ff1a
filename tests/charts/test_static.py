"""What is not measured changes no drawing."""

import json
import re
import string
from pathlib import Path
from typing import Any

import pytest

from generator.charts import draughtsman, export, static
from generator.charts.chart import Chart
from generator.charts.heat_orders import HeatRow
from generator.charts.heatmap import heat_map
from generator.charts.theme import EXPORT_FONT, config
from tests.browser.small_site import demo_charts
from tests.charts.numbers import made_up, taxonomy


@pytest.fixture(autouse=True)
def nothing_drawn_before() -> None:
    """Each test begins where a process does."""
    static._ROOM.clear()
    static._LONG.clear()


def compiled(chart: Chart) -> dict[str, Any]:
    return export._compiled({**chart.spec, "width": static.WIDTH}, config("light", EXPORT_FONT))


def rows(root: Path, *names: str) -> Chart:
    tree = taxonomy(root)
    return heat_map([HeatRow(name, "Sums", made_up(tree, len(name), 70)) for name in names], tree)


def test_every_chart_is_drawn_as_the_engine_alone_draws_it(content_root: Path) -> None:
    for chart in demo_charts(taxonomy(content_root)):
        spec = compiled(chart)
        alone = draughtsman.drawn(json.dumps(spec))
        assert static.drawn(spec, draughtsman.drawn) == alone, chart.id
        assert static.drawn(spec, draughtsman.drawn) == alone, chart.id


def test_a_label_that_is_too_long_is_cut_and_tried_once(content_root: Path) -> None:
    asked: list[str] = []

    def draw(spec: str) -> str:
        asked.append(spec)
        return draughtsman.drawn(spec)

    spec = compiled(rows(content_root, "A", "WWWWW MMMMM " * 4))
    alone = draughtsman.drawn(json.dumps(spec))
    assert "\N{HORIZONTAL ELLIPSIS}" in alone
    assert static.drawn(spec, draw) == alone
    assert len(asked) == 2
    assert static.drawn(spec, draw) == alone
    assert len(asked) == 3


def test_numbers_in_cells_are_not_measured_and_have_their_size(content_root: Path) -> None:
    asked: list[str] = []

    def draw(spec: str) -> str:
        asked.append(spec)
        return draughtsman.drawn(spec)

    found = static.drawn(compiled(rows(content_root, "A", "B")), draw)
    (told,) = asked
    cells = [mark for mark in json.loads(told)["marks"] if "ea-cell" in str(mark.get("style"))]
    assert [mark["encode"]["update"]["fontSize"] for mark in cells] == [{"value": 0}] * 2
    assert 'font-size="0px"' not in found
    numbers = re.findall(r'font-size="11px"[^>]*>([0-9]+)</text>', found)
    assert len(numbers) > 2


def test_no_character_is_wider_than_it_is_taken_for() -> None:
    """Held against the engine, which centres a text by half of its measured width."""
    printed = string.printable[:95] + "\N{NO-BREAK SPACE}\N{EM DASH}\N{GREEK SMALL LETTER ALPHA}"
    for character in printed:
        text = f"x{character * 20}x"
        mark = {
            "type": "text",
            "encode": {
                "enter": {
                    "text": {"value": text},
                    "font": {"value": EXPORT_FONT},
                    "fontSize": {"value": 100},
                }
            },
        }
        spec = {"marks": [mark], "width": 1, "height": 1, "padding": 0}
        drawn = draughtsman.drawn(json.dumps({**spec, "autosize": {"type": "pad"}}))
        wide = re.search(r'width="([0-9.]+)"', drawn)
        assert wide is not None
        assert float(wide[1]) <= static._width(text, 100) + 2, character
