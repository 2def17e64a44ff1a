"""Runs the embedded judge over whole runs; every file appears whole or not at all."""

import hashlib
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import Literal, NamedTuple

from generator.errors import OutsideError
from generator.judging.judge import RULES_NAME, judge_failure, rules_judge
from generator.readers.runs import RunKey, is_readable, run_rows, text_hash
from generator.records.failure import Failure
from generator.records.keys import canonical_json, item_hash
from generator.records.verdict import JudgeId
from generator.store.atomic import write_bytes
from generator.store.content import Content
from generator.store.ordering import natural
from generator.store.references import (
    IndexRow,
    ItemVariants,
    index_bytes,
    item_variant_bytes,
    read_item_variants,
)
from generator.store.verdicts import read_stamp, read_verdicts, verdict_bytes

State = Literal["fresh", "stale", "missing"]
"""Whether the verdicts of the rules on a run are those that would be given now."""


class Seen(NamedTuple):
    """One prediction of a run kept by reference, as the index needs it."""

    item_id: str
    digest: bytes
    tags: dict[str, str]
    score: float


class JudgedRun(NamedTuple):
    """What judging one run gave."""

    key: RunKey
    """Benchmark and model."""
    predictions: int
    """Predictions read."""
    failures: int
    """Failures among them."""
    settled: int
    """Failures that the rules could settle."""
    verdicts: bytes
    """The verdict file: those of the rules made anew, those of other judges kept."""
    seen: tuple[Seen, ...]
    """Predictions, for the index of a run kept by reference; else empty."""


class Change(NamedTuple):
    """A file that judging makes, and whether it differed from what was there."""

    path: Path
    changed: bool


def embedded_judge(content: Content) -> JudgeId:
    """Return who the rules are for this content."""
    return rules_judge(content.taxonomy.version, content.atlas.rule_threshold)


def stamp(content: Content, key: RunKey) -> str:
    """Return a hash of all that the rules' verdicts on a run depend on."""
    benchmark = content.benchmarks[key[0]]
    parts = [
        embedded_judge(content).model_dump(),
        text_hash(content, key),
        benchmark.source.reader if benchmark.source else None,
        benchmark.task_type,
        benchmark.success_threshold,
        benchmark.display,
    ]
    return hashlib.sha256(canonical_json(parts)).hexdigest()


def state(content: Content, key: RunKey) -> State:
    """Tell whether a run has to be judged, without reading its text."""
    path = content.layout.verdicts(*key)
    held = read_stamp(path).get(RULES_NAME)
    by_reference = content.benchmarks[key[0]].source is not None
    if held is None or (by_reference and not content.layout.index(*key).is_file()):
        return "missing"
    return "fresh" if held == stamp(content, key) else "stale"


def judge_run(content: Content, key: RunKey, cache: Path) -> JudgedRun:
    """Judge every failure of a run. Pure: reads files, writes none.

    Raises:
        InputError: The text is not at hand or at fault.
    """
    benchmark = content.benchmarks[key[0]]
    by_reference = benchmark.source is not None
    judge = embedded_judge(content)
    threshold = content.atlas.rule_threshold
    seen, verdicts, count = [], [], 0
    keys: dict[str, str] = {}
    for item, prediction in run_rows(content, key, cache):
        count += 1
        if by_reference:
            digest = bytes.fromhex(item_hash(key[0], item))
            seen.append(Seen(item.item_id, digest, item.tags, prediction.score))
        if prediction.score < benchmark.success_threshold:
            failure = Failure.of(*key, benchmark.task_type, item, prediction)
            full = benchmark.display == "full"
            verdicts.append(judge_failure(failure, judge, threshold, display_full=full))
            keys[failure.item_id] = failure.key
    path = content.layout.verdicts(*key)
    # A verdict of another judge belongs to the bytes it was made from, and goes with them.
    others = [
        verdict
        for verdict in read_verdicts(path)
        if verdict.judge.name != RULES_NAME and keys.get(verdict.item_id) == verdict.key
    ]
    stamps = {**read_stamp(path), RULES_NAME: stamp(content, key)}
    return JudgedRun(
        key=key,
        predictions=count,
        failures=len(verdicts),
        settled=sum(verdict.status == "verdict" for verdict in verdicts),
        verdicts=verdict_bytes([*verdicts, *others], stamps),
        seen=tuple(sorted(seen, key=lambda row: natural(row.item_id))),
    )


def judge_runs(
    content: Content, keys: Iterable[RunKey], cache: Path, *, workers: int
) -> Iterator[JudgedRun]:
    """Judge runs in separate processes and yield them in the order given.

    Args:
        content: The content.
        keys: Runs whose text is at hand.
        cache: Folder of fetched files.
        workers: Number of processes; 1 judges in this one.
    """
    wanted = list(keys)
    if workers == 1 or len(wanted) < 2:  # noqa: PLR2004  one run gains nothing from a process
        for key in wanted:
            yield judge_run(content, key, cache)
        return
    pool = ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_leave_interrupts
    )
    try:
        # One run a worker is in flight: memory does not grow with the number of runs.
        ahead = [pool.submit(judge_run, content, key, cache) for key in wanted[: workers + 1]]
        for position in range(len(wanted)):
            judged = ahead.pop(0).result()
            following = position + workers + 1
            if following < len(wanted):
                ahead.append(pool.submit(judge_run, content, wanted[following], cache))
            yield judged
    except BrokenProcessPool as error:
        msg = "a process that judged was ended, perhaps for want of memory: try --workers 1"
        raise OutsideError(msg) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _leave_interrupts() -> None:
    """Let the process that a person started answer Ctrl-C, not each of its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class Sealing:
    """Writes what judging gave, or tells whether it is what was there (``check``)."""

    def __init__(self, content: Content, *, check: bool = False) -> None:
        self._content = content
        self._check = check
        self._variants: dict[str, ItemVariants] = {}

    def seal(self, judged: JudgedRun) -> list[Change]:
        """Write the files of one run; those that the others need come first."""
        benchmark, model = judged.key
        layout = self._content.layout
        changes = []
        if judged.seen:
            hashes = layout.item_hashes(benchmark)
            variants = self._variants.setdefault(benchmark, read_item_variants(hashes))
            rows = [
                IndexRow(seen.item_id, variants.add(*seen[:3]), seen.score) for seen in judged.seen
            ]
            changes.append(self._put(hashes, item_variant_bytes(variants)))
            changes.append(self._put(layout.index(benchmark, model), index_bytes(rows)))
        changes.append(self._put(layout.verdicts(benchmark, model), judged.verdicts))
        return changes

    def _put(self, path: Path, data: bytes) -> Change:
        if self._check:
            return Change(path, not path.is_file() or path.read_bytes() != data)
        return Change(path, write_bytes(path, data))


def due(content: Content, cache: Path, *, everything: bool = False) -> list[RunKey]:
    """Return the runs to judge: those without fresh verdicts whose text is at hand.

    Args:
        content: The content.
        cache: Folder of fetched files.
        everything: Fresh ones too.
    """
    return [
        key
        for key in content.runs
        if (everything or state(content, key) != "fresh") and is_readable(content, key, cache)
    ]
