"""From a tree to a proposal that people can review."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from generator.records.proposal import (
    Account,
    Branch,
    Coverage,
    Example,
    Mode,
    Nearest,
    Proposal,
    Settings,
    Stability,
)
from generator.records.taxonomy import Taxonomy
from generator.taxonomy.induction.accounting import account_of, covered
from generator.taxonomy.induction.failures import Corpus, Indices
from generator.taxonomy.induction.gaps import gaps_of
from generator.taxonomy.induction.measure import redundancy
from generator.taxonomy.induction.tree import Node
from generator.taxonomy.induction.words import Words

MOST_EXAMPLES = 3
LONGEST = 200
HALF = 0.5
DIGITS = 3


class Scope(NamedTuple):
    """What a taxonomy was built from."""

    title: str
    """Name as shown."""
    mode: Mode
    """Free or anchored."""
    benchmarks: tuple[str, ...]
    """Benchmarks."""
    models: tuple[str, ...]
    """Models; all where empty."""
    judges: tuple[str, ...]
    """Judges, the one that counts first in front."""


class _Atlas:
    """The Atlas's categories and subcategories as texts."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.names: dict[str, int] = {}
        self.texts: list[str] = []
        for category in taxonomy.categories:
            parts = [f"{part.name} {part.definition}" for part in category.subcategories]
            self._add(category.id, " ".join([category.name, category.definition, *parts]))
            for part, text in zip(category.subcategories, parts, strict=True):
                self._add(f"{category.id}/{part.id}", text)

    def _add(self, name: str, text: str) -> None:
        self.names[name] = len(self.texts)
        self.texts.append(text)


class _Writer:
    """Turns nodes into branches."""

    def __init__(self, corpus: Corpus, taxonomy: Taxonomy) -> None:
        self._corpus = corpus
        self._atlas = _Atlas(taxonomy)
        self.words = Words(corpus, self._atlas.texts)
        # The first failure of each entry in the order of the content, whatever that of the rows.
        titled = corpus.places[corpus.entry_of >= 0].assign(
            entry=corpus.entry_of[corpus.entry_of >= 0]
        )
        ordered = titled.sort_values(["benchmark", "model", "item_id"], kind="stable")
        self._first = ordered.drop_duplicates("entry").set_index("entry")

    def branch(self, node: Node, above: Node, *, inside: str | None) -> Branch:
        """Return a node as a branch.

        Args:
            node: The node.
            above: The node above it.
            inside: Category of the Atlas that it is within, if any.
        """
        nearest = self._nearest(node, inside) if node.kind == "category" else None
        within = inside or node.atlas
        return Branch(
            name=node.name[:LONGEST],
            kind=node.kind,
            atlas=node.atlas,
            definition=node.definition,
            terms=self.words.terms(node.members, np.setdiff1d(above.members, node.members))
            if node.kind == "category"
            else (),
            failures=self._corpus.failures_of(node.members),
            titles=len(node.members),
            nearest=nearest,
            proposed=node.kind == "category"
            and node.atlas is None
            and (nearest is None or nearest.share < HALF),
            examples=self._examples(node.members),
            branches=tuple(self.branch(part, node, inside=within) for part in node.branches),
        )

    def _nearest(self, node: Node, inside: str | None) -> Nearest | None:
        """Return what the judges called most of the node: a category, or inside one, a part."""
        counts: Counter[str] = Counter()
        for place in node.members.tolist():
            entry = self._corpus.entries[place]
            part = f"{entry.category}/{entry.subcategory}"
            name = entry.category if inside is None else part
            if name in self._atlas.names:
                counts[name] += int(self._corpus.weights[place])
        if not counts:
            return None
        name, most = min(counts.items(), key=lambda item: (-item[1], item[0]))
        return Nearest(
            id=name,
            share=round(most / self._corpus.failures_of(node.members), DIGITS),
            similarity=self.words.similarity_to_other(node.members, self._atlas.names[name]),
        )

    def _examples(self, members: Indices) -> tuple[Example, ...]:
        found: dict[str, Example] = {}
        for place in self.words.near_middle(members):
            title = " ".join(self._corpus.entries[place].title.split())[:LONGEST]
            if title and title not in found:
                row = self._first.loc[place]
                found[title] = Example(
                    benchmark=row["benchmark"],
                    model=row["model"],
                    item_id=row["item_id"],
                    title=title,
                )
            if len(found) == MOST_EXAMPLES:
                break
        return tuple(found.values())


def proposal_of(
    corpus: Corpus,
    root: Node,
    taxonomy: Taxonomy,
    scope: Scope,
    settings: Settings,
    *,
    interval: Callable[[int, int], tuple[float, float]],
    stability: Sequence[Stability] = (),
) -> Proposal:
    """Return a tree as a proposal.

    Args:
        corpus: The failures.
        root: A tree of all entries.
        taxonomy: The Atlas's categories, to compare with.
        scope: What it was built from.
        settings: How.
        interval: Gives both ends of the interval of a share, from its count and the whole.
        stability: What was measured by building again.
    """
    writer = _Writer(corpus, taxonomy)
    account = account_of(corpus, root)
    branches = tuple(writer.branch(node, root, inside=None) for node in root.branches)
    return Proposal(
        title=scope.title,
        mode=scope.mode,
        benchmarks=scope.benchmarks,
        models=scope.models,
        judges=scope.judges,
        taxonomy=taxonomy.version,
        input_hash=corpus.digest(),
        settings=settings,
        account=account,
        coverage=_coverage(covered(corpus, root), account, interval),
        leaf_coverage=_coverage(account.placed, account, interval),
        stability=tuple(stability),
        redundancy=tuple(redundancy(root, writer.words)),
        gaps=gaps_of(corpus, branches, root, taxonomy) if scope.mode == "anchored" else (),
        branches=branches,
    )


def _coverage(
    count: int, account: Account, interval: Callable[[int, int], tuple[float, float]]
) -> Coverage:
    whole = account.titled
    low, high = interval(count, whole)
    share = count / whole if whole else 0.0
    return Coverage(share=round(share, 4), low=round(low, 4), high=round(high, 4))
