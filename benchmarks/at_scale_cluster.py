"""What a cluster and an object store add to judging, for ``benchmarks.at_scale``."""

import logging
import os
import pickle
import re
import time
from collections import Counter
from pathlib import Path

from generator.cluster.charge import Charge, Places, slice_of
from generator.cluster.crew import Here, Task, completed
from generator.cluster.sameness import judging_hash
from generator.cluster.session import Session
from generator.judging.block import Block
from generator.readers.runs import source_files
from generator.sources.cache import cached_file
from generator.store.content import Content
from generator.store.places import place_of

NOTHINGS = 1_000
"""Tasks that do nothing, to measure what a task costs a cluster."""
_METHOD = re.compile(r"(GET|HEAD|PUT|POST|DELETE) /")
REQUESTED = "gsm8k"
"""Benchmark whose requests are counted: a small one."""


def tasks_of_nothing(content: Content, benchmark: str, work: Path) -> dict[str, float]:
    """Return what a task costs a cluster of this machine, whatever it does."""
    from distributed import LocalCluster  # noqa: PLC0415  an extra

    from generator.cluster.dask_crew import DaskCrew  # noqa: PLC0415

    key = next(key for key in content.runs if key[0] == benchmark)
    places = Places(str(content.root), "", str(work))
    charge = Charge(places, slice_of(content, benchmark, key), benchmark, judging_hash())
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


def nothing_to_do(charge: Charge, block: Block) -> Block:
    """Do nothing."""
    del charge
    return block


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

    class Counts(logging.Handler):
        """Counts what the server says it was asked."""

        def emit(self, record: logging.LogRecord) -> None:
            """Count a request by its method."""
            counted.update(_METHOD.findall(record.getMessage())[:1])

    log = logging.getLogger("werkzeug")
    log.setLevel(logging.INFO)
    log.propagate = False
    log.handlers = [Counts()]
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
    counted.clear()
    places = Places("s3://atlas/x/content", "s3://atlas/x", "s3://atlas/x/shards")
    Session(content, places, Here(1), everything=True).judge(keys)
    server.stop()
    return {f"requests a run: {method}": n / len(keys) for method, n in sorted(counted.items())}
