"""What is said of the part of a benchmark that is here, and of its slices."""

import dataclasses

import pytest

from generator.pages.benchmark import benchmark_page
from generator.pages.coverage import coverage_table, covered
from generator.pages.downloads import downloads
from generator.pages.edition import Edition, Population, Report
from generator.pages.home import home_page
from generator.pages.links import METHOD
from generator.pages.method import method_page
from generator.pages.slices import run_slices_of
from tests.pages.world import World

SUMS = "hidden_sums"


def described(world: World, **changes: object) -> None:
    known = world.content.benchmarks[SUMS]
    world.content.benchmarks[SUMS] = known.model_copy(update=changes)


def test_items_parts_models_predictions_and_failures_are_counted(small: World) -> None:
    found = covered(small.edition(), SUMS)
    assert found.counts == (
        "10 items in 2 kinds; 3 models with 300 predictions, 120 of them failures"
    )
    assert (found.says, found.quirks) == ((), ())


@pytest.mark.parametrize(
    ("tag", "several"),
    [("test category", "2 test categories"), ("steps", "2 steps"), ("task", "2 tasks")],
)
def test_parts_are_told_in_the_plural(small: World, tag: str, several: str) -> None:
    edition = small.edition()
    found = edition.numbers.anatomies[SUMS]
    named = dataclasses.replace(found, slices=found.slices.replace({"tag": {"kind": tag}}))
    anatomies = {**edition.numbers.anatomies, SUMS: named}
    numbers = dataclasses.replace(edition.numbers, anatomies=anatomies)
    counts = covered(dataclasses.replace(edition, numbers=numbers), SUMS).counts
    assert counts.startswith(f"10 items in {several};")


def test_items_that_are_not_known_are_not_counted_and_programs_are_no_models(small: World) -> None:
    found = covered(small.edition(), "planted-faults")
    assert found.counts == "1 program with 100 predictions, 20 of them failures"


def test_what_is_not_here_and_what_is_odd_stand_on_the_page_as_text(small: World) -> None:
    quirks = ("Item <i1> comes twice.", "Scores begin at 1.")
    described(small, coverage="One part\nof two.\n\nNot *the* other.", quirks=quirks)
    text = benchmark_page(small.edition(), SUMS).text
    assert "## What is covered {: #coverage data-search-exclude }" in text
    assert "<p>Not &#42;the&#42; other.</p>" in text
    assert "<li>Item &#60;i1&#62; comes twice.</li>" in text
    assert '<a href="&#35;coverage">10 items in 2 kinds' in text


def test_without_quirks_there_is_no_list_of_them(small: World) -> None:
    assert "#quirks" not in benchmark_page(small.edition(), SUMS).text


def test_the_method_says_what_of_every_benchmark_is_here(small: World) -> None:
    edition = small.edition()
    table = coverage_table(METHOD, edition)
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in table.rows}
    assert rows["Hidden Sums"][:5] == ["2 kinds", "10", "3", "300", "120"]
    assert rows["Hidden Sums"][5] == "abc"
    assert len(rows) == len(edition.content.benchmarks)
    assert table.rows[1][0].href.endswith("#coverage")
    assert "## What is covered" in method_page(edition).text


def test_a_slice_shows_what_its_failures_are_made_of(small: World) -> None:
    page = benchmark_page(small.edition(), SUMS)
    assert "By kind&#58; Computation Error has the largest share" in page.text
    spec = next(data for path, data in page.files.items() if path.endswith(".charts/tag-0.json"))
    assert b"By kind, annotated sample" in spec
    assert not any("difficulty" in path for path in page.files)


def test_a_subject_leads_to_its_failures(small: World) -> None:
    edition = small.edition()
    found = edition.numbers.anatomies[SUMS]
    assert "subject&#61;short" not in benchmark_page(edition, SUMS).text
    renamed = dataclasses.replace(
        found,
        slices=found.slices.replace({"tag": {"kind": "subject"}}),
        compositions={("subject", value): own for (_, value), own in found.compositions.items()},
    )
    anatomies = {**edition.numbers.anatomies, SUMS: renamed}
    numbers = dataclasses.replace(edition.numbers, anatomies=anatomies)
    text = benchmark_page(dataclasses.replace(edition, numbers=numbers), SUMS).text
    assert "explore/?benchmark&#61;hidden&#95;sums&#38;subject&#61;short" in text


def test_shares_of_slices_can_be_downloaded(small: World) -> None:
    tables = {table.path: table for table in downloads(small.edition())}
    shares = tables["data/slice-shares.csv"]
    assert shares.columns[:5] == ("benchmark", "tag", "value", "basis", "category")
    assert b"hidden_sums,kind,short,sample,E13," in shares.data


def test_slices_of_runs_can_be_downloaded(small: World) -> None:
    tables = {table.path: table for table in downloads(small.edition())}
    rates = tables["data/run-slices.csv"]
    assert rates.columns[:4] == ("benchmark", "model", "tag", "value")
    assert b"hidden_sums,lab__large,kind,short,4,4,1," in rates.data


def test_a_model_page_says_how_often_it_fails_in_each_slice(small: World) -> None:
    edition = small.edition()
    found = run_slices_of("models/lab__large.md", edition, SUMS, "lab__large")
    assert [(part.heading, part.beside) for part in found] == [("By kind", True)]
    assert [row[0].text for row in found[0].table.rows] == ["short", "long"]
    assert not any(row[0].href for row in found[0].table.rows)  # Explore does not filter by kind
    assert found[0].says == "No two of these are surely apart: all intervals overlap."


def test_slices_are_apart_where_their_intervals_are(small: World) -> None:
    edition = small.edition()
    whole = edition.numbers.anatomies[SUMS]
    rows = whole.by_model.assign(low=whole.by_model["rate"], high=whole.by_model["rate"])
    rows = rows[rows["model"] == "lab__large"].assign(tag="subject", others=0)
    anatomies = {SUMS: dataclasses.replace(whole, by_model=rows)}
    numbers = dataclasses.replace(edition.numbers, anatomies=anatomies)
    alone = dataclasses.replace(edition, numbers=numbers)
    (found,) = run_slices_of("models/lab__large.md", alone, SUMS, "lab__large")
    assert found.says == "It fails most often in short and least often in long."
    assert not found.beside
    assert {len(row) for row in found.table.rows} == {3}
    assert found.table.rows[0][0].href.endswith(
        "explore/?benchmark=hidden_sums&model=lab__large&subject=short"
    )


def test_a_model_with_a_sample_elsewhere_is_not_counted_as_a_further_one(
    small: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = small.edition()
    assert "1 further model " in home_page(edition).text
    found = Edition.of_population

    def renamed(own: Edition, kind: Population) -> tuple[Report, ...]:
        reports = found(own, kind)
        if kind != "all":
            return reports
        return tuple(dataclasses.replace(one, model="lab__large") for one in reports)

    monkeypatch.setattr(Edition, "of_population", renamed)
    assert "further model" not in home_page(edition).text
