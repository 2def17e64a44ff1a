"""What Compare loads says what the numbers say, and nothing else."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from generator.pages.compare import KINDS, compare_page
from generator.pages.compare_data import FOLDER, compare_files, entries_of
from generator.pages.compare_texts import MEASURES, MODES, POPULATIONS, words
from generator.pages.edition import Edition
from generator.pages.links import compare_href
from generator.stats.vectors import FIRST_LABEL
from tests.charts import numbers
from tests.pages.compare_world import HOSTILE, JUDGED, PROGRAMS, RULED, SAMPLED, edition
from tests.pages.world import World


@pytest.fixture(scope="module")
def made(content_root: Path) -> Edition:
    return edition(numbers.taxonomy(content_root))


def index_of(files: dict[str, bytes]) -> Any:
    return json.loads(files[f"{FOLDER}/index.json"])


def test_every_run_lies_where_the_index_says(made: Edition) -> None:
    files = compare_files(made)
    index = index_of(files)
    ends = dict.fromkeys(index["models"], 0)
    entries = {(at, one.benchmark, one.model): one for at, one in entries_of(made)}
    assert len(entries) == len(index["runs"])
    for population, benchmark, model, start, wordings, drawn, whole, judges in index["runs"]:
        assert start == ends[model]
        data = files[f"{FOLDER}/{model}.bin"]
        vector = entries[population, benchmark, model]
        codes = np.frombuffer(data, np.uint8, wordings, start)
        weights = np.frombuffer(data, "<f8", drawn, start + wordings)
        assert codes.tolist() == vector.codes.tolist()
        assert weights.tolist() == vector.weights.tolist()
        assert (bool(whole), judges) == (vector.whole, " and ".join(vector.judges))
        assert codes.max() < FIRST_LABEL + len(index["labels"])
        ends[model] = start + wordings + 8 * drawn
    assert ends == {model: len(files[f"{FOLDER}/{model}.bin"]) for model in index["models"]}


def test_each_population_has_its_own_runs(made: Edition) -> None:
    found: dict[str, set[str]] = {}
    for population, vector in entries_of(made):
        found.setdefault(population, set()).add(vector.model)
    assert found == {
        "annotated": set(SAMPLED),
        "judged": set(JUDGED),
        "all": {*SAMPLED, *RULED, *JUDGED},
        "planted": set(PROGRAMS),
    }


def test_labels_are_the_categories_in_their_groups_and_then_the_outcomes(made: Edition) -> None:
    index = index_of(compare_files(made))
    tree = made.content.taxonomy
    ids = [label[0] for label in index["labels"]]
    assert ids[: index["categories"]] == [entry.id for entry in tree.categories]
    assert ids[index["categories"] :] == ["benchmark", "harness", "undetermined", "no_verdict"]
    assert sorted(place for block in index["blocks"] for place in block[3]) == [*range(len(ids))]
    for name, light, dark, places in index["blocks"][:-1]:
        groups = {entry.id: entry.group for entry in tree.categories}
        (group,) = {groups[ids[place]] for place in places}
        assert name in {one.name for one in tree.groups if one.id == group}
        assert light.startswith("#")
        assert light != dark


def test_wordings_of_one_item_are_told(made: Edition) -> None:
    name, _, items, again = index_of(compare_files(made))["benchmarks"]["hidden_sums"]
    assert (name, items) == ("Hidden Sums", 150)
    assert len(again) == 15
    assert again[:2] == [1, 12]


def test_there_is_something_to_look_at_before_anything_was_chosen(made: Edition) -> None:
    first = index_of(compare_files(made))["first"]
    assert first["models"]["models"] == "lab__large,lab__small"
    assert first["models"]["population"] == "annotated"
    assert first["benchmarks"]["benchmarks"] == "hidden_sums,open_sums"


def test_an_edition_without_answers_has_an_empty_page(small: World) -> None:
    one = small.edition()
    bare = Edition(one.content, type(one.numbers)(**{**vars(one.numbers), "vectors": ()}))
    index = index_of(compare_files(bare))
    assert index["runs"] == []
    assert index["first"]["models"]["models"] == ""
    assert "Compare models" in compare_page(bare).text


def test_every_text_that_a_view_can_ask_for_is_there(made: Edition) -> None:
    said = words(0.95)
    for measure in MEASURES:
        assert {measure, f"caption {measure}", f"without {measure}"} <= said.keys()
        for mode in MODES:
            assert {f"{kind} {mode} {measure}" for kind in KINDS} <= said.keys()
    assert set(POPULATIONS) <= said.keys()
    scripts = Path(__file__).parents[2] / "site_templates/assets/javascripts/compare"
    code = (scripts / "numbers.js").read_text("utf-8")
    for reason in ("apart", "drawn", "partial", "few", "unclassified", "together"):
        assert f'"{reason}"' in code
        assert reason in said
    assert made.content.atlas.confidence_level == 0.95


def test_no_text_of_an_item_is_published_and_no_hidden_character(made: Edition) -> None:
    files = compare_files(made)
    assert {name.rpartition(".")[2] for name in files} == {"json", "bin"}
    index = files[f"{FOLDER}/index.json"].decode()
    assert "\u202e" in HOSTILE
    assert "\u202e" not in index
    assert "\u202e" not in compare_page(made).text
    assert "<img" not in compare_page(made).text


def test_the_same_content_gives_the_same_bytes(made: Edition) -> None:
    assert compare_files(made) == compare_files(made)
    assert compare_page(made).text == compare_page(made).text


def test_other_pages_link_to_a_view() -> None:
    assert compare_href("models/lab__large.md", models="lab__large") == (
        "../../compare/?models=lab__large"
    )
