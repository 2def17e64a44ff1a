"""Every failure is in exactly one place, whatever the titles and however a tree was made."""

import asyncio
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.judging.exchange import NO_USAGE, AskError, Endpoint, Reply
from generator.records.proposal import Mode, Settings
from generator.records.taxonomy import Taxonomy
from generator.store.documents import read_document
from generator.taxonomy.induction.accounting import account_of
from generator.taxonomy.induction.asked import build_asked
from generator.taxonomy.induction.asking import Inquiry, StepJournal
from generator.taxonomy.induction.embedded import build_embedded
from generator.taxonomy.induction.failures import Corpus, corpus_of
from generator.taxonomy.induction.proposal import Scope, proposal_of
from generator.taxonomy.induction.tree import Node, root_of
from tests.taxonomy.induction.made_up import COLUMNS, SETTINGS, frame, placements

TEXTS = st.one_of(
    st.none(),
    st.sampled_from(["Adds wrongly", "Stops early", "stops  early", "", "12", "Nothing put out"]),
    st.text(max_size=12),
)
CAUSES = st.tuples(
    st.sampled_from([("E13", "arithmetic"), ("E02", "empty"), ("E02", None), ("E99", None)]),
    TEXTS,
    TEXTS,
)
ROWS = st.lists(
    st.one_of(
        CAUSES.map(lambda said: ("verdict", "model", *said[0], said[1], said[2])),
        st.sampled_from(
            [
                ("undetermined", None, None, None, None, "Nothing to see."),
                ("verdict", "benchmark", None, None, "Reference wrong", None),
                ("no_verdict", None, None, None, None, "It failed."),
                (None, None, None, None, None, None),
            ]
        ),
    ),
    max_size=40,
)
HOW = st.builds(
    lambda depth, least, most, rare, sample, batch: SETTINGS.model_copy(
        update={
            "depth": depth,
            "least": least,
            "most": most,
            "rare": rare,
            "sample": sample,
            "batch": batch,
        }
    ),
    st.integers(1, 3),
    st.integers(1, 6),
    st.integers(2, 6),
    st.sampled_from([0.0, 0.1, 0.5]),
    st.sampled_from([0.01, 0.5, 1.0]),
    st.integers(2, 9),
)
MODES: st.SearchStrategy[Mode] = st.sampled_from(["free", "anchored"])


@pytest.fixture(scope="module")
def taxonomy(content_root: Path) -> Taxonomy:
    found, problems = read_document(content_root / "taxonomy/atlas.yml", Taxonomy, "atlas.yml")
    assert found is not None, problems
    return found


def corpus(rows: list[tuple[Any, ...]]) -> Corpus:
    whole = [("sums", "acme__alpha", f"q{n}", *row) for n, row in enumerate(rows)]
    return corpus_of([pd.DataFrame(whole, columns=COLUMNS, dtype=object)])


def holds(failures: Corpus, root: Node, taxonomy: Taxonomy, mode: Mode, how: Settings) -> None:
    """The account adds up to all failures, and the proposal, which checks it, can be written."""
    account = account_of(failures, root)
    parts = account.placed, account.other, account.unclear
    rest = account.undetermined, account.not_model, account.no_verdict
    assert sum(parts) + sum(rest) == account.failures == len(failures.fates)
    proposal = proposal_of(
        failures,
        root,
        taxonomy,
        Scope("Made up", mode, ("sums",), (), ("annotator-1",)),
        how,
        interval=lambda *_: (0.0, 1.0),
    )
    assert sum(branch.failures for branch in proposal.branches) == account.titled


ALIKE = [
    ("verdict", "model", "E13", "arithmetic", None, "Stops early"),
    ("verdict", "model", "E13", "arithmetic", "Stops early", None),
]
"""Failures whose texts are all the same words."""
PLAIN = {"depth": 1, "least": 1, "most": 2, "rare": 0.0, "sample": 1.0, "batch": 2}


@settings(max_examples=40, deadline=None)
@example(rows=ALIKE, how=SETTINGS.model_copy(update=PLAIN), mode="free")
@given(rows=ROWS, how=HOW, mode=MODES)
def test_words_lose_no_failure(
    taxonomy: Taxonomy, rows: list[tuple[Any, ...]], how: Settings, mode: Mode
):
    failures = corpus(rows)
    holds(failures, build_embedded(failures, taxonomy, mode, how), taxonomy, mode, how)


class Careless:
    """Answers anything: sense, nonsense, half an answer, or nothing at all."""

    endpoint = Endpoint(None, "m-1")

    def __init__(self, data: st.DataObject) -> None:
        self._data = data

    async def ask(self, _: Any, schema: Any) -> Reply:
        menu = schema["properties"].get("placements")
        act = self._data.draw(st.integers(0, 4))
        if act == 0:
            raise AskError("transport", "gone")
        if act == 1:
            return Reply("Certainly!", "stop", NO_USAGE)
        if menu is None:
            names = self._data.draw(st.lists(st.sampled_from("ABCOther"), max_size=8))
            drafts = [{"name": name, "definition": "Some."} for name in names]
            return Reply(f'{{"categories": {drafts}}}'.replace("'", '"'), "stop", NO_USAGE)
        offered = menu["items"]["properties"]["category"]["enum"]
        numbers = st.integers(0, 10), st.sampled_from([*offered, "C99"])
        return Reply(placements(self._data.draw(st.lists(st.tuples(*numbers)))), "stop", NO_USAGE)


@settings(max_examples=40, deadline=None)
@given(rows=ROWS, how=HOW, mode=MODES, data=st.data())
def test_a_careless_language_model_loses_no_failure(
    taxonomy: Taxonomy,
    *,
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[Any, ...]],
    how: Settings,
    mode: Mode,
    data: st.DataObject,
):
    failures = corpus(rows)
    journal = StepJournal(tmp_path_factory.mktemp("journal") / "steps.jsonl")
    inquiry = Inquiry(Careless(data), journal)
    root = asyncio.run(build_asked(failures, taxonomy, mode, how, inquiry))
    holds(failures, root, taxonomy, mode, how)


def test_failures_of_one_title_stay_apart():
    failures = corpus([("verdict", "model", "E13", "arithmetic", "The same", "Again.")] * 7)
    assert len(failures.entries) == 1
    assert failures.weights.tolist() == [7]
    assert account_of(failures, root_of(failures)).placed == 7


def test_an_entry_that_a_tree_lost_or_holds_twice_is_found():
    failures = corpus_of([frame(30)])
    root = root_of(failures)
    half = root.members[: len(root.members) // 2]
    root.branches = [Node("A", half)]
    with pytest.raises(ValueError, match="are in no leaf"):
        account_of(failures, root)
    root.branches = [Node("A", root.members), Node("B", np.array([0]))]
    with pytest.raises(ValueError, match="in two leaves"):
        account_of(failures, root)


def test_the_order_of_rows_changes_no_entry():
    rows = frame(60)
    there, back = corpus_of([rows]), corpus_of([rows[::-1]])
    assert there.entries == back.entries
    assert there.weights.tolist() == back.weights.tolist()
    assert there.entry_of.tolist() == back.entry_of[::-1].tolist()
