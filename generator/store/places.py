"""Folders that are on this machine or in an object store, for those who work on several machines.

What works on one machine reads and writes paths and does without this module.
"""

import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Protocol

from generator.errors import InputError
from generator.store.atomic import tidy, write_bytes

SCHEMES = ("s3", "gs")
"""Object stores that are reached; any other scheme could lead anywhere."""
_ADDRESS = re.compile(
    rf"(?P<scheme>{'|'.join(SCHEMES)})://"
    r"(?P<bucket>[a-z0-9][a-z0-9._-]{1,61}[a-z0-9])(?P<folder>(?:/[\w.+=-]+)*)/?",
    re.ASCII,
)


class Place(Protocol):
    """A folder. Names are relative to it, with forward slashes."""

    @property
    def local(self) -> Path | None:
        """The folder as a path; None if it is not one of this machine."""
        ...

    def read(self, name: str) -> bytes | None:
        """Return a file; None if there is none."""
        ...

    def write(self, name: str, data: bytes) -> bool:
        """Write a file: a kill at any moment leaves the old or the new one.

        Returns:
            Whether the file was written; one that holds these bytes already is left alone.
        """
        ...

    def sizes(self, below: str) -> dict[str, int]:
        """Return the files of a folder and its folders, with their sizes in bytes."""
        ...

    def copy(self, names: Iterable[str], folder: Path) -> None:
        """Copy files to a folder of this machine; those that are not there are passed over."""
        ...

    def remove(self, below: str) -> None:
        """Remove a folder with all that is in it, if it is there."""
        ...

    def tidy(self, below: str) -> None:
        """Remove what writers left in a folder that were killed, before anybody writes there."""
        ...


class LocalPlace:
    """A folder of this machine, or one that several machines share."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @property
    def local(self) -> Path:
        """The folder."""
        return self._root

    def read(self, name: str) -> bytes | None:
        """Return a file; None if there is none."""
        try:
            return (self._root / sound(name)).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, name: str, data: bytes) -> bool:
        """Write a file under another name, then rename it."""
        return write_bytes(self._root / sound(name), data)

    def sizes(self, below: str) -> dict[str, int]:
        """Return the files of a folder and its folders, with their sizes in bytes."""
        paths = (self._root / sound(below)).rglob("*")
        return {
            path.relative_to(self._root).as_posix(): path.stat().st_size
            for path in paths
            if path.is_file()
        }

    def copy(self, names: Iterable[str], folder: Path) -> None:
        """Copy files to another folder; those that are not there are passed over."""
        for name in map(sound, names):
            if (self._root / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(self._root / name, folder / name)

    def remove(self, below: str) -> None:
        """Remove a folder with all that is in it, if it is there."""
        shutil.rmtree(self._root / sound(below), ignore_errors=True)

    def tidy(self, below: str) -> None:
        """Remove what writers left in a folder that were killed, before anybody writes there."""
        tidy(self._root / sound(below))


def place_of(address: str) -> Place:
    """Return the folder at an address: a path, ``s3://bucket/folder`` or ``gs://bucket/folder``.

    Raises:
        InputError: The address is of another kind, or what reaches it is not installed.
    """
    if "://" not in address and "::" not in address:
        return LocalPlace(Path(address).absolute())
    checked(address)
    # What is needed on one machine does without the object stores' clients.
    from generator.store.objects import ObjectPlace  # noqa: PLC0415

    return ObjectPlace(address)


def checked(address: str) -> str:
    """Return the address of a folder in an object store.

    An address can carry a key or a token, so one that is refused is not shown.

    Raises:
        InputError: It is none, or more than scheme, bucket and folder.
    """
    found = _ADDRESS.fullmatch(address)
    if found is None or any(part in {".", ".."} for part in found["folder"].split("/")):
        known = " or ".join(f"{scheme}://bucket/folder" for scheme in SCHEMES)
        msg = (
            f"an address of a store that is not used: give a folder of this machine, {known}; "
            "keys belong in the environment"
        )
        raise InputError(msg)
    return address.rstrip("/")


def below(address: str, name: str) -> str:
    """Return the address of a folder below another."""
    return f"{address.rstrip('/')}/{name}"


def sound(name: str) -> str:
    """Return a name; in an object store, names can be anything.

    Raises:
        InputError: It leads out of its folder.
    """
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name:
        msg = f"{name!a}: a name that leads out of its folder: remove the file"
        raise InputError(msg)
    return name


@contextmanager
def at_hand(place: Place, names: Iterable[str]) -> Iterator[Path]:
    """Yield a folder of this machine that has some files of a place.

    It is the place itself where that is on this machine, else a copy that is gone at the end.

    Args:
        place: The place.
        names: Files that are wanted; those that are not there are passed over.

    Raises:
        InputError: The place is a folder that this machine does not have.
    """
    if place.local is not None:
        if not place.local.is_dir():
            msg = (
                f"{place.local}: a machine that works does not have this folder: "
                "name one that all of them share, or an object store, with --store"
            )
            raise InputError(msg)
        yield place.local
        return
    with tempfile.TemporaryDirectory(prefix="erroratlas-") as name:
        folder = Path(name)
        place.copy(names, folder)
        yield folder
