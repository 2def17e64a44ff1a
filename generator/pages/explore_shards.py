"""Verdicts in full, one file per run, and the titles and summaries that many of them share."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import Any, NamedTuple

import pandas as pd

from generator.pages.examples import texts_reader, texts_shown
from generator.pages.explore_run import Failed, Made, Said, run_file
from generator.records.keys import RunKey
from generator.store.aside import aside
from generator.store.content import Content
from generator.store.kept import file_hash, recalled_later

TEXTS_AT_A_TIME = 2_000
"""Titles with their summaries in one file."""


class Texts:
    """Titles with summaries, each once, in the order in which failures name them first."""

    def __init__(self) -> None:
        self.codes: list[int] = []
        """One per failure: which text it has, counted from 1; 0 for none."""
        self._known: dict[tuple[str, str], int] = {}

    def add(self, said: Iterable[Said | None]) -> None:
        """Note what is said of the next failures."""
        self.codes += [
            0 if text is None else self._known.setdefault(text, len(self._known) + 1)
            for text in said
        ]

    def __len__(self) -> int:
        return len(self._known)

    def parts(self) -> Iterator[list[list[str]]]:
        """Yield the texts, so many at a time."""
        texts = [list(text) for text in self._known]
        for start in range(0, len(texts), TEXTS_AT_A_TIME):
            yield texts[start : start + TEXTS_AT_A_TIME]


class Shard(NamedTuple):
    """The file of a run, which may still be under way."""

    path: str
    """Path of the file."""
    made: Callable[[], Made]
    """Gives what is said and the file."""


def shards_begun(content: Content, rows: pd.DataFrame, folder: str) -> list[Shard]:
    """Begin one file per run, those of many runs aside.

    Args:
        content: What is committed.
        rows: One per failure with the verdict that counts, those of a run together, counted from 0.
        folder: Where the files lie.

    Returns:
        The files in the order of the rows.
    """
    # A table for each run, or a record for each failure, takes longer than what is done with it.
    known = [_known(rows[name]) for name in _KNOWN]
    first = rows[["benchmark", "model"]].drop_duplicates()
    ends = [*first.index.tolist()[1:], len(rows)]
    batches: dict[str, _Batch] = {}
    found = []
    for (start, benchmark, model), end in zip(first.itertuples(), ends, strict=True):
        if benchmark not in batches:
            batches[benchmark] = _Batch(content, benchmark)
        columns = [tuple(values[start:end]) for values in known]
        made = batches[benchmark].shard(model, columns)
        found.append(Shard(f"{folder}/runs/{benchmark}/{model}.json", made))
    worth = sum(len(batch.missing) for batch in batches.values()) > _MANY
    for batch in batches.values():
        batch.begin(worth=worth)
    return found


_MANY = 200
"""Runs from which a process of its own is worth starting."""


_KNOWN = ("item_id", "judge", "category", "rule", "attribution_subtype")


def _known(column: pd.Series) -> list[Any]:
    """Return the values of a column, nothing where one is missing."""
    values: list[Any] = column.astype(object).where(column.notna(), None).tolist()
    return values


class _Batch:
    """The runs on a benchmark whose files were not made before, to be made together."""

    def __init__(self, content: Content, benchmark: str) -> None:
        self._layout, self._benchmark = content.layout, benchmark
        # No more than is looked at, so that it is sent at once.
        self._content = replace(
            content,
            benchmarks={benchmark: content.benchmarks[benchmark]},
            models={},
            runs={},
            samples={},
            crosswalks={},
            releases={},
        )
        shown = texts_shown(content.benchmarks[benchmark])
        self._items = file_hash(content.layout.items(benchmark)) if shown else ""
        self.missing: list[tuple[RunKey, _Columns]] = []
        """Runs, and their failures by column: thousands of small records take far longer to send
        and to hash."""
        self._made: Callable[[], list[Made]] = list

    def shard(self, model: str, columns: "_Columns") -> Callable[[], Made]:
        """Return how to get the file of a run, once the batch has begun.

        Args:
            model: Model of the run.
            columns: Its failures, each with the judge that counts, field by field of ``Failed``.
        """
        run = (self._benchmark, model)
        about = (
            file_hash(self._layout.verdicts(*run)),
            [self._items, file_hash(self._layout.outputs(*run))] if self._items else [],
            self._content.taxonomy.retired,
            columns,
        )

        def start() -> Callable[[], Made]:
            self.missing.append((run, columns))
            place = len(self.missing) - 1
            return lambda: self._made()[place]

        return recalled_later("explore shard", about, start)

    def begin(self, *, worth: bool) -> None:
        """Begin with what is missing, aside if that is worth it."""
        if self.missing:
            work = cache(partial(_all_made, self._content, self.missing))
            self._made = aside(_all_made, self._content, self.missing) if worth else work


_Columns = list[tuple[Any, ...]]


def _all_made(content: Content, wanted: Sequence[tuple[RunKey, _Columns]]) -> list[Made]:
    """Return the files of runs on one benchmark, and what is said of each of their failures.

    Args:
        content: What is committed; of its benchmarks, that of the runs is enough.
        wanted: The runs, and their failures by column.
    """
    texts_of = texts_reader(content)
    known: dict[Said | None, Said | None] = {}  # what is said of many is sent once
    found = []
    for run, columns in wanted:
        said, data = run_file(content, texts_of, run, list(map(Failed, *columns)))
        found.append(([known.setdefault(one, one) for one in said], data))
    return found
