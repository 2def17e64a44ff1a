"""Let the judge ask a real inference server whose model knows nothing, and show what comes of it.

The server is llama-cpp-python's, with a tiny model of random weights made on the spot. Run it in a
checkout, with the interpreter of an environment that has it::

    python -m venv ENGINE && ENGINE/bin/pip install 'llama-cpp-python[server]' gguf
    .venv/bin/python -m benchmarks.real_server --engine ENGINE/bin/python

The command is run as a user runs it, twice: with time enough, when every answer is nonsense and has
to be refused, its tokens counted; and with too little time, when there is none. Prints both reports
as JSON and ends with status 1 if a single failure got a category.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.llm_rate import run
from benchmarks.made_up import BENCHMARK, MODELS, write_checkout
from generator.judging.journal import Journal, journal_path
from tests.judging.engine import engine, interpreter


def summaries(cache: Path, judge: str) -> list[str]:
    """Return why there was no verdict, failure by failure."""
    found = []
    for number in range(MODELS):
        path = journal_path(cache, (BENCHMARK, f"acme__m{number}"), "llm")
        entries = [entry.verdict for entry in Journal(path).entries()]
        found += [said.summary or "" for said in entries if said.judge.version == judge]
    return found


def main() -> None:
    """Parse, serve, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--engine", default=interpreter(), help="interpreter that has the engine")
    parser.add_argument("--failures", type=int, default=2)
    parser.add_argument("--timeouts", type=float, nargs="+", default=[600.0, 0.5])
    given = parser.parse_args()
    if given.engine is None:
        parser.error("no engine here: name an interpreter that has one with --engine")
    told = 0
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_checkout(root, given.failures)
        base = [sys.executable, "-m", "generator", "--root", folder, "judge", "--format", "json"]
        run(base, root / "cache")
        for seconds in given.timeouts:
            with engine(given.engine, root) as address:
                judge = f"tiny-{seconds:g}"
                asking = ["--llm", judge, "--base-url", address, "--concurrency", "1"]
                try:
                    asked = [*base, *asking, "--timeout", str(seconds)]
                    report, *_ = run(asked, root / "cache")
                except SystemExit as end:
                    report = {"end": str(end)}
            told += report.get("verdict", 0) + report.get("undetermined", 0)
            reasons = summaries(root / "cache", judge)
            print(json.dumps({"timeout": seconds, "report": report, "reasons": reasons}, indent=2))
    sys.exit(1 if told else 0)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", str(Path(__file__).resolve().parent.parent))
    main()
