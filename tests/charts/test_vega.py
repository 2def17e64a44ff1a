"""Charts as the browser draws them: compiled, without colours of their own, small enough."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import altair as alt
import pytest
import vl_convert
from jsonschema import ValidationError

from generator.charts import static, theme
from generator.charts.calibration import calibration
from generator.charts.chart import Chart
from generator.charts.export import csv, spec_json, svg, theme_json, vega
from generator.charts.found import found_tree
from generator.charts.heat_orders import HeatRow
from generator.charts.heatmap import heat_map
from generator.charts.icicle import icicle
from generator.charts.signature import signature
from generator.charts.speed import speed
from generator.records.proposal import Proposal
from tests.browser.small_site import demo_charts
from tests.charts.numbers import LEVEL, made_up, scores, taxonomy
from tests.charts.test_found import TREE
from tests.charts.test_moved import drawn as moved_chart
from tests.charts.test_trend import drawn
from tests.pages.test_speed import ROWS

INTERNAL = {"axisticks", "bound", "collect", "encode", "mark", "overlap", "render", "scale"}
"""Some of what Vega's parser asks for by itself, whatever a chart says."""


@pytest.fixture(scope="module")
def charts(content_root: Path) -> list[Chart]:
    tree = taxonomy(content_root)
    return [*demo_charts(tree), icicle(made_up(tree, 3, 300, 9.0), tree, name="Sums"), drawn(tree)]


def inside(value: Any) -> Iterator[Any]:
    yield value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from inside(part)


def test_every_transform_of_a_chart_is_in_the_runtime(
    charts: list[Chart], project_root: Path
) -> None:
    core = (project_root / "site_templates/assets/vendor/core.mjs").read_text("utf-8")
    found = re.search(r"Object.assign\(transforms, \{(.*?)\}\)", core, re.DOTALL)
    assert found is not None
    built = set(re.findall(r"\w+", found[1]))
    used = {
        step["type"]
        for chart in charts
        for part in inside(vega(chart))
        if isinstance(part, dict) and isinstance(part.get("transform"), list)
        for step in part["transform"]
    }
    assert used
    assert used | INTERNAL <= built


def test_every_kind_of_chart_is_valid_vega_lite(charts: list[Chart], content_root: Path) -> None:
    """A build does not check it: that would be done again for every shape of every kind."""
    tree = taxonomy(content_root)
    others = [
        calibration(
            {"developed": scores(tree)},
            tree,
            measure="recall",
            judge="The judge",
            level=LEVEL,
            chart_id="recall",
        ),
        found_tree(Proposal.model_construct(branches=TREE)),
        moved_chart(tree),
        speed(ROWS),
    ]
    for chart in filter(None, [*charts, *others]):
        alt.LayerChart.from_dict(chart.spec, validate=True)
        broken = {**chart.spec, "layer": [{"mark": "none such"}]}
        with pytest.raises(ValidationError):
            alt.LayerChart.from_dict(broken, validate=True)


def test_a_compiled_chart_holds_names_of_colours_and_the_theme_both_schemes(
    charts: list[Chart],
) -> None:
    shared = json.loads(theme_json())
    assert set(shared) == {"config", "light", "dark"}
    assert set(shared["light"]) == set(shared["dark"])
    for chart in charts:
        assert vega(chart)["config"] == shared["config"]
        for value in inside(vega(chart)):
            assert not (isinstance(value, str) and re.fullmatch(r"#[0-9a-fA-F]{3,8}", value))
            if isinstance(value, str) and value.startswith(theme.name("")):
                assert value in shared["light"]


def test_a_chart_says_what_an_embedding_page_shows(charts: list[Chart]) -> None:
    for chart in charts:
        written = json.loads(spec_json(chart, "models/one/"))
        assert written["background"] == "transparent"
        assert "config" not in written
        told = written["usermeta"]
        assert (told["title"], told["page"]) == (chart.title, "models/one/")
        assert "n = " in told["subtitle"]


def test_rows_of_the_heat_map_have_orders_within_their_groups(content_root: Path) -> None:
    tree = taxonomy(content_root)
    rows = [
        HeatRow(name, group, made_up(tree, 1, 40), developer=maker, accuracy=accuracy)
        for name, group, maker, accuracy in (
            ("b", "One", "Z", 0.2),
            ("a", "One", "Y", 0.9),
            ("c", "One", "Z", 0.5),
            ("d", "Two", "Y", 0.7),
        )
    ]
    chart = heat_map(rows, tree, clustered=True)
    orders = next(one["value"] for one in chart.spec["params"] if one["name"] == "orders")
    names = {
        key: [row[4:] for row in order if not row.startswith("#")] for key, order in orders.items()
    }
    assert names == {
        "given": ["b", "a", "c", "d"],
        "accuracy": ["a", "c", "b", "d"],
        "name": ["a", "b", "c", "d"],
        "developer": ["a", "b", "c", "d"],
    }
    assert [order.id for order in chart.orders] == list(names)
    assert chart.orders[0].name == "alike together"
    # Two groups; three developers' headings, one of them in each group.
    assert len(orders["given"]) == 6
    assert len(orders["developer"]) == 9
    assert len({row for order in orders.values() for row in order}) == 9


def test_an_order_that_cannot_be_is_not_offered(content_root: Path) -> None:
    tree = taxonomy(content_root)
    rows = [HeatRow(name, "One", made_up(tree, 1, 40)) for name in "ab"]
    assert [order.id for order in heat_map(rows, tree).orders] == ["given", "name"]
    assert heat_map(rows[:1], tree).orders == ()


def test_the_numbers_as_a_file_are_plain_text_and_no_formula(content_root: Path) -> None:
    tree = taxonomy(content_root)
    chart = heat_map([HeatRow("=1+1", "One", made_up(tree, 1, 40))], tree)
    text = csv(chart).decode()
    assert text.splitlines()[1].startswith("'=1+1,One,40,")
    assert "\xa0" not in text
    assert " %" in text


def test_numbers_put_in_after_compiling_give_what_compiling_each_chart_gives(
    charts: list[Chart], content_root: Path
) -> None:
    """Charts of one shape are compiled once; neither data nor signals change what that makes."""
    tree = taxonomy(content_root)
    version = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    more = [
        signature(made_up(tree, turn, 40), made_up(tree, turn + 1, 300), tree, name=f"M{turn}")
        for turn in range(3)
    ]
    more += [
        heat_map([HeatRow("M", "B", made_up(tree, turn, 40))] * (turn + 1), tree)
        for turn in range(3)
    ]
    for chart in (*charts, *more):
        alone = vl_convert.vegalite_to_vega(
            chart.spec, vl_version=version, config=theme.config(None)
        )
        assert vega(chart) == alone
        drawn = vl_convert.vegalite_to_svg(
            {**chart.spec, "width": 720},
            vl_version=version,
            config=theme.config("light", theme.EXPORT_FONT),
        )
        # But for the rounding of coordinates.
        assert re.sub(r"[\d.]+", "", svg(chart).decode()) == re.sub(r"[\d.]+", "", drawn) + "\n"


def test_a_heat_map_looks_the_same_whatever_was_drawn_before(content_root: Path) -> None:
    """The room that one of the same labels had is tried, and kept only where it fits."""
    tree = taxonomy(content_root)

    def drawing(*names: str) -> bytes:
        rows = [HeatRow(name, "Sums", made_up(tree, len(name), 70)) for name in names]
        return svg(heat_map(rows, tree))

    short, long = ("A", "B"), ("A", "A model with a name that takes much room")
    alone = []
    for names in (short, long):
        static._ROOM.clear()
        alone.append(drawing(*names))
    assert [drawing(*names) for names in (short, short, long, short)] == [
        alone[0],
        alone[0],
        alone[1],
        alone[0],
    ]
