"""What holds for every input: an end in a second, and nothing written outside the target.

Time is the processor's, so a busy machine makes no failure. What is written is seen by the hook
that the interpreter calls before it opens, makes, moves or removes a file, and before it starts a
program or a connection.
"""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

SECONDS = 1.0
"""Seconds of processor time that an input may take."""

_CHANGES: dict[str, tuple[tuple[int, int | None], ...]] = {
    # Which arguments of an event are paths, and which the folder that each is relative to.
    "os.mkdir": ((0, 2),),
    "os.rmdir": ((0, 1),),
    "os.remove": ((0, 1),),
    "os.rename": ((0, 2), (1, 3)),
    "os.link": ((1, 3),),
    "os.symlink": ((1, 2),),
    "os.truncate": ((0, None),),
    "os.chmod": ((0, 2),),
    "os.utime": ((0, 3),),
    "shutil.rmtree": ((0, None),),
}
_NEVER = ("subprocess.Popen", "os.system", "os.exec", "os.fork", "socket.connect", "socket.bind")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class HangError(BaseException):
    """An input that took too long; no ``except Exception`` holds it up."""


class EscapeError(BaseException):
    """A change outside the target, or a program or connection."""


class Guard:
    """Watches over one input at a time."""

    def __init__(self) -> None:
        self._allowed: tuple[str, ...] | None = None
        sys.dont_write_bytecode = True
        sys.addaudithook(self._seen)
        signal.signal(signal.SIGPROF, _too_long)

    @contextmanager
    def watching(self, *targets: Path) -> Iterator[None]:
        """Watch what happens within the block.

        Args:
            targets: Folders in which files may change.

        Raises:
            HangError: It took more than a second of processor time.
            EscapeError: Something was changed elsewhere.
        """
        began = time.process_time()
        self._allowed = tuple(os.path.realpath(target) + os.sep for target in targets)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            self._allowed = None
        # What is written in C is not interrupted, so it is measured too.
        if time.process_time() - began > SECONDS:
            raise HangError

    def _seen(self, event: str, arguments: tuple[object, ...]) -> None:
        if self._allowed is None:
            return
        if event in _NEVER:
            raise EscapeError(event)
        if event == "open":
            flags = arguments[2]
            if isinstance(flags, int) and flags & _WRITING:
                self._hold(event, arguments[0])
        for place, folder in _CHANGES.get(event, ()):
            within = arguments[folder] if folder is not None and folder < len(arguments) else -1
            self._hold(event, arguments[place], within)

    def _hold(self, event: str, path: object, within: object = -1) -> None:
        if isinstance(path, int) or path == os.devnull:
            return  # a file that is open already was looked at when it was opened
        text = os.fsdecode(path)  # type: ignore[arg-type]
        if isinstance(within, int) and within >= 0:
            text = str(Path(f"/proc/self/fd/{within}").readlink() / text)
        # What is made or removed is the last name itself, wherever it may lead.
        folder, name = os.path.split(os.path.abspath(text))  # noqa: PTH100
        full = os.path.realpath(text if event == "open" else folder)
        full = full if event == "open" else os.path.join(full, name)  # noqa: PTH118
        if not f"{full}{os.sep}".startswith(self._allowed or ()):
            raise EscapeError(f"{event}: {full!r}")


def _too_long(_number: int, _frame: FrameType | None) -> None:
    raise HangError


def listing(folder: Path) -> dict[str, tuple[int, int]]:
    """Return size and time of every file below a folder, of links themselves."""
    found = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        found[str(path)] = (status.st_size, status.st_mtime_ns)
    return found
