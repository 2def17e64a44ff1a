"""What the indexes of a benchmark say of its items, for the contexts of failures.

Everything is read from committed index files alone, and so depends neither on the order in which
runs are judged nor on which texts are at hand.
"""

import hashlib
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from generator.judging.context import Context
from generator.records.keys import RunKey, canonical_json
from generator.store.content import Content
from generator.store.references import (
    read_index,
    read_index_stamp,
    read_item_variants,
    read_scores,
)

STRONGEST = 10
"""Other models, of the benchmark's panel or else by accuracy, whose answers are looked at."""


class Standings(NamedTuple):
    """What the contexts of any run of a benchmark rest on; small, so that it can be sent along."""

    strongest: tuple[tuple[str, str], ...]
    """Models and the stamps of their indexes, from the strongest down or in the order of the
    benchmark's panel; one more than are looked at, since a run does not look at itself."""
    wordings: str
    """Hash of the wordings of the items that have several."""


class ContextsOfRun(NamedTuple):
    """What is known of the items of one run beyond it."""

    variants: Mapping[str, int]
    """Wording that the run has of each item."""
    wordings: Mapping[str, frozenset[bytes]]
    """Hashes of all wordings of the items that have several."""
    answers: Mapping[tuple[str, int], list[bytes]]
    """Answers of the strongest other models by item and wording."""

    def of_item(self, item_id: str) -> Context:
        """Return what is known of an item."""
        place = (item_id, self.variants.get(item_id, -1))
        return Context(self.wordings.get(item_id, frozenset()), tuple(self.answers.get(place, ())))


class Elsewhere:
    """What the indexes say, for as long as they do not change.

    A benchmark whose text is in the content has no index; its files hold one wording of each
    item, and nothing is said of it here.
    """

    def __init__(self, content: Content, standings: Mapping[str, Standings] | None = None) -> None:
        self._content = content
        self._standings = dict(standings or {})
        self._known: dict[str, _Benchmark] = {}

    def standings(self, benchmark: str) -> Standings:
        """Return what the contexts of the runs of a benchmark rest on."""
        return self._of(benchmark).standings

    def digest(self, key: RunKey) -> str:
        """Return a hash of all that the contexts of a run are made of."""
        return self._of(key[0]).digest(key[1])

    def of_run(self, key: RunKey) -> ContextsOfRun:
        """Return what is known of the items of a run beyond it."""
        return self._of(key[0]).of_run(key[1])

    def _of(self, benchmark: str) -> "_Benchmark":
        if benchmark not in self._known:
            held = self._standings.get(benchmark)
            self._known[benchmark] = _Benchmark(self._content, benchmark, held)
        return self._known[benchmark]


class _Benchmark:
    """What the indexes of one benchmark say."""

    def __init__(self, content: Content, benchmark: str, held: Standings | None) -> None:
        self._held = held
        self._layout = content.layout
        self._name = benchmark
        self._panel = content.benchmarks[benchmark].panel
        by_reference = content.benchmarks[benchmark].source is not None
        self._models = [key[1] for key in content.runs if by_reference and key[0] == benchmark]

    def digest(self, model: str) -> str:
        stamps = [[other, stamp] for other, stamp in self._strongest(model)]
        return hashlib.sha256(canonical_json([stamps, self.standings.wordings])).hexdigest()

    @cached_property
    def standings(self) -> Standings:
        """What was given, or what the indexes of all its models say."""
        if self._held is not None:
            return self._held
        order = self._panel or self._by_accuracy
        strongest = [(model, self._stamps[model]) for model in order if model in self._stamps]
        return Standings(tuple(strongest[: STRONGEST + 1]), self._wordings_digest)

    def of_run(self, model: str) -> ContextsOfRun:
        if model not in self._models:
            return ContextsOfRun({}, {}, {})
        answers: dict[tuple[str, int], list[bytes]] = {}
        for other, _ in self._strongest(model):
            index = read_index(self._layout.index(self._name, other))
            given = index[index["answer"].notna()]
            rows = zip(given["item_id"], given["variant"], given["answer"], strict=True)
            for item_id, variant, answer in rows:
                answers.setdefault((item_id, variant), []).append(answer)
        own = read_index(self._layout.index(self._name, model))
        variants = dict(zip(own["item_id"], own["variant"], strict=True))
        return ContextsOfRun(variants, self._wordings, answers)

    def _strongest(self, model: str) -> list[tuple[str, str]]:
        return [other for other in self.standings.strongest if other[0] != model][:STRONGEST]

    @cached_property
    def _stamps(self) -> dict[str, str]:
        """Stamps of the indexes; those of another shape, which are due, are left out."""
        stamps = {
            model: read_index_stamp(self._layout.index(self._name, model)) for model in self._models
        }
        return {model: stamp for model, stamp in stamps.items() if stamp}

    @cached_property
    def _by_accuracy(self) -> list[str]:
        """Models from the strongest down; equally strong ones by name."""
        scores = {
            model: read_scores(self._layout.index(self._name, model)) for model in self._stamps
        }
        known = {model: float(values.mean()) for model, values in scores.items() if values.size}
        return sorted(known, key=lambda model: (-known[model], model))

    @cached_property
    def _wordings(self) -> Mapping[str, frozenset[bytes]]:
        if not self._models:
            return {}
        return read_item_variants(self._layout.item_hashes(self._name)).several()

    @cached_property
    def _wordings_digest(self) -> str:
        rows = [
            [item_id, sorted(digest.hex() for digest in digests)]
            for item_id, digests in sorted(self._wordings.items())
        ]
        return hashlib.sha256(canonical_json(rows)).hexdigest()
