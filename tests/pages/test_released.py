"""A page for each edition that was released: what changed, whose doing it was, how it is cited."""

import json
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from generator.pages.changes import changes_page
from generator.pages.edition import Edition
from generator.pages.page import Page
from generator.pages.released import released_pages
from generator.records.changes import Changes, Estimate, Listed, Moved, Reworded
from generator.records.release import Release
from tests.pages.test_citing import released
from tests.pages.test_escaping import Outline, body, html
from tests.pages.world import World

FIRST, SECOND = "2026.10", "2026.12"


def estimate(share: float) -> Estimate:
    return Estimate(share=share, low=share - 0.05, high=share + 0.05, n=200)


def share(**fields: Any) -> Moved:
    given = {
        "benchmark": "hidden_sums", "category": "E13", "population": "annotated",
        "before": estimate(0.2), "after": estimate(0.5), "of_method": 0.29, "of_models": 0.01,
        "why": ("judges", "items"),
    }  # fmt: skip
    return Moved.model_validate({**given, **fields})


def changes(**fields: Any) -> Changes:
    given = {
        "since": FIRST, "taxonomy": "1.0", "corrected": 3, "compared": 90, "beyond": 2,
        "models": Listed(added=("lab__large",), gone=("old__gone",)),
        "categories": Listed(added=("E13",), gone=("E77",)),
        "moved": (share(), share(category="E77", model="old__gone", of_method=0, of_models=0.3)),
    }  # fmt: skip
    return Changes.model_validate({**given, **fields})


def with_releases(edition: Edition, changed: Changes | None) -> Edition:
    made = {
        version: Release.model_validate(
            {**released().model_dump(), "version": version, "changes": found, "doi": doi}
        )
        for version, found, doi in (
            (FIRST, None, "10.5281/zenodo.1"),
            (SECOND, changed, None),
        )
    }
    return replace(edition, content=replace(edition.content, releases=made))


def pages(small: World, changed: Changes | None = None) -> dict[str, Page]:
    edition = with_releases(small.edition(), changed or changes())
    return {page.path: page for page in released_pages(edition)}


def text(page: Page) -> str:
    return Outline(html(body(page.text))).text


def test_every_edition_has_a_page_and_the_first_is_held_against_none(small: World) -> None:
    made = pages(small)
    assert [*made] == [f"changes/{FIRST}.md", f"changes/{SECOND}.md"]
    assert "No edition was published before it" in text(made[f"changes/{FIRST}.md"])
    assert "Held against edition 2026.10, the one before. Of 90 shares that both have, 2" in text(
        made[f"changes/{SECOND}.md"]
    )


def test_it_says_whether_models_or_our_method_moved_a_share(small: World) -> None:
    said = text(pages(small)[f"changes/{SECOND}.md"])
    assert "1 moved mostly because we judge otherwise, 1 because other runs or failures" in said
    assert "judges, predictions" in said
    assert "+29.0" in said


def test_populations_are_never_put_into_one_table(small: World) -> None:
    mixed = changes(
        moved=(share(), share(population="planted", benchmark="planted-faults"), share())
    )
    page = pages(small, mixed)[f"changes/{SECOND}.md"]
    assert page.text.count("<caption>Shares that moved beyond their intervals") == 2
    for heading in ("Language models, annotated sample", "Programs with planted faults"):
        assert heading in text(page)
    assert f"changes/{SECOND}.charts/annotated-moved.json" in page.files
    assert f"changes/{SECOND}.charts/planted-moved.json" in page.files


def test_what_is_no_more_is_named_without_a_link(small: World) -> None:
    page = unescape(pages(small)[f"changes/{SECOND}.md"].text)
    assert '<a href="../../models/lab__large/">' in page
    for gone in ("old__gone", "E77"):
        assert f"{gone}/" not in page
    assert "taken out" in page
    assert "retired" in page


def test_an_id_that_is_called_or_defined_otherwise_is_listed(small: World) -> None:
    told = (
        Reworded(id="E13", before="Old <b>", after="Computation Error", redefined=False),
        Reworded(id="E13/arithmetic", before="Same", after="Same", redefined=True),
        Reworded(id="E77/gone", before="One", after="Another", redefined=True),
    )
    page = pages(small, changes(meanings=told))[f"changes/{SECOND}.md"]
    said = text(page)
    assert 'called "Old <b>" before' in said
    assert "defined in other words" in said
    assert 'called "One" before, and defined otherwise: another meaning' in said


def test_it_is_cited_as_the_edition_that_it_is(small: World) -> None:
    page = pages(small)[f"changes/{FIRST}.md"]
    (item,) = json.loads(page.files[f"changes/{FIRST}/erroratlas-{FIRST}.csl.json"])
    assert (item["version"], item["DOI"]) == (FIRST, "10.5281/zenodo.1")
    assert page.text.count('class="ea-output copy"') == 4
    for end in ("bib", "ris"):
        assert f"changes/{FIRST}/erroratlas-{FIRST}.{end}" in page.files


def test_the_list_of_editions_leads_to_each_the_last_one_first(small: World) -> None:
    page = changes_page(with_releases(small.edition(), changes())).text
    assert page.index(f'<a href="{SECOND}/">') < page.index(f'<a href="{FIRST}/">')
    assert "2 of 90" in page


@pytest.mark.usefixtures("stand_in_charts")
def test_before_the_first_release_there_is_no_list(small: World) -> None:
    assert "All editions" not in changes_page(small.edition()).text


def test_nothing_that_moved_is_no_table(small: World) -> None:
    bare = changes(
        moved=(), beyond=0, models=Listed(), categories=Listed(), judges=Listed(added=("<b>",))
    )
    page = pages(small, bare)[f"changes/{SECOND}.md"]
    assert "Shares that moved" not in page.text
    assert "none moved beyond its interval" in text(page)
    assert "<b>" not in page.text


def test_runs_that_wait_are_counted_by_benchmark_and_few_are_named(small: World) -> None:
    edition = with_releases(small.edition(), changes())
    release = edition.content.releases[SECOND]
    waits = release.runs[0].model_copy(update={"pending": "missing"})
    many = [
        waits.model_copy(update={"benchmark": "sums", "model": f"lab__m{number}"})
        for number in range(4)
    ]
    fresh = waits.model_copy(update={"benchmark": "notes", "model": "lab__a", "pending": None})
    late = fresh.model_copy(update={"model": "lab__b", "pending": "stale"})
    told = release.model_copy(update={"runs": (*many, fresh, late)})
    content = replace(edition.content, releases={SECOND: told})
    (page,) = released_pages(replace(edition, content=content))
    assert "sums: 4 of 4; notes: 1 of 2 (lab__b)" in text(page)
