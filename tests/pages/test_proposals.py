"""The pages of the proposals say everything that the files hold, and where it is from."""

import csv
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SKOS

import generator.pages.edition
from generator.pages.format import NBSP
from generator.pages.page import Page
from generator.records.proposal import (
    Account,
    Branch,
    Coverage,
    Example,
    Gap,
    Nearest,
    Overlap,
    Proposal,
    Settings,
    Stability,
)
from generator.store.atomic import write_text
from generator.store.documents import write_document
from tests.pages.test_escaping import Outline, body, html
from tests.pages.test_pages import pages_of
from tests.pages.world import World

HUB = "taxonomy/proposals/index.md"
PAGE = "taxonomy/proposals/found.md"
HOSTILE = "<script>alert(1)</script> | *not* [a](link)"


def proposal() -> Proposal:
    near = Nearest(id="E13/first", share=0.75, similarity=0.25)
    example = Example(
        benchmark="open_sums", model="other__plain", item_id="q1", title=f"Adds up {HOSTILE}"
    )
    parts = (
        Branch(name="adds, added", failures=8, titles=4, nearest=near, examples=(example,)),
        Branch(name="carries, tens", failures=3, titles=2, proposed=True),
        Branch(name="Other", kind="other", failures=1, titles=1),
    )
    top = Branch(name="Computation Error", atlas="E13", failures=12, titles=7, branches=parts)
    gone = Branch(name="Sum Error", atlas="E90", failures=3, titles=3, examples=(example,))
    return Proposal(
        title="Failures on Open Sums",
        mode="anchored",
        benchmarks=("open_sums",),
        models=(),
        judges=("rules",),
        taxonomy="1.0",
        input_hash="ab" * 32,
        settings=Settings(prompt_hash="cd" * 32, seed=5),
        account=Account(
            failures=40,
            placed=14,
            other=1,
            unclear=0,
            undetermined=20,
            not_model=3,
            no_verdict=2,
        ),
        coverage=Coverage(share=1.0, low=0.8, high=1.0),
        leaf_coverage=Coverage(share=0.9333, low=0.7, high=0.99),
        stability=(
            Stability(variation="part", depth=2, rand_index=-0.06, precision=0.4, recall=0.167),
        ),
        redundancy=(
            Overlap(first="E13 > adds, added", second="E13 > carries, tens", similarity=0.61),
        ),
        gaps=(
            Gap(
                atlas="E02",
                failures=0,
                without_subcategory=0,
                in_proposed=0,
                in_none=0,
                unused=("E02/first", "E02/second"),
            ),
            Gap(
                atlas="E13",
                failures=12,
                without_subcategory=2,
                in_proposed=3,
                in_none=1,
                unused=("E13/second",),
            ),
        ),
        branches=(top, gone),
    )


def commit(small: World, found: Proposal) -> None:
    write_text(small.content.layout.proposal("found"), write_document(found))


@pytest.fixture
def pages(small: World) -> dict[str, Page]:
    commit(small, proposal())
    return pages_of(small)


def shown(page: Page) -> str:
    return Outline(html(body(page.text))).text


def rows(page: Page) -> dict[str, list[str]]:
    """Return the first rows of each name in the tables of a page."""
    found: dict[str, list[str]] = {}
    for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", page.text):
        name, *cells = [
            Outline(cell).text.replace(NBSP, " ").strip()
            for cell in re.split(r"</t[hd]>", row)[:-1]
        ]
        found.setdefault(name, cells)
    return found


def test_without_proposals_the_list_says_so(small: World) -> None:
    found = pages_of(small)
    assert "There is none yet." in shown(found[HUB])
    assert [path for path in found if path.startswith("taxonomy/proposals/")] == [HUB]


def test_every_proposal_has_a_page_that_the_list_and_the_taxonomy_lead_to(
    pages: dict[str, Page],
) -> None:
    assert 'href="found/"' in pages[HUB].text
    assert "40 failures, 15 of them with a cause" in shown(pages[HUB])
    assert 'href="proposals/"' in pages["taxonomy/index.md"].text


def test_benchmarks_that_it_was_not_built_from_are_named(small: World) -> None:
    commit(small, proposal())
    assert "Not built from" in shown(pages_of(small)[PAGE])
    ran = tuple(sorted({benchmark for benchmark, _ in small.content.runs}))
    commit(small, proposal().model_copy(update={"benchmarks": ran}))
    assert "Not built from" not in shown(pages_of(small)[PAGE])


def test_low_stability_is_said_in_words_wherever_a_proposal_is_named(
    pages: dict[str, Page],
) -> None:
    for path in (HUB, PAGE, "trust.md"):
        text = shown(pages[path])
        assert "Low stability: built again, most of it is another tree." in text
        assert "below 0.65" in text
        assert "Steinley" in text
    assert "not as kinds of failure that were found" in shown(pages[PAGE])


def test_high_stability_warns_of_nothing(small: World) -> None:
    rows = tuple(
        row.model_copy(update={"rand_index": 0.9, "precision": 0.9, "recall": 0.9})
        for row in proposal().stability
    )
    commit(small, proposal().model_copy(update={"stability": rows}))
    text = shown(pages_of(small)[PAGE])
    assert "High stability" in text
    assert "not as kinds of failure" not in text


def test_the_account_adds_up_on_the_page(pages: dict[str, Page]) -> None:
    table = re.search(r"<caption>Account of.*?</table>", pages[PAGE].text, flags=re.DOTALL)
    assert table is not None
    counts = [int(n) for n in re.findall(r'<td class="ea-number">(\d+)</td>', table[0])]
    *parts, total = counts
    assert parts == [14, 1, 0, 20, 3, 2]
    assert total == sum(parts) == 40


def test_figures_of_the_paper_are_labelled_as_those_of_a_secondary_source(
    pages: dict[str, Page],
) -> None:
    said = rows(pages[PAGE])
    papers = {name: cells for name, cells in said.items() if "paper" in name}
    assert all("secondary source" in name for name in papers)
    assert [cells[0] for cells in papers.values()] == ["95.2 %", "–"]  # noqa: RUF001
    assert list(papers.values())[1][2:] == ["88.0 %", "88.0 %"]
    assert said["A random 15 % against the whole"] == ["2", "-0.06", "40.0 %", "16.7 %"]


def test_what_the_atlas_lacks_names_categories_without_any_failure(pages: dict[str, Page]) -> None:
    text = shown(pages[PAGE])
    assert "Without any failure here: E02 No Answer." in text
    assert rows(pages[PAGE])["E13 Computation Error"] == ["12", "2", "3", "1", "second"]


def test_the_tree_tells_proposed_from_known_and_forgets_no_branch(pages: dict[str, Page]) -> None:
    said = rows(pages[PAGE])
    assert said["adds, added"][2:4] == ["mostly in the Atlas", "E13/first First kind"]
    assert said["carries, tens"][:3] == ["3", "25.0 %", "proposed"]
    assert said["Other"][2] == "no category"
    assert said["E90 Sum Error"][2] == "in the Atlas", "an id that is given no more leads nowhere"


def test_titles_cannot_leave_their_place(pages: dict[str, Page]) -> None:
    assert "<script>" not in pages[PAGE].text
    assert f"Adds up {HOSTILE}" in shown(pages[PAGE])


def test_earlier_verdicts_are_named_as_such(
    small: World, pages: dict[str, Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The made-up Atlas has no verdicts on disk, so any hash is that of others."""
    for path in (HUB, PAGE):
        assert "built from earlier verdicts" in shown(pages[path]).casefold()
    monkeypatch.setattr(generator.pages.edition, "is_stale", lambda *_: False)
    fresh = pages_of(small)
    for path in (HUB, PAGE):
        assert "earlier" not in shown(fresh[path])


def csv_rows(files: Mapping[str, bytes]) -> int:
    """Return how many branches the CSV has."""
    text = files[PAGE.replace(".md", ".csv")].decode()
    return len(list(csv.DictReader(io.StringIO(text))))


def test_downloads_hold_the_proposal(pages: dict[str, Page]) -> None:
    files = pages[PAGE].files
    data = {Path(path).suffix for path in files if ".charts/" not in path}
    assert data == {".yml", ".json", ".csv", ".ttl"}
    graph = Graph().parse(data=files[PAGE.replace(".md", ".ttl")].decode(), format="turtle")
    names = {str(name) for name in graph.objects(None, SKOS.prefLabel)}
    assert {"adds, added", "carries, tens", "Other"} <= names
    assert len(set(graph.subjects(RDF.type, SKOS.Concept))) == csv_rows(files)
    assert (None, SKOS.relatedMatch, URIRef("urn:x-erroratlas:E13/first")) in graph
    stem = PAGE.removesuffix(".md")
    assert files[f"{stem}.yml"].decode() == write_document(proposal())
    assert Proposal.model_validate(json.loads(files[f"{stem}.json"])) == proposal()
    table = list(csv.DictReader(io.StringIO(files[f"{stem}.csv"].decode())))
    assert [row["path"] for row in table] == [
        "Computation Error",
        "Computation Error > adds, added",
        "Computation Error > carries, tens",
        "Computation Error > Other",
        "Sum Error",
    ]
    leaves = [row for row in table if row["depth"] == "2" or row["name"] == "Sum Error"]
    assert sum(int(row["failures"]) for row in leaves) == proposal().account.titled


def test_a_free_one_that_was_not_measured_says_so(small: World) -> None:
    changes = {"mode": "free", "stability": (), "gaps": (), "redundancy": ()}
    commit(small, proposal().model_copy(update=changes))
    text = shown(pages_of(small)[PAGE])
    assert "Not measured." in text
    assert "No two neighbours are nearly alike" in text
    assert "What the Atlas does not cover" not in text


def test_programs_among_the_failures_are_named(small: World, pages: dict[str, Page]) -> None:
    said = "Programs with planted faults, which are not language models, are among"
    assert said not in shown(pages[PAGE])
    commit(small, proposal().model_copy(update={"benchmarks": ("open_sums", "planted-faults")}))
    assert said in shown(pages_of(small)[PAGE])
