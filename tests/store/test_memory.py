"""Memory that nothing uses any more goes back to the system."""

import ctypes
import mmap
import sys

import numpy as np
import pytest

from generator.store.memory import give_back


def _resident() -> int:
    with open("/proc/self/statm", encoding="ascii") as told:  # noqa: PTH123 - not a file of ours
        return int(told.read().split()[1]) * mmap.PAGESIZE


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "malloc_trim"),
    reason="another C library",
)
def test_what_was_freed_in_pieces_is_given_back() -> None:
    small = [np.ones(4_000) for _ in range(3_000)]  # 96 MB
    last = np.ones(4_000)  # keeps the end of the heap in use
    before = _resident()
    del small
    give_back()
    assert before - _resident() > 40_000_000
    assert last.sum() == 4_000
