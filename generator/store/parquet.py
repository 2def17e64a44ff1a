"""Reads Parquet files that may be anything."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from generator.errors import InputError

MAX_ROWS = 1_000_000
"""Most rows of a file; compression hides what a file unfolds to."""
MAX_UNFOLDED = 500_000_000
"""Most bytes of all columns, unfolded."""
_SMALL = 1_000_000
"""Bytes of a file that is read whole; most runs have some ten thousand."""


class Shape(NamedTuple):
    """What a whole file has to look like."""

    schema: pa.Schema
    """Its columns, in order; types alone are compared."""
    refused: str
    """Message where it has others."""

    def check(self, found: pa.Schema) -> None:
        """Raise ``InputError`` if a file has other columns."""
        if found.names != self.schema.names or found.types != self.schema.types:
            raise InputError(self.refused)


def read_table(
    path: Path, columns: list[str] | None, refused: str, shape: Shape | None = None
) -> pa.Table:
    """Read a file of bounded size.

    Args:
        path: Parquet file.
        columns: Columns to read; all if None.
        refused: Message if it cannot be read.
        shape: What the whole file has to look like, where that is to be checked.

    Raises:
        InputError: It is no Parquet file, unfolds to too much, or looks different.
    """
    try:
        # A run's file is small: what takes time is starting threads and looking for more files.
        with pq.ParquetFile(_opened(path)) as file:
            _check_size(path.name, file.metadata)
            if shape is not None:
                shape.check(file.schema_arrow)
            if not set(columns or ()) <= set(file.schema_arrow.names):
                raise InputError(refused)
            return file.read(columns, use_threads=False)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputError(refused) from error


def read_parts(path: Path, schema: pa.Schema, size: int, refused: str) -> Iterator[pa.Table]:
    """Yield the rows of a file of bounded size a few at a time, in the order of the file.

    Args:
        path: The file.
        schema: Columns to read, and their types.
        size: Most rows at a time.
        refused: Message if it cannot be read.

    Raises:
        InputError: It is no Parquet file with these columns, or unfolds to too much.
    """
    try:
        with pq.ParquetFile(path) as file:
            _check_size(path.name, file.metadata)
            for batch in file.iter_batches(batch_size=size):
                yield pa.Table.from_batches([batch]).select(schema.names).cast(schema)
    except (pa.ArrowException, OSError, ValueError, KeyError) as error:
        raise InputError(refused) from error


def _opened(path: Path) -> Path | pa.BufferReader:
    """Return a small file read already: else each column of it would be read by a call."""
    small = path.stat().st_size <= _SMALL
    return pa.BufferReader(path.read_bytes()) if small else path


def _check_size(name: str, metadata: pq.FileMetaData) -> None:
    groups = (metadata.row_group(place) for place in range(metadata.num_row_groups))
    unfolded = sum(group.total_byte_size for group in groups)
    if metadata.num_rows > MAX_ROWS or unfolded > MAX_UNFOLDED:
        msg = (
            f"{name}: {metadata.num_rows:,} rows of {unfolded:,} bytes: more than "
            f"{MAX_ROWS:,} rows or {MAX_UNFOLDED:,} bytes are not read: split the run"
        )
        raise InputError(msg)
