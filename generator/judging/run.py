"""Runs the embedded judge over whole runs; every file appears whole or not at all."""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import Literal, TypeVar

from generator.errors import OutsideError
from generator.judging.block import Block, JudgedRun, embedded_judge, joined, judge_block
from generator.judging.change import Change, put
from generator.judging.elsewhere import Elsewhere
from generator.judging.indexing import is_indexed
from generator.judging.judge import RULES_NAME
from generator.readers.runs import is_readable, text_hash
from generator.records.keys import RunKey, canonical_json
from generator.records.verdict import JudgeId
from generator.store.aside import leave_interrupts
from generator.store.content import Content
from generator.store.verdicts import read_stamp

Result = TypeVar("Result")

State = Literal["fresh", "stale", "missing"]
"""Whether the verdicts of the rules on a run are those that would be given now."""


def stamp(
    content: Content,
    key: RunKey,
    elsewhere: Elsewhere,
    text: str | None = None,
    rules: JudgeId | None = None,
) -> str:
    """Return a hash of all that the rules' verdicts on a run depend on.

    Args:
        content: The content.
        key: The run.
        elsewhere: What the indexes say.
        text: Hash of its text, where that is known; see ``readers.runs.text_hash``.
        rules: Who the rules are, where that is known; see ``block.embedded_judge``.
    """
    benchmark = content.benchmarks[key[0]]
    parts = [
        (rules or embedded_judge(content)).model_dump(),
        text or text_hash(content, key),
        benchmark.source.reader if benchmark.source else None,
        benchmark.task_type,
        benchmark.success_threshold,
        benchmark.display,
        elsewhere.digest(key),
    ]
    return hashlib.sha256(canonical_json(parts)).hexdigest()


def states(content: Content, benchmarks: Collection[str] | None = None) -> dict[RunKey, State]:
    """Tell of every run whether it has to be judged, without reading any text.

    Args:
        content: The content.
        benchmarks: Those whose runs are meant; all if None.
    """
    elsewhere, rules = Elsewhere(content), embedded_judge(content)
    return {
        key: state(content, key, elsewhere, rules)
        for key in content.runs
        if benchmarks is None or key[0] in benchmarks
    }


def state(
    content: Content,
    key: RunKey,
    elsewhere: Elsewhere | None = None,
    rules: JudgeId | None = None,
) -> State:
    """Tell whether a run has to be judged, without reading its text.

    Args:
        content: The content.
        key: The run.
        elsewhere: What the indexes say, where it is asked of several runs; else it is read.
        rules: Who the rules are, where it is asked of several runs.
    """
    held = read_stamp(content.layout.verdicts(*key)).get(RULES_NAME)
    if held is None or not is_indexed(content, key):
        return "missing"
    now = stamp(content, key, elsewhere or Elsewhere(content), rules=rules)
    return "fresh" if held == now else "stale"


def judge_run(content: Content, key: RunKey, cache: Path) -> JudgedRun:
    """Judge every failure of a run. Pure: reads files, the indexes among them, and writes none.

    Raises:
        InputError: The text is not at hand or at fault.
    """
    elsewhere = Elsewhere(content)
    whole = judge_block(content, Block(key), cache, elsewhere)
    return joined(content, key, [whole], stamp(content, key, elsewhere))


def in_processes(
    work: Callable[[Content, RunKey, Path], Result],
    content: Content,
    keys: Sequence[RunKey],
    cache: Path,
    *,
    workers: int,
) -> Iterator[Result]:
    """Index or judge runs in separate processes and yield what came of them in the order given.

    Args:
        work: ``index_run`` or ``judge_run``.
        content: The content.
        keys: Runs whose text is at hand.
        cache: Folder of fetched files.
        workers: Number of processes; 1 works in this one.
    """
    if workers == 1 or len(keys) < 2:  # noqa: PLR2004  one run gains nothing from a process
        for key in keys:
            yield work(content, key, cache)
        return
    pool = ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=leave_interrupts
    )
    try:
        # One run a worker is in flight: memory does not grow with the number of runs.
        ahead = [pool.submit(work, content, key, cache) for key in keys[: workers + 1]]
        for position in range(len(keys)):
            done = ahead.pop(0).result()
            following = position + workers + 1
            if following < len(keys):
                ahead.append(pool.submit(work, content, keys[following], cache))
            yield done
    except BrokenProcessPool as error:
        msg = "a process that judged was ended, perhaps for want of memory: try --workers 1"
        raise OutsideError(msg) from error
    finally:
        pool.shutdown(cancel_futures=True)


def seal(content: Content, judged: JudgedRun, *, check: bool = False) -> Change:
    """Write the verdicts on one run, or tell whether they are what was there (``check``)."""
    return put(content.layout.verdicts(*judged.key), judged.verdicts, check=check)


def due(
    content: Content,
    cache: Path,
    *,
    everything: bool = False,
    known: Mapping[RunKey, State] | None = None,
) -> list[RunKey]:
    """Return the runs to judge: those without fresh verdicts whose text is at hand.

    Args:
        content: The content.
        cache: Folder of fetched files.
        everything: Fresh ones too.
        known: Whether each run has to be judged, where that was told already.
    """
    known = states(content) if known is None else known
    return [
        key
        for key in content.runs
        if (everything or known[key] != "fresh") and is_readable(content, key, cache)
    ]
