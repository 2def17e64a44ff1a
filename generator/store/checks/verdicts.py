"""Verdicts: each on a failure of its run, by a known judge, within the taxonomy."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from generator.errors import InputError, Problem
from generator.records.judges import is_listed
from generator.store.checks.brief import Fault, rows_at_fault
from generator.store.checks.held import Held
from generator.store.checks.quotes import quoted_problems
from generator.store.content import Content
from generator.store.regular import fault
from generator.store.seen import Rows, keep, keeping_rows, mark
from generator.store.unchanged import found_before
from generator.store.verdicts import gathered_verdicts, stamp_of, verdict_kinds, whole_table

_RULES = "rules"
"""The judge that speaks on every failure."""
_RUN = "run"
"""Number of the run that a row is of, in the verdicts of several."""
_MEND = "run `erroratlas judge`"


class _Checked(NamedTuple):
    """What a look at the verdicts on a benchmark came to."""

    problems: tuple[Problem, ...]
    """What is wrong with them."""
    read: tuple[str, ...]
    """Names of the files that could be read."""
    rows: Rows | None
    """What statistics need of these, in their order."""


def check_verdicts(content: Content, held: Held) -> Iterator[Problem]:
    """Yield what is wrong with any verdict file."""
    known = content.taxonomy.readable()
    for folder in sorted((content.root / "verdicts").glob("*/")):
        paths = sorted(folder.glob("*.parquet"))
        marks = {path: mark(path) for path in paths if path.is_file()}
        look = partial(_checked, content, held, paths, known)
        keys = [(folder.name, path.stem) for path in paths]
        if any(key in held.failed for key in keys):
            checked = look()  # what the text says counts as well
        else:
            failed = [sorted(held.failures[key]) if key in held.failures else None for key in keys]
            names = {category: sorted(subs) for category, subs in known.items()}
            runs = [key in content.runs for key in keys]
            judges = list(content.atlas.judges)
            about = (folder.name, runs, failed, judges, names, keeping_rows())
            checked = found_before("verdicts", marks, about, look)
        keep([folder / name for name in checked.read], marks, checked.rows)
        yield from checked.problems


def _checked(
    content: Content, held: Held, paths: Sequence[Path], known: dict[str, frozenset[str]]
) -> _Checked:
    """Look at the verdicts on a benchmark."""
    found = {path: _read(content, path) for path in paths}
    tables = {path: table for path, table in found.items() if isinstance(table, pa.Table)}
    sound = _sound(content, list(tables.values()), known)
    problems: list[Problem] = []
    for path, table in found.items():
        if isinstance(table, Problem):
            problems.append(table)
            continue
        name, key = content.layout.name(path), (path.parent.name, path.stem)
        if not sound:
            problems += _rows(content, name, table, known)
        # Text that is here can have changed since it was judged.
        settled = held.judged or key not in held.failed
        problems += _items(name, table, held.failures.get(key) if settled else None)
        if settled:
            problems += quoted_problems(name, key, table, held)
    rows = gathered_verdicts(list(tables.values()))
    return _Checked(tuple(problems), tuple(path.name for path in tables), rows)


def _read(content: Content, path: Path) -> pa.Table | Problem:
    """Return a verdict file, or why it cannot be one."""
    name = content.layout.name(path)
    if (path.parent.name, path.stem) not in content.runs:
        return Problem(name, 0, "-", "", "verdicts of no run", "remove the file")
    problem = fault(path, name)
    if problem is not None:
        return problem
    try:
        return whole_table(path)
    except InputError as error:
        return Problem(name, 0, "-", "", str(error), _MEND)


def _sound(content: Content, tables: Sequence[pa.Table], known: dict[str, frozenset[str]]) -> bool:
    """Tell whether nothing is wrong with any row of the verdicts on a benchmark.

    One look at all of them is enough where all are right; to look at thousands of runs one by one
    takes several times as long.
    """
    if not tables:
        return True
    run = np.repeat(np.arange(len(tables), dtype=np.int32), [len(table) for table in tables])
    whole = pa.concat_tables(tables).append_column(_RUN, pa.array(run)).combine_chunks()
    return not any(_rows(content, "", whole, known))


def _rows(
    content: Content, name: str, table: pa.Table, known: dict[str, frozenset[str]]
) -> Iterator[Problem]:
    """Yield what is wrong with rows, whatever the run failed."""
    yield from _judges(content, name, table)
    yield from _confidences(name, table)
    yield from _kinds(name, table, known)
    yield from _spans(name, table)
    yield from _twice(name, table)


def _judges(content: Content, name: str, table: pa.Table) -> Iterator[Problem]:
    """Yield judges that nobody can look up."""
    listed = content.atlas.judges
    for judge in sorted(set(pc.unique(table["judge"]).to_pylist())):
        if is_listed(listed, judge):
            continue
        wrong = "atlas.yml has no such judge"
        yield Problem(name, 0, "judge", judge, wrong, "add it to judges or remove its verdicts")


def _out_of_range(table: pa.Table) -> pa.ChunkedArray:
    """Return for every row whether its confidence is no probability."""
    values = table["confidence"]
    inside = pc.and_(pc.greater_equal(values, 0.0), pc.less_equal(values, 1.0))
    return pc.fill_null(pc.invert(inside), fill_value=False)


def _confidences(name: str, table: pa.Table) -> Iterator[Problem]:
    """Yield confidences that are no probabilities."""
    odd = table.filter(_out_of_range(table)).select(["item_id", "confidence"]).to_pydict()
    values = (
        f"{item}: {confidence:g}"
        for item, confidence in zip(odd["item_id"], odd["confidence"], strict=True)
    )
    yield from rows_at_fault(name, Fault("confidence", "not within 0 to 1", _MEND), values)


def _kinds(name: str, table: pa.Table, known: dict[str, frozenset[str]]) -> Iterator[Problem]:
    """Yield verdicts that contradict themselves or the taxonomy."""
    try:
        kinds = verdict_kinds(table.filter(pc.invert(_out_of_range(table))))
    except InputError as error:
        yield Problem(name, 0, "-", "", str(error), _MEND)
        return
    found: dict[Problem, None] = {}
    for kind in kinds:
        for category in (kind.category, *kind.secondary):
            if category is not None and category not in known:
                problem = Problem(name, 0, "category", category, "no such category", _MEND)
                found[problem] = None
        sub = kind.subcategory
        if sub is not None and sub not in known.get(kind.category or "", frozenset()):
            wrong = f"{kind.category} has no such subcategory"
            found[Problem(name, 0, "subcategory", sub, wrong, _MEND)] = None
    yield from found


def _twice(name: str, table: pa.Table) -> Iterator[Problem]:
    """Yield verdicts given twice."""
    place = [column for column in (_RUN, "item_id", "judge") if column in table.schema.names]
    counted = table.group_by(place, use_threads=False).aggregate([([], "count_all")])
    again = counted.filter(pc.greater(counted["count_all"], 1)).to_pylist()
    twice = Fault("item_id", "two verdicts of one judge on it", _MEND)
    yield from rows_at_fault(name, twice, (f"{row['item_id']}: {row['judge']}" for row in again))


def _items(name: str, table: pa.Table, failures: frozenset[str] | None) -> Iterator[Problem]:
    """Yield verdicts on no failure, and failures without one."""
    ids = table["item_id"]
    if failures is None:
        return  # what is wrong with the run is reported already
    failed = pa.array(sorted(failures), pa.string())
    none = Fault("item_id", "not a failure of the run", _MEND)
    odd = ids.filter(pc.invert(pc.is_in(ids, value_set=failed))).to_pylist()
    yield from rows_at_fault(name, none, odd)
    if _RULES in stamp_of(table.schema.metadata):
        spoken = ids.filter(pc.equal(table["judge"], _RULES)).combine_chunks()
        lacking = Fault("item_id", "a failure without a verdict of the rules", _MEND)
        silent = failed.filter(pc.invert(pc.is_in(failed, value_set=spoken))).to_pylist()
        yield from rows_at_fault(name, lacking, silent)


def _spans(name: str, table: pa.Table) -> Iterator[Problem]:
    """Yield spans that cannot be."""
    evidence = table["evidence"].combine_chunks()
    spans = pc.list_flatten(evidence)
    start, end = pc.struct_field(spans, "start"), pc.struct_field(spans, "end")
    right = pc.and_(pc.greater_equal(start, 0), pc.less_equal(start, end))
    wrong = pc.invert(pc.fill_null(right, fill_value=False))
    rows = pc.take(
        table["item_id"].combine_chunks(), pc.list_parent_indices(evidence).filter(wrong)
    )
    values = (
        f"{item}: {first} to {last}"
        for item, first, last in zip(
            rows.to_pylist(),
            start.filter(wrong).to_pylist(),
            end.filter(wrong).to_pylist(),
            strict=True,
        )
    )
    yield from rows_at_fault(name, Fault("evidence", "not a span", _MEND), values)
