"""What the pages say of a benchmark's items, and of models that fail alike."""

import dataclasses

import numpy as np

from generator.pages.benchmark import benchmark_page
from generator.pages.downloads import downloads
from generator.pages.edition import Edition
from generator.pages.heat_maps import heat_map_of
from generator.pages.likeness import fails_alike
from generator.pages.links import HOME, model_path
from generator.stats.similarity import Similarity
from tests.pages.world import ANNOTATOR, World


def alike(edition: Edition) -> Edition:
    """Return an edition in which small fails like large."""
    found = Similarity(
        ground=("hidden_sums", "sample", (ANNOTATOR,)),
        order=("lab__small", "lab__large"),
        models=("lab__small", "lab__large"),
        sizes=np.array([30.0, 40.0]),
        apart=np.array([[0.4], [0.3], [0.1], [0.5]]),
        often=np.array([[0, 875], [1000, 0]]),
    )
    numbers = dataclasses.replace(edition.numbers, similarities=(found,))
    return dataclasses.replace(edition, numbers=numbers)


def test_a_model_page_names_the_nearest_model_with_an_interval(small: World) -> None:
    edition = alike(small.edition())
    report = next(one for one in edition.reports if one.model == "lab__small")
    found = fails_alike(model_path("lab__small"), edition, report)
    assert found is not None
    assert "1 model" in found.says
    assert [cell.text for cell in found.table.rows[0]] == [
        "Large",
        "0.30 (0.10\u00a0to\u00a00.50)",
        "87.5\N{NO-BREAK SPACE}%",
        "30 and 40",
    ]
    assert found.table.rows[0][0].href == "../lab__large/"


def test_a_run_that_cannot_be_compared_has_no_nearest_model(small: World) -> None:
    edition = alike(small.edition())
    plain = [one for one in edition.reports if one.model == "other__plain"]
    assert [fails_alike(HOME, edition, one) for one in plain] == [None, None]


def test_rows_of_the_heat_map_stand_in_clustered_order(small: World, monkeypatch) -> None:
    shown: dict[str, list[str]] = {}

    def noted(_page, rows, *_, chart_id, clustered, **__):
        shown[chart_id] = [row.label for row in rows] + [clustered]

    monkeypatch.setattr("generator.pages.heat_maps.draw_heat_map", noted)
    edition = alike(small.edition())
    heat_map_of(HOME, edition, "annotated")
    heat_map_of(HOME, edition, "all")
    assert shown["annotated-heat-map"] == ["Small", "Large", True]
    assert shown["all-heat-map"][-1] is False


def test_suspects_and_items_can_be_downloaded_but_not_suspects_of_a_program(small: World) -> None:
    paths = {table.path: table for table in downloads(small.edition())}
    assert paths["data/suspects/hidden_sums.csv"].rows == 4
    assert paths["data/items/hidden_sums.csv"].rows == 10
    assert paths["data/slices.csv"].columns[0] == "benchmark"
    small.content.benchmarks["hidden_sums"] = small.content.benchmarks["hidden_sums"].model_copy(
        update={"synthetic": True}
    )
    assert "data/suspects/hidden_sums.csv" not in {t.path for t in downloads(small.edition())}


def test_a_benchmark_page_shows_what_speaks_against_an_item_and_no_text(small: World) -> None:
    text = benchmark_page(small.edition(), "hidden_sums").text
    assert "models agree" in text
    assert "references differ" in text
    assert "3 items of 10 were failed by every model that attempted them" in text
    assert "data/suspects/hidden&#95;sums.csv" in text
