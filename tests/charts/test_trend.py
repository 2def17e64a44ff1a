"""Rates by release date and size: every model in its place, nothing claimed that is not known."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.charts.chart import Chart
from generator.charts.trend import TrendRow, trend
from generator.records.taxonomy import Taxonomy
from tests.charts.numbers import taxonomy

ROWS = (
    TrendRow("Later, small", date(2026, 2, 1), 7_000_000_000, 70, 7, 1_000, 0.05, 0.03, 0.08),
    TrendRow("First", date(2024, 5, 6), 70_000_000_000, 70, 14, 1_000, 0.12, 0.08, 0.17),
    TrendRow("Undated", None, 900_000_000, 70, 3, 1_000, 0.03, 0.01, 0.06),
    TrendRow("Size unknown", date(2025, 3, 4), None, 70, 4, 1_000, 0.04, 0.02, 0.07),
)


def drawn(tree: Taxonomy, rows: tuple[TrendRow, ...] = ROWS) -> Chart:
    return trend(rows, tree.categories[3], tree, on="Sums", basis="All failures, judged by rules")


@pytest.fixture(scope="module")
def tree(content_root: Path) -> Taxonomy:
    return taxonomy(content_root)


def names(chart: Chart, order: str) -> list[str]:
    (orders,) = (one["value"] for one in chart.spec["params"] if one["name"] == "orders")
    return [key[4:].split("\n")[0] for key in orders[order]]


def test_rows_stand_by_date_or_size_and_what_is_not_known_stands_last(tree: Taxonomy) -> None:
    chart = drawn(tree)
    assert names(chart, "released") == ["First", "Size unknown", "Later, small", "Undated"]
    assert names(chart, "size") == ["Undated", "Later, small", "First", "Size unknown"]
    assert chart.table["Released"].tolist() == [
        "2024-05-06",
        "2025-03-04",
        "2026-02-01",
        "not known",
    ]


def test_title_says_the_ends_and_subtitle_every_n(tree: Taxonomy) -> None:
    chart = drawn(tree)
    assert "from 3.0\xa0% (Undated) to 12\xa0% (First)" in chart.title
    assert "n = 280 failures looked at in 4 models, 28 of this kind" in chart.subtitle


def test_what_was_never_seen_keeps_its_interval_and_no_model_is_called_the_best(
    tree: Taxonomy,
) -> None:
    never = replace(ROWS[0], count=0, rate=0.0, low=0.0, high=0.02)
    chart = drawn(tree, (never, *ROWS[1:]))
    assert "not seen in 1 of 4 models, at most 12\xa0% (First)" in chart.title
    row = chart.table.set_index("Model").loc["Later, small"]
    assert row["95\xa0% interval"] == "0.0 to 2.0\xa0%"


def test_models_of_one_name_have_a_row_each(tree: Taxonomy) -> None:
    chart = drawn(tree, (ROWS[0], ROWS[0], ROWS[1]))
    (orders,) = (one["value"] for one in chart.spec["params"] if one["name"] == "orders")
    assert len(set(orders["released"])) == 3
