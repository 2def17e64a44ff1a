"""Measure what a prediction and a shard cost, for the page that works numbers through.

Run it in a checkout whose texts are here, in an environment with the extra ``cluster``::

    make test-cluster
    ERRORATLAS_CACHE=DIR build/cluster/bin/python -m benchmarks.at_scale --json FILE

Seconds are those of the processor, of one process. Nothing in the checkout is changed.
"""

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.at_scale_cluster import requests, tasks_of_nothing
from benchmarks.at_scale_sums import MODELS
from generator.cluster import tasks
from generator.cluster.charge import Charge, Places, slice_of
from generator.cluster.sameness import judging_hash
from generator.cluster.shards import block_name, write_block
from generator.judging.block import Block, joined, judge_block
from generator.judging.budget import CHARACTERS_PER_TOKEN, OUTPUT_TOKENS
from generator.judging.elsewhere import Elsewhere
from generator.judging.indexing import index_run, numbered
from generator.judging.judge import RULES_NAME
from generator.judging.run import stamp
from generator.readers.runs import run_rows, source_files
from generator.records.keys import RunKey
from generator.sources.cache import cache_root, cached_file
from generator.store.content import Content, load_content
from generator.store.references import read_index, read_item_variants
from generator.store.verdicts import read_verdict_columns

ROOT = Path(__file__).resolve().parent.parent
EVERY = 4
"""Of the runs of a benchmark, each fourth is timed; bytes are those of all."""
TIMED = "mmlu_pro"
"""Benchmark whose runs are timed: the largest."""


class Clock:
    """Adds up processor seconds by step."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)

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
        clock("a block", tasks.judge, charge, Block(key, 0, 1), standings, inputs)
        blocks += 1
    each = {
        f"{step}: us a prediction": 1e6 * spent / predictions
        for step, spent in clock.spent.items()
        if step != "a block"
    }
    return {
        "runs timed": blocks,
        "predictions timed": predictions,
        "failures timed": failures,
        **each,
        "a block: s": clock.spent["a block"] / blocks,
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


def asked() -> dict[str, float]:
    """Return what asking a language model about all runs kept by reference would take."""
    command = [sys.executable, "-m", "generator", "judge", "--llm", MODELS[0], "--dry-run"]
    told = [*command, "--format", "json"]
    for name in ("bbh", "gsm8k", "mmlu_pro"):
        told += ["--benchmark", name]
    said = subprocess.run(told, check=True, stdout=subprocess.PIPE, cwd=ROOT).stdout
    found = json.loads(said)["benchmarks"].values()
    sent = sum(one["requests"] for one in found)
    tokens = sum(one["input_tokens"] for one in found)
    return {
        "requests": sent,
        "a request: characters": tokens * CHARACTERS_PER_TOKEN / sent,
        "characters a token, assumed": CHARACTERS_PER_TOKEN,
        "tokens an answer, assumed": OUTPUT_TOKENS,
    }


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
        # In KiB where this is measured (Linux).
        figures["peak: MiB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        figures |= asked()
        figures |= tasks_of_nothing(content, TIMED, Path(name))
        figures |= requests(content, cache)
    figures["load after"] = os.getloadavg()[0]
    figures = {
        what: round(value, 3) if isinstance(value, float) else value
        for what, value in figures.items()
    }
    for what, value in figures.items():
        print(f"{what:40} {value:,}" if isinstance(value, float) else f"{what:40} {value}")
    if kept is not None:
        kept.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
