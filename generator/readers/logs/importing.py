"""A log becomes a run of the content: read as a stream, written whole or not at all."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from generator.errors import ContentError, InputError
from generator.readers.logs.account import Entry
from generator.readers.logs.joining import Joining
from generator.readers.logs.sheets import Sheet, Sheets, pack
from generator.readers.logs.stretch import Stretch
from generator.records.base import Record
from generator.records.benchmark import Benchmark
from generator.records.model import Model
from generator.records.prediction import Run
from generator.store.atomic import write_text
from generator.store.documents import MAX_BYTES, write_document
from generator.store.layout import Layout
from generator.store.lines import MAX_UNPACKED
from generator.store.staging import differing, publish, same, staged


class Descriptions(NamedTuple):
    """What is written beside the predictions."""

    run: Run
    """The run."""
    benchmark: Benchmark | None
    """The benchmark; None where the content has it."""
    model: Model | None
    """The model; None where the content has it."""


@dataclass(frozen=True)
class Target:
    """Where a run goes."""

    layout: Layout
    """Paths of the content."""
    benchmark: str
    """Benchmark."""
    model: str
    """Model."""

    @cached_property
    def folder(self) -> Path:
        """Folder of the run."""
        return self.layout.run(self.benchmark, self.model).parent

    @cached_property
    def home(self) -> Path:
        """Folder of the benchmark."""
        return self.layout.benchmark(self.benchmark).parent

    @cached_property
    def about(self) -> Path:
        """Description of the model."""
        return self.layout.models / f"{self.model}.yml"


class Imported(NamedTuple):
    """What an import wrote, or would write."""

    changed: tuple[str, ...]
    """Files that are new or have other contents now, as messages name them."""
    unchanged: tuple[str, ...]
    """Files that are as they were."""


def take_in(
    entries: Iterator[Entry | Stretch],
    joining: Joining,
    target: Target,
    describe: Callable[[], Descriptions],
    *,
    skip_bad: bool = False,
    force: bool = False,
    dry: bool = False,
) -> Imported:
    """Read a log to its end, and write the run if there is nothing against it.

    Args:
        entries: Entries of the log.
        joining: How they are joined to items.
        target: Where the run goes.
        describe: Gives the descriptions, once everything was read.
        skip_bad: Whether rows that are not as their format says are left out.
        force: Whether a run that is there with other contents is replaced.
        dry: Whether nothing is to be written.

    Raises:
        ContentError: Rows are bad.
        InputError: Nothing could be taken in, or the result is too large or already there.
    """
    before = target.layout.items(target.benchmark)
    with staged(target.folder) as stage, staged(target.home) as other:
        outputs, items = stage / "predictions.jsonl", other / "items.jsonl"
        size = before.stat().st_size if before.is_file() else 0
        with outputs.open("wb") as predicted, items.open("wb") as asked:
            sheets = Sheets(
                Sheet(predicted, "predictions", MAX_UNPACKED),
                Sheet(asked, "items", MAX_BYTES, size),
            )
            with _collector_at_rest():
                joining.join(entries, sheets)
        _judge(joining, skip_bad=skip_bad)
        if outputs.stat().st_size > MAX_BYTES:
            pack(outputs)
        described = describe()
        if size and (joining.added or described.benchmark is not None):
            items.write_bytes(before.read_bytes() + items.read_bytes())
        elif size:
            items.unlink()  # there is none to add
        _describe(stage / "run.yml", described.run)
        if described.benchmark is not None:
            _describe(other / "benchmark.yml", described.benchmark)
        odd = differing(stage, target.folder) if target.folder.exists() else []
        if odd and not force:
            msg = (
                f"{target.layout.name(target.folder)}: the run is there already with other "
                f"contents ({', '.join(odd)}): --force replaces it"
            )
            raise InputError(msg)
        imported = _compared(target, described, stage, other)
        if not dry:
            _place(target, described, stage, other)
        return imported


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Let the collector of garbage rest, which looks for what holds itself: no row does.

    Each time that rows make it look, it goes through all that was loaded: a tenth of an import.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _describe(path: Path, record: Record) -> None:
    """Write a description in a folder that appears as a whole, so it needs no care of its own."""
    path.write_bytes(write_document(record).encode("utf-8"))


def _judge(joining: Joining, *, skip_bad: bool) -> None:
    """Refuse a log with bad rows, or without good ones."""
    account = joining.account
    if account.problems and not skip_bad:
        raise ContentError(account.problems)
    if not joining.taken:
        reasons = [f"{why} ({count})" for why, count in account.dropped.most_common()]
        reasons += [f"{why} ({count})" for why, count in account.faults.most_common()]
        why = "; ".join(reasons) or "the files hold none"
        msg = f"nothing to import: {account.rows} rows read, none taken in: {why}"
        raise InputError(msg)


def _compared(target: Target, described: Descriptions, stage: Path, other: Path) -> Imported:
    """Tell what changes."""
    pairs = [(path, target.folder / path.name) for path in stage.iterdir()]
    pairs += [(path, target.home / path.name) for path in other.iterdir()]
    changed = [new for path, new in pairs if not same(path, new)]
    kept = [new for path, new in pairs if new not in changed]
    if not (other / "items.jsonl").exists():
        kept.append(target.home / "items.jsonl")
    if described.model is not None:
        changed.append(target.about)
    name = target.layout.name
    return Imported(tuple(sorted(map(name, changed))), tuple(sorted(map(name, kept))))


def _place(target: Target, described: Descriptions, stage: Path, other: Path) -> None:
    """Put everything in its place, the run last: what is there is sound after each step."""
    if described.model is not None:
        write_text(target.about, write_document(described.model))
    items = other / "items.jsonl"
    if described.benchmark is not None:
        publish(other, target.home)
    elif items.exists() and not same(items, target.home / items.name):
        items.chmod(0o644)
        items.replace(target.home / items.name)
    if differing(stage, target.folder):
        publish(stage, target.folder)
