"""Folders appear whole or not at all."""

import gzip
import os
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast


def _hidden(folder: Path, what: str) -> Path:
    """Return the hidden place of a folder that is written or replaced, two levels above it.

    There, it is passed over by all who read the content, and what a kill leaves gives no name to
    a folder that nothing is in.
    """
    return folder.parent.parent / f".{folder.parent.name}.{folder.name}.{what}.tmp"


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """Yield an empty hidden folder for one that is to be written; it is gone at the end.

    What a kill left of earlier ones is removed, and a folder that it left aside is put back.
    One writer at a time: the caller holds a lock.
    """
    stage, aside = _hidden(folder, "new"), _hidden(folder, "old")
    if aside.exists() and not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside.rename(folder)
    shutil.rmtree(aside, ignore_errors=True)
    for path in stage.parent.glob(".*.new.tmp"):
        shutil.rmtree(path, ignore_errors=True)
    stage.mkdir(parents=True)
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def differing(stage: Path, folder: Path) -> list[str]:
    """Return the names of files that one of two folders lacks or has otherwise."""
    names = sorted({path.name for one in (stage, folder) if one.is_dir() for path in one.iterdir()})
    return [name for name in names if not same(stage / name, folder / name)]


def same(one: Path, other: Path) -> bool:
    """Tell whether two files hold the same, without holding either in memory.

    Gzip files are the same that unpack to the same: which library packed them, and how hard it
    tried, is nothing that they say.
    """
    if not (one.is_file() and other.is_file()):
        return False
    if one.stat().st_size == other.stat().st_size:
        with one.open("rb") as left, other.open("rb") as right:
            if _alike(left, right):
                return True
    if not one.suffix == other.suffix == ".gz":
        return False
    try:
        with gzip.open(one) as left, gzip.open(other) as right:
            return _alike(cast("IO[bytes]", left), cast("IO[bytes]", right))
    except (OSError, EOFError, zlib.error):
        return False


def _alike(left: IO[bytes], right: IO[bytes]) -> bool:
    while block := left.read(1 << 20):
        if block != right.read(1 << 20):
            return False
    return not right.read(1)


def publish(stage: Path, folder: Path) -> None:
    """Put a staged folder in its place; what was there before is replaced as a whole."""
    for path in stage.iterdir():
        path.chmod(0o644)
        with path.open("rb") as stream:
            os.fsync(stream.fileno())
    stage.chmod(0o755)
    aside = _hidden(folder, "old")
    folder.parent.mkdir(exist_ok=True)
    if folder.exists():
        folder.rename(aside)
    stage.rename(folder)
    shutil.rmtree(aside, ignore_errors=True)
