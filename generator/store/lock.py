"""One writer at a time: a lock that goes with the process, so that a kill leaves none behind."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from generator.errors import InputError


@contextmanager
def alone(path: Path, doing: str) -> Iterator[None]:
    """Hold a lock file while something is written.

    Windows has no such lock; there, two writers at once are not kept apart.

    Args:
        path: Lock file; its folder is made.
        doing: What is being done, for the message.

    Raises:
        InputError: Another process holds it, or the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = path.open("a+b")
    except OSError as error:
        msg = (
            f"{path.parent}: cannot be written: {error.strerror}: check its owner, or set "
            "ERRORATLAS_CACHE to a folder of yours"
        )
        raise InputError(msg) from error
    with handle:
        if not hold(handle):
            handle.seek(0)
            holder = handle.read(20).decode("ascii", "replace").strip() or "not known"
            msg = f"another process is {doing} (process {holder}): wait until it is done, or end it"
            raise InputError(msg)
        handle.truncate(0)
        handle.write(f"{os.getpid()}\n".encode())
        handle.flush()
        yield


def hold(file: IO[bytes]) -> bool:
    """Hold a file until it is closed; return False where another process holds it."""
    if sys.platform != "win32":
        import fcntl  # noqa: PLC0415 - not everywhere

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
