"""What is finished and waits to be joined: Parquet files that know what they were made from."""

import io
import json
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from generator.judging.block import Block, JudgedBlock
from generator.judging.indexing import IndexedRun, Seen
from generator.records.keys import ANSWER_BYTES, RunKey
from generator.store.places import Place
from generator.store.verdict_rows import STAMP, placed, written
from generator.store.verdict_schema import PLAIN

_LABEL, _STAMP = "label", "stamp"
_PREDICTIONS, _SETTLED = "predictions", "settled"
_SEEN = pa.schema(
    [
        pa.field("item_id", pa.string(), nullable=False),
        pa.field("digest", pa.binary(32), nullable=False),
        pa.field("tags", pa.map_(pa.string(), pa.string()), nullable=False),
        pa.field("reference", pa.binary(ANSWER_BYTES)),
        pa.field("score", pa.float64(), nullable=False),
        pa.field("answer", pa.binary(ANSWER_BYTES)),
    ]
)


def shard_folders(benchmark: str) -> tuple[str, str]:
    """Return the folders that have the shards of a benchmark."""
    return f"blocks/{benchmark}", f"indexes/{benchmark}"


def block_name(block: Block, label: str) -> str:
    """Return the name of the shard of a block; another label gives another one."""
    stop = "end" if block.stop is None else block.stop
    return f"blocks/{block.key[0]}/{block.key[1]}/{label[:32]}-{block.start}-{stop}.parquet"


def index_name(key: RunKey) -> str:
    """Return the name of the shard of an index."""
    return f"indexes/{key[0]}/{key[1]}.parquet"


def write_block(work: Place, block: Block, judged: JudgedBlock, label: str) -> None:
    """Write the shard of a block; it is there whole or not at all."""
    notes = {
        _LABEL: label,
        _PREDICTIONS: str(judged.predictions),
        _SETTLED: str(judged.settled),
    }
    work.write(block_name(block, label), written([placed(judged.verdicts)], notes))


def read_block(work: Place, block: Block, label: str) -> JudgedBlock | None:
    """Return what judging a block gave; None where it was not judged under this label."""
    found = _read(work, block_name(block, label), PLAIN)
    if found is None:
        return None
    notes: dict[str, str] = json.loads(found.notes.get(STAMP, "{}"))
    if notes.get(_LABEL) != label:
        return None
    return JudgedBlock(int(notes[_PREDICTIONS]), int(notes[_SETTLED]), found.table)


def write_index(work: Place, run: IndexedRun, label: str) -> None:
    """Write what reading a run for its index gave."""
    rows = [{**seen._asdict(), "tags": list(seen.tags.items())} for seen in run.seen]
    buffer = io.BytesIO()
    with pq.ParquetWriter(buffer, _SEEN, compression="zstd", store_schema=False) as writer:
        writer.write_table(pa.Table.from_pylist(rows, schema=_SEEN))
        writer.add_key_value_metadata({_LABEL: label, _STAMP: run.stamp})
    work.write(index_name(run.key), buffer.getvalue())


def read_index(work: Place, key: RunKey, label: str) -> IndexedRun | None:
    """Return what reading a run for its index gave; None where it was not read as it is now."""
    found = _read(work, index_name(key), _SEEN)
    if found is None or found.notes.get(_LABEL) != label:
        return None
    seen = (Seen(**{**row, "tags": dict(row["tags"])}) for row in found.table.to_pylist())
    return IndexedRun(key, found.notes[_STAMP], tuple(seen))


class _Shard(NamedTuple):
    """A shard as it was written."""

    table: pa.Table
    notes: dict[str, str]


def _read(work: Place, name: str, schema: pa.Schema) -> _Shard | None:
    """Return a shard; None if it is not there, or has other columns."""
    data = work.read(name)
    if data is None:
        return None
    try:
        with pq.ParquetFile(io.BytesIO(data)) as file:
            table = file.read(use_threads=False).replace_schema_metadata(None).cast(schema)
            noted = file.metadata.metadata or {}
            notes = {name.decode(): value.decode() for name, value in noted.items()}
    except (pa.ArrowException, OSError, ValueError):
        return None
    return _Shard(table, notes)
