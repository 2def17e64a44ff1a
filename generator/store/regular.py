"""Plain files alone are opened: a folder, a pipe or a device could fail or never end."""

import stat
from pathlib import Path

from generator.errors import Problem


def fault(path: Path, name: str, limit: int | None = None) -> Problem | None:
    """Say why a file cannot be read; None if it can.

    Args:
        path: File to read.
        name: Path as messages show it.
        limit: Largest size in bytes; any if None.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            wrong, mend = "not a regular file", "put the file itself in its place"
            return Problem(name, 0, "-", "", wrong, mend)
        with path.open("rb"):
            pass
    except (FileNotFoundError, NotADirectoryError):
        return Problem(name, 0, "-", "", "the file is missing", "add it")
    except OSError as error:
        wrong = f"cannot be read: {error.strerror}"
        return Problem(name, 0, "-", "", wrong, "let it be read by you")
    if limit is not None and status.st_size > limit:
        wrong = f"the file is larger than {limit:,} bytes"
        value = f"{status.st_size:,} bytes"
        return Problem(name, 0, "-", value, wrong, "split or shorten it")
    return None


MARK = b"\xef\xbb\xbf"
"""A byte order mark, as some editors put it before UTF-8."""


def marked(name: str) -> Problem:
    """Return the problem of a file that begins with a byte order mark."""
    wrong = "the file begins with a byte order mark"
    return Problem(name, 1, "-", "U+FEFF", wrong, "remove the byte order mark")
