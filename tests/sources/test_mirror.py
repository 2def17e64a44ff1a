import csv

import pytest

from generator.errors import InputError
from generator.sources.cache import cached_file
from generator.sources.fetch import fetch
from generator.sources.mirror import mirrored_file
from generator.store.content import load_content
from tests.sources.files import CONTENT, source_file

FILE = source_file()


@pytest.fixture
def mirror(tmp_path):
    place = tmp_path / "mirror" / "data.example" / "owner" / "set" / "abc"
    place.mkdir(parents=True)
    (place / "part.bin").write_bytes(CONTENT)
    return tmp_path / "mirror"


def test_a_mirrored_file_is_copied_without_network(tmp_path, mirror):
    done = fetch([FILE], tmp_path, mirror=mirror)
    assert done.fetched == (FILE,)
    assert cached_file(tmp_path, FILE).read_bytes() == CONTENT


def test_a_mirrored_file_of_other_content_is_refused(tmp_path, mirror):
    next(mirror.rglob("part.bin")).write_bytes(CONTENT[::-1])
    with pytest.raises(InputError, match=f"expected sha256 {FILE.sha256}, got"):
        fetch([FILE], tmp_path, mirror=mirror)
    assert [path for path in (tmp_path / "sources").rglob("*") if path.is_file()] == [
        tmp_path / "sources" / ".lock"
    ]


def test_a_mirrored_file_of_other_size_is_refused(tmp_path, mirror):
    place = next(mirror.rglob("part.bin"))
    place.write_bytes(CONTENT + b"!")
    with pytest.raises(InputError) as caught:
        fetch([FILE], tmp_path, mirror=mirror)
    assert str(caught.value).startswith(f"{place}: expected 10240 bytes, got 10241: ")


def test_a_file_the_mirror_lacks_is_named(tmp_path, mirror):
    with pytest.raises(InputError, match="not in the mirror: add it, or fetch https://"):
        fetch([source_file(url="https://data.example/none")], tmp_path, mirror=mirror)


def test_a_mirror_that_is_no_folder_is_named(tmp_path):
    with pytest.raises(InputError, match="no such folder: give --mirror a folder"):
        fetch([FILE], tmp_path, mirror=tmp_path / "none")


@pytest.mark.parametrize(
    "url",
    [
        "https://data.example/a/../../../secret",
        "https://data.example/%2e%2e/%2e%2e/secret",
        "https://data.example/a%2f..%2f..%2f..%2fsecret",
        "https://../secret",
        "https://data.example//etc/passwd",
        "https://data.example/./x",
        "https://data.example/a%00b",
        "https://data.example/..%5c..%5csecret",
        "https://data.example/C:/secret",
        "https://data.example/",
    ],
)
def test_no_address_leads_out_of_the_mirror(mirror, url):
    with pytest.raises(InputError, match="cannot be part of a path"):
        mirrored_file(mirror, url)


def test_no_link_leads_out_of_the_mirror(tmp_path, mirror):
    (tmp_path / "secret").write_text("x")
    (mirror / "data.example" / "link").symlink_to(tmp_path)
    with pytest.raises(InputError, match="leads out of the mirror"):
        mirrored_file(mirror, "https://data.example/link/secret")


@pytest.mark.shared
def test_pinned_files_are_those_of_the_real_mirror(content_root, shared_data):
    with (shared_data / "mirror" / "FILES.csv").open(encoding="utf-8") as stream:
        listed = {row["url"]: row for row in csv.DictReader(stream)}
    benchmarks = load_content(content_root).benchmarks
    for name, count in {"gsm8k": 1, "mmlu_pro": 25}.items():
        files = benchmarks[name].source.files
        assert len(files) == count
        for file in files:
            row = listed[file.url]
            assert (file.sha256, str(file.bytes), file.licence) == (
                row["sha256"],
                row["bytes"],
                row["licence"],
            )
            assert file.revision in file.url
