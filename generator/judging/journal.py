"""The journal: every verdict that was paid for, one a line, from the moment it is there.

A line is written with one call and is then the system's to keep: killing the process loses nothing.
Lines are never changed. A verdict that was given again later stands below the one before it.
"""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pydantic import ValidationError

from generator.errors import InputError
from generator.judging.pricing import Spent, Tokens
from generator.records.keys import RunKey
from generator.records.verdict import JudgeId, Verdict

_CHUNK = 1 << 16


class Entry(NamedTuple):
    """One line of a journal."""

    verdict: Verdict
    """What the judge said."""
    spent: Spent
    """What it took."""


class Place(NamedTuple):
    """Where an entry stands, and on what it speaks."""

    offset: int
    """Of its line, in bytes."""
    key: str
    """Key of the prediction."""
    item_id: str
    """Item."""
    judge: JudgeId
    """Who spoke."""
    status: str
    """Status of the verdict."""


def journal_folder(cache: Path) -> Path:
    """Return the folder of all journals."""
    return cache / "journal"


def journal_path(cache: Path, key: RunKey, judge: str) -> Path:
    """Return where a judge's journal on a run lies."""
    return journal_folder(cache) / f"{key[0]}__{key[1]}__{judge}.jsonl"


class Journal:
    """The journal of one judge on one run. Only who holds the benchmark alone may write."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, verdict: Verdict, usage: Tokens) -> None:
        """Write one verdict.

        Raises:
            InputError: It could not be written, for want of space, say; no part of it is left.
        """
        entry = {
            "verdict": verdict.model_dump(mode="json", exclude_defaults=True),
            "usage": [usage.input_tokens, usage.cached_tokens, usage.output_tokens],
        }
        # Escaped to ASCII, so that lone surrogates in a quote survive.
        line = json.dumps(entry, separators=(",", ":")).encode("ascii") + b"\n"
        with self._open() as file:
            size = file.seek(0, os.SEEK_END)
            try:
                written = file.write(line)
                while written < len(line):
                    written += file.write(line[written:])
            except OSError as error:
                with suppress(OSError):
                    file.truncate(size)
                msg = f"{self.path}: the journal cannot be written: {error.strerror}: make room"
                raise InputError(msg) from error

    def _open(self) -> FileIO:
        try:
            return self.path.open("ab", buffering=0)
        except FileNotFoundError:  # The first verdict of all.
            self.path.parent.mkdir(parents=True, exist_ok=True)
            return self.path.open("ab", buffering=0)

    def repair(self) -> bool:
        """Mend a last line that a kill tore; return whether there was one.

        A line that only lacks its end is whole and stays; another cannot be a verdict and goes.
        """
        if not self.path.is_file():
            return False
        with self.path.open("r+b") as file:
            start = _last_line(file)
            file.seek(start)
            torn = file.read()
            if not torn:
                return False
            if _entry(torn) is None:
                file.truncate(start)
            else:
                file.write(b"\n")
        return True

    def entries(self) -> Iterator[Entry]:
        """Yield the entries in the order written; a line that cannot be read is passed over."""
        yield from (entry for _, entry in self._lines())

    def _lines(self) -> Iterator[tuple[int, Entry]]:
        """Yield the entries, each with the offset of its line."""
        if not self.path.is_file():
            return
        offset = 0
        with self.path.open("rb") as file:
            for line in file:
                entry = _entry(line) if line.endswith(b"\n") else None
                if entry is not None:
                    yield offset, entry
                offset += len(line)

    def read(self) -> dict[str, Entry]:
        """Mend the last line and return the entry of every key that counts."""
        places = self.places()
        entries = zip(places, self.at(places), strict=True)
        return {place.key: entry for place, entry in entries}

    def places(self) -> list[Place]:
        """Mend the last line and return where the entries stand that count, one a key.

        A verdict outlives a later failure of the same judge; otherwise the last entry counts. They
        come in the order written. No verdict is held: memory has a few numbers a key.
        """
        self.repair()
        places: dict[str, Place] = {}
        judges: dict[JudgeId, JudgeId] = {}
        for offset, (verdict, _) in self._lines():
            judge = judges.setdefault(verdict.judge, verdict.judge)
            before = places.get(verdict.key)
            failed = verdict.status == "no_verdict"
            if before and failed and before.judge == judge and before.status != "no_verdict":
                continue
            places[verdict.key] = Place(offset, verdict.key, verdict.item_id, judge, verdict.status)
        return sorted(places.values(), key=lambda place: place.offset)

    def at(self, places: Iterable[Place]) -> Iterator[Entry]:
        """Yield the entries that stand at places, in the order of those."""
        if not self.path.is_file():
            return
        with self.path.open("rb") as file:
            for place in places:
                file.seek(place.offset)
                entry = _entry(file.readline())
                if entry is None:
                    msg = f"{self.path}: the journal has changed while it was read: try again"
                    raise InputError(msg)
                yield entry


def _entry(line: bytes) -> Entry | None:
    """Return the entry of a line, none where it is no whole one."""
    try:
        fields = json.loads(line)
        # Read leniently: JSON knows no tuples.
        verdict = Verdict.model_validate(fields["verdict"])
        return Entry(verdict, Spent(*map(int, fields["usage"])))
    except (ValidationError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _last_line(file: BinaryIO) -> int:
    """Return where the line begins that the file ends in; its size where the last is whole."""
    end = file.seek(0, os.SEEK_END)
    while end > 0:
        start = max(0, end - _CHUNK)
        file.seek(start)
        found = file.read(end - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0
