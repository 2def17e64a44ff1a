"""Measure every stage at several scales beside plain baselines, in one run: ``make bench``.

Run it in a checkout::

    .venv/bin/python -m benchmarks.bench --data DIR

``--data`` names the logs of twelve models on MMLU-Pro, a packed file each. Ratios are held against
``content/speed.json``: one that is worse by more than a fifth ends the run with status 1.
What the same commit has measured already is not measured again, unless with ``--again``.
"""

import argparse
import datetime as dt
import os
import sys
from pathlib import Path

from benchmarks.bench import shown
from benchmarks.bench.held import held
from benchmarks.bench.held import table as held_table
from benchmarks.bench.plan import Options, steps
from benchmarks.bench.process import ROOT, Failed
from benchmarks.bench.records import RESULTS, here, merged, read, write
from benchmarks.bench.runs import commit_of, measure
from generator.records.speed import Row

FOLDER = ROOT / "build" / "bench"
INTERRUPTED = 130


def parsed(arguments: list[str] | None = None) -> argparse.Namespace:
    """Return the options; environment variables stand for what make cannot say well."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    env = os.environ.get
    parser.add_argument(
        "--data",
        type=Path,
        default=env("BENCH_DATA"),
        help="folder of the real logs, FILE.jsonl.gz a model [env: BENCH_DATA]",
    )
    parser.add_argument(
        "--scales",
        type=int,
        nargs="+",
        default=[int(one) for one in env("BENCH_SCALES", "1 10 100").split()],
        help="how often each real row is there [env: BENCH_SCALES; default: 1 10 100]",
    )
    parser.add_argument(
        "--mirror",
        type=Path,
        default=env("BENCH_MIRROR"),
        help="local copy of the upstream files: all real data are measured, too",
    )
    parser.add_argument("--mock", type=Path, default=env("BENCH_MOCK"), help="the mock judge")
    parser.add_argument(
        "--peer", type=Path, default=env("BENCH_PEER"), help="checkout of the reference, see README"
    )
    parser.add_argument("--ask", type=int, default=20_000, help="made-up failures to ask about")
    parser.add_argument("--workers", type=int, default=min(os.cpu_count() or 1, 4))
    parser.add_argument("--only", nargs="+", metavar="ROW", help="rows that begin with this")
    parser.add_argument("--all", action="store_true", help="pages and mkdocs at 100x as well")
    parser.add_argument("--again", action="store_true", help="measure again what is there")
    parser.add_argument("--store", action="store_true", help="make these the stored results")
    parser.add_argument("--list", action="store_true", help="only say what would be measured")
    return parser.parse_args(arguments)


def main() -> None:
    """Measure, show, compare, store."""
    given = parsed()
    options = Options(
        folder=FOLDER,
        data=_whole(given.data),
        mirror=_whole(given.mirror),
        mock=_whole(given.mock),
        peer=_whole(given.peer),
        scales=tuple(sorted(set(given.scales))),
        asked=given.ask,
        workers=given.workers,
        everything=given.all,
    )
    planned = steps(options)
    if given.only:
        planned = [step for step in planned if step.name.startswith(tuple(given.only))]
    if given.list:
        print("\n".join(step.name for step in planned))
        return
    commit = commit_of()
    try:
        rows = measure(planned, FOLDER / "results", commit, again=given.again)
    except Failed as error:
        sys.exit(f"{error}\nwhat was measured before is kept: the same command goes on")
    except KeyboardInterrupt:
        print("\nInterrupted; what was measured is kept: the same command goes on", file=sys.stderr)
        sys.exit(INTERRUPTED)
    sys.exit(_finished(rows, options, commit, store=given.store))


def _whole(path: Path | str | None) -> Path | None:
    return None if path is None else Path(path).resolve()


def _finished(rows: list[Row], options: Options, commit: str, *, store: bool) -> int:
    """Show what was measured; return the exit status."""
    about = here(dt.datetime.now(tz=dt.UTC).date().isoformat(), commit)
    write(FOLDER / "results.json", rows, about)
    for part in (shown.table(rows), shown.growth(rows), shown.targets(rows)):
        print(f"\n{part}" if part else "")
    left_out = [*options.absent(), *shown.missing(rows)]
    if left_out:
        print("\nNot measured:\n\n" + "\n".join(f"- {one}" for one in dict.fromkeys(left_out)))
    stored = read(RESULTS) if RESULTS.is_file() else []
    pairs = held(stored, rows)
    if pairs:
        print(f"\nAgainst {RESULTS.relative_to(ROOT)}:\n\n{held_table(pairs)}")
    if store:
        write(RESULTS, merged(stored, rows), about)
        print(f"\n{len(rows)} rows stored in {RESULTS.relative_to(ROOT)}")
        return 0
    worse = [pair for pair in pairs if pair.worse]
    if worse:
        named = ", ".join(f"{pair.row} against {pair.beside}" for pair in worse)
        print(f"\nWorse by more than a fifth: {named}", file=sys.stderr)
        print("Mend it, or make it the new measure with: make bench ARGS=--store", file=sys.stderr)
    elif not pairs:
        print(f"\nNothing stored to compare with; make bench ARGS=--store writes {RESULTS.name}")
    return 1 if worse else 0


if __name__ == "__main__":
    main()
