"""``python -m tests.fuzz``: many inputs, for as long as it takes; ``make fuzz`` calls it.

With atheris the inputs are guided by what code they reach, without it they follow from seeds. Both
are the same for the same seed and code.
"""

import argparse
import faulthandler
import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STUCK = 120
"""Seconds after which a process that does not even heed the deadline tells where it stands."""
FIRST = 50
"""Inputs that a coverage-guided fuzzer begins with."""
LONGEST = 4_096
"""Bytes of an input that a coverage-guided fuzzer draws."""


def main() -> int:
    """Return 0 if every input came to a good end, else 1."""
    asked = _arguments()
    if asked.engine == "atheris" and asked.target:
        return _guided(asked)
    if asked.engine == "atheris":
        return _each_guided(asked)
    return _seeded(asked)


def shares(runs: int) -> dict[str, int]:
    """Return how many inputs each target gets; the validator, which reads most, gets twice."""
    from tests.fuzz.targets import TARGETS

    weights = {name: 1 + (name == "validator") for name in TARGETS}
    return {name: -(-runs * weight // sum(weights.values())) for name, weight in weights.items()}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--runs", type=int, default=100_000, help="inputs over all targets")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", help="one target alone, in this process")
    engine = "atheris" if importlib.util.find_spec("atheris") else "seeds"
    parser.add_argument("--engine", choices=["atheris", "seeds"], default=engine)
    parser.add_argument("--only", type=int, help="one input of --target by its seed")
    return parser.parse_args()


def _seeded(asked: argparse.Namespace) -> int:
    """Put inputs of consecutive seeds to the targets."""
    from tests.fuzz.breaking import seeded
    from tests.fuzz.guard import Guard
    from tests.fuzz.session import Session

    broke = 0
    with tempfile.TemporaryDirectory(prefix="erroratlas-fuzz-") as folder:
        session = Session(Guard(), Path(folder))
        targets = {asked.target: asked.runs} if asked.target else shares(asked.runs)
        for target, runs in targets.items():
            began = time.process_time()
            session.warm_up(target)
            first = asked.seed * 1_000_000_000
            numbers = range(first, first + runs) if asked.only is None else [asked.only]
            for number in numbers:
                faulthandler.dump_traceback_later(STUCK, exit=True)
                failed = session.run(target, seeded(number), str(number))
                if failed is not None:
                    broke += 1
                    print(f"{failed.target}, seed {failed.name}: {failed.why}", flush=True)
            faulthandler.cancel_dump_traceback_later()
            _told(target, len(numbers), time.process_time() - began)
    print(f"{broke:,} inputs broke something" if broke else "nothing broke", flush=True)
    return 1 if broke else 0


def _told(target: str, runs: int, seconds: float) -> None:
    print(f"{target}: {runs:,} inputs, {seconds:.0f} s of processor time", flush=True)


def _each_guided(asked: argparse.Namespace) -> int:
    """Put inputs that atheris draws to each target in turn; it ends the process that it runs in."""
    failed: list[str] = []
    for target, runs in shares(asked.runs).items():
        before = os.times()
        command = [sys.executable, "-m", "tests.fuzz", "--target", target, "--runs", str(runs)]
        command += ["--seed", str(asked.seed), "--engine", asked.engine]
        failed += [target] if subprocess.run(command, check=False).returncode else []
        spent = os.times()
        seconds = spent.children_user + spent.children_system
        _told(target, runs, seconds - before.children_user - before.children_system)
    print(f"failed: {', '.join(failed)}" if failed else "nothing broke", flush=True)
    return 1 if failed else 0


def _guided(asked: argparse.Namespace) -> int:
    """Put inputs to a target that atheris draws, guided by the code that they reach."""
    import atheris

    with atheris.instrument_imports(include=["generator"]):
        import generator.cli.checking
        import generator.readers.logs.importing  # noqa: F401
        from tests.fuzz import breaking
        from tests.fuzz.dice import ByteDice
        from tests.fuzz.guard import Guard
        from tests.fuzz.session import Session

    with tempfile.TemporaryDirectory(prefix="erroratlas-fuzz-") as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for number in range(FIRST):
            first = breaking.seeded(asked.seed * FIRST + number).randbytes(LONGEST // 8)
            (corpus / str(number)).write_bytes(first)
        session = Session(Guard(), Path(folder))
        session.warm_up(asked.target)

        def one(data: bytes) -> None:
            failed = session.run(asked.target, ByteDice(data), data.hex())
            if failed is not None:
                raise RuntimeError(f"{failed.target}: {failed.why}")

        options = [f"-runs={asked.runs}", f"-seed={asked.seed}", f"-max_len={LONGEST}"]
        options += [f"-timeout={STUCK}", "-len_control=0", "-print_final_stats=1", str(corpus)]
        atheris.Setup([sys.argv[0], *options], one, enable_python_coverage=True)
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
