"""What was found in files holds for as long as they stay as they are."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from generator.store.kept import file_hash, recalled
from generator.store.seen import Mark, keeping_rows

Found = TypeVar("Found")


def found_before(
    what: str, marks: Mapping[Path, Mark], about: Sequence[object], find: Callable[[], Found]
) -> Found:
    """Return what was found in files before, else find it.

    Files are told by their bytes, and by their marks: what takes the place of a file between the
    look at its bytes and its reading is not taken for it.

    Args:
        what: What is looked for, in a name of its own.
        marks: Every file that is read, with what told it from others before.
        about: All else that the finding depends on.
        find: Looks.
    """
    try:
        files = tuple((path.name, told, file_hash(path)) for path, told in marks.items())
    except OSError:
        return find()  # which says what is wrong
    return recalled(what, (files, tuple(about), keeping_rows()), find)
