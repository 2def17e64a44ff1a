"""What is sent to a worker: addresses, and the few records that describe what it is to do."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from generator.readers.runs import source_files
from generator.records.keys import RunKey
from generator.sources.cache import cached_file
from generator.store.content import Content
from generator.store.layout import Layout
from generator.store.places import Place, at_hand, place_of

_ROOT = Path()
NAMES = Layout(_ROOT)
"""Names of the files of the content, as places take them."""


class Places(NamedTuple):
    """Addresses of the folders that all machines share, see ``store.places.place_of``."""

    content: str
    """The content folder."""
    sources: str
    """Folder of fetched files."""
    work: str
    """Folder of shards: what was finished and is not yet part of the content."""


@dataclass(frozen=True, repr=False)
class Charge:
    """What a worker needs to know; it reads the texts itself."""

    places: Places
    """Where everything is."""
    content: Content
    """Settings, and of runs and benchmarks those that it works on; its root is for the worker."""
    benchmark: str
    """Benchmark that it works on."""
    code: str
    """Hash of the code that is to judge, see ``cluster.sameness``."""

    def __repr__(self) -> str:
        """Return a name alone, since workers log what they were given."""
        return f"Charge({self.benchmark})"

    def label(self, inputs: str) -> str:
        """Return a hash of inputs and of the code that works on them: what a shard is known by."""
        return hashlib.sha256(f"{self.code} {inputs}".encode()).hexdigest()

    @property
    def shared(self) -> Place:
        """The content folder."""
        return place_of(self.places.content)

    @property
    def work(self) -> Place:
        """The folder of shards."""
        return place_of(self.places.work)

    @contextmanager
    def content_at_hand(self, names: list[str]) -> Iterator[Content]:
        """Yield the content with some of its files here."""
        with at_hand(self.shared, names) as root:
            yield replace(self.content, root=root)

    @contextmanager
    def texts_at_hand(self, key: RunKey) -> Iterator[Path]:
        """Yield a folder of fetched files that has those of a run."""
        names = source_names(self.content, key)
        if not names:
            yield _ROOT
            return
        with at_hand(place_of(self.places.sources), names) as cache:
            yield cache


def slice_of(content: Content, benchmark: str, key: RunKey | None = None) -> Content:
    """Return the content with one benchmark, and one or all of its runs; small enough to send."""
    runs = {one: run for one, run in content.runs.items() if one[0] == benchmark}
    described = content.benchmarks[benchmark]
    if key is not None:
        runs = {key: content.runs[key]}
        if described.source is not None:
            files = source_files(content, key)
            source = described.source.model_copy(update={"files": files})
            described = described.model_copy(update={"source": source})
    return Content(
        root=_ROOT,
        atlas=content.atlas,
        taxonomy=content.taxonomy,
        models={},
        benchmarks={benchmark: described},
        runs=runs,
        samples={},
        calibration=content.calibration,
    )


def source_names(content: Content, key: RunKey) -> list[str]:
    """Return the names of the fetched files of a run, relative to the folder of fetched files."""
    return [cached_file(_ROOT, file).as_posix() for file in source_files(content, key)]


def text_names(content: Content, key: RunKey) -> list[str]:
    """Return the files of the content that can hold the text of a run; none for a fetched one."""
    if content.benchmarks[key[0]].source is not None:
        return []
    outputs = NAMES.run(*key).with_name("predictions.jsonl").as_posix()
    return [NAMES.items(key[0]).as_posix(), outputs, f"{outputs}.gz"]


def index_names(content: Content, models: Iterable[str], benchmark: str) -> list[str]:
    """Return the files of the content that hold the indexes of models, and the wordings."""
    if content.benchmarks[benchmark].source is None:
        return []
    indexes = (NAMES.index(benchmark, model).as_posix() for model in models)
    return [NAMES.item_hashes(benchmark).as_posix(), *indexes]
