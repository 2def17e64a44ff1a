"""The link that says a verdict is wrong: it fits the form, holds no text, and stays short."""

import dataclasses
import html
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from pydantic import ValidationError

from generator.pages.category import category_page
from generator.pages.explore import explore_page
from generator.pages.objections import FIELDS, FORM, LONGEST, form_address, objection
from generator.records.atlas import Atlas
from generator.records.verdict import Evidence, JudgeId, Verdict
from tests.pages import explore_world
from tests.pages.conftest import World

REPOSITORY = "https://github.com/lab/atlas"
HOSTILE = "a&title=x#y \"'<script>\n\u202e"


def atlas(**changes: object) -> Atlas:
    """Return settings with a repository."""
    fields = {"title": "A", "description": "B", "edition": "2026.12", "judges": ("rules",)}
    return Atlas.model_validate({**fields, "repository": REPOSITORY, **changes})


def verdict(**changes: object) -> Verdict:
    """Return a verdict whose texts must not leave the page."""
    judge = JudgeId(name="rules", version="1", prompt_hash="", taxonomy="1.0")
    said = Verdict(
        key="0" * 64,
        item_id="item-1",
        judge=judge,
        status="verdict",
        attribution="model",
        category="E13",
        subcategory="arithmetic",
        title="SECRET title",
        summary="SECRET summary",
        evidence=(Evidence(quote="SECRET", start=0, end=6),),
    )
    return said.model_copy(update=changes)


def query(address: str) -> dict[str, str]:
    """Return what an address says, field by field."""
    return {key: value for key, (value,) in parse_qs(urlsplit(address).query).items()}


def test_every_field_that_is_filled_in_is_one_of_the_form(project_root: Path):
    form = yaml.safe_load((project_root / ".github/ISSUE_TEMPLATE" / FORM).read_text("utf-8"))
    kinds = {field.get("id"): field["type"] for field in form["body"]}
    assert [kinds[field] for field in FIELDS] == ["input"] * len(FIELDS)
    said = query(
        objection(
            atlas(), "sums", "acme__a", verdict(), page="models/acme__a.md", anchor="example-1"
        )
    )
    assert said == {
        "template": FORM,
        "edition": "2026.12",
        "benchmark": "sums",
        "model": "acme__a",
        "item": "item-1",
        "judge": "rules",
        "verdict": "E13/arithmetic",
        "page": "models/acme__a/#example-1",
    }
    assert said.keys() - {"template"} == set(FIELDS)


def test_the_page_has_a_whole_address_where_the_site_has_one():
    public = atlas(url="https://atlas.example.org/errors/")
    said = query(
        objection(public, "sums", "acme__a", verdict(), page="taxonomy/E13.md", anchor="example-1")
    )
    assert said["page"] == "https://atlas.example.org/errors/2026.12/taxonomy/E13/#example-1"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"subcategory": None}, "E13"),
        ({"category": None, "subcategory": None, "attribution": "harness"}, "harness"),
        ({"category": None, "attribution": None, "status": "undetermined"}, "undetermined"),
    ],
)
def test_what_the_atlas_says_is_in_it(changes: dict[str, object], said: str):
    address = objection(atlas(), "sums", "acme__a", verdict(**changes), page="x.md", anchor="y")
    assert query(address)["verdict"] == said


def test_no_text_of_benchmark_model_or_judge_leaves_the_page():
    assert "SECRET" not in objection(atlas(), "sums", "acme__a", verdict(), page="x.md", anchor="y")


def test_hostile_identifiers_stay_values():
    address = form_address(atlas(), item=HOSTILE)
    assert query(address) == {"template": FORM, "edition": "2026.12", "item": HOSTILE}
    assert re.fullmatch(r"[!-~]+", address)
    assert not set("<>\"'# ") & set(address)


def test_an_address_stays_short():
    address = form_address(atlas(), item="a", judge="\u202e" * 100, page="b" * LONGEST)
    assert len(address) <= LONGEST
    assert query(address).keys() == {"template", "edition", "item", "judge"}


def test_without_a_repository_there_is_no_link(small: World):
    assert form_address(atlas(repository=None), item="a") == ""
    edition = small.edition()
    entry = next(one for one in small.content.taxonomy.categories if one.id == "E13")
    assert "Is this wrong" not in category_page(edition, small.examples(edition), entry).text


def test_each_example_leads_to_the_form(small: World):
    settings = small.content.atlas.model_copy(update={"repository": REPOSITORY})
    small.content = dataclasses.replace(small.content, atlas=settings)
    edition = small.edition()
    entry = next(one for one in small.content.taxonomy.categories if one.id == "E13")
    text = category_page(edition, small.examples(edition), entry).text
    links = re.findall(r'<a class="ea-example__wrong" href="([^"]+)"', text)
    assert len(links) == text.count('<article class="ea-example"') > 0
    for link in links:
        said = query(html.unescape(link))
        assert said["page"].startswith("taxonomy/E13/#example-")
        assert f'id="{said["page"].partition("#")[2]}"' in text


def test_the_form_of_explore_is_filled_in_by_its_script(tmp_path: Path):
    text = explore_page(explore_world.edition(tmp_path / "content")).text
    (link,) = re.findall(r'href="([^"]+)" rel="nofollow" data-form', text)
    assert query(html.unescape(link)) == {"template": FORM, "edition": "2026.12"}


@pytest.mark.parametrize("odd", ["http://github.com/a/b", "https://github.com/a/b?x=1", "x"])
def test_a_repository_is_a_plain_https_address(odd: str):
    with pytest.raises(ValidationError):
        atlas(repository=odd)
