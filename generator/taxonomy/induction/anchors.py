"""Where a build begins: the Atlas's own categories, and the texts that are drawn."""

from collections import defaultdict

import numpy as np

from generator.judging.chance import chosen
from generator.records.proposal import Settings
from generator.records.taxonomy import Taxonomy
from generator.taxonomy.induction.failures import Corpus, Indices
from generator.taxonomy.induction.tree import Node


def anchors(corpus: Corpus, taxonomy: Taxonomy) -> list[Node]:
    """Return a node for every category of the Atlas, holding what the judges put there."""
    held: defaultdict[str, list[int]] = defaultdict(list)
    for place, entry in enumerate(corpus.entries):
        held[entry.category].append(place)
    return [
        Node(
            category.name,
            np.array(held[category.id], dtype=np.int64),
            definition=category.definition,
            atlas=category.id,
        )
        for category in taxonomy.categories
    ]


def sampled(corpus: Corpus, settings: Settings) -> Indices:
    """Return the entries that categories are made from: each is drawn by its own words."""
    return np.array(
        [
            place
            for place, entry in enumerate(corpus.entries)
            if chosen(settings.sample, settings.seed, "taxonomy sample", *entry)
        ],
        dtype=np.int64,
    )
