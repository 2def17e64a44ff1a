"""What was found in files holds for as long as they stay as they are."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from generator.store.kept import file_hash, keeping_results, recalled

Found = TypeVar("Found")


class _ChangedError(Exception):
    """A file changed while it was read, so that what was found is of nothing that can be told."""

    def __init__(self, found: Any) -> None:
        self.found = found


def found_before(
    what: str, paths: Iterable[Path], about: Sequence[object], find: Callable[[], Found]
) -> Found:
    """Return what was found in files before, else find it.

    Args:
        what: What is looked for, in a name of its own.
        paths: Every file that is read and is there.
        about: All else that the finding depends on.
        find: Looks.
    """
    places = list(paths)
    files = _told(places) if keeping_results() else None
    if files is None:
        return find()  # where a file cannot be read, it says so

    def sure() -> Found:
        found = find()
        if _told(places) != files:
            raise _ChangedError(found)
        return found

    try:
        return recalled(what, (files, tuple(about)), sure)
    except _ChangedError as changed:
        found: Found = changed.found
        return found


def _told(paths: Iterable[Path]) -> tuple[tuple[str, str], ...] | None:
    """Return what tells files from others; None where one cannot be read."""
    try:
        return tuple((path.name, file_hash(path)) for path in paths)
    except OSError:
        return None
