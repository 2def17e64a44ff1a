"""What `make bench` found, as JSON: rows with ratios, and where they were measured."""

import json
import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.bench.process import ROOT, Cost
from generator.store.atomic import write_text

RESULTS = ROOT / "benchmarks" / "results.json"
"""The stored results: the ratios that a run is held against, and what the site shows."""
LIBRARIES = ("altair", "jinja2", "mkdocs", "mkdocs-material", "orjson", "pandas", "pyarrow")


@dataclass(frozen=True)
class Beside:
    """A plain way to do the same or less with the same bytes, in the same run."""

    name: str
    """Slug, one of its kind in a row."""
    what: str
    """What it does, in words."""
    processor_s: float
    """Its processor seconds."""
    ratio: float
    """Our processor seconds by its own: less is better."""
    peak_mib: float | None = None
    """Its peak memory, where it is told."""


@dataclass(frozen=True)
class Target:
    """What a figure has to keep to."""

    what: str
    """What is limited, with its unit."""
    value: float
    """What it is."""
    limit: float
    """What it may be at most."""

    @property
    def kept(self) -> bool:
        """Whether it is kept."""
        return self.value <= self.limit


@dataclass(frozen=True)
class Row:
    """One stage at one scale."""

    stage: str
    """Slug of the stage."""
    scale: str
    """Slug of what it worked on, such as ``10x``."""
    what: str
    """What was run, in words."""
    cost: Cost
    """What it cost."""
    counts: dict[str, int] = field(default_factory=dict)
    """How much it worked on: rows, predictions, failures, bytes, pages."""
    parts: dict[str, float] = field(default_factory=dict)
    """Processor seconds of its parts, where they are known."""
    beside: tuple[Beside, ...] = ()
    """What it is held against."""
    targets: tuple[Target, ...] = ()
    """What it has to keep to."""
    missing: tuple[str, ...] = ()
    """What was not measured, and why."""

    @property
    def name(self) -> str:
        """Stage and scale."""
        return f"{self.stage}-{self.scale}"


def row_of(fields: dict[str, Any]) -> Row:
    """Return a row from its JSON."""
    made = dict(fields)
    made["cost"] = Cost(**made["cost"])
    for name, kind in (("beside", Beside), ("targets", Target)):
        made[name] = tuple(kind(**one) for one in made.get(name, ()))
    made["missing"] = tuple(made.get("missing", ()))
    return Row(**made)


def fields_of(row: Row) -> dict[str, Any]:
    """Return a row as JSON has it, rounded to what can be told apart."""
    made = asdict(row)
    made["cost"] = row.cost._asdict()
    rounded: dict[str, Any] = _rounded(made)
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
    """Return the rows of a file of results."""
    return [row_of(one) for one in json.loads(path.read_text(encoding="utf-8"))["rows"]]


def write(path: Path, rows: Iterable[Row], about: dict[str, Any]) -> None:
    """Write results whole: nobody ever sees half of them."""
    made = {**about, "rows": [fields_of(row) for row in rows]}
    write_text(path, json.dumps(made, indent=1, ensure_ascii=False) + "\n")


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
