"""What Explore loads says of every failure what the numbers say, and shows nothing withheld."""

import json
import zlib
from typing import Any

import numpy as np
import pytest

from generator.pages import explore_shards
from generator.pages.explore import explore_page
from generator.pages.explore_data import FOLDER, counts_by, explored
from generator.pages.links import HOME, explore_href
from generator.records.verdict import Verdict
from generator.store.aside import working_aside
from generator.store.atomic import write_bytes
from generator.store.layout import Layout
from generator.store.verdicts import verdict_bytes
from tests.pages.world import World


def with_verdict_files(small: World) -> World:
    """Write the verdicts of the made-up Atlas to its content, where Explore reads them."""
    rows = small.edition().numbers.settled
    layout: Layout = small.content.layout
    for benchmark, model in small.content.runs:
        items = set(rows[(rows["benchmark"] == benchmark) & (rows["model"] == model)]["item_id"])
        found: list[Verdict] = small.verdicts_of(benchmark, model, items)
        if found:
            write_bytes(layout.verdicts(benchmark, model), verdict_bytes(found, {}))
    return small


def loaded(files: dict[str, bytes], name: str) -> Any:
    return json.loads(files[f"{FOLDER}/{name}"])


def test_columns_and_shards_say_what_the_numbers_say(small: World) -> None:
    edition = with_verdict_files(small).edition()
    files = explored(edition).files
    index = loaded(files, "index.json")
    layout = {one["name"]: one for one in index["failures"]["columns"]}
    rows = edition.numbers.settled
    assert index["failures"]["rows"] == len(rows) == sum(run["rows"] for run in index["runs"])

    def column(name: str) -> list[int]:
        at = layout[name]
        data = files[f"{FOLDER}/failures.bin"]
        return np.frombuffer(data, f"<u{at['width']}", len(rows), at["offset"]).tolist()

    seen = []
    start = 0
    for run in index["runs"]:
        benchmark = index["values"]["benchmark"][run["benchmark"] - 1][0]
        model = index["values"]["model"][run["model"] - 1][0]
        items = loaded(files, f"runs/{benchmark}/{model}.json")["items"]
        for place, item in enumerate(items, start):
            category = column("category")[place]
            named = index["values"]["category"][category - 1][0] if category else None
            seen.append((benchmark, model, item, named))
        start += run["rows"]
    expected = [
        (row["benchmark"], row["model"], row["item_id"], row["category"] or None)
        for row in rows.astype(object).where(rows.notna(), None).to_dict("records")
    ]
    assert sorted(seen, key=str) == sorted(expected, key=str)


def test_the_cube_and_the_table_of_the_page_count_every_failure(small: World) -> None:
    edition = with_verdict_files(small).edition()
    found = explored(edition)
    numbers = dict(counts_by(found, ["category"]))
    rows = edition.numbers.settled
    assert sum(numbers.values()) == len(rows)
    assert numbers[0,] == int(rows["category"].isna().sum())


def test_failures_of_programs_are_told_apart_from_those_of_models(small: World) -> None:
    """Elsewhere pages count failures of language models alone: the sum is explained."""
    edition = with_verdict_files(small).edition()
    rows = edition.numbers.settled
    programs = {name for name, one in edition.content.models.items() if one.kind == "program"}
    planted = int(rows["model"].isin(programs).sum())
    assert planted
    assert f"All {len(rows)} failures with the verdict that counts; {planted} of them are of " in (
        explore_page(edition).text
    )


def test_titles_are_kept_once_and_found_by_their_code(small: World) -> None:
    files = explored(with_verdict_files(small).edition()).files
    texts = json.loads(zlib.decompress(files[f"{FOLDER}/texts/0.z"]))
    assert texts == [[small.title, small.summary]]
    assert loaded(files, "index.json")["texts"]["count"] == 1


def test_no_text_of_a_withheld_benchmark_is_published(small: World) -> None:
    """Spans without quotes are all there is of an output that may not be shown."""
    edition = with_verdict_files(small).edition()
    files = explored(edition).files
    withheld = [
        benchmark
        for benchmark, described in small.content.benchmarks.items()
        if described.display != "full"
    ]
    assert withheld
    shards = [name for name in files if name.split("/")[-2] in withheld]
    assert shards
    for name in shards:
        for detail in json.loads(files[name])["verdicts"].values():
            assert not {"asked", "choices", "right", "output", "criteria"} & set(detail)
            assert detail["spans"] == [[7, 17]]


def test_the_same_content_gives_the_same_bytes(small: World) -> None:
    edition = with_verdict_files(small).edition()
    assert explored(edition).files == explored(edition).files
    assert explore_page(edition).text == explore_page(edition).text


def test_what_is_made_aside_is_the_same(small: World, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = with_verdict_files(small).edition()
    here = explored(edition).files
    monkeypatch.setattr(explore_shards, "_MANY", 0)
    with working_aside():
        assert explored(edition).files == here


def test_other_pages_link_to_a_view() -> None:
    found = explore_href("models/lab__large.md", model="lab__large", category="E13", words="")
    assert found == "../../explore/?model=lab__large&category=E13"
    assert explore_href(HOME) == "explore/"
