"""Gzip files that are the same on any day, any system and any Python."""

import zlib
from collections.abc import Iterable

_SYSTEM = 9
"""Place in the head of a gzip file that names the system; 255 is *unknown* (RFC 1952)."""


_GZIP = 16 + zlib.MAX_WBITS
"""Says to zlib that a gzip file is wanted."""


def gzipped(data: bytes) -> bytes:
    """Return bytes as a gzip file that names no time and no system."""
    return gzipped_parts([data])


def gzipped_parts(parts: Iterable[bytes]) -> bytes:
    """Return bytes that come in parts as ``gzipped`` does; only one part is held at a time."""
    packer = zlib.compressobj(level=6, wbits=_GZIP)
    found = bytearray()
    for part in parts:
        found += packer.compress(part)
    found += packer.flush()
    found[_SYSTEM] = 255
    return bytes(found)
