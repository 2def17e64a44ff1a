"""Where fetched files lie: one folder, each file under the checksum of its content."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from generator.errors import InputError
from generator.records.benchmark import SourceFile

ENVIRONMENT = "ERRORATLAS_CACHE"
"""Environment variable that moves the cache."""


def cache_root() -> Path:
    """Return the cache folder: ``ERRORATLAS_CACHE``, else the place the system has for caches."""
    named = os.environ.get(ENVIRONMENT)
    return Path(named).expanduser() if named else platformdirs.user_cache_path("erroratlas")


def cached_file(cache: Path, file: SourceFile) -> Path:
    """Return where a file lies once fetched; its name is the SHA-256 of its content."""
    return cache / "sources" / file.sha256[:2] / file.sha256


def part_file(cache: Path, file: SourceFile) -> Path:
    """Return where the bytes of an unfinished download wait to be continued."""
    place = cached_file(cache, file)
    return place.with_name(f"{place.name}.part")


def is_present(cache: Path, file: SourceFile) -> bool:
    """Tell whether a file was fetched.

    Files enter the cache by renaming, after their checksum was found right, so a look at the
    size is enough here; ``fetch`` computes the checksum again.
    """
    place = cached_file(cache, file)
    return place.is_file() and place.stat().st_size == file.bytes


@contextmanager
def locked(cache: Path) -> Iterator[None]:
    """Hold the cache alone: a second fetch waits, then finds the files of the first.

    The lock goes with the process, so a killed fetch leaves none behind. Windows has no such
    lock; there, two fetches at once are told apart by the checksum alone.

    Raises:
        InputError: the folder cannot be written.
    """
    folder = cache / "sources"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = (folder / ".lock").open("ab")
    except OSError as error:
        msg = (
            f"{folder}: the cache cannot be written: {error.strerror}: "
            f"set {ENVIRONMENT} to a folder of yours"
        )
        raise InputError(msg) from error
    with handle:
        if sys.platform != "win32":
            import fcntl  # noqa: PLC0415 - not everywhere

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
