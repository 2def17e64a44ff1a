"""Folders in an object store; the only module that knows fsspec."""

import importlib.util
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from generator.errors import ErrorAtlasError, InputError, OutsideError
from generator.store.places import sound

CLIENTS = {"s3": "s3fs", "gs": "gcsfs"}
"""Package that reaches a store, by the scheme of its addresses."""
_AT_A_TIME = 16
"""Files that are asked for at a time."""


class ObjectPlace:
    """A folder in an object store; who may use it is told by the environment alone."""

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")
        scheme = address.partition("://")[0]
        client = CLIENTS[scheme]
        if importlib.util.find_spec("fsspec") is None or importlib.util.find_spec(client) is None:
            how = "'erroratlas[cluster]'" if client == "s3fs" else f"'erroratlas[cluster]' {client}"
            msg = f"{scheme}:// needs packages that are not installed: pip install {how}"
            raise InputError(msg)
        import fsspec  # noqa: PLC0415  an extra

        with self._asked():
            # What another machine wrote a moment ago has to be seen.
            self._files: Any = fsspec.filesystem(scheme, use_listings_cache=False)

    @property
    def local(self) -> None:
        """It is nowhere on this machine."""
        return

    def read(self, name: str) -> bytes | None:
        """Return a file; None if there is none."""
        with self._asked():
            try:
                data: bytes = self._files.cat_file(self._path(name))
            except FileNotFoundError:
                return None
        return data

    def write(self, name: str, data: bytes) -> bool:
        """Write a file by one request; one in parts appears only when it is whole, too."""
        if self.read(name) == data:
            return False
        with self._asked():
            self._files.pipe_file(self._path(name), data)
        return True

    def sizes(self, below: str) -> dict[str, int]:
        """Return the files of a folder and its folders, with their sizes in bytes."""
        with self._asked():
            found = self._files.find(self._path(below), detail=True)
        start = len(self._path("")) + 1
        return {
            path[start:]: int(facts["size"])
            for path, facts in found.items()
            if not path.endswith("/")
        }

    def copy(self, names: Iterable[str], folder: Path) -> None:
        """Copy files to a folder of this machine; those that are not there are passed over."""
        with ThreadPoolExecutor(_AT_A_TIME) as threads:
            list(threads.map(lambda name: self._copy(name, folder / sound(name)), names))

    def _copy(self, name: str, place: Path) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_name(f".{place.name}.tmp")
        with self._asked():
            try:
                self._files.get_file(self._path(name), str(part))
            except FileNotFoundError:
                part.unlink(missing_ok=True)
                return
        part.replace(place)

    def remove(self, below: str) -> None:
        """Remove a folder with all that is in it, if it is there."""
        with self._asked():
            found = list(self._files.find(self._path(below)))
            if found:
                self._files.rm(found)

    def tidy(self, below: str) -> None:
        """Do nothing: an object that was not written whole is not there."""

    def _path(self, name: str) -> str:
        place = self._address.partition("://")[2]
        return f"{place}/{sound(name)}" if name else place

    @contextmanager
    def _asked(self) -> Iterator[None]:
        """Turn what a client raises into one message; its own could hold a key or a token."""
        try:
            yield
        except ErrorAtlasError:
            raise
        except Exception as error:  # noqa: BLE001  each client has errors of its own
            said = error.strerror if isinstance(error, OSError) and error.strerror else ""
            reason = f"{type(error).__name__}{': ' if said else ''}{said}"
            msg = (
                f"{self._address}: the store does not answer as it should ({reason}): check the "
                "address, and the keys in the environment of every machine"
            )
            raise OutsideError(msg) from None
