"""Who spoke on which prediction: verdict files without their texts."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from generator.errors import InputError

_COLUMNS = ["key", "item_id", "judge", "judge_version", "prompt_hash", "taxonomy", "status"]


class Standing(NamedTuple):
    """That a judge spoke on a prediction."""

    key: bytes
    """Key of the prediction, 32 bytes."""
    item_id: str
    """Item."""
    judge: str
    """Name of the judge."""
    version: str
    """Version of the judge."""
    prompt_hash: str
    """Hash of its prompt."""
    taxonomy: str
    """Version of the taxonomy used."""
    status: str
    """Status of the verdict."""


def read_standings(path: Path) -> Iterator[Standing]:
    """Yield who spoke on the failures of a run, in the order of the file; nothing without one.

    Raises:
        InputError: The file was not written by the generator.
    """
    if not path.is_file():
        return
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=8_192, columns=_COLUMNS):
                # Columns come in the order of the file.
                columns = [batch.column(name).to_pylist() for name in _COLUMNS]
                yield from map(Standing._make, zip(*columns, strict=True))
    except (pa.ArrowException, OSError, ValueError, KeyError) as error:
        msg = f"{path.name}: not a Parquet file of verdicts: run `erroratlas judge` again"
        raise InputError(msg) from error
