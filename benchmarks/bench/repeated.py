"""Real logs, as often as wanted: the rows of twelve models on the same items of MMLU-Pro.

A copy of a row has another identifier and says in its question which copy it is, so that it is an
item of its own with keys of its own; everything else is the real row. What grows is therefore the
number of rows and not the variety of texts.
"""

import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

MOST_COPIES = 5
"""Copies of the rows in one log: a file of items may have 10 MB, and each benchmark has one."""
SUFFIX = ".jsonl.gz"
PERIOD = 10_000_000
"""Distance of the identifiers of two copies; real ones are below it."""


class Log(NamedTuple):
    """The log of one model on one benchmark."""

    path: Path
    """Where it was written."""
    benchmark: str
    """Benchmark that it is imported to."""
    model: str
    """Model, as content names it."""


class Logs(NamedTuple):
    """All logs of one scale."""

    logs: tuple[Log, ...]
    """By benchmark, then model."""
    rows: int
    """Rows in them."""
    size: int
    """Bytes of them."""


def sources(data: Path) -> list[Path]:
    """Return the real logs, packed, one a model."""
    return sorted(data.glob(f"*{SUFFIX}"))


def model_of(source: Path) -> str:
    """Return a name for a model whose maker does not matter here."""
    plain = source.name.removesuffix(SUFFIX).lower().replace("_", ".")
    return f"mmlu-pro__{plain}"


def write(found: Sequence[Path], folder: Path, scale: int) -> Logs:
    """Write the logs of a scale as MMLU-Pro has them: a JSON array, here a row a line.

    Args:
        found: The real logs.
        folder: Where they are written.
        scale: How often each row is there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    logs, rows, size = [], 0, 0
    for number, copies in enumerate(_blocks(scale)):
        benchmark = f"mmlu-pro-{number + 1:02d}"
        for source in found:
            path = folder / f"{benchmark}.{source.name.removesuffix(SUFFIX)}.json"
            lines = [json.dumps(row) for row in _rows(source, copies)]
            path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="ascii")
            logs.append(Log(path, benchmark, model_of(source)))
            rows += len(lines)
            size += path.stat().st_size
    return Logs(tuple(logs), rows, size)


def _blocks(scale: int) -> Iterator[range]:
    """Yield the copies of each benchmark."""
    for first in range(0, scale, MOST_COPIES):
        yield range(first, min(first + MOST_COPIES, scale))


def _rows(source: Path, copies: range) -> Iterator[Any]:
    with gzip.open(source, "rb") as stream:
        read = [json.loads(line) for line in stream]
    for copy in copies:
        for row in read:
            # Some files hold bare strings among the rows; the reader passes over them.
            yield row if copy == 0 or isinstance(row, str) else _again(row, copy)


def _again(row: dict[str, Any], copy: int) -> dict[str, Any]:
    return row | {
        "question_id": row["question_id"] + copy * PERIOD,
        "question": f"{row['question']} (copy {copy})",
    }
