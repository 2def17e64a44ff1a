"""One writer at a time: a lock that goes with the process, so that a kill leaves none behind."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import InputError


@contextmanager
def alone(path: Path, doing: str) -> Iterator[None]:
    """Hold a lock file while something is written.

    Windows has no such lock; there, two writers at once are not kept apart.

    Args:
        path: Lock file; its folder is made.
        doing: What is being done, for the message.

    Raises:
        InputError: Another process holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as handle:
        if sys.platform != "win32":
            import fcntl  # noqa: PLC0415  not there on Windows

            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                msg = f"another process is {doing} here: wait for it or end it, then try again"
                raise InputError(msg) from error
        yield
