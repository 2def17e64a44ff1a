"""Judges a block of a run: what one process does at a time, on this machine or another."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from generator.judging.calibration import confidences_of
from generator.judging.elsewhere import Elsewhere
from generator.judging.judge import RULES_NAME, judge_failure, rules_judge
from generator.readers.runs import run_rows
from generator.records.failure import Failure
from generator.records.keys import RunKey
from generator.records.verdict import JudgeId
from generator.store.content import Content
from generator.store.verdict_rows import ordered, placed, rows_of, written
from generator.store.verdicts import read_stamp, read_verdicts


class Block(NamedTuple):
    """Predictions of a run that follow each other in its text."""

    key: RunKey
    """Benchmark and model."""
    start: int = 0
    """Place of the first, counted from 0."""
    stop: int | None = None
    """Place after the last; none for the end of the run."""


class JudgedBlock(NamedTuple):
    """What judging a block gave."""

    predictions: int
    """Predictions read."""
    settled: int
    """Failures that the rules could settle."""
    verdicts: pa.Table
    """Verdicts of the rules, one a failure, as ``store.verdict_rows.ordered`` returns them."""


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


def embedded_judge(content: Content) -> JudgeId:
    """Return who the rules are for this content, with the confidences that they have by it."""
    return rules_judge(
        content.taxonomy.version,
        content.atlas.rule_threshold,
        confidences_of(content.calibration),
    )


def judge_block(content: Content, block: Block, cache: Path, elsewhere: Elsewhere) -> JudgedBlock:
    """Judge every failure of a block. Pure: reads files, the indexes among them, and writes none.

    What comes before the block is read and passed over, since texts can be read from their
    beginning alone.

    Args:
        content: The content; of its runs and benchmarks, those of the block are enough.
        block: Which predictions.
        cache: Folder of fetched files.
        elsewhere: What the indexes of the benchmark say.

    Raises:
        InputError: The text is not at hand or at fault.
    """
    key = block.key
    benchmark = content.benchmarks[key[0]]
    judge = embedded_judge(content)
    threshold = content.atlas.rule_threshold
    confidences = confidences_of(content.calibration)
    contexts = elsewhere.of_run(key)
    verdicts, count = [], 0
    for item, prediction in islice(run_rows(content, key, cache), block.start, block.stop):
        count += 1
        if prediction.score < benchmark.success_threshold:
            failure = Failure.of(*key, benchmark.task_type, item, prediction)
            said = judge_failure(
                failure,
                judge,
                threshold,
                display_full=benchmark.display == "full",
                context=contexts.of_item(item.item_id),
                confidences=confidences,
            )
            verdicts.append(said)
    settled = sum(verdict.status == "verdict" for verdict in verdicts)
    return JudgedBlock(count, settled, ordered(verdicts))


def joined(content: Content, key: RunKey, blocks: Iterable[JudgedBlock], stamp: str) -> JudgedRun:
    """Make the verdict file of a run from all its blocks: the same bytes, however it was cut.

    Args:
        content: The content.
        key: The run.
        blocks: What its blocks gave, in their order.
        stamp: Hash of all that the verdicts depend on, see ``judging.run.stamp``.

    Raises:
        InputError: The verdict file that is there was not written by the generator.
    """
    blocks = list(blocks)
    tables = [block.verdicts for block in blocks]
    keys: dict[str, bytes] = {}
    for table in tables:
        keys.update(zip(table["item_id"].to_pylist(), table["key"].to_pylist(), strict=True))
    path = content.layout.verdicts(*key)
    # A verdict of another judge belongs to the bytes it was made from, and goes with them.
    others = [
        verdict
        for verdict in read_verdicts(path)
        if verdict.judge.name != RULES_NAME
        and keys.get(verdict.item_id) == bytes.fromhex(verdict.key)
    ]
    rows = [*map(placed, tables), sorted(rows_of(others), key=lambda row: row.key)]
    return JudgedRun(
        key=key,
        predictions=sum(block.predictions for block in blocks),
        failures=sum(len(table) for table in tables),
        settled=sum(block.settled for block in blocks),
        verdicts=written(rows, {**read_stamp(path), RULES_NAME: stamp}),
    )
