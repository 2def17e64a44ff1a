"""How far a taxonomy can be trusted: is it there again when it is built again?"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from sklearn.metrics import adjusted_rand_score

from generator.records.proposal import Overlap, Settings, Stability, Variation
from generator.taxonomy.induction.failures import Corpus, Indices
from generator.taxonomy.induction.tree import Node, labels_at
from generator.taxonomy.induction.words import Words

HALF = 0.5
PART = 0.15
"""Share of the texts in the smaller sample, that of the paper's own check."""
NEARLY_ALIKE = 0.5
"""Cosine similarity from which two neighbours are named as nearly alike."""


class Variant(NamedTuple):
    """Two builds that ought to give the same."""

    variation: Variation
    """What differs between them."""
    first: Settings
    """Settings of the one."""
    second: Settings
    """Settings of the other."""
    reverse: bool = False
    """Whether the other is given the failures in reverse."""


def variants(settings: Settings) -> tuple[Variant, ...]:
    """Return the builds to compare."""
    other = settings.model_copy(update={"seed": settings.seed + 1})
    half = {"sample": HALF * settings.sample}
    part = settings.model_copy(update={"sample": PART * settings.sample})
    return (
        Variant("seeds", settings, other),
        Variant("orders", settings, settings, reverse=True),
        Variant("samples", settings.model_copy(update=half), other.model_copy(update=half)),
        Variant("part", settings, part),
    )


def stability(
    corpus: Corpus,
    reversed_corpus: Corpus,
    build: Callable[[Corpus, Settings], Node],
    settings: Settings,
    depths: tuple[int, ...],
) -> Iterator[Stability]:
    """Yield how much of a taxonomy is there again, variation by variation.

    Args:
        corpus: The failures.
        reversed_corpus: The same, read in reverse.
        build: Builds a tree.
        settings: Settings that are varied.
        depths: Depths at which categories are compared.
    """
    for variant in variants(settings):
        other = reversed_corpus if variant.reverse else corpus
        first, second = build(corpus, variant.first), build(other, variant.second)
        for depth in depths:
            again = labels_at(other, second, depth)
            yield compared(
                labels_at(corpus, first, depth),
                again[::-1] if variant.reverse else again,
                variation=variant.variation,
                depth=depth,
            )


def compared(first: Indices, second: Indices, *, variation: Variation, depth: int) -> Stability:
    """Return how far two ways of placing the same failures agree.

    A category of one is there in the other where both share more than half of all that either
    holds; no category can so have two partners.

    Args:
        first: Category of each failure, negative in none.
        second: The same, of the other.
        variation: What differs.
        depth: Depth of the categories.
    """
    _, first_ids = np.unique(first, return_inverse=True)
    _, second_ids = np.unique(second, return_inverse=True)
    table = np.zeros((first_ids.max(initial=0) + 1, second_ids.max(initial=0) + 1))
    np.add.at(table, (first_ids, second_ids), 1)
    # Rows and columns of failures in no category are no categories.
    table = table[_categories(first)][:, _categories(second)]
    sizes = np.bincount(first[first >= 0]), np.bincount(second[second >= 0])
    rows, columns = sizes[0][sizes[0] > 0], sizes[1][sizes[1] > 0]
    either = rows[:, None] + columns[None, :] - table
    matched = int((2 * table > either).sum())
    return Stability(
        variation=variation,
        depth=depth,
        rand_index=round(float(adjusted_rand_score(first, second)), 3) if len(first) else 1.0,
        precision=round(matched / len(columns), 3) if len(columns) else 0.0,
        recall=round(matched / len(rows), 3) if len(rows) else 0.0,
    )


def _categories(labels: Indices) -> Indices:
    """Return which of the sorted distinct labels are categories."""
    return np.flatnonzero(np.unique(labels) >= 0)


def redundancy(root: Node, words: Words) -> list[Overlap]:
    """Return neighbours that are nearly alike, the nearest first."""
    found = sorted(_overlaps(root, words, ""), key=lambda o: (-o.similarity, o.first, o.second))
    return [overlap for overlap in found if overlap.similarity >= NEARLY_ALIKE]


def _overlaps(node: Node, words: Words, above: str) -> Iterator[Overlap]:
    parts = [branch for branch in node.branches if branch.kind == "category"]
    for place, first in enumerate(parts):
        for second in parts[place + 1 :]:
            alike = words.similarity(first.members, second.members)
            yield Overlap(
                first=f"{above}{first.name}", second=f"{above}{second.name}", similarity=alike
            )
    for branch in parts:
        yield from _overlaps(branch, words, f"{above}{branch.name} > ")
