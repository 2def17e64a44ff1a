"""Ids, wordings, scores and hashed answers of the sets kept by reference."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from generator.errors import InputError, Problem
from generator.records.keys import RunKey
from generator.store.checks.brief import Fault, rows_at_fault
from generator.store.checks.held import Held
from generator.store.content import Content
from generator.store.references import index_table, item_table, keep_indexes
from generator.store.regular import fault
from generator.store.seen import mark

_MEND = "run `erroratlas judge`"


def hold_references(content: Content, held: Held) -> None:
    """Read them all; what is wrong with them is kept."""
    for slug, benchmark in content.benchmarks.items():
        if benchmark.source is None:
            continue
        keys = [
            key
            for key in content.runs
            if key[0] == slug
            and (content.layout.index(*key).exists() or content.layout.verdicts(*key).exists())
        ]
        path = content.layout.item_hashes(slug)
        if not keys and not path.exists():
            continue  # not judged yet
        name = content.layout.name(path)
        problem = fault(path, name)
        wordings: pd.DataFrame | None = None
        try:
            wordings = None if problem else item_table(path).to_pandas()
        except InputError as error:
            problem = Problem(name, 0, "-", "", str(error), _MEND)
        if problem is not None:
            missing = problem.wrong == "the file is missing"
            held.references.append(problem._replace(mend=_MEND) if missing else problem)
        if wordings is not None:
            held.known[slug] = frozenset(wordings["item_id"].tolist())
            twice = wordings[wordings.duplicated()]["item_id"]
            wrong = Fault("item_id", "the wording of the item stands twice", _MEND)
            held.references.extend(rows_at_fault(name, wrong, twice))
        places = _places(wordings)
        found = {key: content.layout.index(*key) for key in keys}
        marks = {path: mark(path) for path in found.values() if path.is_file()}
        tables: dict[Path, pa.Table] = {}
        for key in keys:
            held.references.extend(_index(content, key, places, held, tables))
        keep_indexes(tables, marks)


def _places(wordings: pd.DataFrame | None) -> frozenset[tuple[str, int]] | None:
    """Return items with the numbers of their wordings; None where they cannot be read."""
    if wordings is None:
        return None
    return frozenset(zip(wordings["item_id"].tolist(), wordings["variant"].tolist(), strict=True))


def _index(
    content: Content,
    key: RunKey,
    known: frozenset[tuple[str, int]] | None,
    held: Held,
    tables: dict[Path, pa.Table],
) -> Iterator[Problem]:
    """Yield what is wrong with the index of a run; if nothing is, it and its failures are kept."""
    path = content.layout.index(*key)
    name = content.layout.name(path)
    problem = fault(path, name)
    if problem is not None:
        missing = problem.wrong == "the file is missing"
        yield problem._replace(mend=_MEND) if missing else problem
        return
    try:
        table = index_table(path)
    except InputError as error:
        yield Problem(name, 0, "-", "", str(error), _MEND)
        return
    found = list(_rows(content, key, table, known))
    yield from found
    if not found:
        # Scores are kept in single precision: the threshold is rounded as they were.
        threshold = np.float32(content.benchmarks[key[0]].success_threshold)
        failing = pc.less(table["score"], pa.scalar(threshold, pa.float32()))
        tables[path] = table
        held.failures[key] = frozenset(table["item_id"].filter(failing).to_pylist())


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
