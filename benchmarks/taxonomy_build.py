"""Measure how categories are found: time, memory, coverage, and what is there again.

Run it in a checkout; nothing here is changed, each build is a process of its own on a copy::

    .venv/bin/python -m benchmarks.taxonomy_build

Prints two Markdown tables, ``--json FILE`` keeps the figures. The build that asks a language model
asks the scripted server of the tests, which places failures by their first letter: its time is that
of the asking itself, its coverage and stability say nothing and are left out.
"""

import argparse
import json
import os
import platform
import shutil
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.bench.process import ROOT, erroratlas, report
from generator.records.speed import Cost
from tests.judging.scripted_server import Request, ScriptedServer
from tests.judging.served import served
from tests.taxonomy.induction.made_up import (
    categories,
    is_step,
    menu,
    numbered,
    placements,
    step_of,
)

ANNOTATED = ("--judge", "annotator-2026-11")
BUILDS = {
    "GSM8K, annotated, free, 1 level": ("--benchmark", "gsm8k", *ANNOTATED, "--depth", "1"),
    "all annotated, free, 2 levels": ANNOTATED,
    "everything, free, 2 levels": (),
    "everything, anchored, 2 levels": ("--anchored",),
}
"""Options of each build by words alone."""
ASKED = "GSM8K, annotated, free, 1 level"
"""The build that is asked of the scripted server as well."""
HALVES = {"First half": "abcdefghijklm", "Second half": "nopqrstuvwxyz"}
"""Categories of the scripted server, and the letters that belong to each."""


class Built(NamedTuple):
    """What a build cost, and what came of it."""

    build: str
    """Which."""
    cost: Cost
    """Once, without measuring how stable it is."""
    measured_seconds: float | None
    """Elapsed with all the builds that stability takes."""
    requests: int
    """Requests that were answered; 0 by words alone."""
    report: dict[str, Any]
    """What the command says of it."""


def build(root: Path, name: str, options: tuple[str, ...]) -> Built:
    """Build once, and again with its stability."""
    command = erroratlas(root, "taxonomy", "build", "--format", "json", "--name", "measured")
    cost, _ = report([*command, *options, "--force"])
    again, told = report([*command, *options, "--measure"])
    return Built(name, cost, again.elapsed_s, 0, told)


def by_letter(request: Request) -> str:
    """Answer a step: the first letter of its title says where a failure belongs."""
    if step_of(request) != "classify":
        return categories([*HALVES])
    offered = menu(request)
    found = {letter: offered[name] for name, letters in HALVES.items() for letter in letters}
    return placements([(n, found.get(row[:1].lower(), "other")) for n, row in numbered(request)])


def asked(root: Path) -> Built:
    """Build by asking the scripted server, which answers at once."""
    os.environ["OPENAI_API_KEY"] = "none"
    with served(ScriptedServer(by_letter, judged=is_step)) as server:
        command = erroratlas(root, "taxonomy", "build", "--format", "json", "--name", "asked")
        command += [*BUILDS[ASKED], "--llm", "scripted", "--base-url", server.base_url]
        cost, told = report(command)
        return Built(f"{ASKED}, asked", cost, None, len(server.requests), told)


def costs(found: list[Built]) -> str:
    """Return what the builds cost and cover, as Markdown."""
    lines = [
        "| build | failures | with a cause | s | peak MiB | measured | asked | top | leaves |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for one in found:
        account = one.report["account"]
        titled = account["placed"] + account["other"] + account["unclear"]
        again = "" if one.measured_seconds is None else f"{one.measured_seconds:,.1f}"
        top, leaves = (
            "" if one.requests else f"{one.report[name]['share']:.1%}"
            for name in ("coverage", "leaf_coverage")
        )
        cells = (
            one.build,
            f"{account['failures']:,}",
            f"{titled:,}",
            f"{one.cost.elapsed_s:,.1f}",
            f"{one.cost.peak_mib:,.0f}",
            again,
            str(one.requests or ""),
            top,
            leaves,
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def stabilities(found: list[Built]) -> str:
    """Return what is there again when it is built again, as Markdown."""
    lines = [
        "| build | what differs | depth | adjusted Rand index | precision | recall |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for one in found:
        lines += [
            f"| {one.build} | {row['variation']} | {row['depth']} | {row['rand_index']:.2f} "
            f"| {row['precision']:.0%} | {row['recall']:.0%} |"
            for row in one.report["stability"]
        ]
    return "\n".join(lines)


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--json", type=Path, help="file to keep the figures in")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(ROOT / "content", root / "content")
        os.environ["ERRORATLAS_CACHE"] = str(root / "cache")
        found = [build(root, name, given) for name, given in BUILDS.items()]
        found.append(asked(root))
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors\n")
    print(costs(found), stabilities(found), sep="\n\n")
    if options.json:
        kept = [{**one._asdict(), "cost": one.cost.model_dump()} for one in found]
        options.json.write_text(json.dumps(kept, indent=2) + "\n")


if __name__ == "__main__":
    main()
