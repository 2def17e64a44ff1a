"""How one page is cited."""

import json
from dataclasses import replace

import pytest

from generator.pages.atlas import atlas_pages
from generator.pages.citing import RESOLVER, citation, cited, work
from generator.pages.credits import MOST, credits_of
from generator.pages.edition import Edition
from generator.pages.render import template_folder
from generator.records.release import Release
from generator.store.documents import read_document
from tests.pages.test_escaping import Outline, body, html
from tests.pages.world import World


def _addressed(edition: Edition, address: str, title: str = "Example Atlas") -> Edition:
    atlas = edition.content.atlas.model_copy(update={"url": address, "title": title})
    return replace(edition, content=replace(edition.content, atlas=atlas))


def test_it_names_the_page_the_edition_and_the_version_of_the_taxonomy(small: World) -> None:
    made = citation(small.edition(), "taxonomy/E13.md", "E13 Computation Error")
    assert "E13 Computation Error. In Example Atlas, edition 2026.12, taxonomy" in made.text
    assert "Edition 2026.12" in made.bibtex
    assert made.bibtex.startswith("@misc{erroratlas-2026-12-taxonomy-E13,\n")


def test_the_address_is_the_pages_own_and_is_left_out_where_there_is_none(small: World) -> None:
    edition = small.edition()
    bare = citation(_addressed(edition, ""), "taxonomy/E13.md", "E13")
    assert "url" not in bare.bibtex
    for site in ("https://atlas.example/errors", "https://atlas.example/errors/"):
        made = citation(_addressed(edition, site), "taxonomy/E13.md", "E13")
        assert made.text.endswith(" https://atlas.example/errors/2026.12/taxonomy/E13/")
        assert "  url    = {https://atlas.example/errors/2026.12/taxonomy/E13/}\n}" in made.bibtex


def test_a_title_cannot_end_a_field_or_call_a_command(small: World) -> None:
    made = citation(small.edition(), "models/x__y.md", r"50 % & {x}_1 \input")
    assert r"50 \% \& \{x\}\_1 \textbackslash{}input" in made.bibtex


def released() -> Release:
    path = template_folder() / "examples/release.yml"
    release, _ = read_document(path, Release, path.name)
    assert release is not None
    return release


def _with_doi(edition: Edition, doi: str | None) -> Edition:
    atlas = edition.content.atlas.model_copy(update={"doi": doi})
    return replace(edition, content=replace(edition.content, atlas=atlas))


def test_all_forms_say_the_same(small: World) -> None:
    edition = _with_doi(_addressed(small.edition(), "https://atlas.example/"), "10.5281/zenodo.1")
    made = citation(edition, "taxonomy/E13.md", "E13 Computation Error")
    (item,) = json.loads(made.csl)
    ris = dict(line.split("  - ", 1) for line in made.ris.splitlines())
    url = "https://atlas.example/2026.12/taxonomy/E13/"
    assert (item["title"], item["container-title"]) == ("E13 Computation Error", "Example Atlas")
    assert (ris["TI"], ris["T2"]) == ("E13 Computation Error", "Example Atlas")
    assert item["DOI"] == ris["DO"] == "10.5281/zenodo.1"
    assert item["URL"] == ris["UR"] == url
    assert item["version"] == ris["ET"] == "2026.12"
    assert made.text.endswith(f" {RESOLVER}10.5281/zenodo.1 {url}")
    assert "  doi    = {10.5281/zenodo.1},\n" in made.bibtex
    assert made.ris.startswith("TY  - DATA\n")
    assert made.ris.endswith("\nER  - ")


def test_the_doi_of_the_edition_counts_before_that_of_all(small: World) -> None:
    edition = _with_doi(small.edition(), "10.5281/zenodo.1")
    content = edition.content
    assert work(content).doi == "10.5281/zenodo.1"
    release = Release.model_validate(
        {**released().model_dump(), "version": "2026.12", "doi": "10.5281/zenodo.2"}
    )
    assert work(replace(content, releases={"2026.12": release})).doi == "10.5281/zenodo.2"
    assert work(replace(content, releases={"2026.11": release})).doi == "10.5281/zenodo.1"


def test_the_edition_as_a_whole_is_cited_without_a_page(small: World) -> None:
    made = cited(work(small.content))
    assert made.text.startswith(
        "The ErrorAtlas contributors (2026). Example Atlas, edition 2026.12,"
    )
    assert made.bibtex.startswith("@misc{erroratlas-2026-12,\n  title  = {{Example Atlas}},\n")
    assert "container-title" not in made.csl


@pytest.mark.parametrize("title", ["x\nER  - \nTY  - BOOK", "x\r\nAU  - Eve"])
def test_a_title_cannot_begin_a_line_of_its_own(small: World, title: str) -> None:
    made = citation(small.edition(), "models/x__y.md", title)
    assert [line[:2] for line in made.ris.splitlines()].count("ER") == 1
    assert "\nAU  - Eve" not in made.ris


@pytest.mark.usefixtures("stand_in_charts")
def test_pages_name_those_who_made_their_predictions_available(small: World) -> None:
    edition = small.edition()
    runs = edition.content.runs
    for page in atlas_pages(small.content, edition.numbers, small.examples(edition)):
        kind, _, name = page.path.removesuffix(".md").partition("/")
        own = {
            key
            for key in runs
            if kind == "taxonomy" or name == key[0 if kind == "benchmarks" else 1]
        }
        if "Cite this page" in page.text:
            shown = Outline(html(body(page.text))).text
            assert all(f"{runs[key].contributor} (" in shown for key in own)


def test_a_long_list_of_contributors_is_cut_and_says_so(small: World) -> None:
    first = small.edition().reports[0]
    runs = [
        replace(first, run=first.run.model_copy(update={"contributor": f"Lab {number:02d}"}))
        for number in range(14)
    ]
    made = credits_of([*runs, runs[3]])
    assert made[:2] == (
        f"Lab 03 (2 runs, {first.run.licence})",
        f"Lab 00 (1 run, {first.run.licence})",
    )
    assert made[MOST:] == ("2 others, named with each run",)
