"""Ids, wordings, scores and hashed answers of the sets kept by reference."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from generator.errors import InputError, Problem
from generator.records.keys import RunKey
from generator.store.checks.brief import Fault, rows_at_fault
from generator.store.checks.held import Held
from generator.store.content import Content
from generator.store.references import gathered_indexes, index_table, item_table
from generator.store.regular import fault
from generator.store.seen import Rows, keep, keeping_rows, mark
from generator.store.unchanged import found_before

_MEND = "run `erroratlas judge`"


class _Looked(NamedTuple):
    """What a look at the tables of a benchmark came to."""

    problems: tuple[Problem, ...]
    """What is wrong with them."""
    known: frozenset[str] | None
    """Ids of the items; None where they cannot be read."""
    failures: dict[RunKey, frozenset[str]]
    """Items that each run failed whose index is right."""
    rows: Rows | None
    """Rows of these indexes, in this order."""


def hold_references(content: Content, held: Held) -> None:
    """Read them all; what is wrong with them is kept."""
    layout = content.layout
    for slug, benchmark in content.benchmarks.items():
        if benchmark.source is None:
            continue
        keys = [
            key
            for key in content.runs
            if key[0] == slug and (layout.index(*key).exists() or layout.verdicts(*key).exists())
        ]
        wordings = layout.item_hashes(slug)
        if not keys and not wordings.exists():
            continue  # not judged yet
        paths = [wordings, *(layout.index(*key) for key in keys)]
        marks = {path: mark(path) for path in paths if path.is_file()}
        asked = (benchmark.success_threshold, list(benchmark.score_range))
        about = (keys, len(paths), *asked, keeping_rows())
        look = partial(_looked, content, slug, keys)
        looked = found_before("references", marks, about, look)
        held.references.extend(looked.problems)
        held.failures.update(looked.failures)
        if looked.known is not None:
            held.known[slug] = looked.known
        keep([layout.index(*key) for key in looked.failures], marks, looked.rows)


def _looked(content: Content, slug: str, keys: Sequence[RunKey]) -> _Looked:
    """Look at the tables of a benchmark."""
    problems, known, places = _wordings(content, slug)
    tables: dict[RunKey, pa.Table] = {}
    failures: dict[RunKey, frozenset[str]] = {}
    # Scores are kept in single precision: the threshold is rounded as they were.
    threshold = pa.scalar(np.float32(content.benchmarks[slug].success_threshold), pa.float32())
    for key in keys:
        table = _index(content, key, places)
        if isinstance(table, list):
            problems += table
            continue
        tables[key] = table
        failing = pc.less(table["score"], threshold)
        failures[key] = frozenset(table["item_id"].filter(failing).to_pylist())
    return _Looked(tuple(problems), known, failures, gathered_indexes(list(tables.values())))


def _wordings(
    content: Content, slug: str
) -> tuple[list[Problem], frozenset[str] | None, frozenset[tuple[str, int]] | None]:
    """Return what is wrong with the items, their ids, and ids with the numbers of wordings."""
    path = content.layout.item_hashes(slug)
    name = content.layout.name(path)
    problem = fault(path, name)
    if problem is not None:
        missing = problem.wrong == "the file is missing"
        return [problem._replace(mend=_MEND) if missing else problem], None, None
    try:
        wordings = item_table(path).to_pandas()
    except InputError as error:
        return [Problem(name, 0, "-", "", str(error), _MEND)], None, None
    items, variants = wordings["item_id"].tolist(), wordings["variant"].tolist()
    twice = wordings[wordings.duplicated()]["item_id"]
    wrong = Fault("item_id", "the wording of the item stands twice", _MEND)
    problems = list(rows_at_fault(name, wrong, twice))
    return problems, frozenset(items), frozenset(zip(items, variants, strict=True))


def _index(
    content: Content, key: RunKey, known: frozenset[tuple[str, int]] | None
) -> pa.Table | list[Problem]:
    """Return the index of a run, or what is wrong with it."""
    path = content.layout.index(*key)
    name = content.layout.name(path)
    problem = fault(path, name)
    if problem is not None:
        missing = problem.wrong == "the file is missing"
        return [problem._replace(mend=_MEND) if missing else problem]
    try:
        table = index_table(path)
    except InputError as error:
        return [Problem(name, 0, "-", "", str(error), _MEND)]
    return list(_rows(content, key, table, known)) or table


def _rows(
    content: Content, key: RunKey, table: pa.Table, known: frozenset[tuple[str, int]] | None
) -> Iterator[Problem]:
    """Yield what is wrong with the rows of an index."""
    name = content.layout.name(content.layout.index(*key))
    items, variants = table["item_id"].to_pylist(), table["variant"].to_pylist()
    if not items:
        yield Problem(name, 0, "-", "", "the run has no predictions", _MEND)
    twice = Fault("item_id", "the item stands twice", _MEND)
    yield from rows_at_fault(name, twice, _again(items))
    if known is not None:
        unknown = Fault("item_id", "items.parquet has no such item and wording", _MEND)
        odd = (
            item
            for item, place in zip(items, zip(items, variants, strict=True), strict=True)
            if place not in known
        )
        yield from rows_at_fault(name, unknown, odd)
    low, high = content.benchmarks[key[0]].score_range
    scores = table["score"].to_numpy()
    # Not a number is not within any range.
    beyond = ~((scores >= np.float32(low)) & (scores <= np.float32(high)))
    wrong = f"outside the benchmark's score range {low:g} to {high:g}"
    values = (f"{items[place]}: {scores[place]:g}" for place in np.flatnonzero(beyond))
    yield from rows_at_fault(name, Fault("score", wrong, _MEND), values)


def _again(items: list[str]) -> list[str]:
    """Return every item that stood before it already."""
    if len(set(items)) == len(items):
        return []
    seen: set[str] = set()
    again = []
    for item in items:
        if item in seen:
            again.append(item)
        seen.add(item)
    return again
