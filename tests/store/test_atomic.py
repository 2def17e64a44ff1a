"""What a killed writer left is removed; what is being written is not."""

from pathlib import Path

import pytest

from generator.store.atomic import tidy, write_bytes
from generator.store.lock import hold


def test_what_was_left_goes_and_what_is_held_stays(tmp_path: Path) -> None:
    write_bytes(tmp_path / "a.parquet", b"whole")
    left, held = tmp_path / ".a.parquet.x1.tmp", tmp_path / ".b.parquet.x2.tmp"
    left.write_bytes(b"ha")
    with held.open("wb") as file:
        assert hold(file)
        tidy(tmp_path)
        assert sorted(path.name for path in tmp_path.iterdir()) == [held.name, "a.parquet"]
    tidy(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a.parquet"]


def test_a_folder_that_is_not_there_has_nothing_to_tidy(tmp_path: Path) -> None:
    tidy(tmp_path / "none")


def test_nothing_waits_for_the_disk_that_can_be_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[int] = []
    monkeypatch.setattr("os.fsync", waited.append)
    assert write_bytes(tmp_path / "a", b"x", on_disk=False)
    assert not write_bytes(tmp_path / "a", b"x", on_disk=False)
    assert not waited
    assert write_bytes(tmp_path / "a", b"y")
    assert len(waited) == 1
    assert (tmp_path / "a").read_bytes() == b"y"
