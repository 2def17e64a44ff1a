"""The tables of a package that may be anything, read back."""

import io
from collections.abc import Mapping

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import ValidationError

from generator.errors import InputError
from generator.records.model import LANGUAGE_MODEL
from generator.records.release import Release
from generator.release.columns import COLUMNS, KEYS
from generator.release.describe import csv_name, parquet_name
from generator.release.files import ARROW
from generator.release.opened import MOST_BYTES, unpacked
from generator.release.package import RELEASE
from generator.stats.benchmarks import DELIVERY
from generator.store.problems import visible

MOST_ROWS = 20_000_000
"""Rows of a table."""
MOST_CATEGORIES = 200
LONGEST = 500
"""Characters of a value in a column of rows."""
_KNOWN = {
    "status": {"verdict", "undetermined", "no_verdict"},
    "attribution": {"model", "benchmark", "harness"},
}


def needed(files: Mapping[str, bytes], name: str) -> bytes:
    """Return a file of a package.

    Raises:
        InputError: It is not there.
    """
    if name not in files:
        msg = f"{name}: not in the package"
        raise InputError(msg)
    return files[name]


def release_of(files: Mapping[str, bytes]) -> Release:
    """Return what an edition was made from.

    Raises:
        InputError: It is not there, or not what a release writes.
    """
    try:
        return Release.model_validate_json(needed(files, RELEASE))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        msg = f"{RELEASE}: {visible(where, 100)}: {visible(first['msg'], 200)}"
        raise InputError(msg) from error


def text_table(files: Mapping[str, bytes], table: str) -> pd.DataFrame:
    """Return a table as its CSV has it: every value a text.

    Raises:
        InputError: It is not there, no CSV, or lacks a column that tells rows apart.
    """
    name = csv_name(table)
    data = needed(files, name)
    return text_rows(name, unpacked(name, data) if name.endswith(".gz") else data, KEYS[table])


def text_rows(name: str, data: bytes, keys: tuple[str, ...]) -> pd.DataFrame:
    """Return CSV as a table of texts.

    Raises:
        InputError: It is no CSV, or lacks a column that tells rows apart.
    """
    try:
        found = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False, na_filter=False)
    except (ValueError, UnicodeDecodeError, pd.errors.ParserError) as error:
        msg = f"{name}: no CSV: {visible(error, 200)}"
        raise InputError(msg) from error
    missing = [key for key in keys if key not in found.columns]
    if missing:
        msg = f"{name}: no column {missing[0]}"
        raise InputError(msg)
    return found


def row_table(files: Mapping[str, bytes], table: str, columns: tuple[str, ...]) -> pd.DataFrame:
    """Return a table of rows as its Parquet file has it.

    Args:
        files: Files of the package.
        table: Name of the table.
        columns: Columns that it has to have.

    Raises:
        InputError: It is not there, no such table, or more than is read.
    """
    name = parquet_name(table)
    source = io.BytesIO(needed(files, name))
    schema = pa.schema([pa.field(column, ARROW[COLUMNS[column].kind]) for column in columns])
    texts = [field.name for field in schema if field.type == pa.string()]
    try:
        metadata = pq.read_metadata(source)
        groups = (metadata.row_group(place) for place in range(metadata.num_row_groups))
        if (
            metadata.num_rows > MOST_ROWS
            or sum(group.total_byte_size for group in groups) > MOST_BYTES
        ):
            msg = f"{name}: more than {MOST_ROWS:,} rows or {MOST_BYTES:,} bytes: it is not read"
            raise InputError(msg)
        # Words stay in a dictionary, so that a short file cannot stand for an endless one.
        found = pq.read_table(source, columns=[*columns], read_dictionary=texts)
        _refuse_long(name, found)
        frame: pd.DataFrame = found.cast(_with_dictionaries(schema)).to_pandas()
    except (pa.ArrowException, OSError, ValueError, KeyError) as error:
        msg = f"{name}: not a table with the columns of a package: {visible(error, 200)}"
        raise InputError(msg) from error
    for column in texts:
        frame[column] = frame[column].astype(object)
        frame[column] = frame[column].where(frame[column].notna(), None)
    _refuse_unknown(name, frame)
    wanted: pd.DataFrame = frame[[*columns]]
    return wanted


def _with_dictionaries(schema: pa.Schema) -> pa.Schema:
    words = pa.dictionary(pa.int32(), pa.string())
    return pa.schema(
        [field.with_type(words) if field.type == pa.string() else field for field in schema]
    )


def _refuse_long(name: str, table: pa.Table) -> None:
    for column in table.column_names:
        for chunk in table[column].chunks:
            words = chunk.dictionary if pa.types.is_dictionary(chunk.type) else chunk
            if pa.types.is_string(words.type) and any(
                len(word) > LONGEST for word in words.to_pylist() if word is not None
            ):
                msg = f"{name}: {column}: a value of more than {LONGEST} characters"
                raise InputError(msg)


def _refuse_unknown(name: str, frame: pd.DataFrame) -> None:
    """A value that is none of those there are would be counted as nothing in silence."""
    for column, known in _KNOWN.items():
        if column not in frame.columns:
            continue
        given = frame[column].dropna().unique()
        strange = sorted(set(map(str, given)) - known)
        if strange:
            msg = f"{name}: {column}: {visible(strange[0], 100)}: no such value"
            raise InputError(msg)
    weights = frame["weight"].dropna() if "weight" in frame.columns else pd.Series(dtype=float)
    if not ((weights > 0) & (weights < MOST_ROWS)).all():
        msg = f"{name}: weight: not the number of failures that a row stands for"
        raise InputError(msg)


def categories_of(taxonomy: pd.DataFrame) -> list[str]:
    """Return the categories of a package in the order of its taxonomy.

    Raises:
        InputError: There are more than any taxonomy has.
    """
    if "kind" not in taxonomy.columns:
        msg = "taxonomy.csv: no column kind"
        raise InputError(msg)
    found = [str(name) for name in taxonomy.loc[taxonomy["kind"] == "category", "id"]]
    if len(found) > MOST_CATEGORIES:
        msg = f"taxonomy.csv: more than {MOST_CATEGORIES} categories"
        raise InputError(msg)
    return found


def delivery_of(taxonomy: pd.DataFrame) -> list[str]:
    """Return the categories of a package that are about what came out.

    Raises:
        InputError: The taxonomy does not say of which group they are.
    """
    if "group" not in taxonomy.columns:
        msg = "taxonomy.csv: no column group"
        raise InputError(msg)
    rows = taxonomy[(taxonomy["kind"] == "category") & (taxonomy["group"] == DELIVERY)]
    return [str(name) for name in rows["id"]]


def systems_of(models: pd.DataFrame) -> list[str]:
    """Return the language models of a package.

    Raises:
        InputError: It does not say which of its systems are.
    """
    if not {"model", "kind"} <= {*models.columns}:
        msg = "models.csv: no columns model and kind"
        raise InputError(msg)
    return [str(name) for name in models.loc[models["kind"] == LANGUAGE_MODEL, "model"]]
