"""The judge behind a language model: its own work beyond that of a bare client, a failure."""

import tempfile
from argparse import Namespace
from pathlib import Path
from typing import NamedTuple

from benchmarks import llm_rate
from benchmarks.bench.process import erroratlas, run
from benchmarks.bench.records import against
from benchmarks.endpoints import commands, endpoint
from benchmarks.made_up import write_checkout
from generator.records.speed import Cost, Row, Target

CONCURRENCY = 100
OWN_MS = 1.0
"""Milliseconds of processor time a failure that the judge may take beyond a bare client."""
MIB = 2**20 / 1e6


class Asked(NamedTuple):
    """What was asked, by us and by a bare client, of one server."""

    judge: llm_rate.Work
    """The command as a user runs it, from reading the content to the sealed verdicts."""
    bare: llm_rate.Work
    """The client library as it is, with requests of the same size; it checks and keeps nothing."""


def ask(failures: int, mock: Path | None) -> Asked:
    """Let both ask about so many made-up failures, that the rules have left open.

    Args:
        failures: How many.
        mock: The mock judge; the scripted server of the tests where it is not named.
    """
    given = Namespace(latency_ms=0.0, concurrency=CONCURRENCY)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_checkout(root, failures)
        run(erroratlas(root, "judge", "--format", "json"), {"ERRORATLAS_CACHE": f"{root}/cache"})
        with endpoint(commands(mock, None, 0.0)) as address:
            bare = llm_rate.bare("openai", address, given)
            return Asked(llm_rate.measured(root, address, failures, given), bare)


def asked(scale: str, failures: int, mock: Path | None) -> Row:
    """Measure asking about so many made-up failures."""
    found = ask(failures, mock)
    judge, bare = found
    # What a bare client takes for as many requests.
    plain = bare.own_ms * judge.requests / 1e3
    own = 1e3 * (judge.processor_seconds - plain) / failures
    server = "the scripted server of the tests" if mock is None else "the mock judge"
    return Row(
        stage="ask",
        scale=scale,
        what=f"erroratlas judge --llm, asking {server}",
        cost=Cost(
            processor_s=judge.processor_seconds,
            elapsed_s=judge.command_seconds,
            peak_mib=judge.peak_mb / MIB,
        ),
        counts={"failures": failures, "requests": judge.requests, "per_second": round(judge.rate)},
        parts={"own ms a failure": own, "bare ms a request": bare.own_ms},
        beside=(
            against(
                "client",
                "the openai client alone, as many requests",
                plain,
                judge.processor_seconds,
            ),
        ),
        targets=(Target(what="own ms a failure beyond the client's", value=own, limit=OWN_MS),),
    )
