"""The edition before, read from its package: what a release is held against."""

from pathlib import Path

import pandas as pd

from generator.errors import InputError
from generator.records.changes import Changes
from generator.records.release import Release
from generator.release.describe import parquet_name
from generator.release.drift import Side, drift, frozen, side
from generator.release.files import parquet_bytes
from generator.release.opened import open_package
from generator.release.package import package_name
from generator.release.reading import row_table
from generator.release.rows import ATTEMPTS, VERDICTS, attempt_rows, verdict_rows
from generator.release.tables import settings_of
from generator.release.verify import verify
from generator.stats.tables import Tables
from generator.store.content import Content
from generator.taxonomy.meaning import meanings

PACKAGES = Path("build", "release")
"""Where packages are written, below the checkout."""


def package_of(root: Path, version: str) -> Path:
    """Return where the package of an edition lies: its folder, else its zip file.

    Raises:
        InputError: It is in neither place.
    """
    folder = root / PACKAGES / package_name(version)
    for path in (folder, folder.with_name(f"{folder.name}.zip")):
        if path.exists():
            return path
    msg = (
        f"{PACKAGES / folder.name}: no package of {version} there: take it from its release, or "
        f"check out its tag and run `erroratlas release package`"
    )
    raise InputError(msg)


def changes_since(content: Content, tables: Tables, release: Release, package: Path) -> Changes:
    """Return what changed since the edition whose package this is.

    Args:
        content: The content that is released.
        tables: What was collected from it.
        release: What was frozen of it.
        package: Package of the edition that was released last.

    Raises:
        InputError: It is none, is not what it says, or is of another edition than that which the
            content knows.
    """
    files = open_package(package)
    if found := verify(files).differences:
        msg = f"{package}: {len(found):,} differences from its own rows: see `erroratlas verify`"
        raise InputError(msg)
    old = side(files)
    known = content.releases.get(old.release.version)
    # The DOI is filled in after the package was made.
    if known is None or known.model_copy(update={"doi": None}) != old.release.model_copy(
        update={"doi": None}
    ):
        msg = f"{package}: not the package of an edition that content/releases has: name the last"
        raise InputError(msg)
    categories = [entry.id for entry in content.taxonomy.categories]
    rows = {
        "verdicts": _as_published("verdicts", verdict_rows(content, tables), VERDICTS),
        "attempts": _as_published("attempts", attempt_rows(tables), ATTEMPTS),
    }
    planted = frozenset(name for name, one in content.benchmarks.items() if one.synthetic)
    settings = settings_of(release, categories)
    meant = meanings(content.taxonomy)
    new = Side(release, settings, rows["verdicts"], rows["attempts"], planted, meant)
    return frozen(drift(old, new))


def _as_published(table: str, frame: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """Return rows as whoever has the package reads them."""
    return row_table({parquet_name(table): parquet_bytes(frame)}, table, columns)
