"""What the parts of an import cost that no code of ours can leave out, in times of orjson's parse.

``python -m benchmarks.import_floor FOLDER`` takes the logs that ``make bench`` wrote, as in
``build/bench/1x/logs``.
"""

import argparse
import gzip
import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pydantic_core

TRIES = 3


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    logs = sorted(parser.parse_args().folder.glob("*.json"))[:12]
    rows = [row for log in logs for row in orjson.loads(log.read_bytes()) if isinstance(row, dict)]
    lines = [_line(row) for row in rows]
    text = b"".join(lines)
    parse = _least(lambda: [_gone(orjson.loads(log.read_bytes())) for log in logs])
    parts: dict[str, Callable[[], object]] = {
        "parse, pydantic-core": lambda: [_gone(_parsed(log)) for log in logs],
        "parse, and a line for each prediction": lambda: [
            _gone([_line(row) for row in _parsed(log) if isinstance(row, dict)]) for log in logs
        ],
        "the same, and a line for each item": lambda: [
            _gone([(_line(row), _item(row)) for row in _parsed(log) if isinstance(row, dict)])
            for log in logs
        ],
        "SHA-256 of the lines": lambda: [hashlib.sha256(line).digest() for line in lines],
        "gzip of the lines, level 6": lambda: gzip.compress(text, 6),
        "gzip of the lines, level 9": lambda: gzip.compress(text, 9),
    }
    print(f"{len(rows)} rows, orjson {parse:.3f} s, {parse / len(rows) * 1e6:.1f} us a row")
    for name, work in parts.items():
        print(f"| {name} | {_least(work) / parse:.2f} |")


def _parsed(log: Path) -> Any:
    return pydantic_core.from_json(log.read_bytes(), cache_strings="keys")


def _line(row: dict[str, Any]) -> bytes:
    """Return the least line that could be written, with no field checked."""
    output = row["model_outputs"] if "model_outputs" in row else row["generated_text"]
    line = {"item_id": str(row["question_id"]), "output": output, "extracted": row["pred"]}
    return pydantic_core.to_json(line) + b"\n"


def _item(row: dict[str, Any]) -> bytes:
    """Return the line of a row's item, which says whether the benchmark's is the same."""
    line = {
        "item_id": str(row["question_id"]),
        "input": row["question"],
        "choices": row["options"],
        "references": [row["answer"]],
        "tags": {"subject": row["category"]},
    }
    return pydantic_core.to_json(line) + b"\n"


def _gone(_: object) -> bool:
    """Let go of a value; that it was there is all that stays."""
    return True


def _least(work: Callable[[], object]) -> float:
    spent = []
    for _ in range(TRIES):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


if __name__ == "__main__":
    main()
