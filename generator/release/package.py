"""The data package of an edition: a folder and a zip file of it, the same bytes every time."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from generator.pages.citing import work
from generator.records.release import Release
from generator.release.citing import about_edition, citation_files
from generator.release.columns import ROWS
from generator.release.croissant import croissant
from generator.release.describe import csv_name, datapackage, parquet_name
from generator.release.files import (
    SUMS,
    checksums,
    csv_text,
    json_text,
    parquet_bytes,
    zipped,
)
from generator.release.tables import package_tables
from generator.release.texts import licences, readme
from generator.stats.tables import Tables
from generator.store.atomic import write_bytes
from generator.store.content import Content
from generator.store.packing import gzipped
from generator.store.staging import publish, staged
from generator.taxonomy.export import json_tree

RELEASE = "release.json"
TAXONOMY = "taxonomy.json"


class Package(NamedTuple):
    """Where a package was written."""

    folder: Path
    """Its folder."""
    archive: Path
    """The zip file beside it."""


def package_name(version: str) -> str:
    """Return what a package is called."""
    return f"erroratlas-{version}"


def package_files(content: Content, tables: Tables, release: Release) -> dict[str, bytes]:
    """Return the files of the package of an edition by name.

    Args:
        content: The content.
        tables: What was collected from it.
        release: What was frozen of it.

    Raises:
        InputError: A file of verdicts was not written by the generator.
    """
    edition = replace(
        content,
        atlas=content.atlas.model_copy(update={"edition": release.version}),
        releases={**content.releases, release.version: release},
    )
    one = work(edition)
    about = about_edition(edition.atlas)
    made = package_tables(edition, tables, release)
    files: dict[str, bytes] = {}
    for name, frame in made.items():
        text = csv_text(name, frame).encode("utf-8")
        files[csv_name(name)] = gzipped(text) if name in ROWS else text
        if name in ROWS:
            files[parquet_name(name)] = parquet_bytes(frame)
    frozen = json.loads(release.model_dump_json(exclude_none=True))
    texts = {
        RELEASE: json_text(frozen),
        TAXONOMY: json_tree(edition),
        "README.md": readme(edition, release, one, made),
        "LICENCES.txt": licences(edition, release),
        **citation_files(release, one, about, str(edition.atlas.doi or "")),
    }
    files |= {name: text.encode("utf-8") for name, text in texts.items()}
    for name, describe in (("datapackage.json", datapackage), ("croissant.json", croissant)):
        files[name] = json_text(describe(release, one, about, made, files)).encode("utf-8")
    return {**files, SUMS: checksums(files)}


def write_package(folder: Path, version: str, files: Mapping[str, bytes]) -> Package:
    """Write a package, its folder as a whole and then the zip file.

    Args:
        folder: Folder of all packages.
        version: Version of the edition.
        files: Files of the package by name.
    """
    name = package_name(version)
    place = Package(folder / name, folder / f"{name}.zip")
    with staged(place.folder) as stage:
        for file, data in files.items():
            (stage / file).write_bytes(data)
        publish(stage, place.folder)
    write_bytes(place.archive, zipped(files, name))
    return place
