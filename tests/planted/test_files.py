import pytest

from generator.errors import InputError
from generator.planted.files import write_files

FILES = {"a/one.txt": b"1\n", "b/two.txt": b"2\n"}


def test_files_are_written_and_then_left_alone(tmp_path):
    assert write_files(FILES, tmp_path).new == tuple(FILES)
    assert write_files(FILES, tmp_path).same == tuple(FILES)
    assert (tmp_path / "b/two.txt").read_bytes() == b"2\n"


def test_other_contents_stop_everything_without_force(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b/two.txt").write_bytes(b"mine\n")
    with pytest.raises(InputError, match=r"(?s)--force.*b/two\.txt"):
        write_files(FILES, tmp_path)
    assert not (tmp_path / "a").exists()
    assert (tmp_path / "b/two.txt").read_bytes() == b"mine\n"


def test_force_replaces_other_contents(tmp_path):
    write_files({"a/one.txt": b"mine\n"}, tmp_path)
    written = write_files(FILES, tmp_path, force=True)
    assert written.replaced == ("a/one.txt",)
    assert written.new == ("b/two.txt",)
    assert (tmp_path / "a/one.txt").read_bytes() == b"1\n"
