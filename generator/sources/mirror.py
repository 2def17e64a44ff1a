"""A local copy of upstream files, laid out as ``<host>/<path>``."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.errors import InputError
from generator.records.benchmark import SourceFile
from generator.sources.checks import BLOCK, wrong_size


def mirrored_file(mirror: Path, url: str) -> Path:
    """Return where the mirror holds what the address names.

    Raises:
        InputError: the address leads out of the mirror, by dots, odd characters or a link.
    """
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise InputError(f"{url}: not an address: mend it in benchmark.yml") from error
    segments = [parts.hostname or "", *unquote(parts.path).removeprefix("/").split("/")]
    for segment in segments:
        if segment in {"", ".", ".."} or any(mark in segment for mark in "\\:\0"):
            msg = f"{url}: {segment!r} cannot be part of a path: mend the address in benchmark.yml"
            raise InputError(msg)
    place = mirror.joinpath(*segments)
    if not place.resolve().is_relative_to(mirror.resolve()):
        msg = f"{place}: leads out of the mirror {mirror}: put the file itself there, not a link"
        raise InputError(msg)
    return place


def copy_from_mirror(mirror: Path, file: SourceFile, part: Path) -> None:
    """Copy a file to ``part``, never more than its pinned size.

    Raises:
        InputError: the mirror lacks the file, or its size differs.
    """
    place = mirrored_file(mirror, file.url)
    if not place.is_file():
        msg = f"{place}: not in the mirror: add it, or fetch {file.url} without --mirror"
        raise InputError(msg)
    size = place.stat().st_size
    if size != file.bytes:
        raise wrong_size(file, str(place), f"{size}")
    left = file.bytes
    with place.open("rb") as source, part.open("wb") as target:
        while block := source.read(min(BLOCK, left)):
            target.write(block)
            left -= len(block)
