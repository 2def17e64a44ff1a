"""What every edition has pages for, and what must never be mixed on them."""

import csv
import gzip
import io
import json
import pkgutil
import posixpath
import re
from dataclasses import replace
from html import unescape
from importlib import import_module
from pathlib import Path

import pytest
import yaml

import generator.pages.edition
import generator.records
from generator.pages.atlas import atlas_pages
from generator.pages.data import data_page
from generator.pages.edition import HEADINGS
from generator.pages.formats import FORMATS, format_sections, schema_of
from generator.pages.links import address
from generator.pages.models import any_failed
from generator.pages.page import Page
from generator.pages.render import template_folder
from generator.records.base import Record
from generator.records.taxonomy import Taxonomy
from generator.site.assets import asset_files
from generator.store.documents import read_document
from tests.pages.test_escaping import Outline, body, html
from tests.pages.world import World, taxonomy


def pages_of(small: World) -> dict[str, Page]:
    edition = small.edition()
    return {
        page.path: page
        for page in atlas_pages(small.content, edition.numbers, small.examples(edition))
    }


def test_every_category_model_and_benchmark_has_a_page(small: World) -> None:
    content, pages = small.content, pages_of(small)
    expected = {f"taxonomy/{entry.id}.md" for entry in content.taxonomy.categories}
    expected |= {f"models/{model}.md" for model in content.models}
    expected |= {f"benchmarks/{benchmark}.md" for benchmark in content.benchmarks}
    assert expected <= set(pages)


def test_a_model_that_failed_nothing_has_no_link_to_its_failures(small: World) -> None:
    edition = small.edition()
    first = edition.reports[0]
    assert first.attempt is not None
    perfect = replace(first, attempt=first.attempt._replace(failed=0))
    unknown = replace(first, attempt=None)
    assert [any_failed(found) for found in ([first], [perfect], [perfect, unknown], [])] == [
        True,
        False,
        True,
        False,
    ]
    assert "Look through these failures" in pages_of(small)[f"models/{first.model}.md"].text


def test_a_former_identifier_has_a_page_that_leads_to_the_one_of_now(small: World) -> None:
    models, benchmarks = dict(small.content.models), dict(small.content.benchmarks)
    models["lab__large"] = models["lab__large"].model_copy(update={"formerly": ("lab__big",)})
    kind = benchmarks["hidden_sums"].model_copy(update={"formerly": ("sums",)})
    benchmarks["hidden_sums"] = kind
    small.content = replace(small.content, models=models, benchmarks=benchmarks)
    pages = pages_of(small)
    assert '<a href="../lab__large/">Large</a>' in unescape(pages["models/lab__big.md"].text)
    assert '<a href="../hidden_sums/">Hidden Sums</a>' in unescape(pages["benchmarks/sums.md"].text)


def test_every_category_of_the_published_taxonomy_has_a_page(
    small: World, content_root: Path
) -> None:
    published, problems = read_document(
        content_root / "taxonomy" / "atlas.yml", Taxonomy, "taxonomy/atlas.yml"
    )
    assert problems == []
    assert published is not None
    # Its examples are failures of runs that the made-up Atlas does not have.
    bare = tuple(entry.model_copy(update={"examples": ()}) for entry in published.categories)
    published = published.model_copy(update={"categories": bare})
    small.content = type(small.content)(
        **{
            **vars(small.content),
            "taxonomy": published,
            "root": content_root,
            "crosswalks": {},
        }
    )
    pages = pages_of(small)
    for entry in published.categories:
        text = Outline(html(body(pages[f"taxonomy/{entry.id}.md"].text))).text
        assert entry.definition in text
        for sub in entry.subcategories:
            assert sub.definition in text


def test_hand_written_pages_and_decisions_are_there(small: World, content_root: Path) -> None:
    small.content = type(small.content)(**{**vars(small.content), "root": content_root})
    pages = pages_of(small)
    for path in ("how-to-read.md", "contribute.md", "cite.md", "decisions/index.md"):
        assert path in pages
    text = pages["decisions/index.md"].text
    assert text.count("<li ") == len(list((content_root / "pages" / "decisions").glob("0*.md")))
    assert "2026.12" in pages["cite.md"].text


@pytest.mark.parametrize(("named", "warned"), [("2026.12-dev", True), ("2026.12", False)])
def test_an_edition_in_preparation_is_not_for_citing(
    small: World, content_root: Path, named: str, warned: bool
) -> None:
    atlas = small.content.atlas.model_copy(update={"edition": named})
    fields = {**vars(small.content), "root": content_root, "atlas": atlas}
    small.content = type(small.content)(**fields)
    pages = pages_of(small)
    assert (f"Edition {named} is in preparation." in pages["cite.md"].text) == warned
    assert ("so it is not for citing" in pages["index.md"].text) == warned
    assert ("so that others find the same numbers" in pages["index.md"].text) != warned


def test_links_lead_to_pages_or_files_that_are_there(small: World, content_root: Path) -> None:
    """Relative addresses in raw HTML, which mkdocs does not look at."""
    small.content = type(small.content)(**{**vars(small.content), "root": content_root})
    pages = pages_of(small)
    known = {address(path) for path in pages}
    known |= {path for page in pages.values() for path in page.files}
    known |= set(asset_files(content_root.parent))
    for page in pages.values():
        found = Outline(html(body(page.text)))
        for tag, name, value in attributes(page.text):
            if name not in {"href", "src", "srcset", "data-spec"} or ":" in value:
                continue
            if value.endswith(".md") or ".md#" in value or value.startswith("#"):
                continue
            target = resolved(address(page.path), value.partition("#")[0].partition("?")[0])
            assert target in known, f"{page.path}: {tag} {name}={value}"
        assert found.tags


def attributes(text: str) -> list[tuple[str, str, str]]:
    class Attributes(Outline):
        found: list[tuple[str, str, str]]

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.found.extend((tag, name, value or "") for name, value in attrs)

    Attributes.found = []
    return Attributes(html(body(text))).found


def resolved(base: str, relative: str) -> str:
    parts = base.split("/")[:-1] if base else []
    for part in relative.split("/"):
        if part == "..":
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    ending = "/" if relative.endswith("/") and parts else ""
    return "/".join(parts) + ending


def test_markdown_links_of_templates_and_prose_lead_to_pages(
    small: World, content_root: Path
) -> None:
    small.content = type(small.content)(**{**vars(small.content), "root": content_root})
    pages = pages_of(small)
    for page in pages.values():
        for target in re.findall(r"\]\(([^)#:]+\.md)", page.text):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), target))
            assert path in pages, f"{page.path}: {target}"


def test_front_matter_of_every_page_can_be_read(small: World, content_root: Path) -> None:
    small.content = type(small.content)(**{**vars(small.content), "root": content_root})
    for page in pages_of(small).values():
        head = yaml.safe_load(page.text.split("---\n")[1])
        assert head["title"], page.path
        assert head["description"], page.path


def test_programs_stand_under_a_heading_that_says_so(small: World) -> None:
    """In no table and no chart do they stand beside language models."""
    pages = pages_of(small)
    said = HEADINGS["planted"]
    assert said == "Programs with planted faults, not language models"
    for path in ("models/index.md", "taxonomy/E13.md", "benchmarks/index.md"):
        for table in re.findall(r"<table>.*?</table>", pages[path].text, re.DOTALL):
            assert not ("erroratlas" in table and "lab&#95;&#95;" in table), path
            if "erroratlas" in table or "planted-faults" in table:
                before = pages[path].text.partition(table)[0].lower()
                assert "planted faults, not language models" in before, path
    assert "not a language model" in pages["models/erroratlas__planted.md"].text


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ("stale", "Judged from an earlier version of the text or by an earlier version of the"),
        ("missing", "Not judged yet"),
    ],
)
def test_pages_say_that_verdicts_are_not_of_now(
    small: World, monkeypatch: pytest.MonkeyPatch, found: str, said: str
) -> None:
    """Without the text a run keeps its verdicts; the reader is told."""
    paths = ("models/lab__large.md", "models/other__plain.md", "benchmarks/hidden_sums.md")
    pages = pages_of(small)
    assert not any(said in pages[path].text for path in paths)
    monkeypatch.setattr(
        generator.pages.edition,
        "states",
        lambda content: {
            key: found if key[0] == "hidden_sums" else "fresh" for key in content.runs
        },
    )
    pages = pages_of(small)
    for path in paths:
        assert pages[path].text.count(said) == 1, path
    assert said not in pages["benchmarks/open_sums.md"].text
    box = pages["models/lab__large.md"].text.partition("ea-basis")[2].partition("</div>")[0]
    assert said in box
    assert "3 runs of 3" in pages["benchmarks/hidden_sums.md"].text


def test_categories_of_the_same_share_are_named_together(small: World) -> None:
    """The order of the taxonomy makes no category the most frequent."""
    table = pages_of(small)["models/index.md"].text
    assert "E02 No Answer and E13 Computation Error, tied" in table


def test_the_method_states_the_seed_of_each_random_choice(small: World) -> None:
    text = Outline(html(body(pages_of(small)["method.md"].text))).text
    assert "(First sample: 17)" in text


def test_every_share_on_a_model_page_has_an_interval(small: World) -> None:
    text = Outline(html(body(pages_of(small)["models/lab__large.md"].text))).text
    told = text.split("On Hidden Sums", 1)[1]
    shares = re.findall(r"[0-9.]+\u00a0%(?! intervals)(.{0,2})", told)
    assert shares
    assert [after for after in shares if not after.startswith(" (")] == []


def test_a_category_that_no_rule_looks_for_says_so(small: World) -> None:
    text = pages_of(small)["taxonomy/E14.md"].text
    assert "No rule looks for this category" in text


def test_a_model_without_runs_has_a_page(small: World) -> None:
    runs = {key: run for key, run in small.content.runs.items() if key[1] != "lab__small"}
    edition = small.edition()
    content = type(small.content)(**{**vars(small.content), "runs": runs})
    pages = {page.path: page for page in atlas_pages(content, edition.numbers, None)}
    assert "No predictions of it are here yet." in pages["models/lab__small.md"].text


def records_of_the_project() -> set[type[Record]]:
    for module in pkgutil.iter_modules(generator.records.__path__, "generator.records."):
        import_module(module.name)
    found = set()
    waiting = list(Record.__subclasses__())
    while waiting:
        record = waiting.pop()
        waiting += record.__subclasses__()
        if record.__module__.startswith("generator.records."):
            found.add(record)
    return found


def test_every_record_has_a_section_in_the_docs() -> None:
    """As a format of its own, or as a part of one."""
    inside = {
        name for entry in FORMATS.values() for name in schema_of(entry.record).get("$defs", ())
    }
    documented = {entry.record.__name__ for entry in FORMATS.values()} | inside
    assert {record.__name__ for record in records_of_the_project()} - documented == set()


@pytest.mark.parametrize("name", FORMATS)
def test_example_of_a_format_is_valid(name: str) -> None:
    entry = FORMATS[name]
    path = template_folder() / "examples" / entry.example
    if path.suffix == ".yml":
        record, problems = read_document(path, entry.record, path.name)
        assert problems == []
        assert record is not None
    else:
        entry.record.model_validate_json(path.read_bytes(), strict=True)


def test_every_field_of_every_format_has_a_meaning() -> None:
    for section in format_sections():
        for table in (section.fields, *section.parts):
            silent = [row[0].text for row in table.rows if not row[1].text]
            assert silent == [], table.caption


def test_downloads_are_what_they_say(small: World) -> None:
    page = data_page(small.edition())
    attempts = list(csv.DictReader(io.StringIO(page.files["data/attempts.csv"].decode())))
    assert {row["model"] for row in attempts} == {key[1] for key in small.content.runs}
    failures = gzip.decompress(page.files["data/failures/hidden_sums.csv.gz"]).decode()
    assert len(failures.splitlines()) == 1 + 4 + 4 + 2
    schema = json.loads(page.files["data/schemas/model.json"])
    assert schema["properties"]["name"]["description"] == "Name as shown."
    assert data_page(small.edition()).files == page.files


def test_made_up_taxonomy_is_used_by_the_pages(small: World) -> None:
    assert small.content.taxonomy == taxonomy()
