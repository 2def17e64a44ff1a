"""Indexes of runs kept by reference: written before any run is judged, as judging reads them."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from generator.judging.change import Change, put
from generator.readers.runs import is_readable, run_rows, text_hash
from generator.records.keys import RunKey, answer_hash, canonical_json, item_hash
from generator.store.content import Content
from generator.store.ordering import natural
from generator.store.references import (
    IndexRow,
    ItemVariants,
    index_bytes,
    item_variant_bytes,
    read_index_stamp,
    read_item_variants,
)

INDEX_VERSION = "1"
"""Raised with every change to what an index or a reader gives for the same text."""


class Seen(NamedTuple):
    """One prediction of a run kept by reference, as the index needs it."""

    item_id: str
    digest: bytes
    tags: dict[str, str]
    reference: bytes | None
    score: float
    answer: bytes | None


class IndexedRun(NamedTuple):
    """What reading one run gave."""

    key: RunKey
    """Benchmark and model."""
    stamp: str
    """Hash of what it was read from."""
    seen: tuple[Seen, ...]
    """Predictions in the order of their items."""


def index_stamp(content: Content, key: RunKey) -> str:
    """Return a hash of all that the index of a run depends on, known without its text."""
    source = content.benchmarks[key[0]].source
    parts = [INDEX_VERSION, text_hash(content, key), source.reader if source else None]
    return hashlib.sha256(canonical_json(parts)).hexdigest()


def is_indexed(content: Content, key: RunKey) -> bool:
    """Tell whether a run has the index that it needs, if it needs one."""
    if content.benchmarks[key[0]].source is None:
        return True
    return read_index_stamp(content.layout.index(*key)) == index_stamp(content, key)


def unindexed(
    content: Content, benchmarks: Iterable[str], cache: Path, *, everything: bool = False
) -> list[RunKey]:
    """Return the runs of benchmarks to index, whose text is at hand.

    Args:
        content: The content.
        benchmarks: Benchmarks to look at: judging a run takes the indexes of all others.
        cache: Folder of fetched files.
        everything: Those that have an index too.
    """
    wanted = {name for name in benchmarks if content.benchmarks[name].source is not None}
    return [
        key
        for key in content.runs
        if key[0] in wanted
        and (everything or not is_indexed(content, key))
        and is_readable(content, key, cache)
    ]


def index_run(content: Content, key: RunKey, cache: Path) -> IndexedRun:
    """Read a run for its index. Pure: reads files, writes none.

    Raises:
        InputError: The text is not at hand or at fault.
    """
    seen = [
        Seen(
            item_id=item.item_id,
            digest=bytes.fromhex(item_hash(key[0], item)),
            tags=item.tags,
            reference=answer_hash(item.references[0]),
            score=prediction.score,
            answer=answer_hash(prediction.extracted),
        )
        for item, prediction in run_rows(content, key, cache)
    ]
    ordered = sorted(seen, key=lambda row: natural(row.item_id))
    return IndexedRun(key, index_stamp(content, key), tuple(ordered))


def numbered(run: IndexedRun, variants: ItemVariants) -> bytes:
    """Return the index of a run; the wordings that are new get their numbers in ``variants``."""
    rows = [
        IndexRow(
            seen.item_id,
            variants.add(seen.item_id, seen.digest, seen.tags, seen.reference),
            seen.score,
            seen.answer,
        )
        for seen in run.seen
    ]
    return index_bytes(rows, run.stamp)


class Indexing:
    """Writes indexes, or tells whether they are what was there (``check``)."""

    def __init__(self, content: Content, *, check: bool = False) -> None:
        self._layout = content.layout
        self._check = check
        self._variants: dict[str, ItemVariants] = {}

    def seal(self, run: IndexedRun) -> list[Change]:
        """Write the index of one run; the wordings that it refers to come first."""
        benchmark, model = run.key
        hashes = self._layout.item_hashes(benchmark)
        variants = self._variants.setdefault(benchmark, read_item_variants(hashes))
        index = numbered(run, variants)
        return [
            put(hashes, item_variant_bytes(variants), check=self._check),
            put(self._layout.index(benchmark, model), index, check=self._check),
        ]
