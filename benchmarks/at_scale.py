"""Measure what a prediction and a shard cost, for the page that works numbers through.

Run it in a checkout whose texts are here, in an environment with the extra ``cluster``::

    make test-cluster
    ERRORATLAS_CACHE=DIR build/cluster/bin/python -m benchmarks.at_scale --json FILE

Seconds are those of the processor, of one process. Nothing in the checkout is changed.
"""

import argparse
import json
import logging
import os
import pickle
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator.cluster import tasks
from generator.cluster.charge import Charge, Places, slice_of
from generator.cluster.crew import Here, Task, completed
from generator.cluster.sameness import judging_hash
from generator.cluster.session import Session
from generator.cluster.shards import block_name, write_block
from generator.judging.block import Block, joined, judge_block
from generator.judging.elsewhere import Elsewhere
from generator.judging.indexing import index_run, numbered
from generator.judging.judge import RULES_NAME
from generator.judging.run import stamp
from generator.readers.runs import run_rows, source_files
from generator.records.keys import RunKey
from generator.sources.cache import cache_root, cached_file
from generator.store.content import Content, load_content
from generator.store.places import place_of
from generator.store.references import read_index, read_item_variants
from generator.store.verdicts import read_verdict_columns

ROOT = Path(__file__).resolve().parent.parent
EVERY = 4
"""Of the runs of a benchmark, each fourth is timed; bytes are those of all."""
NOTHINGS = 1_000
"""Tasks that do nothing, to measure what a task costs a cluster."""
TIMED = "mmlu_pro"
"""Benchmark whose runs are timed: the largest."""
REQUESTED = "gsm8k"
"""Benchmark whose requests are counted: a small one."""


class Clock:
    """Adds up processor seconds by step."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()

    def __call__(self, step: str, work: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """Call a function, and return what it returned."""
        start = time.process_time()
        found = work(*given, **named)
        self.spent[step] += time.process_time() - start
        return found


def times(content: Content, cache: Path, work: Path) -> dict[str, float]:
    """Return processor microseconds a prediction by step, and what a block takes beyond them."""
    clock = Clock()
    elsewhere = Elsewhere(content)
    standings = elsewhere.standings(TIMED)
    places = Places(str(content.root), str(cache), str(work))
    predictions = failures = shards = blocks = 0
    for key in [key for key in content.runs if key[0] == TIMED][::EVERY]:
        predictions += clock("read", _length, content, key, cache)
        run = clock("read and index", index_run, content, key, cache)
        variants = read_item_variants(content.layout.item_hashes(TIMED))
        clock("number", numbered, run, variants)
        judged = clock("read and judge", judge_block, content, Block(key), cache, elsewhere)
        failures += len(judged.verdicts)
        inputs = stamp(content, key, elsewhere)
        clock("join", joined, content, key, [judged], inputs)
        charge = Charge(places, slice_of(content, TIMED, key), TIMED, judging_hash())
        label = charge.label(inputs)
        clock("write a shard", write_block, charge.work, Block(key), judged, label)
        shards += len(charge.work.read(block_name(Block(key), label)) or b"")
        # A block of one prediction: what is read for any block, however short.
        clock("a block's own", tasks.judge, charge, Block(key, 0, 1), standings, inputs)
        blocks += 1
    each = {
        f"{step}: us a prediction": 1e6 * spent / predictions
        for step, spent in clock.spent.items()
        if step != "a block's own"
    }
    return {
        "runs timed": blocks,
        "predictions timed": predictions,
        "failures timed": failures,
        **each,
        "a block's own: s": clock.spent["a block's own"] / blocks,
        "shard: bytes a failure": shards / failures,
    }


def _length(content: Content, key: RunKey, cache: Path) -> int:
    return sum(1 for _ in run_rows(content, key, cache))


def sizes(content: Content, cache: Path) -> dict[str, float]:
    """Return bytes a prediction and a verdict, of all runs kept by reference."""
    keys = [key for key in content.runs if content.benchmarks[key[0]].source is not None]
    layout = content.layout
    files = {file.sha256: file for key in keys for file in source_files(content, key)}
    texts = sum(cached_file(cache, file).stat().st_size for file in files.values())
    predictions = sum(len(read_index(layout.index(*key))) for key in keys)
    judges: Counter[str] = Counter()
    for key in keys:
        judges.update(read_verdict_columns(layout.verdicts(*key), ["judge"])["judge"].to_pylist())
    verdicts = judges.total()
    indexes = sum(layout.index(*key).stat().st_size for key in keys)
    sealed = sum(layout.verdicts(*key).stat().st_size for key in keys)
    wordings = sum(layout.item_hashes(name).stat().st_size for name in {key[0] for key in keys})
    return {
        "runs": len(keys),
        "predictions": predictions,
        "failures": judges[RULES_NAME],
        "verdicts": verdicts,
        "packed texts: bytes a prediction": texts / predictions,
        "index: bytes a prediction": indexes / predictions,
        "wordings: bytes in all": wordings,
        "verdict file: bytes a verdict": sealed / verdicts,
    }


def importing(cache: Path, content: Content) -> dict[str, float]:
    """Return what importing the log of one run takes, by the command, start included."""
    key = next(key for key in content.runs if key[0] == TIMED)
    (file,) = source_files(content, key)
    with tempfile.TemporaryDirectory() as name:
        log = Path(name) / "model_outputs_made-up_5shots.zip"
        log.write_bytes(cached_file(cache, file).read_bytes())
        content_root = Path(name) / "content"
        for part in ("atlas.yml", "taxonomy"):
            place = content_root / part
            place.parent.mkdir(parents=True, exist_ok=True)
            copy = shutil.copytree if (content.root / part).is_dir() else shutil.copyfile
            copy(content.root / part, place)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        told = (
            "--harness-version 1 --create --benchmark made-up --model made__up --licence MIT "
            "--contributor Nobody --trained-on-test unknown --developer Nobody "
            "--items-licence MIT --citation None --threshold 1"
        )
        command = [sys.executable, "-m", "generator", "--root", name, "import", "mmlu-pro"]
        subprocess.run(
            [*command, str(log), *told.split()],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        rows = sum(1 for _ in run_rows(content, key, cache))
        outputs = content_root / "predictions/made-up/made__up/predictions.jsonl"
        size = outputs.stat().st_size
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "import: us a prediction": 1e6 * spent / rows,
        "predictions.jsonl: bytes a prediction": size / rows,
    }


def dask(content: Content, work: Path) -> dict[str, float]:
    """Return what a task costs a cluster of this machine, whatever it does."""
    from distributed import LocalCluster  # noqa: PLC0415  an extra

    from generator.cluster.dask_crew import DaskCrew  # noqa: PLC0415

    key = next(key for key in content.runs if key[0] == TIMED)
    places = Places(str(content.root), "", str(work))
    charge = Charge(places, slice_of(content, TIMED, key), TIMED, judging_hash())
    nothing = Task(nothing_to_do, (charge, Block(key)))
    found: dict[str, float] = {"charge: bytes sent": len(pickle.dumps(charge))}
    with (
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        ) as cluster,
        DaskCrew(cluster.scheduler_address) as crew,
    ):
        list(completed(crew, [nothing] * 20))
        start, spent = time.perf_counter(), time.process_time()
        list(completed(crew, [nothing] * NOTHINGS))
        found["task: elapsed ms"] = 1e3 * (time.perf_counter() - start) / NOTHINGS
        # The scheduler works in this process, too.
        found["task: scheduler and session ms"] = 1e3 * (time.process_time() - spent) / NOTHINGS
    return found


def requests(content: Content, cache: Path) -> dict[str, float]:
    """Return how many requests judging a run sends to an object store, from the first to the last.

    What is judged is GSM8K with its four systems, in one process, with an object store on this
    machine that counts.
    """
    from moto.server import ThreadedMotoServer  # noqa: PLC0415  for tests and this

    counted: Counter[str] = Counter()
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    os.environ |= {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    import s3fs  # noqa: PLC0415  an extra

    s3fs.S3FileSystem().mkdir("atlas")
    store = place_of("s3://atlas/x")
    keys = [key for key in content.runs if key[0] == REQUESTED]
    for path in content.root.rglob("*"):
        name = path.relative_to(content.root).as_posix()
        if path.is_file() and (path.suffix == ".yml" or f"/{REQUESTED}/" in f"/{name}"):
            store.write(f"content/{name}", path.read_bytes())
    for file in {file for key in keys for file in source_files(content, key)}:
        place = cached_file(cache, file)
        store.write(place.relative_to(cache).as_posix(), place.read_bytes())

    class Counts(logging.Handler):
        """Counts what the server says it was asked."""

        def emit(self, record: logging.LogRecord) -> None:
            """Count a request by its method."""
            method = record.getMessage().partition('"')[2].partition(" ")[0]
            counted[method] += 1

    log = logging.getLogger("werkzeug")
    log.setLevel(logging.INFO)
    log.propagate = False
    log.handlers = [Counts()]
    places = Places("s3://atlas/x/content", "s3://atlas/x", "s3://atlas/x/shards")
    Session(content, places, Here(1), everything=True).judge(keys)
    server.stop()
    return {f"requests a run: {method}": n / len(keys) for method, n in sorted(counted.items())}


def nothing_to_do(charge: Charge, block: Block) -> Block:
    """Do nothing."""
    del charge
    return block


def main() -> None:
    """Measure, print, and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="keep the figures in this file")
    kept: Path | None = parser.parse_args().json
    content, cache = load_content(ROOT / "content"), cache_root().absolute()
    figures: dict[str, Any] = {
        "python": platform.python_version(),
        "load before": os.getloadavg()[0],
    }
    with tempfile.TemporaryDirectory() as name:
        figures |= sizes(content, cache)
        figures |= times(content, cache, Path(name))
        figures |= importing(cache, content)
        figures |= dask(content, Path(name))
        figures |= requests(content, cache)
    figures["load after"] = os.getloadavg()[0]
    for what, value in figures.items():
        print(f"{what:40} {value:,.3f}" if isinstance(value, float) else f"{what:40} {value}")
    if kept is not None:
        kept.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
