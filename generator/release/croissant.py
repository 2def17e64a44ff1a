"""A package described for machine learning: Croissant, on top of schema.org's Dataset."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from generator.pages.citing import AUTHOR, Work, cited
from generator.records.release import Release
from generator.release.columns import COLUMNS, KEYS, ROWS, Kind
from generator.release.describe import LICENCE, csv_name, parquet_name
from generator.release.files import checksum
from generator.release.tables import ABOUT

_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context that the specification gives, version 1.0."""
_TYPES: dict[Kind, str] = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}


def croissant(
    release: Release, one: Work, about: str, tables: Mapping[str, pd.DataFrame],
    files: Mapping[str, bytes],
) -> dict[str, Any]:  # fmt: skip
    """Return the description of a package; see :func:`generator.release.describe.datapackage`.

    Source:
        Croissant format specification 1.0: https://docs.mlcommons.org/croissant/docs/croissant-spec.html
    """
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": f"{one.atlas} {release.version}",
        "description": about,
        "version": _semantic(release.version),
        "datePublished": release.date.isoformat(),
        "license": LICENCE["path"],
        "url": one.url or (f"https://doi.org/{one.doi}" if one.doi else "https://schema.org/"),
        "citeAs": cited(one).bibtex,
        "creator": {"@type": "sc:Organization", "name": AUTHOR},
        "distribution": [_file(_source(name), files[_source(name)]) for name in tables],
        "recordSet": [_records(name, frame) for name, frame in tables.items()],
    }


def _semantic(version: str) -> str:
    """Return a calendar version in three parts without leading zeros: 2026.12.0."""
    parts = [str(int(part)) for part in version.split(".")]
    return ".".join([*parts, "0"][:3])


def _source(table: str) -> str:
    """Return the file that a table is read from: Parquet where there is one."""
    return parquet_name(table) if table in ROWS else csv_name(table)


def _file(name: str, data: bytes) -> dict[str, Any]:
    parquet = name.endswith(".parquet")
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "contentSize": f"{len(data)} B",
        "encodingFormat": "application/x-parquet" if parquet else "text/csv",
        "sha256": checksum(data),
    }


def _records(table: str, frame: pd.DataFrame) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table,
        "name": table,
        "description": ABOUT[table],
        "key": [{"@id": f"{table}/{name}"} for name in KEYS[table]],
        "field": [_field(table, str(name)) for name in frame.columns],
    }


def _field(table: str, name: str) -> dict[str, Any]:
    column = COLUMNS[name]
    refers = column.refers
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{name}",
        "name": name,
        "description": column.about,
        "dataType": _TYPES[column.kind],
        "source": {"fileObject": {"@id": _source(table)}, "extract": {"column": name}},
        **(
            {"references": {"field": {"@id": f"{refers[0]}/{refers[1]}"}}}
            if refers is not None and refers[0] != table
            else {}
        ),
    }
