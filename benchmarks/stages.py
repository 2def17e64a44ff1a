"""Measure what each stage costs on the real predictions: time, memory, failures a second.

Run it in a checkout, with a local copy of the upstream files or a filled cache::

    .venv/bin/python benchmarks/stages.py --mirror DIR

Each stage is a process of its own in a copy of the checkout, so nothing here is changed. Prints a
Markdown table; ``--json FILE`` keeps the figures.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PARTS = (
    "content",
    "site_templates",
    "mkdocs.yml",
    "pyproject.toml",
    "CHANGELOG.md",
    "CITATION.cff",
)
"""What a build reads."""


class Cost(NamedTuple):
    """What a stage cost."""

    stage: str
    """What was run."""
    seconds: float
    """Elapsed."""
    processor_seconds: float
    """Of all processes together."""
    peak_mib: float
    """Resident memory of its largest process."""
    failures_per_second: float | None
    """Failures over elapsed seconds, where the stage works on failures."""


def measured(stage: str, command: list[str], failures: int | None) -> tuple[Cost, str]:
    """Run a stage and return what it cost and what it printed."""
    with tempfile.TemporaryFile("w+") as out:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        if status != 0:
            sys.exit(f"{stage}: exit status {os.waitstatus_to_exitcode(status)}")
        out.seek(0)
        printed = out.read()
    rate = None if failures is None else failures / seconds
    cost = Cost(stage, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, rate)
    return cost, printed


def stages(mirror: Path | None, workers: int) -> list[Cost]:
    """Measure fetch, judge, and build with everything judged."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for part in PARTS:
            copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
            copy(ROOT / part, root / part)
        base = [sys.executable, "-m", "generator", "--root", str(root)]
        os.environ.setdefault("ERRORATLAS_CACHE", str(root / "cache"))
        sources = [] if mirror is None else ["--mirror", str(mirror)]
        form = ["--format", "json"]
        fetched, _ = measured("fetch", [*base, "fetch", *sources], None)
        judging = [*base, "judge", "--all", "--workers", str(workers), *form]
        judged, printed = measured(f"judge ({workers} workers)", judging, None)
        failures = json.loads(printed)["failures"]
        judged = judged._replace(failures_per_second=failures / judged.seconds)
        pages, printed = measured("build --no-site", [*base, "build", "--no-site", *form], failures)
        steps = json.loads(printed)["seconds"]
        whole, printed = measured("build", [*base, "build", *form], failures)
        steps["site"] = json.loads(printed)["seconds"]["site"]
        parts = [Cost(f"- {name}", seconds, seconds, 0.0, None) for name, seconds in steps.items()]
        return [fetched, judged, pages, whole, *parts]


def table(costs: list[Cost]) -> str:
    """Return the costs as Markdown."""
    lines = [
        "| stage | seconds | processor s | peak MiB | failures/s |",
        "|---|---:|---:|---:|---:|",
    ]
    for cost in costs:
        peak = f"{cost.peak_mib:,.0f}" if cost.peak_mib else ""
        rate = "" if cost.failures_per_second is None else f"{cost.failures_per_second:,.0f}"
        spent = f"{cost.processor_seconds:,.1f}" if cost.peak_mib else ""
        lines.append(f"| {cost.stage} | {cost.seconds:,.1f} | {spent} | {peak} | {rate} |")
    return "\n".join(lines)


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--mirror", type=Path, help="local copy of the upstream files")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", type=Path, help="file to keep the figures in")
    options = parser.parse_args()
    costs = stages(options.mirror and options.mirror.resolve(), options.workers)
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors\n")
    print(table(costs))
    if options.json:
        options.json.write_text(json.dumps([cost._asdict() for cost in costs], indent=2) + "\n")


if __name__ == "__main__":
    main()
