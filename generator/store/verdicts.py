"""Verdicts as Parquet: written by the generator alone, the same bytes for the same verdicts."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pydantic import ValidationError

from generator.errors import InputError
from generator.records.verdict import Verdict
from generator.store.atomic import write_bytes
from generator.store.parquet import Shape, read_table
from generator.store.seen import Rows, gathered, kept_notes, kept_rows
from generator.store.verdict_rows import STAMP, rows_of, written
from generator.store.verdict_schema import PLAIN, SCHEMA

_AT_A_TIME = 1_000
"""Rows that are held as Python values at a time."""
_EMBEDDED = "rules"
_NOT_OURS = "{}: not verdicts of this generator: run `erroratlas judge` again"
_NO_PARQUET = "{}: not a Parquet file of verdicts: run `erroratlas judge` again"
_KIND = [
    name
    for name in SCHEMA.names
    if name
    not in {"key", "item_id", "title", "summary", "criteria", "evidence", "confidence", "tokens"}
]
"""Columns that make up the kind of a verdict."""
_NEEDED = [field for field in SCHEMA if not field.nullable]
_TEXTS = {"title", "summary", "criteria", "tokens"}


def _verdict(row: Mapping[str, Any]) -> Verdict:
    """Return one row as a verdict."""
    fields = dict(row)
    fields["key"] = fields["key"].hex()
    fields["judge"] = {
        "name": fields["judge"],
        "version": fields.pop("judge_version"),
        "prompt_hash": fields.pop("prompt_hash"),
        "taxonomy": fields.pop("taxonomy"),
    }
    for name in ("secondary", "criteria", "evidence"):
        fields[name] = tuple(fields[name] or ())
    return Verdict.model_validate(fields)


def verdict_bytes(verdicts: Iterable[Verdict], stamp: Mapping[str, str]) -> bytes:
    """Return verdicts as a Parquet file.

    Args:
        verdicts: Verdicts on one run, at most one per item and judge.
        stamp: Per judge, the hash of what it was given; tells whether verdicts are fresh.
    """
    rows = sorted(rows_of(verdicts), key=lambda row: row.key)
    return written([rows], stamp)


def write_verdicts(path: Path, verdicts: Iterable[Verdict], stamp: Mapping[str, str]) -> bool:
    """Write the verdicts on one run; see ``verdict_bytes`` and ``atomic.write_bytes``."""
    return write_bytes(path, verdict_bytes(verdicts, stamp))


def read_verdicts(
    path: Path,
    judges: Sequence[str] | None = None,
    items: Collection[str] | None = None,
    *,
    titled: bool = False,
) -> list[Verdict]:
    """Return the verdicts on one run, none if there is no file.

    Args:
        path: Parquet file.
        judges: Judges to read; all if None.
        items: Items to read; all if None.
        titled: Whether only verdicts with a title are wanted; many say no more than *undetermined*.

    Raises:
        InputError: The file was not written by the generator.
    """
    if not path.is_file():
        return []
    table = _read(path, None)
    if titled:
        table = table.filter(pc.is_valid(table["title"]))
    if items is not None:
        table = table.filter(pc.is_in(table["item_id"], pa.array(sorted(items), pa.string())))
    try:
        batches = table.to_batches(max_chunksize=_AT_A_TIME)
        rows = (row for batch in batches for row in batch.to_pylist())
        return [_verdict(row) for row in rows if judges is None or row["judge"] in judges]
    except (ValidationError, KeyError, TypeError, AttributeError) as error:
        raise InputError(_NOT_OURS.format(path.name)) from error


def whole_table(path: Path) -> pa.Table:
    """Return the columns of a whole file that can be checked; texts are left out.

    Raises:
        InputError: The file was not written by the generator.
    """
    shape = Shape(PLAIN, _NOT_OURS.format(path.name))
    wanted = [name for name in SCHEMA.names if name not in _TEXTS]
    table = read_table(path, wanted, _NO_PARQUET.format(path.name), shape)
    if any(table[field.name].null_count for field in _NEEDED):
        raise InputError(_NOT_OURS.format(path.name))
    return table


def gathered_verdicts(tables: Sequence[pa.Table]) -> Rows | None:
    """Return what statistics need of files that were read whole; see ``store.seen``."""
    texts = [name for name in VERDICT_COLUMNS if name != "confidence"]
    return gathered(tables, texts, lambda table: _standing(table, VERDICT_COLUMNS))


def verdict_kinds(table: pa.Table) -> list[Verdict]:
    """Return one verdict of each kind found in a table that was read whole.

    A file holds many verdicts and few kinds: each kind (all fields but key, item, texts, spans,
    confidence and tokens, which bind no other) is checked once.

    Raises:
        InputError: A verdict contradicts itself.
    """
    # An empty list and none at all are one kind; joined, they are told apart from others cheaply.
    joined = pc.binary_join(table["secondary"], " ")
    flat = table.select(_KIND).set_column(_KIND.index("secondary"), "secondary", joined)
    kinds = flat.group_by(_KIND, use_threads=False).aggregate([])
    blank = {"key": bytes(32), "item_id": "any", "criteria": (), "evidence": ()}
    try:
        return [
            _verdict({**blank, **row, "secondary": (row["secondary"] or "").split()})
            for row in kinds.to_pylist()
        ]
    except (ValidationError, KeyError, TypeError, AttributeError) as error:
        raise InputError("a verdict that contradicts itself") from error


def judged_items(path: Path, judge: str) -> frozenset[str]:
    """Return the items that a judge spoke on; none if there is no file.

    Raises:
        InputError: The file was not written by the generator.
    """
    if not path.is_file():
        return frozenset()
    table = _read(path, ["item_id", "judge"])
    return frozenset(table.filter(pc.equal(table["judge"], judge))["item_id"].to_pylist())


def read_verdict_table(path: Path, *, titled: bool = False) -> pd.DataFrame:
    """Return the columns that statistics need, without texts and spans, as a table.

    Verdicts on an output that was changed since are left out: the embedded judge speaks on every
    failure there is, so a key that it does not know is an old one.

    Args:
        path: Parquet file.
        titled: Whether titles and summaries are wanted, too.
    """
    columns = [*VERDICT_COLUMNS, *(("title", "summary") if titled else ())]
    if not path.is_file():
        return pd.DataFrame(columns=columns)
    return framed(read_verdict_columns(path, columns))


VERDICT_COLUMNS = (
    "item_id",
    "judge",
    "status",
    "attribution",
    "attribution_subtype",
    "category",
    "subcategory",
    "rule",
    "confidence",
)
"""Columns that statistics need."""


def read_verdict_columns(path: Path, columns: Sequence[str] = VERDICT_COLUMNS) -> pa.Table:
    """Return columns of a file, verdicts on an output that was changed since left out.

    Args:
        path: Parquet file.
        columns: Names of columns.

    Raises:
        InputError: The file was not written by the generator.
    """
    kept = kept_rows(path)
    if kept is not None and set(columns) <= set(kept.schema.names):
        return kept.select(list(columns))
    return _standing(_read(path, [*columns, "key"]), columns)


def _standing(table: pa.Table, columns: Sequence[str]) -> pa.Table:
    """Return columns of verdicts, those on an output that was changed since left out."""
    known = table.filter(pc.equal(table["judge"], _EMBEDDED))["key"]
    if len(known):
        table = table.filter(pc.is_in(table["key"], known.combine_chunks()))
    return table.select(list(columns))


def framed(table: pa.Table) -> pd.DataFrame:
    """Return columns of verdicts as statistics take them: texts as Python's own.

    Args:
        table: Columns of verdicts.
    """
    return pd.DataFrame(
        {
            name: table[name].to_pandas() if name == "confidence" else shared(table[name])
            for name in table.schema.names
        }
    )


def shared(column: pa.ChunkedArray, missing: object = float("nan")) -> pd.Series:
    """Return values as Python's own; one that stands in many rows is one object.

    Args:
        column: Texts or bytes.
        missing: What stands where there is none.
    """
    coded = column.combine_chunks().dictionary_encode()
    values = np.empty(len(coded.dictionary) + 1, dtype=object)
    values[:] = [*coded.dictionary.to_pylist(), missing]
    places = coded.indices.fill_null(len(values) - 1).to_numpy(zero_copy_only=False)
    return pd.Series(values[places], dtype=object)


def read_stamp(path: Path) -> dict[str, str]:
    """Return per judge the hash of what it was given; empty if there is no file."""
    if not path.is_file():
        return {}
    if (notes := kept_notes(path)) is not None:
        return stamp_of(notes)
    try:
        return stamp_of(pq.read_metadata(path).metadata)
    except (pa.ArrowException, OSError):
        return {}


def stamp_of(metadata: Mapping[bytes, bytes] | None) -> dict[str, str]:
    """Return the stamp that the notes of a file hold; empty if they hold none."""
    try:
        stamp = json.loads((metadata or {}).get(STAMP.encode(), b"{}"))
    except ValueError:
        return {}
    return {str(judge): str(value) for judge, value in stamp.items()}


def _read(path: Path, columns: list[str] | None) -> pa.Table:
    """Read a Parquet file that may be anything."""
    return read_table(path, columns, _NO_PARQUET.format(path.name))
