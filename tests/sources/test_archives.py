import contextlib
import io
import stat
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import InputError
from generator.sources.archives import MEMBERS, read_member

DATA = b"[1, 2, 3]" * 100


def packed(*members, method=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def read(tmp_path, content, max_bytes=10_000):
    path = tmp_path / "file"
    path.write_bytes(content)
    return read_member(path, max_bytes=max_bytes)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_the_only_json_member_is_read(tmp_path, method):
    content = packed(("a/data.json", DATA), ("README", "x"), method=method)
    assert read(tmp_path, content) == DATA


@pytest.mark.parametrize("names", [(), ("a.txt",), ("a.json", "b.json")])
def test_exactly_one_json_member_is_expected(tmp_path, names):
    with pytest.raises(InputError, match=r"\d \.json members, exactly 1 expected"):
        read(tmp_path, packed(*((name, DATA) for name in names)))


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("../data.json", "leads out of its folder"),
        ("a/../../data.json", "leads out of its folder"),
        ("/data.json", "no plain relative path"),
        ("..\\data.json", "no plain relative path"),
        ("C:data.json", "no plain relative path"),
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path, name, wrong):
    with pytest.raises(InputError, match=wrong):
        read(tmp_path, packed((name, DATA)))


def test_a_nul_in_a_name_is_refused(tmp_path):
    content = packed(("data.json_x", DATA)).replace(b"data.json_x", b"data.json\0x")
    with pytest.raises(InputError, match="no plain relative path"):
        read(tmp_path, content)


def test_a_link_is_refused(tmp_path):
    link = zipfile.ZipInfo("data.json")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(InputError, match="a link or special file"):
        read(tmp_path, packed((link, "/etc/passwd")))


def test_an_encrypted_member_is_refused(tmp_path):
    content = bytearray(packed(("data.json", DATA)))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(InputError, match="encrypted"):
        read(tmp_path, bytes(content))


def test_other_ways_of_packing_are_refused(tmp_path):
    with pytest.raises(InputError, match="only stored and deflated are read"):
        read(tmp_path, packed(("data.json", DATA), method=zipfile.ZIP_LZMA))


def test_too_many_members_are_refused(tmp_path):
    names = [(f"{number}.txt", "") for number in range(MEMBERS)]
    with pytest.raises(InputError, match="17 members, at most 16 expected"):
        read(tmp_path, packed(("data.json", DATA), *names))


def test_a_member_that_says_it_is_too_large_is_refused(tmp_path):
    with pytest.raises(InputError, match="expected at most 899 bytes, got 900"):
        read(tmp_path, packed(("data.json", DATA)), max_bytes=899)


def test_a_member_that_holds_more_than_it_says_gives_no_more(tmp_path):
    """A size written small in the directory does not let the whole bomb out."""
    content = bytearray(packed(("data.json", b"0" * 2_000_000)))
    struct.pack_into("<L", content, content.index(b"PK\x01\x02") + 24, 100)
    with pytest.raises(InputError, match="cannot be read as a zip"):
        read(tmp_path, bytes(content))


def test_what_comes_out_is_counted(tmp_path, monkeypatch):
    class Endless(io.BytesIO):
        def read(self, size=-1):
            return b"0" * size

    content = packed(("data.json", DATA))
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: Endless())
    with pytest.raises(InputError, match="expected at most 3000000 bytes, got more"):
        read(tmp_path, content, max_bytes=3_000_000)


def test_what_is_no_zip_is_refused(tmp_path):
    with pytest.raises(InputError, match="cannot be read as a zip"):
        read(tmp_path, b"[]")


@given(place=st.integers(0, 10_000), value=st.integers(0, 255))
def test_a_damaged_archive_is_refused_or_gives_the_same_data(tmp_path_factory, place, value):
    content = bytearray(packed(("data.json", DATA)))
    content[place % len(content)] = value
    folder = tmp_path_factory.getbasetemp()
    with contextlib.suppress(InputError):
        assert read(folder, bytes(content)) == DATA
