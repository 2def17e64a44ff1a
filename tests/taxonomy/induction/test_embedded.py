"""Titles are grouped by their words: the same every time, and by nothing but the words."""

import numpy as np

from generator.records.taxonomy import Taxonomy
from generator.store.documents import read_document
from generator.taxonomy.induction import grouping
from generator.taxonomy.induction.embedded import build_embedded
from generator.taxonomy.induction.failures import corpus_of
from generator.taxonomy.induction.measure import compared, redundancy
from generator.taxonomy.induction.tree import labels_at
from generator.taxonomy.induction.words import Words, names_of
from tests.store.tree import TAXONOMY, write
from tests.taxonomy.induction.made_up import SETTINGS, frame

NO_ATLAS = Taxonomy.model_construct(version="1.0", categories=())


def test_three_kinds_of_mistakes_are_told_apart():
    corpus = corpus_of([frame(90)])
    root = build_embedded(corpus, NO_ATLAS, "free", SETTINGS.model_copy(update={"most": 3}))
    groups = [
        {corpus.entries[place].subcategory for place in branch.members}
        for branch in root.branches
        if branch.kind == "category"
    ]
    assert sorted(map(sorted, groups)) == [["arithmetic"], ["empty"], ["truncated"]]


def test_the_order_of_rows_changes_no_group():
    rows = frame(90)
    trees = [build_embedded(corpus_of([r]), NO_ATLAS, "free", SETTINGS) for r in (rows, rows[::-1])]
    shapes = [[(leaf.name, leaf.members.tolist()) for leaf in tree.leaves()] for tree in trees]
    assert shapes[0] == shapes[1]


def test_a_single_title_is_a_category_and_one_without_words_is_unclear():
    rows = frame(4).assign(status="verdict", attribution="model", category="E02")
    alike = rows.assign(subcategory=None, title="Cut off", summary=None)
    root = build_embedded(corpus_of([alike]), NO_ATLAS, "free", SETTINGS)
    assert [(branch.kind, branch.name) for branch in root.branches] == [("category", "cut")]
    blank = rows.assign(subcategory=None, title="7", summary=None)
    root = build_embedded(corpus_of([blank]), NO_ATLAS, "free", SETTINGS)
    assert [branch.kind for branch in root.branches] == ["unclear"]


def test_an_anchored_tree_has_the_categories_of_the_atlas_at_its_top(tmp_path):
    path = write(tmp_path, "atlas.yml", TAXONOMY)
    taxonomy, _ = read_document(path, Taxonomy, "atlas.yml")
    assert taxonomy is not None
    corpus = corpus_of([frame(90)])
    root = build_embedded(corpus, taxonomy, "anchored", SETTINGS)
    assert {branch.atlas for branch in root.branches} == {"E02", "E13"}
    for branch in root.branches:
        assert {corpus.entries[place].category for place in branch.members} == {branch.atlas}


def test_more_texts_than_can_be_compared_are_drawn_together(monkeypatch):
    monkeypatch.setattr(grouping, "MOST_COMPARED", 8)
    corpus = corpus_of([frame(90)])
    root = build_embedded(corpus, NO_ATLAS, "free", SETTINGS)
    assert len([branch for branch in root.branches if branch.kind == "category"]) >= 2


def test_a_sample_places_all_failures():
    corpus = corpus_of([frame(90)])
    settings = SETTINGS.model_copy(update={"sample": 0.6})
    root = build_embedded(corpus, NO_ATLAS, "free", settings)
    assert sum(corpus.failures_of(leaf.members) for leaf in root.leaves()) == corpus.weights.sum()


def test_names_are_words_of_their_own_and_unique():
    assert names_of([("adds", "sum"), ("adds", "sum"), ()]) == [
        "adds, sum",
        "adds, sum (2)",
        "Group 3",
    ]


def test_agreement_of_a_partition_with_itself_and_with_another():
    first = np.array([0, 0, 0, 1, 1, 1, -1])
    same = compared(first, first, variation="seeds", depth=1)
    assert (same.rand_index, same.precision, same.recall) == (1.0, 1.0, 1.0)
    renamed = compared(first, np.array([5, 5, 5, 2, 2, 2, -1]), variation="seeds", depth=1)
    assert renamed == same
    # The second has one category more; only one of its three shares over half with one of ours.
    other = compared(first, np.array([0, 0, 0, 1, 2, 2, 1]), variation="seeds", depth=1)
    assert (other.precision, other.recall) == (round(2 / 3, 3), 1.0)
    halves = compared(first, np.array([0, 1, 2, 0, 1, 2, -1]), variation="seeds", depth=1)
    assert (halves.precision, halves.recall) == (0.0, 0.0)
    assert halves.rand_index < 0.1


def test_neighbours_of_the_same_words_are_redundant():
    corpus = corpus_of([frame(90)])
    root = build_embedded(corpus, NO_ATLAS, "free", SETTINGS.model_copy(update={"most": 3}))
    words = Words(corpus)
    assert redundancy(root, words) == []
    first = root.branches[0]
    halves = first.members[::2], first.members[1::2]
    assert (
        words.similarity(*halves) > 0.3 > words.similarity(first.members, root.branches[1].members)
    )


def test_labels_are_numbers_of_branches_and_negative_outside():
    corpus = corpus_of([frame(90)])
    root = build_embedded(corpus, NO_ATLAS, "free", SETTINGS)
    labels = labels_at(corpus, root, 1)
    assert len(labels) == corpus.count("titled")
    for number, branch in enumerate(root.branches):
        held = int((labels == number).sum())
        assert held == (corpus.failures_of(branch.members) if branch.kind == "category" else 0)
