"""build/docs: what the pages say, as files, and nothing else."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from generator.errors import InputError
from generator.pages.page import Page
from generator.store.atomic import write_bytes
from generator.store.memory import give_back

MARKER = ".erroratlas"
"""File that says that a folder is ours to tidy; the site does not carry it."""


_LARGE = 1_000_000
"""Bytes of files from which what a page was made of is worth giving back to the system."""


class Written(NamedTuple):
    """What became of the files of build/docs."""

    files: int
    """Files that belong there."""
    changed: int
    """Files among them that were new or different."""
    removed: int
    """Files that no longer belonged there."""


def write_docs(pages: Iterable[Page], folder: Path, assets: Mapping[str, bytes]) -> Written:
    """Make ``folder`` hold the pages, their files and the assets; what is right is not touched.

    Every file appears whole or not at all. What an interrupted run left is tidied by the next.

    Args:
        pages: Pages with their files; read one by one.
        folder: Folder that is made, or that an earlier run made.
        assets: Further files, path relative to ``folder`` to bytes.

    Raises:
        InputError: ``folder`` holds files and was not made by an earlier run.
        ValueError: Two files have one path, or a path leads out of ``folder``.
    """
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise InputError(
            f"{folder} holds files that this command did not write: empty it or name another folder"
        )
    write_bytes(folder / MARKER, b"Written by erroratlas; everything in here is replaced.\n")
    wanted = {PurePosixPath(MARKER)}
    changed = 0
    for name, data in _files(pages, assets):
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or not path.parts:
            raise ValueError(f"{name} leads out of the folder of the pages")
        if path in wanted:
            raise ValueError(f"{name} is written twice")
        wanted.add(path)
        changed += write_bytes(folder / path, data, on_disk=False)
    return Written(len(wanted) - 1, changed, _remove_others(folder, wanted))


def _files(pages: Iterable[Page], assets: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    yield from assets.items()
    waiting = iter(pages)
    while (page := next(waiting, None)) is not None:
        yield page.path, page.text.encode("utf-8")
        yield from page.files.items()
        large = sum(map(len, page.files.values())) > _LARGE
        del page  # before the next is made
        if large:
            give_back()


def _remove_others(folder: Path, wanted: set[PurePosixPath]) -> int:
    removed = 0
    # Deepest first, so that a folder is empty when its turn comes.
    for place, folders, names in os.walk(folder, topdown=False):
        here = Path(place)
        inside = PurePosixPath(here.relative_to(folder).as_posix())
        links = [name for name in folders if (here / name).is_symlink()]
        for name in (*names, *links):
            if inside / name not in wanted:
                (here / name).unlink()
                removed += 1
        if here != folder and not any(here.iterdir()):
            here.rmdir()
    return removed
