"""One run at a time spends money on a benchmark."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import InputError


@contextmanager
def alone(folder: Path, benchmark: str) -> Iterator[None]:
    """Hold a benchmark alone while its journals are written.

    The lock goes with the process, so a run that was killed leaves none behind. Windows has no such
    lock; there, two runs at once are not told apart.

    Args:
        folder: Folder of the journals.
        benchmark: Benchmark.

    Raises:
        InputError: Another run holds it, or the folder cannot be written.
    """
    path = folder / f"{benchmark}.lock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = path.open("a+b")
    except OSError as error:
        msg = (
            f"{folder}: the journal cannot be written: {error.strerror}: "
            "set ERRORATLAS_CACHE to a folder of yours"
        )
        raise InputError(msg) from error
    with handle:
        if sys.platform != "win32":
            import fcntl  # noqa: PLC0415 - not everywhere

            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                handle.seek(0)
                holder = handle.read(20).decode("ascii", "replace").strip() or "not known"
                msg = (
                    f"{benchmark}: another run is judging it (process {holder}): "
                    "wait until it is done, or judge another benchmark"
                )
                raise InputError(msg) from error
        handle.truncate(0)
        handle.write(f"{os.getpid()}\n".encode())
        handle.flush()
        yield
