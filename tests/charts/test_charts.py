"""Charts as data: findings in words, numbers as tables, drawings that do not change."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import altair as alt
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.charts import labels, theme
from generator.charts.calibration import calibration
from generator.charts.chart import Chart
from generator.charts.composition import composition
from generator.charts.confusion import confusion
from generator.charts.export import spec_json, svg
from generator.charts.findings import foremost, ranked
from generator.charts.heat_orders import HeatRow
from generator.charts.heatmap import heat_map
from generator.charts.icicle import icicle
from generator.charts.signature import signature
from generator.records.taxonomy import Taxonomy
from generator.stats.compositions import Composition, compose
from tests.charts.numbers import LEVEL, failures, made_up, scores, taxonomy
from tests.charts.test_trend import drawn


@pytest.fixture(scope="module")
def tree(content_root: Path) -> Taxonomy:
    return taxonomy(content_root)


@pytest.fixture(scope="module")
def charts(tree: Taxonomy) -> dict[str, Chart]:
    rows = [
        HeatRow(f"Model {place}", "Sums", made_up(tree, place, 70, 9.0 if place < 3 else None))
        for place in range(5)
    ]
    own, pool = made_up(tree, 2, 70, 9.0), made_up(tree, 5, 600, 9.0)
    return {
        "heat map": heat_map(rows, tree),
        "signature": signature(own, pool, tree, name="Model 2", population_name="Sums"),
        "composition": composition(made_up(tree, 4, 900), tree, name="Sums"),
        "calibration": calibration(
            {"developed": scores(tree), "held-out": scores(tree)},
            tree,
            measure="precision",
            judge="The judge",
            level=0.95,
            chart_id="precision",
        ),
        "icicle": icicle(made_up(tree, 3, 300, 9.0), tree, name="Sums"),
        "confusion": confusion(scores(tree), tree, judge="The judge", against="the annotator"),
        "trend": drawn(tree),
    }


KINDS = ("heat map", "signature", "composition", "icicle", "confusion", "calibration")


def keys(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield every key of a specification with its value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key, inner
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


@pytest.mark.parametrize("kind", KINDS)
def test_no_chart_goes_without_its_n(charts: dict[str, Chart], kind: str) -> None:
    assert re.search(r"n = [1-9]", charts[kind].subtitle)


@pytest.mark.parametrize("kind", KINDS)
def test_a_specification_fixes_no_colour_and_loads_nothing(
    charts: dict[str, Chart], kind: str
) -> None:
    """Colours come from the scheme, data stand in the specification."""
    for key, value in keys(charts[kind].spec):
        assert key not in {"url", "href", "background"}
        assert not (isinstance(value, str) and re.fullmatch(r"#[0-9a-fA-F]{3,8}", value))
    assert "config" not in charts[kind].spec


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_chart_gives_the_same_bytes(charts: dict[str, Chart], kind: str) -> None:
    chart = charts[kind]
    assert spec_json(chart) == spec_json(chart)
    assert svg(chart, "dark") == svg(chart, "dark")
    assert svg(chart, "light") != svg(chart, "dark")


@pytest.mark.parametrize("kind", KINDS)
def test_a_static_drawing_is_xml_with_numbers_of_two_decimals(
    charts: dict[str, Chart], kind: str
) -> None:
    drawn = svg(charts[kind]).decode()
    root = ET.fromstring(drawn)  # noqa: S314 - made by this test
    assert root.get("width") == "720"
    assert not re.search(r'="[^"]*\d\.\d{3,}[^"]*"', drawn)


def test_a_number_in_the_words_of_a_drawing_is_not_rounded(tree: Taxonomy) -> None:
    """Rounding is for coordinates; a name keeps its digits."""
    chart = heat_map([HeatRow("Model 3.14159", "Group 2.71828", made_up(tree, 1, 30))], tree)
    drawn = svg(chart).decode()
    assert "Model 3.14159" in drawn
    assert "Group 2.71828" in drawn


def test_a_row_of_the_heat_map_sums_to_all_failures_looked_at(charts: dict[str, Chart]) -> None:
    table = charts["heat map"].table
    for _, row in table.iloc[:, 3:].iterrows():
        total = sum(float(cell.split("\xa0%")[0]) for cell in row)
        # Each of the cells is rounded to a tenth.
        assert abs(total - 100) <= 0.05 * len(row)


def test_small_shares_have_no_number_in_their_cell(charts: dict[str, Chart]) -> None:
    for data in charts["heat map"].spec["datasets"].values():
        for cell in data:
            if "label" in cell:
                assert bool(cell["label"]) == (cell["share"] >= 0.05)


def test_the_title_of_a_signature_names_the_largest_share(charts: dict[str, Chart]) -> None:
    chart = charts["signature"]
    shares = {
        row["Category"].partition(" ")[2]: float(row["Share"].removesuffix("\xa0%"))
        for row in chart.table.to_dict("records")
    }
    assert f"most often by {max(shares, key=lambda name: shares[name])} (" in chart.title


def test_the_finding_of_the_heat_map_rests_on_samples_where_there_are_some(
    charts: dict[str, Chart],
) -> None:
    """Rules settle few categories; what leads among their verdicts is no finding."""
    assert "of 3 sampled rows;" in charts["heat map"].title


def composed(tree: Taxonomy, counts: dict[str, int], weight: float | None = 2.0) -> Composition:
    rows = [
        ("sums", "lab__one", None, "verdict", "model", category, None, "annotator", weight)
        for category, count in counts.items()
        for _ in range(count)
    ]
    columns = ["benchmark", "model", "item_id"]
    columns += ["status", "attribution", "category", "subcategory", "judge", "weight"]
    frame = pd.DataFrame(rows, columns=columns).astype({"weight": float})
    frame["item_id"] = [f"q{place}" for place in range(len(frame))]
    return compose(frame, [category.id for category in tree.categories], 0.95)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"E13": 90, "E01": 5, "E02": 5}, "Computation Error (90 %)"),
        ({"E13": 20}, "Computation Error (100 %)"),
        ({"E13": 1}, "Computation Error (100 %), in too few failures to be sure"),
        (
            {"E13": 80, "E14": 17, "E01": 3},
            "Computation Error (80 %), then Counting or Aggregation Error (17 %)",
        ),
        (
            {"E13": 20, "E09": 20, "E01": 1},
            "{E09} (49 %) or Computation Error (49 %), whose intervals overlap",
        ),
        (
            {"E13": 9, "E09": 8, "E01": 7},
            "Computation Error (38 %), {E09} (33 %) or {E01} (29 %), whose intervals overlap",
        ),
        (
            {"E13": 9, "E09": 8, "E01": 7, "E02": 6},
            "Computation Error (30 %), {E09} (27 %) or one of 2 more, whose intervals overlap",
        ),
    ],
)
def test_a_title_ranks_only_what_the_intervals_tell_apart(
    tree: Taxonomy, counts: dict[str, int], said: str
) -> None:
    names = {category.id: category.name for category in tree.categories}
    said = said.replace("Counting or Aggregation Error", names["E14"]).format(**names)
    title = composition(composed(tree, counts), tree, name="B").title
    assert title.replace("\xa0", " ") == f"Failing B most often means {said}"


def test_a_tie_counts_for_both_in_the_title_of_the_heat_map(tree: Taxonomy) -> None:
    """Nobody leads because the taxonomy happens to name it first."""
    names = {category.id: category.name for category in tree.categories}
    tie, clear = composed(tree, {"E01": 5, "E13": 5}), composed(tree, {"E13": 90, "E01": 10})
    alone = composed(tree, {"E01": 6, "E02": 4})

    def title(*rows: Composition) -> str:
        return heat_map([HeatRow(f"M{n}", "B", row) for n, row in enumerate(rows)], tree).title

    assert title(tie, clear, alone) == (
        f"{names['E01']} and {names['E13']} each have the largest share, alone or tied, in 2 of "
        "3 sampled rows; intervals set one of them apart in 1 of these"
    )
    assert title(clear, clear, alone) == (
        f"{names['E13']} has the largest share in 2 of 3 sampled rows; intervals set it apart in "
        "all of these"
    )


def test_nothing_classified_is_said_and_not_drawn_as_a_finding(tree: Taxonomy) -> None:
    nothing = made_up(tree, 1, 1)
    assert nothing.classified == 0
    assert "has a category yet" in signature(nothing, None, tree, name="M").title
    assert "has a category yet" in composition(nothing, tree, name="B").title
    assert heat_map([HeatRow("M", "B", nothing)], tree).title == "No failure has a category yet"


def test_rows_of_the_confusion_sum_to_what_is_known_and_its_diagonal_is_outlined(
    charts: dict[str, Chart],
) -> None:
    table = charts["confusion"].table
    for row in table.to_dict("records"):
        cells = [int(value) for name, value in row.items() if name not in {"Known", "n"}]
        assert sum(cells) == int(row["n"])
    data = [cell for rows in charts["confusion"].spec["datasets"].values() for cell in rows]
    outlined = {(cell["known"], cell["said"]) for cell in data if "same" in cell}
    assert outlined == {(name, name) for name in table["Known"]}


def test_the_title_of_the_confusion_says_how_often_the_judge_spoke_and_was_right(
    charts: dict[str, Chart], tree: Taxonomy
) -> None:
    found = scores(tree)
    title = charts["confusion"].title
    assert labels.percent(found.coverage.share) in title
    assert labels.percent(found.precision.share) in title
    silent = confusion(scores(tree, silent=True), tree, judge="The judge", against="the label")
    assert "spoke on none of 60 failures" in silent.title


def test_what_has_no_category_stands_beside_with_its_own_denominator(
    charts: dict[str, Chart],
) -> None:
    table = charts["composition"].table
    beside = table[table["Share of"] == "looked at"]
    assert [name.partition(":")[0] for name in beside["Category"]] == [
        "Undetermined",
        "Fault of the benchmark",
        "Fault of the harness",
    ]


def test_categories_stand_under_the_name_of_their_group(
    charts: dict[str, Chart], tree: Taxonomy
) -> None:
    """Colour is never alone in telling groups apart."""
    headings = [
        datum["short"]
        for data in charts["signature"].spec["datasets"].values()
        for datum in data
        if "short" in datum
    ]
    assert headings == [group.name for group in tree.groups]


def test_the_table_rounds_what_was_found_and_not_what_is_drawn(tree: Taxonomy) -> None:
    """The lower end of 1 in 355 is 0.0498 %; drawn it is 0.0005, which would be 0.1 %."""
    ids = [category.id for category in tree.categories]
    rows = failures(tree, 0, 355).assign(status="verdict", attribution="model", category=ids[0])
    rows.loc[0, "category"] = ids[1]
    own = compose(rows, ids, LEVEL)
    low = own.share_part.row("category", ids[1])["low"]
    assert labels.exact(low) != labels.exact(round(low, 5))
    for chart in (
        composition(own, tree, name="Sums"),
        signature(made_up(tree, 2, 70), own, tree, name="Model", population_name="Sums"),
    ):
        (row,) = chart.table[chart.table["Category"].str.startswith(ids[1])].to_dict("records")
        *_, ends = (text for name, text in row.items() if "interval" in name)
        assert ends == labels.span(low, own.share_part.row("category", ids[1])["high"])
        drawn_at = [datum for data in chart.spec["datasets"].values() for datum in data]
        assert all(
            round(value, 5) == value
            for datum in drawn_at
            for value in datum.values()
            if isinstance(value, float)
        )


def boxes(chart: Chart) -> list[dict[str, Any]]:
    """Return the boxes of an icicle."""
    return [cell for rows in chart.spec["datasets"].values() for cell in rows]


def test_each_column_of_the_icicle_is_filled_without_gap_or_overlap(
    charts: dict[str, Chart],
) -> None:
    for depth in range(3):
        column = [cell for cell in boxes(charts["icicle"]) if cell["depth"] == depth]
        assert column[0]["low"] == 0
        assert column[-1]["high"] == pytest.approx(1, abs=1e-4)
        for above, below in pairwise(column):
            assert above["high"] == pytest.approx(below["low"], abs=2e-5)


def test_failures_of_the_icicle_are_the_same_in_every_column(charts: dict[str, Chart]) -> None:
    """What has no subcategory has a box of its own."""
    sums = [
        sum(cell["count"] for cell in boxes(charts["icicle"]) if cell["depth"] == depth)
        for depth in range(3)
    ]
    assert sums[0] == sums[1] == sums[2]
    assert any(cell["name"] == "Subcategory not given" for cell in boxes(charts["icicle"]))


def test_only_boxes_with_room_have_a_label_and_the_table_has_all(
    charts: dict[str, Chart], tree: Taxonomy
) -> None:
    for cell in boxes(charts["icicle"]):
        assert ("label" in cell) == ((cell["high"] - cell["low"]) * 660 >= 15 - 0.01)
    kinds = list(charts["icicle"].table["Category or subcategory"])
    assert [f"{entry.id} {entry.name}" for entry in tree.categories] == [
        kind for kind in kinds if ":" not in kind
    ]


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("scheme", "ground"), [("light", "#ffffff"), ("dark", "#1b1f27")])
def test_colours_of_groups_stand_out_and_the_ramp_reads_in_grey(
    scheme: theme.Scheme, ground: str
) -> None:
    """Contrast of at least 3:1 to the ground; lightness moves one way along the ramp."""
    base = _luminance(ground) + 0.05
    for colour in theme.GROUPS[scheme]:
        bright = _luminance(colour) + 0.05
        assert max(base, bright) / min(base, bright) >= 3
    ramp = [_luminance(colour) for colour in theme.RAMP[scheme]]
    assert ramp == sorted(ramp, reverse=scheme == "light")


def test_altair_writes_what_vl_convert_draws() -> None:
    assert alt.SCHEMA_VERSION.startswith("v6.")


@given(st.text(max_size=300), st.integers(2, 100))
def test_a_label_is_one_printable_line_of_bounded_length(text: str, limit: int) -> None:
    shown = labels.visible(text, limit)
    assert len(shown) <= limit
    assert shown.isprintable() or "\xa0" in text or any(c.isspace() for c in text)
    assert "\n" not in shown
    assert "\u202e" not in shown


@pytest.mark.parametrize(
    ("share", "words"), [(0, "0 %"), (0.004, "0.4 %"), (0.0999, "10.0 %"), (0.31, "31 %")]
)
def test_percentages_in_words_have_two_digits(share: float, words: str) -> None:
    assert labels.percent(share) == words.replace(" ", "\xa0")


def test_what_is_distinctive_has_a_shape_of_its_own(tree: Taxonomy) -> None:
    own, pool = made_up(tree, 1, 80), made_up(tree, 2, 200)
    marks = {tree.categories[0].id: "more often"}
    chart = signature(own, pool, tree, name="One", distinctive=marks)
    assert "triangle-up" in json.dumps(chart.spec)
    assert chart.table["Against the others"].tolist()[:2] == ["more often", "no clear difference"]
    assert "Triangles" in chart.subtitle
    assert "Triangles" not in signature(own, pool, tree, name="One").subtitle


def test_a_cell_of_the_heat_map_has_its_interval_and_what_it_rests_on(
    charts: dict[str, Chart],
) -> None:
    cells = [cell for cell in charts["heat map"].spec["datasets"]["rows"] if "says" in cell]
    table = charts["heat map"].table
    said = [cell["says"].partition(";")[0] for cell in cells]
    assert said == table.iloc[:, 3:].to_numpy().ravel().tolist()
    for cell in cells:
        assert re.search(
            r"^[\d.]+\xa0% \([\d.]+ to [\d.]+\); [\d,]+ of \d+ looked at$", cell["says"]
        )


def test_rows_can_be_the_benchmarks_of_a_model(tree: Taxonomy) -> None:
    rows = [HeatRow(f"Sums {turn}", "M", made_up(tree, turn, 40)) for turn in range(2)]
    chart = heat_map(rows, tree, model="Model 9", each="benchmark")
    assert chart.table.columns[0] == "Benchmark"
    assert chart.title.startswith("Model 9: ")
    assert "one per benchmark," in chart.description


def test_the_categories_with_the_largest_share_are_the_first_of_all_in_their_order(
    content_root: Path,
) -> None:
    tree = taxonomy(content_root)
    several = 0
    for turn in range(12):
        for count in range(1, 30):
            own = made_up(tree, turn, count)
            rows = ranked(own)
            assert foremost(own) == [row for row in rows if row["share"] == rows[0]["share"]]
            several += len(foremost(own)) > 1
    assert several, "some have two with the same share"
