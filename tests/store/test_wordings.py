"""The wordings of a set by reference as a table."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from generator.errors import InputError
from generator.store.wordings import COLUMNS, read_wordings


def test_no_file_gives_no_wordings(tmp_path: Path) -> None:
    found = read_wordings(tmp_path / "items.parquet")
    assert found.empty
    assert tuple(found.columns) == COLUMNS


@pytest.mark.parametrize("references", [[b"12345678", None], None])
def test_tags_are_dictionaries_and_references_may_be_missing(
    tmp_path: Path, references: list[bytes | None] | None
) -> None:
    columns = {
        "item_id": pa.array(["q1", "q1"]),
        "variant": pa.array([0, 1], pa.int16()),
        "tags": pa.array([[("subject", "law")], []], pa.map_(pa.string(), pa.string())),
    }
    if references is not None:
        columns["reference"] = pa.array(references, pa.binary(8))
    path = tmp_path / "items.parquet"
    pq.write_table(pa.table(columns), path)
    found = read_wordings(path)
    assert found["tags"].tolist() == [{"subject": "law"}, {}]
    assert found["variant"].tolist() == [0, 1]
    assert found["reference"].tolist() == (references or [None, None])


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "items.parquet"
    path.write_text("no parquet", encoding="utf-8")
    with pytest.raises(InputError, match=r"items\.parquet: not a Parquet file of this generator"):
        read_wordings(path)
