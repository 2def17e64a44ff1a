"""What a worker does: reads from the shared folders, calls the functions of judging, writes back.

Each may be done twice, by two workers at once, or be cut off anywhere: it writes whole files alone,
and what it writes depends on its inputs alone.
"""

from pathlib import Path
from typing import NamedTuple

from generator.cluster.charge import NAMES, Charge, index_names, text_names
from generator.cluster.sameness import same_as
from generator.cluster.shards import (
    read_block,
    read_index,
    write_block,
    write_index,
)
from generator.errors import OutsideError
from generator.judging.block import Block, joined, judge_block
from generator.judging.elsewhere import Elsewhere, Standings
from generator.judging.indexing import index_run, index_stamp, is_indexed, numbered
from generator.judging.judge import RULES_NAME
from generator.judging.run import stamp
from generator.readers.runs import text_hash
from generator.records.keys import RunKey
from generator.store.atomic import write_bytes
from generator.store.content import Content
from generator.store.lines import MAX_UNPACKED, opened
from generator.store.references import item_variant_bytes, read_item_variants
from generator.store.references import read_index as index_frame
from generator.store.verdicts import read_stamp

_PIECE = 1 << 20


class Looked(NamedTuple):
    """What looking at a run gave."""

    key: RunKey
    """Benchmark and model."""
    predictions: int
    """Predictions of the run, or a few more."""
    text: str
    """Hash of its text."""
    held: str | None
    """What the verdicts of the rules that it has were made from; None without any."""
    indexed: bool
    """Whether it has the index that it needs; if not, a shard holds what goes into it."""


class Numbered(NamedTuple):
    """What numbering the wordings of a benchmark gave."""

    benchmark: str
    """Benchmark."""
    standings: Standings
    """What the contexts of its runs rest on."""
    changed: tuple[str, ...]
    """Files that were written, or would have been."""


class Judged(NamedTuple):
    """What judging a block gave; its verdicts are in a shard."""

    block: Block
    """Block."""
    reused: bool
    """Whether it was there already."""


class Joined(NamedTuple):
    """What joining the blocks of a run gave."""

    key: RunKey
    """Benchmark and model."""
    predictions: int
    """Predictions read."""
    failures: int
    """Failures among them."""
    settled: int
    """Failures that the rules could settle."""
    changed: tuple[str, ...]
    """Files that were written, or would have been."""


def look(charge: Charge, key: RunKey, everything: bool) -> Looked:  # noqa: FBT001  sent as it is
    """See how a run stands, and read it for its index where that is due.

    Raises:
        InputError: The text is at fault.
    """
    same_as(charge.code)
    verdicts, index = NAMES.verdicts(*key).as_posix(), NAMES.index(*key).as_posix()
    wanted = [*text_names(charge.content, key), verdicts, index]
    with charge.content_at_hand(wanted) as content:
        held = read_stamp(content.layout.verdicts(*key)).get(RULES_NAME)
        if content.benchmarks[key[0]].source is None:
            count = _lines(content.layout.outputs(*key))
            return Looked(key, count, text_hash(content, key), held, indexed=True)
        indexed = is_indexed(content, key) and not everything
        if indexed:
            count = len(index_frame(content.layout.index(*key)))
            return Looked(key, count, text_hash(content, key), held, indexed)
        label = charge.label(index_stamp(content, key))
        run = read_index(charge.work, key, label)
        if run is None:
            with charge.texts_at_hand(key) as cache:
                run = index_run(content, key, cache)
            write_index(charge.work, run, label)
        return Looked(key, len(run.seen), text_hash(content, key), held, indexed)


def number(charge: Charge, models: tuple[str, ...], check: bool) -> Numbered:  # noqa: FBT001
    """Write the indexes of runs that were read, in their order; say how the models stand.

    The wordings come first, as the indexes refer to them.

    Raises:
        OutsideError: A shard is gone.
    """
    same_as(charge.code)
    benchmark = charge.benchmark
    known = [key[1] for key in charge.content.runs]
    with charge.content_at_hand(index_names(charge.content, known, benchmark)) as content:
        variants = read_item_variants(content.layout.item_hashes(benchmark))
        indexes: dict[str, bytes] = {}
        for model in models:
            key = (benchmark, model)
            run = read_index(charge.work, key, charge.label(index_stamp(content, key)))
            if run is None:
                raise _gone(charge, key)
            indexes[NAMES.index(*key).as_posix()] = numbered(run, variants)
        wordings = {NAMES.item_hashes(benchmark).as_posix(): item_variant_bytes(variants)}
        files = {**wordings, **indexes} if indexes else {}
        changed = tuple(
            name for name, data in files.items() if _put(charge, content, name, data, check=check)
        )
        return Numbered(benchmark, Elsewhere(content).standings(benchmark), changed)


def judge(charge: Charge, block: Block, standings: Standings, inputs: str) -> Judged:
    """Judge a block into a shard, unless there is one on the same inputs.

    Raises:
        InputError: The text is not at hand or at fault.
        OutsideError: The text changed meanwhile.
    """
    same_as(charge.code)
    label = charge.label(inputs)
    if read_block(charge.work, block, label) is not None:
        return Judged(block, reused=True)
    key = block.key
    models = dict.fromkeys([key[1], *(model for model, _ in standings.strongest)])
    wanted = [*text_names(charge.content, key), *index_names(charge.content, models, key[0])]
    with charge.content_at_hand(wanted) as content, charge.texts_at_hand(key) as cache:
        elsewhere = Elsewhere(content, {key[0]: standings})
        if stamp(content, key, elsewhere) != inputs:
            msg = f"{key[0]}/{key[1]}: its text changed meanwhile: run the command again"
            raise OutsideError(msg)
        judged = judge_block(content, block, cache, elsewhere)
    write_block(charge.work, block, judged, label)
    return Judged(block, reused=False)


def join(charge: Charge, blocks: tuple[Block, ...], inputs: str, check: bool) -> Joined:  # noqa: FBT001
    """Join the shards of a run to its verdict file.

    Raises:
        OutsideError: A shard is gone.
    """
    same_as(charge.code)
    key = blocks[0].key
    judged = []
    for block in blocks:
        found = read_block(charge.work, block, charge.label(inputs))
        if found is None:
            raise _gone(charge, key)
        judged.append(found)
    name = NAMES.verdicts(*key).as_posix()
    with charge.content_at_hand([name]) as content:
        run = joined(content, key, judged, inputs)
        changed = (name,) if _put(charge, content, name, run.verdicts, check=check) else ()
    return Joined(key, run.predictions, run.failures, run.settled, changed)


def _gone(charge: Charge, key: RunKey) -> OutsideError:
    """Return the error for a shard that another worker wrote and this one does not see."""
    msg = (
        f"{key[0]}/{key[1]}: what another machine finished is not in {charge.places.work}: is this "
        "a folder that all machines share? If it is, run the command again"
    )
    return OutsideError(msg)


def _put(charge: Charge, content: Content, name: str, data: bytes, *, check: bool) -> bool:
    """Write a file of the content, here too, or with ``check`` compare it; tell if it differed."""
    if check:
        return charge.shared.read(name) != data
    changed = charge.shared.write(name, data)
    if charge.shared.local is None:
        write_bytes(content.root / name, data)
    return changed


def _lines(path: Path) -> int:
    """Return how many lines a file has at most, as far as it would be read."""
    if not path.is_file():
        return 0
    lines = size = 0
    with opened(path) as file:
        while size <= MAX_UNPACKED and (piece := file.read(_PIECE)):
            size += len(piece)
            lines += piece.count(b"\n")
    return lines + 1
