from pathlib import Path

from generator.sources.cache import cache_root, cached_file, is_present, part_file
from tests.sources.files import CONTENT, source_file

FILE = source_file()


def test_the_environment_moves_the_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("ERRORATLAS_CACHE", str(tmp_path))
    assert cache_root() == tmp_path


def test_without_it_the_cache_is_where_the_system_keeps_caches(monkeypatch, tmp_path):
    monkeypatch.delenv("ERRORATLAS_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_root().name == "erroratlas"
    assert cache_root().is_relative_to(tmp_path)


def test_files_lie_under_their_checksum():
    place = cached_file(Path("cache"), FILE)
    assert place == Path("cache", "sources", FILE.sha256[:2], FILE.sha256)
    assert part_file(Path("cache"), FILE).name == f"{FILE.sha256}.part"


def test_a_file_of_another_size_is_not_present(tmp_path):
    place = cached_file(tmp_path, FILE)
    assert not is_present(tmp_path, FILE)
    place.parent.mkdir(parents=True)
    place.write_bytes(CONTENT[:-1])
    assert not is_present(tmp_path, FILE)
    place.write_bytes(CONTENT)
    assert is_present(tmp_path, FILE)
