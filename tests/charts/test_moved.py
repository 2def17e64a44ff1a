"""Shares in two editions: the farthest first, both values with their intervals, and whose doing."""

import json
from pathlib import Path

import pytest

from generator.charts.chart import Chart
from generator.charts.moved import MOST, MovedRow, moved
from generator.records.changes import Estimate
from generator.records.taxonomy import Taxonomy
from tests.charts.numbers import taxonomy


def row(place: str, *, ours: bool) -> MovedRow:
    was = Estimate(share=0.2, low=0.15, high=0.25, n=200)
    now = Estimate(share=0.5, low=0.45, high=0.55, n=1_300)
    return MovedRow("E13 Computation Error", "calculation", place, was, now, ours)


def drawn(tree: Taxonomy, number: int = 3) -> Chart:
    rows = [row(f"Sums · Model {place}", ours=place == 0) for place in range(number)]
    return moved(rows, tree, old="2026.12", new="2027.03", level=0.95)


@pytest.fixture(scope="module")
def tree(content_root: Path) -> Taxonomy:
    return taxonomy(content_root)


def test_the_title_says_whose_doing_it_was(tree: Taxonomy) -> None:
    assert drawn(tree).title == (
        "3 shares that moved from 2026.12 to 2027.03: 1 mostly because we judge otherwise, "
        "2 mostly because other runs or failures are counted"
    )


def test_the_table_has_both_values_with_interval_and_n(tree: Taxonomy) -> None:
    table = drawn(tree).table
    assert table["2026.12"].tolist() == ["20.0\xa0%"] * 3
    assert table["n, 2027.03"].tolist() == ["1,300"] * 3
    assert table["Mostly from"].tolist() == ["judging otherwise", *["other runs or failures"] * 2]


def test_what_does_not_fit_is_counted(tree: Taxonomy) -> None:
    chart = drawn(tree, MOST + 6)
    assert len(chart.table) == MOST
    assert f"The farthest of {MOST + 6}." in chart.subtitle


def test_what_is_all_of_one_kind_is_not_counted_twice(tree: Taxonomy) -> None:
    ours = moved([row("Sums", ours=True)], tree, old="2026.12", new="2027.03", level=0.95)
    assert ours.title.endswith(": mostly because we judge otherwise")
    theirs = moved([row("Sums", ours=False)], tree, old="2026.12", new="2027.03", level=0.95)
    assert theirs.title.endswith(": mostly because other runs or failures are counted")


def test_there_is_no_share_above_all(tree: Taxonomy) -> None:
    assert "datum.value > 1 ? ''" in json.dumps(drawn(tree).spec)
