"""The tree while it is built: nodes that hold entries, and what may become of a division."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from generator.records.proposal import BranchKind, Settings
from generator.taxonomy.induction.failures import Corpus, Indices

OTHER = "Other"
UNCLEAR = "Unclear"
FEWEST = 2
"""Categories below one that is divided."""
RESERVED = frozenset({OTHER.casefold(), UNCLEAR.casefold()})


@dataclass
class Node:
    """A category, or what is left beside the categories."""

    name: str
    """Name, unique among its neighbours."""
    members: Indices
    """Entries in it and below, ascending."""
    kind: BranchKind = "category"
    """Whether it is a category."""
    definition: str | None = None
    """When a failure belongs here."""
    atlas: str | None = None
    """Its id in the Atlas, if it has one."""
    branches: list["Node"] = field(default_factory=list)
    """What is below; together they hold the same members."""

    def leaves(self) -> Iterator["Node"]:
        """Yield the nodes that have none below."""
        if not self.branches:
            yield self
        for branch in self.branches:
            yield from branch.leaves()


def root_of(corpus: Corpus) -> Node:
    """Return a tree that is not divided yet."""
    return Node("All failures", np.arange(len(corpus.entries)))


def divide(
    corpus: Corpus, node: Node, parts: Sequence[Node], settings: Settings, *, top: bool
) -> None:
    """Put parts below a node; rare ones join *other*, and what no part holds is *unclear*.

    Args:
        corpus: The failures.
        node: Node to divide.
        parts: Disjoint parts of its members, each a category or *other*. One that has an id in the
            Atlas stands however rare it is, as long as it holds a failure.
        settings: Says what is rare.
        top: Whether the node is the root. Any other is left whole where fewer than two categories
            would stand below it and none of them is the Atlas's.
    """
    floor = settings.rare * corpus.failures_of(node.members)
    kept = [
        part
        for part in parts
        if part.kind == "category"
        and part.members.size
        and (part.atlas is not None or corpus.failures_of(part.members) >= floor)
    ]
    anchored = any(part.atlas is not None for part in kept)
    if not top and not anchored and len(kept) < FEWEST:
        return
    chosen = {id(part) for part in kept}
    other = _union(part.members for part in parts if id(part) not in chosen)
    unclear = np.setdiff1d(node.members, _union([other, *(part.members for part in kept)]))
    kept.sort(key=lambda part: (-corpus.failures_of(part.members), part.name))
    node.branches = kept
    if other.size:
        node.branches.append(Node(OTHER, other, "other"))
    if unclear.size:
        node.branches.append(Node(UNCLEAR, unclear, "unclear"))


def _union(parts: Iterable[Indices]) -> Indices:
    return np.sort(np.concatenate([np.zeros(0, dtype=np.int64), *parts]))


def labels_at(corpus: Corpus, root: Node, depth: int) -> Indices:
    """Return for every failure with a cause which branch it is in, to a depth.

    Args:
        corpus: The failures.
        root: The tree.
        depth: 1 for the branches of the root.

    Returns:
        Numbers by failure, in the order of the corpus; *other* and *unclear* are negative.
    """
    labels = np.full(len(corpus.entries), -1, dtype=np.int64)
    number = 0
    for node in _cut(root, depth):
        if node.kind == "category":
            labels[node.members] = number
            number += 1
        elif node.kind == "unclear":
            labels[node.members] = -2
    return labels[corpus.entry_of[corpus.entry_of >= 0]]


def _cut(node: Node, depth: int) -> Iterator[Node]:
    """Yield the nodes at a depth, and leaves above it."""
    if depth == 0 or not node.branches:
        yield node
        return
    for branch in node.branches:
        yield from _cut(branch, depth - 1)
