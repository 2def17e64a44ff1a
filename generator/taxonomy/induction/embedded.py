"""Builds a taxonomy from the words of titles and summaries alone: no network, no key."""

import hashlib

import numpy as np

from generator.records.keys import canonical_json
from generator.records.proposal import Mode, Settings
from generator.records.taxonomy import Taxonomy
from generator.taxonomy.induction.anchors import anchors, sampled
from generator.taxonomy.induction.failures import Corpus, Indices
from generator.taxonomy.induction.grouping import (
    COMMON,
    DIRECTIONS,
    NO_GROUP,
    SUFFIXES,
    VERSION,
    Grouping,
)
from generator.taxonomy.induction.tree import FEWEST, OTHER, Node, divide, root_of
from generator.taxonomy.induction.words import Words, names_of

HASH = hashlib.sha256(
    canonical_json(["embedded", VERSION, COMMON, DIRECTIONS, SUFFIXES])
).hexdigest()
"""Stands where a language model's build has the hash of its prompts."""


def build_embedded(corpus: Corpus, taxonomy: Taxonomy, mode: Mode, settings: Settings) -> Node:
    """Return a tree of all entries.

    Args:
        corpus: The failures.
        taxonomy: The Atlas's categories, below which an anchored tree stands.
        mode: Free or anchored.
        settings: Depth, sizes, sample and seed.
    """
    root = root_of(corpus)
    growth = _Growth(corpus, settings)
    if mode == "anchored":
        divide(corpus, root, anchors(corpus, taxonomy), settings, top=True)
    else:
        growth.divide(root, settings.depth)
        return root
    for branch in root.branches:
        if branch.kind == "category":
            growth.divide(branch, settings.depth - 1)
    return root


class _Growth:
    """Divides nodes by the words of their texts."""

    def __init__(self, corpus: Corpus, settings: Settings) -> None:
        self._corpus = corpus
        self._settings = settings
        self._words = Words(corpus)
        self._drawn = sampled(corpus, settings)

    def divide(self, node: Node, depth: int) -> None:
        """Divide a node and what is below it, as deep as is wanted and as it is large enough."""
        corpus, settings = self._corpus, self._settings
        top = node.members.size == len(corpus.entries)
        size = corpus.failures_of(node.members)
        if depth == 0 or (not top and size < FEWEST * settings.least):
            return
        most = min(settings.most, size // settings.least)
        own = np.intersect1d(node.members, self._drawn)
        grouping = Grouping(self._texts(own), most, settings.seed)
        frequent = corpus.weights[node.members] >= settings.least
        labels = grouping.place(self._texts(node.members), frequent)
        held = [node.members[labels == group] for group in range(grouping.groups)]
        held = [members for members in held if members.size]
        terms = [self._words.terms(part, np.setdiff1d(node.members, part)) for part in held]
        parts = [Node(name, part) for name, part in zip(names_of(terms), held, strict=True)]
        outside = Node(OTHER, node.members[labels == NO_GROUP], "other")
        divide(corpus, node, [*parts, outside], settings, top=top)
        for branch in node.branches:
            if branch.kind == "category":
                self.divide(branch, depth - 1)

    def _texts(self, members: Indices) -> list[str]:
        return [self._corpus.entries[place].text for place in members.tolist()]
