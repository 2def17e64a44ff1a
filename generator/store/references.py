"""What is kept of a set by reference: ids, hashes, slices, scores, hashed answers; no text."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from generator.errors import InputError
from generator.records.keys import ANSWER_BYTES
from generator.store.parquet import read_table
from generator.store.seen import Rows, gathered, kept_notes, kept_rows

_ITEMS = pa.schema(
    [
        pa.field("item_id", pa.string(), nullable=False),
        pa.field("variant", pa.int16(), nullable=False),
        pa.field("hash", pa.binary(32), nullable=False),
        pa.field("tags", pa.map_(pa.string(), pa.string()), nullable=False),
        pa.field("reference", pa.binary(ANSWER_BYTES)),
    ]
)
_INDEX = pa.schema(
    [
        pa.field("item_id", pa.string(), nullable=False),
        pa.field("variant", pa.int16(), nullable=False),
        pa.field("score", pa.float32(), nullable=False),
        pa.field("answer", pa.binary(ANSWER_BYTES)),
    ]
)

_STAMP = "erroratlas"
_ANSWER = "answer"


class IndexRow(NamedTuple):
    """One prediction of a run kept by reference."""

    item_id: str
    """Item."""
    variant: int
    """Which wording of the item the model saw."""
    score: float
    """Score."""
    answer: bytes | None = None
    """Hash of the answer that the harness took, see ``records.keys.answer_hash``; none without."""


class ItemVariants:
    """The wordings of items met so far.

    Upstream files can disagree on an item. Every wording gets a number, counted from 0 in the
    order of appearance, that never changes once it is written.
    """

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, bytes], int] = {}
        self._tags: dict[tuple[str, int], dict[str, str]] = {}
        self._references: dict[tuple[str, int], bytes | None] = {}
        self._count: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def add(
        self, item_id: str, digest: bytes, tags: dict[str, str], reference: bytes | None
    ) -> int:
        """Return the number of a wording, a new one if it was not met before.

        Args:
            item_id: Item.
            digest: Hash of what is asked and what counts as right.
            tags: Slices.
            reference: Hash of the first reference, see ``records.keys.answer_hash``.
        """
        place = (item_id, digest)
        if place not in self._numbers:
            number = self._count.get(item_id, 0)
            self._count[item_id] = number + 1
            self._numbers[place] = number
            self._tags[item_id, number] = dict(tags)
        # Files of before references were kept lack them: they are made up for here.
        self._references[item_id, self._numbers[place]] = reference
        return self._numbers[place]

    def several(self) -> dict[str, frozenset[bytes]]:
        """Return the hashes of all wordings of every item that has more than one."""
        found: dict[str, set[bytes]] = {}
        for item_id, digest in self._numbers:
            if self._count[item_id] > 1:
                found.setdefault(item_id, set()).add(digest)
        return {item_id: frozenset(digests) for item_id, digests in found.items()}

    def rows(self) -> Iterator[dict[str, object]]:
        """Yield rows in the order of appearance."""
        for (item_id, digest), number in self._numbers.items():
            tags = list(self._tags[item_id, number].items())
            yield {
                "item_id": item_id,
                "variant": number,
                "hash": digest,
                "tags": tags,
                "reference": self._references[item_id, number],
            }


def read_item_variants(path: Path) -> ItemVariants:
    """Return the wordings written before; none if there is no file."""
    variants = ItemVariants()
    if path.is_file():
        for row in _read(path).to_pylist():
            variants.add(row["item_id"], row["hash"], dict(row["tags"]), row.get("reference"))
    return variants


def item_variant_bytes(variants: ItemVariants) -> bytes:
    """Return the wordings as a Parquet file."""
    return _bytes(pa.Table.from_pylist(list(variants.rows()), schema=_ITEMS), {}, {})


def index_bytes(rows: Iterable[IndexRow], stamp: str = "") -> bytes:
    """Return ids, wordings, scores and answers of a run as a Parquet file.

    Args:
        rows: The predictions, in the order to keep.
        stamp: Hash of the text that they were read from.
    """
    table = pa.Table.from_pylist([row._asdict() for row in rows], schema=_INDEX)
    return _bytes(table, {"item_id": "DELTA_BYTE_ARRAY"}, {_STAMP: stamp})


def read_index(path: Path) -> pd.DataFrame:
    """Return item_id (str), variant (int), score (float), answer (bytes or None).

    Empty if there is no file; answers are missing in a file of before they were kept.
    """
    if not path.is_file():
        return pd.DataFrame(columns=_INDEX.names)
    frame: pd.DataFrame = _read(path).to_pandas()
    return frame


def read_scores(path: Path) -> np.ndarray:
    """Return the scores of an index, in double precision; none if there is no file."""
    if not path.is_file():
        return np.empty(0)
    kept = kept_rows(path)
    table = _read(path, ["score"]) if kept is None else kept
    scores: np.ndarray = table["score"].to_numpy()
    return scores.astype(float)


def read_index_table(path: Path) -> pa.Table | None:
    """Return an index as :func:`scored` does; None if there is no file or nothing in it."""
    if not path.is_file():
        return None
    kept = kept_rows(path)
    table = _read(path) if kept is None else kept
    if not len(table):
        return None
    if _ANSWER not in table.schema.names:  # a file of before answers were kept
        table = table.append_column(_ANSWER, pa.nulls(len(table), _INDEX.field(_ANSWER).type))
    score = pc.cast(table["score"], pa.float64())
    return table.select(_INDEX.names).set_column(_INDEX.get_field_index("score"), "score", score)


def scored(rows: Iterable[IndexRow]) -> pa.Table:
    """Return predictions as a table: item_id, variant, score (in double precision), answer."""
    schema = _INDEX.set(_INDEX.get_field_index("score"), pa.field("score", pa.float64()))
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def read_index_stamp(path: Path) -> str | None:
    """Return the stamp of an index; none if there is no file, or one of another shape."""
    if not path.is_file():
        return None
    if (notes := kept_notes(path)) is not None:  # of one of this shape
        return _stamp(notes)
    try:
        known = pq.read_metadata(path)
    except (pa.ArrowException, OSError, ValueError):
        return None
    return _stamp(known.metadata or {}) if known.schema.names == _INDEX.names else None


def _stamp(notes: Mapping[bytes, bytes]) -> str | None:
    """Return the stamp among the notes of an index."""
    stamp = notes.get(_STAMP.encode())
    return stamp.decode("ascii", "replace") if stamp else None


def gathered_indexes(tables: Sequence[pa.Table]) -> Rows | None:
    """Return indexes that were read whole, to be kept; see ``store.seen``."""
    return gathered(tables, ["item_id", _ANSWER])


def item_table(path: Path) -> pa.Table:
    """Return item_id and variant of the wordings.

    Raises:
        InputError: The file was not written by the generator.
    """
    return _whole(path, _ITEMS).select(["item_id", "variant"])


def index_table(path: Path) -> pa.Table:
    """Return item_id, variant, score and answer of a run.

    Raises:
        InputError: The file was not written by the generator.
    """
    return _whole(path, _INDEX)


def _whole(path: Path, schema: pa.Schema) -> pa.Table:
    """Return a table that has exactly the columns of a schema, and values where they must be."""
    table = _read(path)
    same = table.schema.names == schema.names and all(
        table.schema.field(field.name).type == field.type for field in schema
    )
    if not same or any(
        table.column(field.name).null_count for field in schema if not field.nullable
    ):
        msg = f"{path.name}: not the columns of this generator: run `erroratlas judge` again"
        raise InputError(msg)
    return table


def _bytes(table: pa.Table, encodings: dict[str, str], notes: dict[str, str]) -> bytes:
    """Return a table as Parquet, the same bytes for the same table and notes."""
    buffer = io.BytesIO()
    with pq.ParquetWriter(
        buffer,
        table.schema,
        compression="zstd",
        compression_level=9,
        use_dictionary=["variant", "score", "tags"],
        column_encoding=encodings or None,
        store_schema=False,
        write_statistics=False,
    ) as writer:
        writer.write_table(table)
        if notes:
            writer.add_key_value_metadata(notes)
    return buffer.getvalue()


def _read(path: Path, columns: list[str] | None = None) -> pa.Table:
    """Read a Parquet file that may be anything."""
    refused = f"{path.name}: not a Parquet file of this generator: run `erroratlas judge` again"
    return read_table(path, columns, refused)
