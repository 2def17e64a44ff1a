"""Builds a taxonomy with a language model: generate, update, review, classify, populate, and down.

The course is that of ErrorMap: categories are made from a first batch of titles, revised with each
further batch, reviewed as a whole; then every title is placed, in batches, and each category is
divided in the same way.
"""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np

from generator.judging.budget import StoppedError
from generator.judging.chance import draw
from generator.records.proposal import Mode, Settings
from generator.records.taxonomy import Taxonomy
from generator.taxonomy.induction.anchors import anchors, sampled
from generator.taxonomy.induction.asking import Inquiry, Refused
from generator.taxonomy.induction.failures import Corpus, Entry, Indices
from generator.taxonomy.induction.steps import (
    Draft,
    Material,
    categories_schema,
    menu_of,
    messages,
    placements_schema,
    read_categories,
    read_placements,
    salvaged,
)
from generator.taxonomy.induction.tree import FEWEST, OTHER, Node, divide, root_of

Done = TypeVar("Done")


class _Place(NamedTuple):
    """Where in the tree a division happens."""

    node: Node
    parent: Draft | None
    fixed: tuple[Draft, ...]
    depth: int


async def build_asked(
    corpus: Corpus, taxonomy: Taxonomy, mode: Mode, settings: Settings, inquiry: Inquiry
) -> Node:
    """Return a tree of all entries.

    Args:
        corpus: The failures.
        taxonomy: The Atlas's categories, below which an anchored tree stands.
        mode: Free or anchored.
        settings: Depth, sizes, batches, sample and seed.
        inquiry: Asks the language model.

    Raises:
        StoppedError: The budget is used up, or somebody ended the run; what was said is kept.
        OutsideError: No request can go through.
    """
    root = root_of(corpus)
    builder = _Builder(corpus, settings, inquiry)
    if mode == "free":
        await builder.grow(_Place(root, None, (), settings.depth))
        return root
    divide(corpus, root, anchors(corpus, taxonomy), settings, top=True)
    below = [
        builder.grow(
            _Place(
                branch,
                Draft(branch.name, branch.definition or branch.name),
                _parts(taxonomy, branch.atlas),
                settings.depth - 1,
            )
        )
        for branch in root.branches
        if branch.kind == "category"
    ]
    await _all(below)
    return root


def _parts(taxonomy: Taxonomy, atlas: str | None) -> tuple[Draft, ...]:
    """Return the subcategories that a category of the Atlas has."""
    return tuple(
        Draft(part.name, part.definition, f"{category.id}/{part.id}")
        for category in taxonomy.categories
        if category.id == atlas
        for part in category.subcategories
    )


class _Builder:
    """Divides node after node."""

    def __init__(self, corpus: Corpus, settings: Settings, inquiry: Inquiry) -> None:
        self._corpus = corpus
        self._settings = settings
        self._inquiry = inquiry
        self._drawn = set(sampled(corpus, settings).tolist())

    async def grow(self, place: _Place) -> None:
        """Divide a node and what is below it, as deep as is wanted and as it is large enough."""
        node, settings, top = place.node, self._settings, place.parent is None
        size = self._corpus.failures_of(node.members)
        if place.depth == 0 or (not top and size < FEWEST * settings.least):
            return
        drafts = [*place.fixed, *await self._drafts(place)]
        if not drafts:
            if top:
                divide(self._corpus, node, [], settings, top=True)
            return
        parts = await self._populate(place, drafts)
        divide(self._corpus, node, parts, settings, top=top)
        known = {draft.name: draft for draft in drafts}
        await _all(
            [
                self.grow(_Place(branch, known[branch.name], (), place.depth - 1))
                for branch in node.branches
                if branch.kind == "category"
            ]
        )

    async def _drafts(self, place: _Place) -> list[Draft]:
        """Return the categories found in the texts of a node, those that are fixed left out."""
        own = [number for number in self._ordered(place.node.members) if number in self._drawn]
        most = self._most(place)
        drafts: list[Draft] | None = None
        schema = categories_schema()

        def read(text: str) -> list[Draft]:
            return read_categories(text, most, place.fixed)

        for batch in _batches(own, self._settings.batch):
            step = "generate" if drafts is None else "update"
            material = Material(place.parent, place.fixed, drafts, self._entries(batch))
            said = await self._inquiry.ask(messages(step, material, most), schema, read)
            # A batch without a usable answer leaves the categories as they are.
            drafts = drafts if isinstance(said, Refused) else said
        if not drafts:
            return []
        material = Material(place.parent, place.fixed, drafts)
        said = await self._inquiry.ask(messages("review", material, most), schema, read)
        return drafts if isinstance(said, Refused) else said

    async def _populate(self, place: _Place, drafts: Sequence[Draft]) -> list[Node]:
        """Return a node for each category, and one for what fits none."""
        ordered, menu = self._ordered(place.node.members), menu_of(len(drafts))
        batches = _batches(ordered, self._settings.batch)
        said = await _all([self._placed(place, drafts, batch) for batch in batches])
        labels = dict(zip(ordered, [name for part in said for name in part], strict=True))
        held = {
            name: np.array(sorted(n for n in ordered if labels[n] == name), dtype=np.int64)
            for name in [*menu, OTHER.casefold()]
        }
        nodes = [
            Node(draft.name, held[name], definition=draft.definition, atlas=draft.atlas)
            for name, draft in zip(menu, drafts, strict=True)
        ]
        return [*nodes, Node(OTHER, held[OTHER.casefold()], "other")]

    async def _placed(
        self, place: _Place, drafts: Sequence[Draft], batch: Sequence[int]
    ) -> list[str]:
        """Return the id that each text of a batch gets."""
        menu = menu_of(len(drafts))
        material = Material(place.parent, (), drafts, self._entries(batch))
        said = await self._inquiry.ask(
            messages("classify", material, self._most(place)),
            placements_schema(menu),
            lambda text: read_placements(text, len(batch), menu),
        )
        return salvaged(said.text, len(batch), menu) if isinstance(said, Refused) else said

    def _most(self, place: _Place) -> int:
        """Return how many categories are allowed; beside those that stay, a few."""
        return max(self._settings.most, len(place.fixed) + FEWEST)

    def _ordered(self, members: Indices) -> list[int]:
        """Return entries in the order of the seed: it hangs on them alone."""
        seed, entries = self._settings.seed, self._corpus.entries
        return sorted(
            members.tolist(), key=lambda n: (draw(seed, "taxonomy order", *entries[n]), n)
        )

    def _entries(self, batch: Sequence[int]) -> list[Entry]:
        return [self._corpus.entries[number] for number in batch]


def _batches(numbers: Sequence[int], size: int) -> list[Sequence[int]]:
    return [numbers[start : start + size] for start in range(0, len(numbers), size)]


async def _all(work: Sequence[Coroutine[Any, Any, Done]]) -> list[Done]:
    """Return what all of it comes to; where some of it fails, the rest is ended first.

    Raises:
        ErrorAtlasError: The first failure, once nothing is under way any more.
        StoppedError: The run was stopped, and nothing worse happened.
    """
    ends = await asyncio.gather(*work, return_exceptions=True)
    faults = [end for end in ends if isinstance(end, BaseException)]
    # What stopped the others counts, not that they were stopped.
    faults.sort(key=lambda fault: isinstance(fault, StoppedError))
    if faults:
        raise faults[0]
    return [end for end in ends if not isinstance(end, BaseException)]
