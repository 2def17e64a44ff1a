"""What `make bench` found, as JSON: rows with ratios, and where they were measured."""

import json
import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.bench.process import ROOT
from generator.records.speed import Beside, Row, Speed
from generator.store.atomic import write_text

RESULTS = ROOT / "content" / "speed.json"
"""The stored results: the ratios that a run is held against, and what a page shows."""
LIBRARIES = ("altair", "jinja2", "mkdocs", "mkdocs-material", "orjson", "pandas", "pyarrow")


def against(
    name: str, what: str, plain: float, ours: float, peak_mib: float | None = None
) -> Beside:
    """Return what we are held against, and our processor seconds by its own.

    Args:
        name: Slug of it.
        what: What it does.
        plain: Its processor seconds.
        ours: Ours.
        peak_mib: Its peak memory, where it is told.
    """
    return Beside(name=name, what=what, processor_s=plain, ratio=ours / plain, peak_mib=peak_mib)


def fields_of(row: Row) -> dict[str, Any]:
    """Return a row as JSON has it, rounded to what can be told apart."""
    rounded: dict[str, Any] = _rounded(row.model_dump(mode="json"))
    return rounded


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 1 if abs(value) >= 100 else 2 if abs(value) >= 1 else 4)  # noqa: PLR2004
    if isinstance(value, dict):
        return {name: _rounded(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(one) for one in value]
    return value


def read(path: Path) -> list[Row]:
    """Return the rows of a file of results, each with the commit that was measured."""
    found = Speed.model_validate_json(path.read_bytes())
    return [row.model_copy(update={"commit": row.commit or found.commit}) for row in found.rows]


def write(path: Path, rows: Iterable[Row], about: dict[str, Any]) -> None:
    """Write results whole: nobody ever sees half of them.

    Args:
        path: File to write.
        rows: The results.
        about: Where and with what they were measured, as :func:`here` says it; a row that names
            the same commit need not.
    """
    made = {**about, "rows": [_beside(fields_of(row), about["commit"]) for row in rows]}
    write_text(path, json.dumps(made, indent=1, ensure_ascii=False) + "\n")


def _beside(fields: dict[str, Any], commit: str) -> dict[str, Any]:
    """Leave out the commit of a row where it is that of the whole file, or is not known."""
    named = fields.pop("commit")
    return fields if named in (None, commit) else {**fields, "commit": named}


def here(day: str, commit: str) -> dict[str, Any]:
    """Return where and with what a run was measured."""
    return {
        "measured": day,
        "commit": commit,
        "machine": {
            "processors": os.cpu_count() or 0,
            "memory_gib": round(
                os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1
            ),
            "system": platform.system(),
            "python": platform.python_version(),
        },
        "versions": {name: _version(name) for name in LIBRARIES},
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except ImportError:  # PackageNotFoundError is one
        return "not installed"


def git(*arguments: str) -> str:
    """Return what git says in this checkout."""
    command = ["git", *arguments]
    return subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()


def merged(stored: Sequence[Row], fresh: Sequence[Row]) -> list[Row]:
    """Return stored rows with the fresh ones in their places, new ones last."""
    found = {row.name: row for row in stored} | {row.name: row for row in fresh}
    return list(found.values())
