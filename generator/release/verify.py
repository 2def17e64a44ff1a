"""Whether a package says what its own rows say: checksums, counts, every published number."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from generator.errors import InputError
from generator.records.release import Release
from generator.release.columns import KEYS, NUMBERS, ROWS
from generator.release.compared import Difference, differences
from generator.release.describe import csv_name, parquet_name
from generator.release.files import SUMS, checksum, csv_text
from generator.release.freeze import counts_of, spoke_of
from generator.release.package import RELEASE, TAXONOMY
from generator.release.reading import (
    categories_of,
    delivery_of,
    needed,
    release_of,
    row_table,
    systems_of,
    text_rows,
    text_table,
)
from generator.release.rows import ATTEMPTS, FAILURES, ITEMS, VERDICTS, failure_rows
from generator.release.tables import numbers_of, settings_of
from generator.store.problems import visible

_SUM = re.compile(r"([0-9a-f]{64})  (\S+)")
DESCRIPTIONS = {
    "datapackage.json": ("resources", "path", "hash"),
    "croissant.json": ("distribution", "contentUrl", "sha256"),
}
"""Descriptions for machines, and where they state names and checksums of files."""
_COLUMNS = {"attempts": ATTEMPTS, "items": ITEMS, "verdicts": VERDICTS, "failures": FAILURES}


class Verified(NamedTuple):
    """What came of verifying a package."""

    version: str
    """Version of the edition; empty where that is not known."""
    files: int
    """Files whose checksum was looked at."""
    numbers: int
    """Published numbers that were computed again."""
    differences: tuple[Difference, ...]
    """What differs; nothing if the package is what it says."""


def verify(files: Mapping[str, bytes]) -> Verified:
    """Check the files of a package against each other.

    Args:
        files: Its files by name; see ``generator.release.opened``.
    """
    found = [*_checksums(files)]
    version, numbers = "", 0
    try:
        found += _described(files)
        release = release_of(files)
        version = release.version
        rows = {name: row_table(files, name, _COLUMNS[name]) for name in ROWS}
        taxonomy = text_table(files, "taxonomy")
        categories = categories_of(taxonomy)
        found += _copies(files, rows)
        found += _taxonomy(files, categories)
        found += _release(release, rows, taxonomy, categories)
        settings = settings_of(
            release, categories, delivery_of(taxonomy), systems_of(text_table(files, "models"))
        )
        made = numbers_of(rows["verdicts"], rows["attempts"], rows["items"], settings)
        made["failures"] = failure_rows(rows["verdicts"], release.judges)
        for name in (*NUMBERS, "failures"):
            derived = text_rows(name, csv_text(name, made[name]).encode(), KEYS[name])
            found += differences(csv_name(name), text_table(files, name), derived, KEYS[name])
            numbers += derived.size - len(KEYS[name]) * len(derived) if name in NUMBERS else 0
    except InputError as error:
        found.append(Difference(str(error).partition(":")[0], "-", "-", str(error), ""))
    except (ValueError, KeyError, TypeError, ArithmeticError) as error:
        # Whatever goes wrong in here was written in the rows.
        wrong = f"no numbers follow from these rows: {visible(error, 200)}"
        found.append(Difference(parquet_name("verdicts"), "-", "-", wrong, ""))
    return Verified(version, len(files), numbers, tuple(found))


def _checksums(files: Mapping[str, bytes]) -> Iterator[Difference]:
    """Yield the files that are not what the list of checksums says."""
    stated: dict[str, str] = {}
    text = files.get(SUMS, b"").decode("utf-8", "replace")
    for number, line in enumerate(text.splitlines(), start=1):
        match = _SUM.fullmatch(line)
        if match is None or match[2] in stated:
            yield Difference(SUMS, str(number), "-", visible(line, 100), "one line for each file")
        else:
            stated[match[2]] = match[1]
    for name in sorted({*stated, *files} - {SUMS}):
        real = checksum(files[name]) if name in files else "no such file"
        if stated.get(name) != real:
            yield Difference(visible(name), "-", "sha256", stated.get(name, "not listed"), real)


def _described(files: Mapping[str, bytes]) -> Iterator[Difference]:
    """Yield the files whose checksum the descriptions for machines state otherwise."""
    for name, (part, path, stated) in DESCRIPTIONS.items():
        try:
            told: Any = json.loads(needed(files, name))
            held = {str(one[path]): str(one[stated]).removeprefix("sha256:") for one in told[part]}
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise InputError(f"{name}: not the description of a package") from error
        for file, said in held.items():
            real = checksum(files[file]) if file in files else "no such file"
            if said != real:
                yield Difference(name, visible(file), stated, visible(said), real)


def _copies(files: Mapping[str, bytes], rows: Mapping[str, pd.DataFrame]) -> Iterator[Difference]:
    """Yield where the CSV file of rows says other than the Parquet file."""
    for name, frame in rows.items():
        keys = KEYS[name]
        derived = text_rows(name, csv_text(name, frame).encode(), keys)
        if name != "failures":  # that one is derived from the verdicts
            yield from differences(csv_name(name), text_table(files, name), derived, keys)
            continue
        yield from differences(parquet_name(name), derived, text_table(files, name), keys)


def _taxonomy(files: Mapping[str, bytes], categories: list[str]) -> Iterator[Difference]:
    """Yield where the tree has other categories than the table."""
    try:
        tree: Any = json.loads(needed(files, TAXONOMY))
        held = sorted(str(one["id"]) for group in tree["groups"] for one in group["categories"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(f"{TAXONOMY}: not the tree of a taxonomy") from error
    if held != sorted(categories):
        yield Difference(TAXONOMY, "-", "categories", " ".join(held), " ".join(sorted(categories)))


def _release(
    release: Release,
    rows: Mapping[str, pd.DataFrame],
    taxonomy: pd.DataFrame,
    categories: list[str],
) -> Iterator[Difference]:
    """Yield where the record of the release counts otherwise than the rows."""
    counts = counts_of(
        rows["verdicts"],
        rows["attempts"],
        release.judges,
        categories=len(categories),
        subcategories=int((taxonomy["kind"] == "subcategory").sum()),
    )
    derived = counts.model_dump()
    for name, number in release.counts.model_dump().items():
        if derived[name] != number:
            yield Difference(RELEASE, "counts", name, str(number), str(derived[name]))
    spoke = [judge.model_dump() for judge in spoke_of(rows["verdicts"])]
    stated = [judge.model_dump() for judge in release.spoke]
    if spoke != stated:
        yield Difference(RELEASE, "spoke", "-", json.dumps(stated), json.dumps(spoke))
