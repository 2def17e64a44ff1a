"""Measures step by step, keeps each row the moment it is there, and goes on where it ended."""

import hashlib
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.bench.plan import Step
from benchmarks.bench.process import Failed
from benchmarks.bench.records import fields_of, git
from generator.records.speed import Row
from generator.store.atomic import write_text

UNMEASURED = (":(exclude)content/speed.json", ":(exclude)*.md")
"""What may change without anything measured being another."""


def commit_of() -> str:
    """Return what is measured: the commit, and a mark of what was changed since."""
    commit = git("rev-parse", "--short=12", "HEAD")
    changed = git("diff", "HEAD", "--", ".", *UNMEASURED)
    if not changed:
        return commit
    return f"{commit}+{hashlib.sha256(changed.encode()).hexdigest()[:8]}"


def measure(steps: Sequence[Step], folder: Path, commit: str, *, again: bool) -> list[Row]:
    """Measure what the commit has no row of yet; say what is done.

    Where a step is measured anew, so are those after it in its chain: they work on what it left.

    Args:
        steps: In order.
        folder: Where rows are kept, a file each.
        commit: What is measured.
        again: Whether rows that are there are measured anew.
    """
    rows = []
    broken: set[str] = set()
    for number, step in enumerate(steps, start=1):
        path = folder / f"{step.name}.json"
        row = None if again or step.chain in broken else kept(path, commit)
        where = f"[{number}/{len(steps)}] {step.name}"
        if row is not None:
            _say(f"{where}: measured before at this commit")
        else:
            broken.add(step.chain)
            if step.needs is not None and not step.needs.is_dir():
                msg = f"{where}: {step.needs} is gone, which earlier steps made: use --again"
                raise Failed(msg)
            start = time.perf_counter()
            if step.prepare is not None:
                _say(f"{where}: preparing")
                step.prepare()
            _say(f"{where}: measuring")
            row = step.measure()
            keep(path, commit, row)
            _say(f"{where}: {_short(row)}; {time.perf_counter() - start:,.0f} s in all")
        rows.append(row)
    return rows


def kept(path: Path, commit: str) -> Row | None:
    """Return a row that was measured at this commit, if there is one."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Row.model_validate(found["row"]) if found["commit"] == commit else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(path: Path, commit: str, row: Row) -> None:
    """Keep a row, whole or not at all."""
    write_text(path, json.dumps({"commit": commit, "row": fields_of(row)}, indent=1) + "\n")


def _short(row: Row) -> str:
    cost = row.cost
    told = f"{cost.processor_s:,.1f} s of processor, {cost.peak_mib:,.0f} MiB"
    ratios = "".join(f", {one.ratio:,.2f} x {one.name}" for one in row.beside)
    return told + ratios


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
