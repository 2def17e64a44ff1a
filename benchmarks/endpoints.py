"""Starts the server that a measurement asks, as a process of its own.

Any server will do that prints a line with the address up to ``/v1`` once it listens. The mock judge
that measured the reference implementation does not know our request, and would answer nonsense,
which is refused and asked for again; so it is started from here with an answer of ours put in the
place of its own (``python -m benchmarks.endpoints PATH OPTIONS``). What it is like otherwise stays.
"""

import argparse
import asyncio
import importlib.util
import json
import re
import shlex
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.judging.scripted_server import OUTPUT, good_answer

_ADDRESS = re.compile(r"http://\S+/v1")


@contextmanager
def endpoint(command: list[str]) -> Iterator[str]:
    """Run a server while the block runs and give its address."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        address = None
        for line in process.stdout or ():
            address = _ADDRESS.search(line)
            if address:
                break
        if address is None:
            sys.exit(f"{shlex.join(command)}: it ended without printing its address")
        yield address[0]
    finally:
        process.terminate()
        process.wait()


def commands(mock: Path | None, server: str | None, latency_ms: float) -> list[str]:
    """Return the command that starts the server: the mock, another, or the one of the tests."""
    if server is not None:
        return shlex.split(server.format(latency_ms=latency_ms))
    if mock is not None:
        module = [sys.executable, "-m", "benchmarks.endpoints", str(mock), "--port", "0"]
        return [*module, "--latency-ms", str(latency_ms)]
    scripted = [sys.executable, "-m", "tests.judging.scripted_server"]
    return [*scripted, "--latency-ms", str(latency_ms)]


def server_seconds(address: str) -> float | None:
    """Return the processor time that the mock says it took, none where it does not say."""
    try:
        with urllib.request.urlopen(f"{address.removesuffix('/v1')}/stats", timeout=10) as reply:  # noqa: S310  on this machine
            return float(json.load(reply)["server_cpu_s"])
    except (OSError, ValueError, KeyError):
        return None


def _answer(kind: str, prompt: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Answer a request of ours with a verdict that passes every check."""
    del kind, schema
    found = OUTPUT.search(prompt)
    return good_answer(found[2] if found else "")


def _serve_mock() -> None:
    """Run the mock named first, with our answer in the place of its own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("mock", type=Path)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency-ms", type=float, default=0)
    given = parser.parse_args()
    found = importlib.util.spec_from_file_location("mock", given.mock)
    if found is None or found.loader is None:
        parser.error(f"{given.mock}: no Python file")
    mock = importlib.util.module_from_spec(found)
    found.loader.exec_module(mock)
    mock.answer = _answer  # type: ignore[attr-defined]
    mock.CFG["latency_ms"] = given.latency_ms
    mock.reset()
    with suppress(KeyboardInterrupt):
        asyncio.run(mock.serve(given))


if __name__ == "__main__":
    _serve_mock()
