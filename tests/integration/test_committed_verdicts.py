"""The committed verdicts are what the rules say today, on the real predictions."""

import json
from pathlib import Path

import pandas as pd
import pytest

from generator.judging.indexing import Indexing, index_run
from generator.judging.run import judge_run, seal, states
from generator.readers.runs import run_rows, source_files
from generator.records.keys import RunKey, output_text, prediction_key
from generator.sources.fetch import fetch
from generator.store.content import Content, load_content
from generator.store.verdicts import read_verdicts

CHECKED: list[RunKey] = [
    ("bb-mistake", "google__palm-2-l"),
    ("bbh", "openai__code-davinci-002"),
    ("bbh-direct", "openai__code-davinci-002"),
    ("bfcl", "anthropic__claude-3.5-sonnet-20240620"),
    ("bfcl", "google__gemma-7b-it"),
    ("gsm8k", "openai__gpt-3-175b-finetuning"),
    ("gsm8k", "openai__gpt-3-175b-verification"),
    ("gsm8k", "openai__gpt-3-6b-finetuning"),
    ("gsm8k", "openai__gpt-3-6b-verification"),
    ("mmlu_pro", "google__gemini-1.5-pro-002"),
    ("mmlu_pro", "meta__meta-llama-3.1-8b-instruct"),
]


@pytest.fixture(scope="module")
def content(content_root: Path) -> Content:
    return load_content(content_root)


@pytest.fixture(scope="module")
def cache(content: Content, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cache")
    wanted = {file for key in CHECKED for file in source_files(content, key)}
    fetch(list(wanted), folder, mirror=shared_data / "mirror")
    return folder


@pytest.mark.shared
@pytest.mark.parametrize("key", CHECKED, ids="/".join)
def test_judging_again_gives_the_same_bytes(content: Content, cache: Path, key: RunKey) -> None:
    changes = Indexing(content, check=True).seal(index_run(content, key, cache))
    changes.append(seal(content, judge_run(content, key, cache), check=True))
    assert [change.path.name for change in changes if change.changed] == []


@pytest.mark.shared
@pytest.mark.parametrize("key", [*CHECKED[:4], CHECKED[5], CHECKED[9]], ids="/".join)
def test_every_verdict_belongs_to_the_output_it_speaks_of(
    content: Content, cache: Path, key: RunKey
) -> None:
    rows = {row.item.item_id: row for row in run_rows(content, key, cache)}
    threshold = content.benchmarks[key[0]].success_threshold
    failed = {name for name, row in rows.items() if row.prediction.score < threshold}
    by_rules = set()
    for verdict in read_verdicts(content.layout.verdicts(*key)):
        row = rows[verdict.item_id]
        assert verdict.key == prediction_key(key[0], row.item, row.prediction)
        size = len(output_text(row.prediction))
        assert all(evidence.end <= size for evidence in verdict.evidence)
        assert all(evidence.quote is None for evidence in verdict.evidence)
        if verdict.judge.name == "rules":
            by_rules.add(verdict.item_id)
    assert by_rules == failed


def test_no_run_has_stale_verdicts(content: Content) -> None:
    assert {key: value for key, value in states(content).items() if value != "fresh"} == {}


def test_planted_labels_are_on_the_failures_alone(content_root: Path, content: Content) -> None:
    labels = pd.DataFrame(
        json.loads(line)
        for line in (content_root / "labels/planted-faults.jsonl").read_text().splitlines()
    )
    for model, part in labels.groupby("model"):
        path = content.layout.verdicts("planted-faults", str(model))
        assert {verdict.item_id for verdict in read_verdicts(path)} == set(part["item_id"])


@pytest.mark.shared
def test_no_text_of_the_real_predictions_is_in_the_content(
    content_root: Path, shared_data: Path
) -> None:
    rows = [
        json.loads(line)
        for line in (shared_data / "failures_dev.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    samples = {row[field][40:90] for row in rows for field in ("question", "output")}
    samples = {text.encode() for text in samples if len(text) == 50}
    assert len(samples) > 200
    for path in content_root.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not any(text in data for text in samples), path
