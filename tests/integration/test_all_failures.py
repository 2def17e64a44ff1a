"""Of all real failures none is lost on the way into a taxonomy, and none is counted twice."""

from pathlib import Path

import pytest

from generator.readers.runs import run_rows, source_files
from generator.records.keys import RunKey
from generator.records.proposal import Mode, Settings
from generator.sources.fetch import fetch
from generator.stats.collect import collect
from generator.stats.proposals import failures_in_scope
from generator.store.content import Content, load_content
from generator.taxonomy.induction.accounting import account_of
from generator.taxonomy.induction.embedded import build_embedded
from generator.taxonomy.induction.failures import Corpus

READ: list[RunKey] = [
    ("bb-mistake", "google__palm-2-l"),
    ("bbh", "openai__code-davinci-002"),
    ("bfcl", "openai__gpt-4o-2024-08-06"),
    ("gsm8k", "openai__gpt-3-175b-finetuning"),
    ("gsm8k", "openai__gpt-3-6b-verification"),
    ("mmlu_pro", "google__gemini-1.5-pro-002"),
]
SETTINGS = Settings(prompt_hash="-", seed=1)


@pytest.fixture(scope="module")
def content(content_root: Path) -> Content:
    return load_content(content_root)


@pytest.fixture(scope="module")
def everything(content: Content) -> Corpus:
    return failures_in_scope(content, content.benchmarks, (), content.atlas.judges)


def test_every_failed_attempt_is_in_the_corpus_once(content: Content, everything: Corpus) -> None:
    attempts = collect(content).attempts.set_index(["benchmark", "model"])["failed"]
    found = everything.places.groupby(["benchmark", "model"], observed=True).size()
    assert len(everything.fates) == attempts.sum() > 170_000
    assert found.to_dict() == attempts[attempts > 0].to_dict()
    assert not everything.places.duplicated().any()


@pytest.mark.parametrize("mode", ["free", "anchored"])
def test_the_leaves_and_what_has_no_cause_come_to_all_failures(
    content: Content, everything: Corpus, mode: Mode
) -> None:
    tree = build_embedded(everything, content.taxonomy, mode, SETTINGS)
    account = account_of(everything, tree)  # refuses an entry in no leaf, or in two
    leaves = sum(everything.failures_of(leaf.members) for leaf in tree.leaves())
    without_cause = account.undetermined + account.not_model + account.no_verdict
    assert leaves == account.titled > 30_000
    assert leaves + without_cause == account.failures == len(everything.fates)


@pytest.mark.shared
@pytest.mark.parametrize("key", READ, ids="/".join)
def test_the_corpus_of_a_run_is_what_fails_in_the_real_predictions(
    content: Content, everything: Corpus, shared_data: Path, tmp_path: Path, key: RunKey
) -> None:
    fetch(list(set(source_files(content, key))), tmp_path, mirror=shared_data / "mirror")
    threshold = content.benchmarks[key[0]].success_threshold
    failed = {
        row.item.item_id
        for row in run_rows(content, key, tmp_path)
        if row.prediction.score < threshold
    }
    places = everything.places
    own = places[(places["benchmark"] == key[0]) & (places["model"] == key[1])]
    assert set(own["item_id"]) == failed
    assert len(own) == len(failed)
