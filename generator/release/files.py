"""Tables, texts and archives as bytes: the same bytes for the same content, on any system."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from generator.release.columns import COLUMNS, NUMBERS, Kind

SUMS = "SHA256SUMS"
"""File of the checksums of all others."""
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest day that a zip file can name."""
_UNIX = 3
ARROW: dict[Kind, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
"""Types of Parquet by those of columns."""


def csv_text(table: str, frame: pd.DataFrame) -> str:
    """Return a table as CSV. Published numbers have six significant digits, rows all they need."""
    written = frame.copy()
    for name in written.columns:
        if COLUMNS[str(name)].kind == "boolean":
            written[name] = written[name].map({True: "true", False: "false"})
    digits = "%.6g" if table in NUMBERS else None
    return written.to_csv(index=False, lineterminator="\n", float_format=digits)


def parquet_bytes(frame: pd.DataFrame) -> bytes:
    """Return a table as Parquet."""
    names = [str(name) for name in frame.columns]
    fields = [pa.field(name, ARROW[COLUMNS[name].kind]) for name in names]
    arrays = [pa.array(frame[field.name], type=field.type, from_pandas=True) for field in fields]
    buffer = io.BytesIO()
    pq.write_table(
        pa.Table.from_arrays(arrays, schema=pa.schema(fields)),
        buffer,
        compression="zstd",
        compression_level=9,
        # Every column: words that stay in a dictionary can be read within bounds.
        use_dictionary=True,
        store_schema=False,
        write_statistics=False,
    )
    return buffer.getvalue()


def json_text(value: Any) -> str:
    """Return a value as JSON for people and machines."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def checksum(data: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def checksums(files: Mapping[str, bytes]) -> bytes:
    """Return the checksums of files, as ``sha256sum --check`` reads them."""
    lines = (f"{checksum(files[name])}  {name}\n" for name in sorted(files))
    return "".join(lines).encode("utf-8")


def zipped(files: Mapping[str, bytes], folder: str) -> bytes:
    """Return files as a zip file with one folder in it.

    Nothing is compressed: the large files are already, and how tightly others are packed would
    depend on the version of the library.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{name}", _FIRST_DAY)
            entry.create_system = _UNIX
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, files[name])
    return buffer.getvalue()
