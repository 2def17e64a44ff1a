"""Runs a stage as a process of its own and takes what it cost from the kernel."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.cli.main import LIBRARIES
from generator.records.speed import Cost

ROOT = Path(__file__).resolve().parents[2]
_SMALL = """
import json, resource, signal, subprocess, sys
stage = subprocess.Popen(sys.argv[2:])
signal.signal(signal.SIGTERM, lambda *_: stage.terminate())
status = stage.wait()
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as out:
    json.dump([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024], out)
sys.exit(status if status >= 0 else 128 - status)
"""
"""Starts a stage and says what it took. The kernel counts what its parent held when it started as
held by a stage, so its parent has to be small."""


class Failed(Exception):  # noqa: N818  a stage that failed, said so
    """A stage ended with another exit status than 0."""


def module(name: str, *arguments: str | Path) -> list[str]:
    """Return the command that runs a module of this checkout."""
    return [sys.executable, "-m", name, *map(str, arguments)]


def erroratlas(root: Path, *arguments: str | Path) -> list[str]:
    """Return the command of the generator of this checkout, on another Atlas."""
    return module("generator", "--root", root, *arguments)


def run(
    command: Sequence[str], settings: Mapping[str, str] | None = None, *, folder: Path = ROOT
) -> tuple[Cost, str]:
    """Run a command and return what it cost and what it printed.

    Args:
        command: The command.
        settings: Environment variables beside those of now.
        folder: Where it runs.

    Raises:
        Failed: It ended with another status than 0; what it said last is in the message.
    """
    # No progress bars, and numbers that do not depend on who looks at them; what is no command of
    # ours is told of libraries what a command would be.
    env = {**os.environ, **LIBRARIES, "TERM": "dumb", "NO_COLOR": "1", **(settings or {})}
    with (
        tempfile.TemporaryFile("w+") as out,
        tempfile.TemporaryFile("w+") as told,
        tempfile.NamedTemporaryFile("r") as used,
    ):
        small = [sys.executable, "-I", "-S", "-c", _SMALL, used.name, *map(str, command)]
        start = time.perf_counter()
        process = subprocess.Popen(small, stdout=out, stderr=told, env=env, cwd=folder)
        try:
            status = process.wait()
        except BaseException:
            process.send_signal(signal.SIGTERM)
            process.wait()
            raise
        elapsed = time.perf_counter() - start
        out.seek(0)
        told.seek(0)
        if status:
            said = f"{told.read()}\n{out.read()}".strip()[-2_000:]
            msg = f"exit status {status}: {' '.join(map(str, command))}\n{said}"
            raise Failed(msg)
        processor_s, peak_mib = json.load(used)
        cost = Cost(processor_s=processor_s, elapsed_s=elapsed, peak_mib=peak_mib)
        return cost, out.read()


def report(
    command: Sequence[str], settings: Mapping[str, str] | None = None, *, folder: Path = ROOT
) -> tuple[Cost, dict[str, Any]]:
    """Run a command that prints JSON last; return what it cost and what it says."""
    cost, printed = run(command, settings, folder=folder)
    return cost, json.loads(printed[printed.index("{") :])
