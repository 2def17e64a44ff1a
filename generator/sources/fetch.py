"""Bring pinned upstream files into the cache, from the network or from a local mirror."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import httpx

from generator.errors import InputError
from generator.records.benchmark import SourceFile
from generator.sources.cache import cached_file, locked, part_file
from generator.sources.checks import checksum, settle, wrong_checksum
from generator.sources.download import client, download
from generator.sources.mirror import copy_from_mirror

OnProgress = Callable[[SourceFile, int], None]
"""Called with a file and the number of its bytes that are here; falls when it starts again."""


class Fetched(NamedTuple):
    """What a fetch did."""

    present: tuple[SourceFile, ...]
    """Files that were in the cache already, their checksum verified once more."""
    fetched: tuple[SourceFile, ...]
    """Files brought by this call."""


def fetch(
    files: Sequence[SourceFile],
    cache: Path,
    *,
    mirror: Path | None = None,
    on_progress: OnProgress | None = None,
    transport: httpx.BaseTransport | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Fetched:
    """Make sure that every file lies in the cache, with the size and checksum it was pinned with.

    A file that is wrong does not keep the others from being fetched; all wrong ones are named
    at the end. A network that fails stops the call at once. What was fetched stays either way,
    and unfinished downloads are continued by the next call.

    Args:
        files: what to fetch.
        cache: folder from ``cache_root``.
        mirror: local copy laid out as ``<host>/<path>``; the network is not used then.
        on_progress: hears of every block that arrived.
        transport: stands in for the network.
        sleep: waits the given seconds between attempts.

    Raises:
        InputError: a file differs from what was pinned, or the mirror or cache is at fault.
        OutsideError: the network or a server failed.
    """
    if mirror is not None and not mirror.is_dir():
        raise InputError(f"{mirror}: no such folder: give --mirror a folder of <host>/<path>")
    tell = on_progress or _say_nothing
    present: list[SourceFile] = []
    fetched: list[SourceFile] = []
    wrong: list[InputError] = []
    with locked(cache), client(transport) as http:

        def bring(file: SourceFile, part: Path) -> None:
            if mirror is None:
                download(http, file, part, on_bytes=lambda done: tell(file, done), sleep=sleep)
            else:
                copy_from_mirror(mirror, file, part)

        for file in files:
            try:
                new = _settled(bring, file, cache)
            except InputError as error:
                wrong.append(error)
                continue
            except OSError as error:
                msg = f"{cached_file(cache, file)}: {error}: make room for the cache or move it"
                raise InputError(msg) from error
            (fetched if new else present).append(file)
            tell(file, file.bytes)
    if wrong:
        raise InputError("\n".join(map(str, wrong)))
    return Fetched(tuple(present), tuple(fetched))


def _say_nothing(_file: SourceFile, _bytes: int) -> None:
    """Take progress and show nothing."""


def _settled(bring: Callable[[SourceFile, Path], None], file: SourceFile, cache: Path) -> bool:
    """Bring a file, check it and move it to its place; tell whether that was needed.

    Where the bytes of an earlier call were continued and the sum is wrong, those bytes may be to
    blame: then, and only then, the whole is fetched once more.
    """
    target = cached_file(cache, file)
    if target.is_file() and checksum(target) == file.sha256:
        return False
    target.parent.mkdir(exist_ok=True)
    part = part_file(cache, file)
    continued = part.exists() and part.stat().st_size > 0
    while True:
        bring(file, part)
        found = checksum(part)
        if found == file.sha256:
            settle(part, target)
            return True
        part.unlink()
        if not continued:
            raise wrong_checksum(file, file.url, found)
        continued = False
