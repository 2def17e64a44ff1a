"""Packed files hold what was put in, and say nothing of where and when."""

import gzip

from generator.store.packing import gzipped, gzipped_parts


def test_the_same_bytes_give_the_same_file_without_time_and_system() -> None:
    data = b"one,two\n" * 1_000
    found = gzipped(data)
    assert gzip.decompress(found) == data
    assert found == gzipped(data)
    assert found[4:8] == bytes(4)
    assert found[9] == 255


def test_what_comes_in_parts_gives_the_same_file() -> None:
    data = bytes(range(256)) * 2_000
    parts = (data[first : first + 999] for first in range(0, len(data), 999))
    assert gzipped_parts(parts) == gzipped(data)
