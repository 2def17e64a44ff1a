"""A small file that unfolds to much is not read."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from generator.errors import InputError
from generator.store.parquet import MAX_ROWS, read_table


def test_a_file_of_too_many_rows_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "many.parquet"
    pq.write_table(pa.table({"x": pa.array([0] * (MAX_ROWS + 1), pa.int8())}), path)
    assert path.stat().st_size < 20_000
    with pytest.raises(InputError, match="1,000,001 rows"):
        read_table(path, None, "refused")


def test_what_is_no_parquet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.parquet"
    path.write_bytes(b"PAR1 and then nothing")
    with pytest.raises(InputError, match="refused"):
        read_table(path, None, "refused")
