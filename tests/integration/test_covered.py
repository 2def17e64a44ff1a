"""What the Atlas says that it covers is what the upstream files hold."""

from collections import Counter
from pathlib import Path

import pytest

from generator.pages.slices import SLICES
from generator.readers.runs import run_rows, source_files
from generator.sources.fetch import fetch
from generator.stats.collect import collect
from generator.store.content import Content, load_content

COVERED = {
    "bb-mistake": (1, 1_586, 1_014),
    "bbh": (1, 2_333, 795),
    "bbh-direct": (1, 2_333, 1_157),
    "bfcl": (8, 10_320, 4_238),
    "gsm8k": (4, 5_276, 3_275),
    "mmlu_pro": (25, 299_107, 180_815),
}
"""Runs, predictions and failures."""
FAILED = {
    "anthropic__claude-3.5-sonnet-20240620": 274,
    "google__gemma-7b-it": 675,
    "meta__meta-llama-3-8b-instruct": 522,
    "mistralai__open-mixtral-8x7b": 333,
    "nousresearch__hermes-2-theta-llama-3-70b": 1048,
    "openai__gpt-4o-2024-05-13": 269,
    "openai__gpt-4o-2024-08-06": 928,
    "openai__gpt-4o-mini-2024-07-18": 189,
}
"""Failures on BFCL as the headers of upstream's scores have them."""
PARTS = {
    "bb-mistake": ("task", 3),
    "bbh": ("task", 10),
    "bbh-direct": ("task", 10),
    "bfcl": ("test category", 6),
    "mmlu_pro": ("subject", 14),
}


@pytest.fixture(scope="module")
def content(content_root: Path) -> Content:
    return load_content(content_root)


def test_runs_predictions_and_failures_are_the_known_ones(content: Content) -> None:
    attempts = collect(content).attempts
    found = attempts.groupby("benchmark", observed=True).agg(
        runs=("model", "size"), attempted=("attempted", "sum"), failed=("failed", "sum")
    )
    assert {name: tuple(found.loc[name]) for name in COVERED} == COVERED
    own = attempts[attempts["benchmark"] == "bfcl"].set_index("model")["failed"]
    assert own.to_dict() == FAILED


def test_every_part_of_a_benchmark_is_a_slice_that_can_be_filtered_by(content: Content) -> None:
    items = collect(content).items
    for name, (tag, parts) in PARTS.items():
        assert tag in SLICES
        values = items.loc[items["benchmark"] == name, "tags"].map(lambda tags, tag=tag: tags[tag])
        assert values.nunique() == parts


def test_every_benchmark_of_others_says_what_of_it_is_here(content: Content) -> None:
    for benchmark in content.benchmarks.values():
        assert benchmark.synthetic or benchmark.coverage


def test_the_same_question_twice_with_opposite_targets_is_a_quirk(content: Content) -> None:
    said = "".join(content.benchmarks["bbh"].quirks)
    assert "items 32 and 119" in said
    assert "36 and 104" in said
    assert content.benchmarks["bbh-direct"].quirks[0] == content.benchmarks["bbh"].quirks[0]


@pytest.mark.shared
def test_items_of_bfcl_are_the_same_for_every_model(
    content: Content, shared_data: Path, tmp_path: Path
) -> None:
    keys = [key for key in content.runs if key[0] == "bfcl"]
    wanted = {file for key in keys for file in source_files(content, key)}
    fetch(list(wanted), tmp_path, mirror=shared_data / "mirror")
    items = []
    for key in keys:
        rows = list(run_rows(content, key, tmp_path))
        assert len(rows) == 1_290
        assert sum(row.prediction.score == 0.0 for row in rows) == FAILED[key[1]]
        items.append({row.item.item_id: row.item for row in rows})
    assert all(one == items[0] for one in items)
    parts = Counter(item.tags["test category"] for item in items[0].values())
    assert parts == {
        "simple": 400,
        "multiple": 200,
        "parallel": 200,
        "parallel_multiple": 200,
        "irrelevance": 240,
        "javascript": 50,
    }


@pytest.mark.shared
def test_the_direct_answers_are_to_the_items_of_the_chains_of_thought(
    content: Content, shared_data: Path, tmp_path: Path
) -> None:
    keys = [(name, "openai__code-davinci-002") for name in ("bbh", "bbh-direct")]
    wanted = {file for key in keys for file in source_files(content, key)}
    fetch(list(wanted), tmp_path, mirror=shared_data / "mirror")
    chains, direct = ([row.item for row in run_rows(content, key, tmp_path)] for key in keys)
    assert chains == direct
    twice = {item.item_id: item for item in chains if item.tags["task"] == "causal_judgement"}
    for one, other in ((32, 119), (36, 104)):
        pair = [twice[f"causal_judgement/{place}"] for place in (one, other)]
        assert pair[0].input == pair[1].input
        assert {item.references[0] for item in pair} == {"Yes", "No"}
