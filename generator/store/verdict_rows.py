"""Rows of verdicts on their way into a Parquet file: put in order and written few at a time.

What comes in order (a file that was written before, verdicts called up by item) is merged and never
held as a whole but for what goes into one group of the file.
"""

import heapq
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from generator.records.verdict import Verdict
from generator.store.ordering import natural
from generator.store.verdict_schema import NAME, PLAIN, SCHEMA

STAMP = "erroratlas"
"""Under which a file says what its judges were given."""
_AT_A_TIME = 1_000
"""Rows that are held as Python values at a time."""
_GROUP = 16_384
"""Rows of a group of the file: more than a run has today, so that such a file has one."""


class Row(NamedTuple):
    """A row where it lies, and what orders it."""

    key: tuple[Any, ...]
    """Item and judge."""
    table: pa.Table
    """Table that it lies in."""
    place: int
    """Its place there."""


def rows_of(verdicts: Iterable[Verdict]) -> Iterator[Row]:
    """Yield the rows of verdicts, in the order given.

    A verdict takes far more room as Python values than in a table: few are made at a time.
    """
    waiting = iter(verdicts)
    while made := [_row(verdict) for verdict in islice(waiting, _AT_A_TIME)]:
        yield from placed(pa.Table.from_pylist(made, PLAIN))


def ordered(verdicts: Iterable[Verdict]) -> pa.Table:
    """Return verdicts as a table in order of items and judges."""
    rows = sorted(rows_of(verdicts), key=lambda row: row.key)
    return _gathered(rows) if rows else PLAIN.empty_table()


def placed(table: pa.Table) -> Iterator[Row]:
    """Yield the rows of a table, in its order."""
    names = zip(table["item_id"].to_pylist(), table["judge"].to_pylist(), strict=True)
    for place, (item, judge) in enumerate(names):
        yield Row((natural(item), judge), table, place)


def written(streams: Iterable[Iterable[Row]], stamp: Mapping[str, str]) -> bytes:
    """Return rows as a Parquet file; the bytes depend on the rows and the stamp alone.

    Args:
        streams: Rows, each stream in order of items and judges; at most one per item and judge.
        stamp: Per judge, the hash of what it was given; tells whether verdicts are fresh.
    """
    buffer = io.BytesIO()
    named = [field.name for field in SCHEMA if field.type == NAME]
    with pq.ParquetWriter(
        buffer,
        SCHEMA,
        compression="zstd",
        compression_level=9,
        use_dictionary=[*named, "title", "summary"],
        column_encoding={"item_id": "DELTA_BYTE_ARRAY"},
        store_schema=False,
        write_statistics=False,
    ) as writer:
        merged = heapq.merge(*streams, key=lambda row: row.key)
        writer.write_table(_group(merged))
        while (group := _group(merged)).num_rows:
            writer.write_table(group)
        writer.add_key_value_metadata({STAMP: json.dumps(dict(stamp), sort_keys=True)})
    return buffer.getvalue()


def _group(rows: Iterator[Row]) -> pa.Table:
    """Return the rows of the next group, none where there are no more.

    Its parts are joined column by column, so that no more than one column is in memory twice.
    """
    columns: list[list[pa.Array]] = [[pa.array([], field.type)] for field in PLAIN]
    left = _GROUP
    while left and (some := list(islice(rows, min(_AT_A_TIME, left)))):
        left -= len(some)
        for column, array in zip(columns, _gathered(some).itercolumns(), strict=True):
            column.extend(array.chunks)
    joined = [pa.concat_arrays(columns.pop(0)).cast(field.type) for field in SCHEMA]
    return pa.Table.from_arrays(joined, schema=SCHEMA)


def _gathered(rows: list[Row]) -> pa.Table:
    """Return rows of several tables as one, in the order given."""
    tables = {id(row.table): row.table for row in rows}
    starts, total = {}, 0
    for name, table in tables.items():
        starts[name] = total
        total += table.num_rows
    places = pa.array([starts[id(row.table)] + row.place for row in rows], pa.int64())
    return pa.concat_tables(tables.values()).combine_chunks().take(places)


def _row(verdict: Verdict) -> dict[str, Any]:
    """Return one verdict as a row."""
    row = verdict.model_dump()
    judge = row.pop("judge")
    return {
        **row,
        "key": bytes.fromhex(verdict.key),
        "judge": judge["name"],
        "judge_version": judge["version"],
        "prompt_hash": judge["prompt_hash"],
        "taxonomy": judge["taxonomy"],
    }
