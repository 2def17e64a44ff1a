"""A file that judging makes."""

from pathlib import Path
from typing import NamedTuple

from generator.store.atomic import write_bytes


class Change(NamedTuple):
    """A file that judging makes, and whether it differed from what was there."""

    path: Path
    changed: bool


def put(path: Path, data: bytes, *, check: bool) -> Change:
    """Write a file, or with ``check`` compare it alone."""
    if check:
        return Change(path, not path.is_file() or path.read_bytes() != data)
    return Change(path, write_bytes(path, data))
