"""Memory that nothing uses any more goes back to the system."""

import ctypes
import sys

import pyarrow as pa


def give_back() -> None:
    """Give back what was freed.

    The C library keeps it for later, in pieces that large tables do not fit into: after many small
    tables that was a third of all memory. Where there is no such library (macOS, Windows, musl),
    it keeps what it has. Arrow has memory of its own, and keeps as much again.
    """
    pa.default_memory_pool().release_unused()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
