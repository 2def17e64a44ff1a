"""The checks that a file passes before it enters the cache."""

import hashlib
import os
from pathlib import Path

from generator.errors import InputError
from generator.records.benchmark import SourceFile

BLOCK = 1 << 20
"""Bytes read at a time."""


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal, reading it in blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def wrong_size(file: SourceFile, place: str, got: str) -> InputError:
    """Return the error for a file that is longer or shorter than it was pinned."""
    return InputError(
        f"{place}: expected {file.bytes} bytes, got {got}: the file is not the one pinned as "
        f"{file.name}; if upstream replaced it on purpose, pin the new one in benchmark.yml"
    )


def wrong_checksum(file: SourceFile, place: str, got: str) -> InputError:
    """Return the error for a file of other content than it was pinned with."""
    return InputError(
        f"{place}: expected sha256 {file.sha256}, got {got}: the file is not the one pinned as "
        f"{file.name}; if upstream replaced it on purpose, pin the new one in benchmark.yml"
    )


def settle(part: Path, target: Path) -> None:
    """Move a checked file to its place in one step, after its bytes have reached the disk."""
    with part.open("rb") as stream:
        os.fsync(stream.fileno())
    part.replace(target)
