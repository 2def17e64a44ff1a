"""A model that ran several benchmarks stands in one row at one mix, and has a page for them all."""

import re
from pathlib import Path

import pytest

from benchmarks.paper_scale import Writer
from benchmarks.paper_scale_draws import Scale
from generator.cli.building import atlas_numbers
from generator.pages import heat_maps
from generator.pages.category import category_page
from generator.pages.edition import Edition
from generator.pages.examples import PER_RUN, Examples, pick_examples
from generator.pages.links import HOME
from generator.pages.model import model_page
from generator.pages.models import models_page
from generator.pages.overall import MANY
from generator.stats.collect import collect
from generator.stats.mixes import mix_adjusted, reference_mix
from generator.store.content import load_content


def made_up(root: Path, benchmarks: int) -> Edition:
    Writer(root, 7, Scale(models=4, benchmarks=benchmarks, failures=150 * benchmarks)).write()
    content = load_content(root / "content")
    return Edition(content, atlas_numbers(content, collect(content)))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Every model ran so many benchmarks that tables hold them."""
    return made_up(tmp_path_factory.mktemp("many"), MANY + 1)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Every model ran two benchmarks."""
    return made_up(tmp_path_factory.mktemp("two"), 2)


@pytest.fixture
def drawn(stand_in_charts: None, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Note the rows of every heat map; nothing is drawn."""
    del stand_in_charts
    rows: list[list[str]] = []

    def noting(name):
        known = getattr(heat_maps, name)

        def noted(page, made, *given, **named):
            rows.append([row.label for row in made])
            return known(page, made, *given, **named)

        monkeypatch.setattr(heat_maps, name, noted)

    noting("draw_heat_map")
    noting("_draw_alike")
    return rows


def first(edition: Edition) -> str:
    return min(edition.content.models)


def test_a_row_stands_for_a_model_at_the_mix_of_its_benchmarks(many: Edition) -> None:
    rows = many.overall_in("all")
    assert [row.model for row in rows] == [row.model for row in many.overall]
    assert len(rows) == len(many.content.models)
    row = next(row for row in rows if row.model == first(many))
    mix = reference_mix(many.numbers.wordings, row.benchmarks)
    parts = {name: many.numbers.primary[name, row.model] for name in row.benchmarks}
    level = many.content.atlas.confidence_level
    known = mix_adjusted(parts, mix, level).set_index("name")["share"]
    assert row.own is not None
    shares = row.own.shares.set_index("category")["share"]
    assert shares.to_dict() == pytest.approx(known[shares.index].to_dict())
    assert row.own.looked_at == sum(part.looked_at for part in parts.values())
    assert row.attempt is not None
    assert row.attempt.failed == sum(report.attempt.failed for report in row.reports)


def test_heat_maps_and_tables_have_a_row_for_each_model(
    many: Edition, drawn: list[list[str]]
) -> None:
    heat_maps.heat_map_of(HOME, many, "all")
    names = sorted(model.name for model in many.content.models.values())
    assert [sorted(rows) for rows in drawn] == [names]
    table = models_page(many).text
    assert table.count(f"{MANY + 1} benchmarks at one mix") == len(names)
    entry = many.content.taxonomy.categories[0]
    page = category_page(many, Examples({}, {}), entry).text
    assert 0 < page.count("benchmarks at one mix") <= len(names)


def test_many_benchmarks_have_two_charts_and_tables(many: Edition, drawn: list[list[str]]) -> None:
    model = first(many)
    page = model_page(many, pick_examples(many), model)
    charts = {Path(path).stem for path in page.files if path.endswith(".json")}
    assert len(charts) == 2
    assert [len(rows) for rows in drawn] == [MANY + 1]
    for report in many.of_model(model):
        assert report.items.name in page.text
        assert f"benchmark&#61;{report.benchmark}" in page.text
    headings = re.findall(r"^##+ (.*?) \{", page.text, re.MULTILINE)
    assert headings[0] == f"Over {MANY + 1} benchmarks"
    assert "Benchmark by benchmark" in headings
    assert not [heading for heading in headings if heading.startswith("On ")]
    assert page.text.count('class="ea-example"') <= PER_RUN


def test_a_few_benchmarks_have_a_section_each_below_what_they_are_together(
    two: Edition, drawn: list[list[str]]
) -> None:
    page = model_page(two, pick_examples(two), first(two)).text
    headings = re.findall(r"^## (.*?) \{", page, re.MULTILINE)
    assert headings[0] == "Over 2 benchmarks"
    assert [heading[:3] for heading in headings[1:3]] == ["On ", "On "]
    assert len(drawn) == 1


def test_what_is_said_twice_stands_once(many: Edition, drawn: list[list[str]]) -> None:
    """How predictions were made, where that is the same for all runs."""
    del drawn
    page = model_page(many, Examples({}, {}), first(many)).text
    assert page.count("<dt>Harness</dt>") == 1
    assert page.count("<dt>Licence of the predictions</dt>") == 1
