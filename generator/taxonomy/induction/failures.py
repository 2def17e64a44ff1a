"""The failures that a taxonomy is built from: every one of them, with the text on it.

Equal texts are kept once, as an *entry*, with the number of failures that have it. They are grouped
once, and counted as often as they occur: two failures of one title stay two failures.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from generator.records.keys import RunKey, canonical_json
from generator.store.content import Content
from generator.store.verdicts import read_verdict_table

Fate = Literal["titled", "undetermined", "not_model", "no_verdict"]
"""What a judge left of a failure: a cause to be placed, or none."""
FATES: tuple[Fate, ...] = ("titled", "undetermined", "not_model", "no_verdict")
PLACE = ["benchmark", "model", "item_id"]
Indices = npt.NDArray[np.int64]


class Entry(NamedTuple):
    """What one or more failures are said to be."""

    category: str
    """Category that the judge gave."""
    subcategory: str
    """Subcategory that it gave; empty if none."""
    title: str
    """Title; empty if none."""
    summary: str
    """Summary; empty if none."""

    @property
    def text(self) -> str:
        """Title and summary."""
        return f"{self.title}\n{self.summary}".strip()


@dataclass(frozen=True)
class Corpus:
    """Failures and entries; entries are in their own order, whatever that of the failures."""

    places: pd.DataFrame
    """One row per failure: benchmark, model, item_id."""
    fates: npt.NDArray[np.int8]
    """Per failure, its place in ``FATES``."""
    entry_of: Indices
    """Per failure, its entry; -1 where it has none."""
    entries: tuple[Entry, ...]
    """Distinct entries, sorted."""
    weights: Indices
    """Per entry, failures that have it."""

    def count(self, fate: Fate) -> int:
        """Return the number of failures of a fate."""
        return int((self.fates == FATES.index(fate)).sum())

    def failures_of(self, members: Indices) -> int:
        """Return the number of failures that some entries stand for."""
        return int(self.weights[members].sum())

    def digest(self) -> str:
        """Return a hash of every failure and what is said of it, whatever their order."""
        told = [canonical_json(list(entry)).decode() for entry in self.entries]
        columns = [self.places[name].tolist() for name in PLACE]
        fates, entries = self.fates.tolist(), self.entry_of.tolist()
        rows = sorted(
            # None of the parts can hold the separator.
            "\n".join((*place, FATES[fate], told[entry] if entry >= 0 else ""))
            for *place, fate, entry in zip(*columns, fates, entries, strict=True)
        )
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def read_failures(
    content: Content,
    keys: Iterable[RunKey],
    settle: Callable[[pd.DataFrame], pd.DataFrame],
    *,
    reverse: bool = False,
) -> Corpus:
    """Return all failures of some runs with what the judges say of them.

    Args:
        content: The content.
        keys: Runs.
        settle: Chooses the row that counts of each failure, where a judge spoke that is asked for.
        reverse: Whether the last failure comes first.
    """
    frames = _frames(content, sorted(keys, reverse=reverse), settle)
    return corpus_of(frame[::-1] if reverse else frame for frame in frames)


def _frames(
    content: Content,
    keys: Iterable[RunKey],
    settle: Callable[[pd.DataFrame], pd.DataFrame],
) -> Iterator[pd.DataFrame]:
    for benchmark, model in keys:
        path = content.layout.verdicts(benchmark, model)
        spoken = read_verdict_table(path, titled=True).assign(benchmark=benchmark, model=model)
        everyone = spoken[PLACE].drop_duplicates()
        # A failure on which none of the judges spoke is a failure all the same.
        yield everyone.merge(settle(spoken), on=PLACE, how="left")


def corpus_of(frames: Iterable[pd.DataFrame]) -> Corpus:
    """Return the corpus of tables of failures.

    Args:
        frames: Tables with one row per failure: benchmark, model, item_id, status, attribution,
            category, subcategory, title, summary; all but the first three may be missing.
    """
    numbers: dict[Entry, int] = {}
    places, fates, given = [], [], []
    for frame in frames:
        places.append(frame[PLACE])
        fate = _fates(frame)
        fates.append(fate)
        columns = [frame[name].fillna("").tolist() for name in Entry._fields]
        given.append(
            [
                numbers.setdefault(Entry(*row), len(numbers)) if kind == 0 else -1
                for kind, row in zip(fate.tolist(), zip(*columns, strict=True), strict=True)
            ]
        )
    entries = tuple(sorted(numbers))
    # One more for -1, which stays -1.
    rank = np.full(len(numbers) + 1, -1, dtype=np.int64)
    rank[[numbers[entry] for entry in entries]] = np.arange(len(entries))
    entry_of = rank[np.array([number for part in given for number in part], dtype=np.int64)]
    return Corpus(
        places=pd.concat(places, ignore_index=True) if places else pd.DataFrame(columns=PLACE),
        fates=np.concatenate(fates) if fates else np.zeros(0, dtype=np.int8),
        entry_of=entry_of,
        entries=entries,
        weights=np.bincount(entry_of[entry_of >= 0], minlength=len(entries)).astype(np.int64),
    )


def _fates(frame: pd.DataFrame) -> npt.NDArray[np.int8]:
    """Return what is left of each failure."""
    fates = np.full(len(frame), FATES.index("no_verdict"), dtype=np.int8)
    fates[(frame["status"] == "undetermined").to_numpy(dtype=bool)] = FATES.index("undetermined")
    verdict = (frame["status"] == "verdict").to_numpy(dtype=bool)
    by_model = (frame["attribution"] == "model").to_numpy(dtype=bool)
    fates[verdict & ~by_model] = FATES.index("not_model")
    fates[verdict & by_model] = FATES.index("titled")
    return fates
