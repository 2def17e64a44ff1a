"""A package that may be anything: read within bounds, nothing outside of it, nothing unpacked."""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from generator.errors import InputError
from generator.store.problems import visible

MOST_FILES = 200
"""Files of a package."""
MOST_BYTES = 1_000_000_000
"""Bytes of all files of a package, unpacked; also of one packed table."""
_NAME = re.compile(r"\.?[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*")
_STEP = 1 << 20


def open_package(path: Path) -> dict[str, bytes]:
    """Return the files of a package by name.

    Args:
        path: Its folder, or a zip file with one folder or none in it.

    Raises:
        InputError: It is neither, holds what no package holds, or more than is read.
    """
    if path.is_symlink() or not (path.is_file() or path.is_dir()):
        msg = f"{path}: no folder and no file: name a data package, or its zip file"
        raise InputError(msg)
    found = dict(_of_folder(path) if path.is_dir() else _of_archive(path))
    if not found:
        msg = f"{path}: empty: name a data package, or its zip file"
        raise InputError(msg)
    return found


def unpacked(name: str, data: bytes, limit: int = MOST_BYTES) -> bytes:
    """Return what a gzip file of one part holds.

    Raises:
        InputError: It is none, or unfolds to too much.
    """
    machine = zlib.decompressobj(wbits=31)
    try:
        text = machine.decompress(data, limit)
    except zlib.error as error:
        msg = f"{name}: no gzip file: {error}"
        raise InputError(msg) from error
    if machine.unconsumed_tail:
        msg = f"{name}: unfolds to more than {limit:,} bytes"
        raise InputError(msg)
    if not machine.eof or machine.unused_data:
        msg = f"{name}: a gzip file that is cut off, or that has something behind its end"
        raise InputError(msg)
    return text


class _Bounds:
    """Counts what was read."""

    def __init__(self, path: Path) -> None:
        self.path, self.left, self.names = path, MOST_BYTES, set[str]()

    def admit(self, name: str) -> str:
        """Return a name that a package may have.

        Raises:
            InputError: It leads elsewhere, was there before, or is one too many.
        """
        if not _NAME.fullmatch(name):
            self._refuse(f"{visible(name, 100)}: no name of a file of a package")
        if name in self.names:
            self._refuse(f"{name}: there twice")
        self.names.add(name)
        if len(self.names) > MOST_FILES:
            self._refuse(f"more than {MOST_FILES} files")
        return name

    def read(self, file: IO[bytes]) -> bytes:
        """Return what a file holds, whatever it says of its own size.

        Raises:
            InputError: It is more than is left.
        """
        parts: list[bytes] = []
        while part := file.read(_STEP):
            self.left -= len(part)
            if self.left < 0:
                self._refuse(f"unfolds to more than {MOST_BYTES:,} bytes")
            parts.append(part)
        return b"".join(parts)

    def _refuse(self, why: str) -> None:
        msg = f"{self.path}: {why}: it is not read"
        raise InputError(msg)


def _of_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    bounds = _Bounds(folder)
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or not path.is_file():
            msg = f"{path}: no plain file: a package holds no folders and no links"
            raise InputError(msg)
        name = bounds.admit(path.name)
        with path.open("rb") as file:
            yield name, bounds.read(file)


def _of_archive(path: Path) -> Iterator[tuple[str, bytes]]:
    bounds = _Bounds(path)
    folders = set[str]()
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                folder, slash, name = entry.filename.rpartition("/")
                folders.add(folder)
                if slash and not name and _NAME.fullmatch(folder):
                    continue
                if len(folders) > 1 or (folder and not _NAME.fullmatch(folder)):
                    name = entry.filename
                mode = entry.external_attr >> 16
                if stat.S_ISLNK(mode) or entry.flag_bits & 1:
                    msg = f"{path}: {visible(name, 100)}: a link, or encrypted: it is not read"
                    raise InputError(msg)
                admitted = bounds.admit(name)
                with archive.open(entry) as file:
                    yield admitted, bounds.read(file)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError) as error:
        msg = f"{path}: no zip file that can be read: {visible(str(error), 100)}"
        raise InputError(msg) from error
