"""Measure what the numbers cost: reading all tables (collect), computing everything (numbers).

Run it in a checkout; it reads committed files alone and writes nothing::

    .venv/bin/python benchmarks/counting.py

Prints a Markdown table; ``--parts`` adds the functions that take longest, ``--json`` prints the
figures alone, ``--root`` names another Atlas.
"""

import argparse
import cProfile
import json
import os
import platform
import pstats
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

from generator.cli.building import atlas_numbers
from generator.stats.collect import collect
from generator.store.content import load_content

ROOT = Path(__file__).resolve().parent.parent


T = TypeVar("T")


class Cost(NamedTuple):
    """What a stage cost."""

    stage: str
    """What was run."""
    seconds: float
    """Elapsed."""
    processor_seconds: float
    """Of this process."""
    peak_mib: float
    """Resident memory of this process at its highest so far."""


def measured(stage: str, work: Callable[[], T]) -> tuple[Cost, T]:
    """Run a stage and return what it cost and what it gave."""
    start, busy = time.perf_counter(), time.process_time()
    made = work()
    spent = (time.perf_counter() - start, time.process_time() - busy)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Cost(stage, *spent, peak), made


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--parts", type=int, default=0, metavar="N", help="functions to show")
    parser.add_argument("--root", type=Path, default=ROOT, help="checkout that is counted")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    profile = cProfile.Profile()
    loaded, content = measured("read", lambda: load_content(options.root / "content"))
    if options.parts:
        profile.enable()
    collected, tables = measured("collect", lambda: collect(content))
    counted, _ = measured("numbers", lambda: atlas_numbers(content, tables))
    profile.disable()
    costs = (loaded, collected, counted)
    failures = int(tables.attempts["failed"].sum())
    if options.json:
        figures = {
            "failures": failures,
            "verdicts": len(tables.failures),
            "attempts": len(tables.answers),
            "start_s": time.process_time() - sum(c.processor_seconds for c in costs),
            **{f"{cost.stage}_s": cost.processor_seconds for cost in costs},
        }
        print(json.dumps(figures))
        return
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} processors; {failures:,} failures, "
        f"{len(tables.failures):,} verdicts, {len(tables.answers):,} attempts\n"
    )
    print("| stage | seconds | processor s | peak MiB so far |\n|---|---:|---:|---:|")
    for cost in costs:
        print(
            f"| {cost.stage} | {cost.seconds:,.1f} | {cost.processor_seconds:,.1f} "
            f"| {cost.peak_mib:,.0f} |"
        )
    if options.parts:
        print()
        pstats.Stats(profile).sort_stats("cumulative").print_stats(options.parts)


if __name__ == "__main__":
    main()
