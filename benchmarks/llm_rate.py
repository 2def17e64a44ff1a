"""Measure the judge behind a language model: requests a second, own work, peak memory.

Run it in a checkout, with any OpenAI-compatible server on this machine::

    .venv/bin/python -m benchmarks.llm_rate --mock PATH --failures 3275 --latency-ms 0

``--mock`` names the mock judge that measured the reference implementation; ``--server`` any
command that prints its address. Without either, the scripted server of the tests is asked. The
judge is the command as a user runs it, from reading the content to the sealed verdicts; ``--bare``
measures at the same moment what a client reaches that checks and keeps nothing, with requests of
the same size, so that the ratio of the two holds on a busy machine. Prints a Markdown table;
``--json FILE`` keeps the figures.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.bare import CLIENTS
from benchmarks.endpoints import commands, endpoint, server_seconds
from benchmarks.made_up import ROOT, write_checkout

REFERENCE_RATE = 65.0
"""Requests a second of the reference implementation, whatever the latency; as issue 3 gives it."""
REFERENCE_PEAK_MB = {3_275: 427.0, 20_000: 1_062.0}
"""Its peak memory in MB by number of failures; from the same measurement."""
BARE_REQUESTS = 2_000
MB = 1e6


class Work(NamedTuple):
    """What a process did."""

    who: str
    """Ours, or the bare client."""
    failures: int
    """Failures judged; none by a bare client."""
    latency_ms: float
    """Time that the server lets pass before each answer."""
    requests: int
    """Requests made."""
    seconds: float
    """Elapsed, from the first request's preparation to the last verdict sealed."""
    command_seconds: float
    """Elapsed in all, with start and reading the content."""
    processor_seconds: float
    """Of the process, all of it."""
    peak_mb: float
    """Resident memory at most."""
    server_processor_seconds: float | None
    """Of the server, where it says."""
    load: float
    """Load average of the last minute, at the end."""

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds

    @property
    def own_ms(self) -> float:
        """Processor time of the process for a request, in milliseconds."""
        return 1e3 * self.processor_seconds / self.requests


def run(command: list[str], cache: Path) -> tuple[dict[str, Any], float, float, float]:
    """Run a process; return its report, seconds, processor seconds and peak memory in MB."""
    settings = {"ERRORATLAS_CACHE": str(cache), "OPENAI_API_KEY": "none", "TERM": "dumb"}
    with tempfile.TemporaryFile("w+") as out:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, env=os.environ | settings)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        if status != 0:
            sys.exit(f"{command}: exit status {os.waitstatus_to_exitcode(status)}")
        out.seek(0)
        report = json.load(out)
    spent, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / MB
    return report, seconds, spent, peak


def measured(root: Path, address: str, failures: int, given: argparse.Namespace) -> Work:
    """Let the judge ask about every failure of a checkout that the rules have judged."""
    cache = root / "cache"
    base = [sys.executable, "-m", "generator", "--root", str(root), "judge", "--format", "json"]
    # A name of its own for every server: verdicts of another are stale, and all is asked anew.
    asking = ["--llm", f"mock-{time.time_ns()}", "--base-url", address]
    limit = ["--concurrency", str(given.concurrency)]
    before = server_seconds(address)
    report, seconds, spent, peak = run([*base, *asking, *limit], cache)
    after = server_seconds(address)
    judged = report["verdict"] + report["undetermined"] + report["no_verdict"]
    if judged != failures:
        sys.exit(f"{judged:,} of {failures:,} failures were judged: {report}")
    server = None if before is None or after is None else after - before
    return Work(
        "judge",
        failures,
        given.latency_ms,
        report["requests"],
        report["seconds"],
        seconds,
        spent,
        peak,
        server,
        os.getloadavg()[0],
    )


def bare(client: str, address: str, given: argparse.Namespace) -> Work:
    """Let a bare client ask."""
    module = [sys.executable, "-m", "benchmarks.bare", client, address]
    before = server_seconds(address)
    command = [*module, str(BARE_REQUESTS), str(given.concurrency)]
    report, seconds, _, peak = run(command, Path())
    after = server_seconds(address)
    server = None if before is None or after is None else after - before
    return Work(
        f"bare {client}",
        0,
        given.latency_ms,
        report["requests"],
        report["seconds"],
        seconds,
        report["processor_seconds"],
        peak,
        server,
        os.getloadavg()[0],
    )


def table(rows: list[Work]) -> str:
    """Return what was measured as Markdown."""
    columns = ["client", "failures", "latency ms", "requests/s", "of the reference", "own ms"]
    columns += ["server ms", "peak MB", "of the reference", "load"]
    lines = [f"| {' | '.join(columns)} |", f"|---|{'---:|' * (len(columns) - 1)}"]
    for row in rows:
        peak = REFERENCE_PEAK_MB.get(row.failures)
        share = "" if peak is None else f"{row.peak_mb / peak:.2f}"
        memory = f"{row.peak_mb:,.0f}" if row.failures else ""
        spent = row.server_processor_seconds
        server = "" if spent is None else f"{1e3 * spent / row.requests:.2f}"
        lines.append(
            f"| {row.who} | {row.failures:,} | {row.latency_ms:g} | {row.rate:,.0f} "
            f"| {row.rate / REFERENCE_RATE:.1f} | {row.own_ms:.2f} | {server} "
            f"| {memory} | {share} | {row.load:.1f} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--mock", type=Path, help="the mock judge, a Python file")
    parser.add_argument(
        "--server", metavar="COMMAND", help="another server; {latency_ms} is filled in"
    )
    parser.add_argument("--failures", type=int, nargs="+", default=[3_275])
    parser.add_argument("--latency-ms", type=float, nargs="+", default=[0.0, 50.0])
    parser.add_argument("--concurrency", type=int, default=100)
    parser.add_argument("--bare", action="store_true", help="measure bare clients as well")
    parser.add_argument("--json", type=Path, help="file to keep the figures in")
    given = parser.parse_args()
    latencies = given.latency_ms
    rows = []
    for failures in given.failures:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            write_checkout(root, failures)
            rules = [sys.executable, "-m", "generator", "--root", folder, "judge"]
            run([*rules, "--format", "json"], root / "cache")
            for latency in latencies:
                given.latency_ms = latency
                with endpoint(commands(given.mock, given.server, latency)) as address:
                    if given.bare:
                        rows += [bare(client, address, given) for client in CLIENTS]
                    rows.append(measured(root, address, failures, given))
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors\n")
    print(table(rows))
    if given.json:
        figures = [row._asdict() | {"rate": row.rate, "own_ms": row.own_ms} for row in rows]
        given.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", str(ROOT))
    main()
