"""The files of a log: JSON Lines and tables row by row, documents as a whole."""

import csv
import io
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import pydantic_core

from generator.errors import InputError
from generator.readers.logs.account import Spot
from generator.readers.logs.fields import bad
from generator.store.lines import opened
from generator.store.regular import MARK, fault

MAX_LINE = 32 << 20
"""Longest line of JSON Lines that is read, in bytes."""
MAX_DOCUMENT = 256 << 20
"""Largest file that is read as one document, in bytes."""
MAX_FILES = 10_000
"""Most files that a folder may hold."""
MAX_CELL = 16 << 20
"""Most characters of a cell of a table."""


def found(paths: Sequence[Path], *patterns: str) -> list[Path]:
    """Return the files named, and those of the folders named that have one of the names.

    Raises:
        InputError: A path leads nowhere, or there is no such file.
    """
    files: list[Path] = []
    for path in paths:
        if not path.is_dir():
            if problem := fault(path, str(path)):
                msg = f"{path}: {problem.wrong}: {problem.mend}"
                raise InputError(msg)
            files.append(path)
            continue
        within = sorted(one for pattern in patterns for one in path.rglob(pattern) if one.is_file())
        if len(within) > MAX_FILES:
            msg = f"{path}: more than {MAX_FILES:,} files: name the ones of one run"
            raise InputError(msg)
        files.extend(within)
    if not files:
        msg = f"{', '.join(map(str, paths))}: no file named {' or '.join(patterns)}: name the files"
        raise InputError(msg)
    return list(dict.fromkeys(files))


def json_lines(path: Path) -> Iterator[tuple[Spot, object]]:
    """Yield the values of JSON Lines, plain or gzipped, with their line.

    A line that holds none is given as the error that says so. Lines end with a line feed alone.
    """
    with opened(path) as stream:
        number = 0
        while raw := _line(stream, path):
            number += 1
            spot = Spot(str(path), number)
            if len(raw) > MAX_LINE:
                msg = f"{spot}: a line of more than {MAX_LINE >> 20} MiB: split or shorten it"
                raise InputError(msg)
            text = raw.removeprefix(MARK) if number == 1 else raw
            if text.strip():
                yield spot, _value(spot, text)


def _line(stream: IO[bytes], path: Path) -> bytes:
    try:
        return stream.readline(MAX_LINE + 1)
    except (OSError, EOFError, zlib.error) as error:
        msg = f"{path}: cannot be unpacked: {error}: make the file again"
        raise InputError(msg) from error


def _value(spot: Spot, text: bytes) -> object:
    try:
        return pydantic_core.from_json(text, allow_inf_nan=True, cache_strings="keys")
    except ValueError as error:
        shown = text[:80].decode("utf-8", "replace")
        return bad(spot, "-", shown, f"not JSON: {error}", "write one JSON object on the line")


def document(path: Path) -> Any:
    """Return the value of a JSON file, plain or gzipped.

    Raises:
        InputError: It is none, or too large to be read as a whole.
    """
    with opened(path) as stream:
        try:
            data = stream.read(MAX_DOCUMENT + 1)
        except (OSError, EOFError, zlib.error) as error:
            msg = f"{path}: cannot be unpacked: {error}: make the file again"
            raise InputError(msg) from error
    if len(data) > MAX_DOCUMENT:
        msg = (
            f"{path}: more than {MAX_DOCUMENT >> 20} MiB in one document: split the run, or give "
            "its samples as JSON Lines"
        )
        raise InputError(msg)
    try:
        return pydantic_core.from_json(data.removeprefix(MARK), cache_strings="keys")
    except ValueError as error:
        msg = f"{path}: not JSON: {error}: give the file as the harness wrote it"
        raise InputError(msg) from error


def table(path: Path) -> Iterator[tuple[Spot, object]]:
    """Yield the rows of a CSV file (or of a TSV file) by the names in its first line.

    A row with another number of cells is given as the error that says so.
    """
    csv.field_size_limit(MAX_CELL)
    tabs = ".tsv" in path.suffixes
    with io.TextIOWrapper(opened(path), encoding="utf-8-sig", newline="") as stream:
        rows = csv.reader(stream, delimiter="\t" if tabs else ",", strict=True)
        names: list[str] = []
        try:
            for cells in rows:
                spot = Spot(str(path), rows.line_num)
                if not names:
                    names = cells
                elif len(cells) == len(names):
                    yield spot, dict(zip(names, cells, strict=True))
                elif cells:
                    wrong = f"{len(cells)} cells, but the first line has {len(names)}"
                    yield spot, bad(spot, "-", cells[0], wrong)
        except (csv.Error, UnicodeDecodeError, EOFError, zlib.error, OSError) as error:
            msg = f"{path}:{rows.line_num}: cannot be read as CSV: {error}: write it again as UTF-8"
            raise InputError(msg) from error


def rows(path: Path) -> Iterator[tuple[Spot, object]]:
    """Yield the rows of a table or of JSON Lines, told by the name of the file."""
    return table(path) if {".csv", ".tsv"} & set(path.suffixes) else json_lines(path)


def read_once() -> Callable[[Path], Iterator[tuple[Spot, object]]]:
    """Return what reads the rows of a file once, for all runs that are taken from it.

    They are kept until nobody asks any more; those of a packed or very large file are read anew.
    """
    kept: dict[Path, list[tuple[Spot, object]]] = {}

    def read(path: Path) -> Iterator[tuple[Spot, object]]:
        if path.suffix == ".gz" or path.stat().st_size > MAX_DOCUMENT:
            return rows(path)
        if path not in kept:
            kept[path] = list(rows(path))
        return iter(kept[path])

    return read
