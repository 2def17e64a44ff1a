"""A package described for machines: Frictionless ``datapackage.json``."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from generator.pages.citing import AUTHOR, Work
from generator.records.release import Release
from generator.release.columns import COLUMNS, KEYS, REFERRED, ROWS
from generator.release.files import checksum
from generator.release.tables import ABOUT

LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0",
}
"""Licence of what this project made; those of others are in ``LICENCES.txt``."""
_TYPES = {
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".cff": "application/yaml",
    ".parquet": "application/vnd.apache.parquet",
}


def csv_name(table: str) -> str:
    """Return the name of a table's CSV file."""
    return f"{table}.csv.gz" if table in ROWS else f"{table}.csv"


def parquet_name(table: str) -> str:
    """Return the name of a table's Parquet file."""
    return f"{table}.parquet"


def datapackage(
    release: Release, one: Work, about: str, tables: Mapping[str, pd.DataFrame],
    files: Mapping[str, bytes],
) -> dict[str, Any]:  # fmt: skip
    """Return the description of a package.

    Args:
        release: What was frozen.
        one: What is cited.
        about: What the Atlas is, in a sentence.
        tables: Tables of the package by name.
        files: Files of the package.

    Source:
        Data Package and Table Schema, version 1: https://specs.frictionlessdata.io
    """
    return {
        "profile": "data-package",
        "name": "erroratlas",
        "id": one.doi or f"erroratlas-{release.version}",
        "title": f"{one.atlas} {release.version}",
        "description": about,
        "version": release.version,
        "created": f"{release.date.isoformat()}T00:00:00Z",
        **({"homepage": one.url} if one.url else {}),
        "licenses": [LICENCE],
        "contributors": [{"title": AUTHOR, "role": "author"}],
        "sources": [
            {"title": f"{source.benchmark}: {source.name}", "path": source.url}
            for source in release.sources
        ],
        "resources": [
            *(_table(name, frame, files) for name, frame in tables.items()),
            *(_file(name, data) for name, data in sorted(files.items()) if _bare(name)),
        ],
    }


def _bare(name: str) -> bool:
    """Tell whether a file is none of the CSV tables."""
    return not name.endswith((".csv", ".csv.gz"))


def _common(name: str, data: bytes) -> dict[str, Any]:
    return {"path": name, "bytes": len(data), "hash": f"sha256:{checksum(data)}"}


def _table(name: str, frame: pd.DataFrame, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the description of a table."""
    path = csv_name(name)
    fields = [
        {"name": str(column), "type": COLUMNS[column].kind, "description": COLUMNS[column].about}
        for column in map(str, frame.columns)
    ]
    for field in fields:
        if field["name"] in KEYS[name]:
            field["constraints"] = {"required": True}  # type: ignore[assignment]
    return {
        "name": name.replace("_", "-"),
        "type": "table",
        "profile": "tabular-data-resource",
        **_common(path, files[path]),
        "title": ABOUT[name],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **({"compression": "gz"} if name in ROWS else {}),
        "schema": {
            "fields": fields,
            "primaryKey": [*KEYS[name]],
            "foreignKeys": _foreign(name, frame),
            "missingValues": [""],
        },
    }


def _foreign(name: str, frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return which columns hold what other tables list."""
    return [
        {"fields": [column], "reference": {"resource": refers[0], "fields": [refers[1]]}}
        for column in map(str, frame.columns)
        if (refers := COLUMNS[column].refers) is not None
        if name not in REFERRED
    ]


def _file(name: str, data: bytes) -> dict[str, Any]:
    """Return the description of a file that is no table of text."""
    stem, _, ending = name.rpartition(".")
    return {
        "name": name.lower().strip(".").replace(".", "-"),
        "type": "file",
        **_common(name, data),
        "format": ending if stem else "text",
        "mediatype": _TYPES.get(f".{ending}", "text/plain"),
    }
