"""Files appear whole or not at all."""

import os
import sys
import tempfile
from pathlib import Path

from generator.store.lock import hold

_HELD = sys.platform != "win32"
"""Whether a file can be held by a process; where it cannot, an open one cannot be renamed."""


def write_bytes(path: Path, data: bytes, *, on_disk: bool = True) -> bool:
    """Write a file so that a kill at any moment leaves the old or the new one.

    A file that already holds these bytes is left alone.

    Args:
        path: The file; its folder is made if need be.
        data: What it is to hold.
        on_disk: Whether to wait until the disk has it, so that not even a power cut loses it. What
            can be made again need not wait: thousands of files take most of a minute.

    Returns:
        Whether the file was written.
    """
    if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
        return False
    handle, name = _beside(path)
    try:
        with os.fdopen(handle, "wb") as file:
            hold(file)
            file.write(data)
            file.flush()
            if on_disk:
                os.fsync(file.fileno())
            Path(name).chmod(0o644)
            if _HELD:  # until it has its name, so that nobody takes it for one that was left
                Path(name).replace(path)
        if not _HELD:
            Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True


def _beside(path: Path) -> tuple[int, str]:
    """Open a file beside another one; its folder is made if need be."""

    def opened() -> tuple[int, str]:
        return tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")

    try:
        return opened()
    except FileNotFoundError:  # the first in its folder
        path.parent.mkdir(parents=True, exist_ok=True)
        return opened()


def write_text(path: Path, text: str) -> bool:
    """Write a text as UTF-8, line ends as they are; see ``write_bytes``."""
    return write_bytes(path, text.encode("utf-8"))


def tidy(folder: Path) -> None:
    """Remove what writers left in a folder that were killed; what is being written stays.

    Where files cannot be held (Windows), nothing is removed.
    """
    for path in folder.glob(".*.tmp") if _HELD else ():
        try:
            with path.open("rb") as file:
                if hold(file):
                    path.unlink()
        except FileNotFoundError:  # it has just become what it was written for
            continue
