"""The page on what building costs: there where a measurement is kept, and nowhere else."""

import html
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from generator.charts.speed import speed
from generator.errors import ContentError
from generator.pages.page import Page
from generator.pages.speed import speed_pages
from generator.store.layout import Layout
from tests.benchmarks.speed import row

ROWS = [
    row("import", "1x", 10.0),
    row("import", "10x", 12.0),
    row("import", "100x", 12.5),
    row("judge", "1x", 40.0, missing=["the reference: not measured"]),
    row("statistics", "million", 90.0).model_copy(update={"commit": "older"}),
]


@pytest.fixture
def measured(tmp_path: Path) -> Path:
    made = {
        "measured": "2026-11-26",
        "commit": "made-up",
        "machine": {"processors": 2, "memory_gib": 4.0, "system": "Linux", "python": "3.11"},
        "versions": {"pandas": "3"},
        "rows": [one.model_dump(mode="json") for one in ROWS],
    }
    (tmp_path / "speed.json").write_text(json.dumps(made), encoding="utf-8")
    return tmp_path


def pages(root: Path) -> list[Page]:
    edition: Any = SimpleNamespace(content=SimpleNamespace(layout=Layout(root)))
    return list(speed_pages(edition))


def test_an_atlas_without_a_measurement_has_no_such_page(tmp_path: Path) -> None:
    assert pages(tmp_path) == []


def test_everything_that_was_measured_is_in_the_tables(measured: Path) -> None:
    (page,) = pages(measured)
    assert page.path == "speed.md"
    text = html.unescape(page.text)
    assert "All that was measured, n = 5 rows" in text
    assert "Targets: 2 of 5 kept" in text
    assert "Judging by rules, 1x: the reference: not measured" in text
    assert "commit made-up, with 2 processors" in text
    assert "Of another commit: All numbers, a million failures (older)" in text
    assert [again.text for again in pages(measured)] == [page.text]
    assert [again.files for again in pages(measured)] == [page.files]


def test_what_is_no_measurement_is_refused(measured: Path) -> None:
    path = measured / "speed.json"
    path.write_text(path.read_text().replace('"ratio": 10.0', '"ratio": "ten"', 1))
    with pytest.raises(ContentError, match=r"speed\.json.*make bench"):
        pages(measured)


def test_the_title_is_how_ratios_change_with_the_scale() -> None:
    chart = speed(ROWS)
    assert chart is not None
    assert chart.title == (
        "With 100x the data, the ratio to the plain way grows most for importing logs: "
        "1.2 times that of 1x"
    )
    assert "n = 4 measurements" in chart.subtitle
    assert chart.table["Ratio"].tolist() == ["10", "12", "12", "40"]


def test_marks_of_scales_are_told_apart_by_shape() -> None:
    chart = speed(ROWS)
    assert chart is not None
    marks = [layer["mark"] for layer in chart.spec["layer"]]
    shapes = [mark["shape"] for mark in marks if mark["type"] == "point"]
    assert len(shapes) == len(set(shapes)) == 3


def test_nothing_is_drawn_of_what_stands_beside_nothing() -> None:
    assert speed([row("whole", "real")]) is None
