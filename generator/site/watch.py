"""What the site is made from, watched; with watchdog, which MkDocs brings along."""

import os
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

FOLDERS = ("content", "site_templates")
FILES = ("mkdocs.yml",)
"""What is watched, below the project."""
_QUIET = 0.2
"""Seconds without a further change after which a change counts as done: editors write in steps."""
_LOOK = 2.0
"""Seconds after which files are looked at though nothing was told: a folder that has just been made
is watched a moment later, and what happens in it until then is told by nobody."""
_CHANGES: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
"""Reading is no change: it would be told of each build, which reads everything."""


class Stamp(NamedTuple):
    """What tells one state of a file from another without reading it."""

    modified: int
    """When it was written, in nanoseconds."""
    size: int
    """In bytes."""


def stamps(root: Path) -> dict[str, Stamp]:
    """Return the state of every watched file by its path below the project.

    Files whose names begin with a full stop or end in ``~`` are those of editors and of writers
    under way.
    """
    found: dict[str, Stamp] = {}
    for folder in FOLDERS:
        for place, folders, names in os.walk(root / folder):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                if not name.startswith(".") and not name.endswith("~"):
                    found |= _stamp(root, Path(place, name))
    for name in FILES:
        found |= _stamp(root, root / name)
    return found


def _stamp(root: Path, path: Path) -> dict[str, Stamp]:
    """Return the state of one file, none where it has just gone."""
    try:
        known = path.stat()
    except FileNotFoundError:
        return {}
    return {path.relative_to(root).as_posix(): Stamp(known.st_mtime_ns, known.st_size)}


def is_behind(root: Path, site: Path) -> bool:
    """Tell whether anything that the site is made from changed since it was built.

    A folder changes with what is removed from it, so folders are looked at, too.

    Args:
        root: The project.
        site: Folder of the built site.
    """
    page = site / "index.html"
    if not page.is_file():
        return True
    built = page.stat().st_mtime_ns
    return any(
        Path(place, name).lstat().st_mtime_ns > built
        for folder in (*FOLDERS, "generator")
        for place, folders, names in os.walk(root / folder)
        for name in (*folders, *names)
        if name != "__pycache__" and Path(place).name != "__pycache__"
    ) or any((root / name).lstat().st_mtime_ns > built for name in FILES)


def changed(before: Mapping[str, Stamp], after: Mapping[str, Stamp]) -> list[str]:
    """Return the files that are new, different or gone, in the order of their paths."""
    return sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )


class Watch:
    """Files that changed since they were looked at last."""

    def __init__(self, root: Path, stirred: threading.Event) -> None:
        self._root = root
        self._stirred = stirred
        self._known = stamps(root)

    def changes(self) -> Iterator[list[str]]:
        """Yield, for ever, the files that changed; what changes meanwhile comes next."""
        while True:
            self._stirred.wait(_LOOK)
            while self._stirred.is_set():
                self._stirred.clear()
                self._stirred.wait(_QUIET)
            now = stamps(self._root)
            names = changed(self._known, now)
            self._known = now
            if names:
                yield names

    def accept(self, names: Iterable[str]) -> None:
        """Take files as known: they were written by the build itself.

        Args:
            names: Paths below the project.
        """
        for name in names:
            self._known.pop(name, None)
            self._known |= _stamp(self._root, self._root / name)


class _Stirring(FileSystemEventHandler):
    """Says that something happened; what it was is looked up."""

    def __init__(self, stirred: threading.Event) -> None:
        self._stirred = stirred

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take note of any change."""
        del event
        self._stirred.set()


@contextmanager
def watching(root: Path) -> Iterator[Watch]:
    """Watch what the site is made from.

    Where the system cannot tell of changes (it may have too few watches left), the files are
    looked at once a second instead.

    Args:
        root: The project.
    """
    stirred = threading.Event()
    watch = Watch(root, stirred)
    observer = _started(Observer(), root, stirred)
    observer = observer or _started(PollingObserver(), root, stirred)
    try:
        yield watch
    finally:
        if observer is not None:
            observer.stop()
            observer.join()


def _started(observer: BaseObserver, root: Path, stirred: threading.Event) -> BaseObserver | None:
    """Return an observer that watches; None where it cannot."""
    handler = _Stirring(stirred)
    # A single file is watched by its folder: many editors put a new one in its place.
    for folder, below in ((root, False), *((root / name, True) for name in FOLDERS)):
        if folder.is_dir():
            observer.schedule(handler, str(folder), recursive=below, event_filter=_CHANGES)
    try:
        observer.start()
    except OSError:
        return None
    return observer
