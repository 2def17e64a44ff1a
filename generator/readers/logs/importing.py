"""A log becomes a run of the content: read as a stream, written whole or not at all."""

import gzip
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

from generator.errors import ContentError, InputError
from generator.readers.logs.account import Entry
from generator.readers.logs.joining import Joined, Joining
from generator.records.benchmark import Benchmark
from generator.records.model import Model
from generator.records.prediction import Run
from generator.store.atomic import write_text
from generator.store.documents import MAX_BYTES, write_document
from generator.store.layout import Layout
from generator.store.lines import MAX_LINE, MAX_PACKED, MAX_UNPACKED, line_of
from generator.store.staging import differing, publish, same, staged


class Descriptions(NamedTuple):
    """What is written beside the predictions."""

    run: Run
    """The run."""
    benchmark: Benchmark | None
    """The benchmark; None where the content has it."""
    model: Model | None
    """The model; None where the content has it."""


class Target(NamedTuple):
    """Where a run goes."""

    layout: Layout
    """Paths of the content."""
    benchmark: str
    """Benchmark."""
    model: str
    """Model."""

    @property
    def folder(self) -> Path:
        """Folder of the run."""
        return self.layout.run(self.benchmark, self.model).parent

    @property
    def home(self) -> Path:
        """Folder of the benchmark."""
        return self.layout.benchmark(self.benchmark).parent

    @property
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
    entries: Iterator[Entry],
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
        if before.is_file():
            shutil.copyfile(before, items)
        with outputs.open("wb") as predicted, items.open("ab") as asked:
            sheets = _Sheets(
                _Sheet(predicted, "predictions", MAX_UNPACKED), _Sheet(asked, "items", MAX_BYTES)
            )
            joining.join(entries, sheets.write)
        _judge(joining, skip_bad=skip_bad)
        if outputs.stat().st_size > MAX_BYTES:
            _pack(outputs)
        described = describe()
        write_text(stage / "run.yml", write_document(described.run))
        if described.benchmark is not None:
            write_text(other / "benchmark.yml", write_document(described.benchmark))
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


class _Sheet:
    """A file that is written line by line, and its size."""

    def __init__(self, stream: IO[bytes], what: str, limit: int) -> None:
        self._stream, self._what, self._limit = stream, what, limit
        self._size = stream.tell()

    def add(self, line: bytes) -> None:
        """Write a line; what is too large already need not be read to its end."""
        self._stream.write(line)
        self._size += len(line)
        if self._size > self._limit:
            _hold(self._size, self._what, self._limit)


class _Sheets(NamedTuple):
    """What a log becomes."""

    predictions: _Sheet
    """All that were taken."""
    items: _Sheet
    """Those of the benchmark, and the new ones."""

    def write(self, joined: Joined) -> bool:
        """Write a prediction and its item; return False if one of them is too long."""
        line = line_of(joined.prediction)
        if max(len(line), len(joined.new_line)) > MAX_LINE:
            return False
        self.predictions.add(line)
        if joined.new_line:
            self.items.add(joined.new_line)
        return True


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


def _hold(size: int, what: str, limit: int) -> None:
    """Refuse a file that no command would read."""
    if size > limit:
        msg = (
            f"the {what} come to {size:,} bytes or more, and such a file may have {limit:,}: "
            "import a part of the log, or keep the benchmark by reference"
        )
        raise InputError(msg)


def _pack(outputs: Path) -> None:
    """Pack predictions that are too large for a plain file; the same bytes each time."""
    packed = outputs.with_name(f"{outputs.name}.gz")
    with (
        outputs.open("rb") as source,
        packed.open("wb") as sink,
        gzip.GzipFile("", "wb", 9, sink, mtime=0) as stream,
    ):
        shutil.copyfileobj(source, stream, 1 << 20)
    outputs.unlink()
    _hold(packed.stat().st_size, "packed predictions", MAX_PACKED)


def _compared(target: Target, described: Descriptions, stage: Path, other: Path) -> Imported:
    """Tell what changes."""
    pairs = [(path, target.folder / path.name) for path in stage.iterdir()]
    pairs += [(path, target.home / path.name) for path in other.iterdir()]
    changed = [new for path, new in pairs if not same(path, new)]
    kept = [new for path, new in pairs if new not in changed]
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
    elif not same(items, target.home / items.name):
        items.chmod(0o644)
        items.replace(target.home / items.name)
    if differing(stage, target.folder):
        publish(stage, target.folder)
