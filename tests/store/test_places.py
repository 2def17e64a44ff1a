"""Folders that are here or in an object store: addresses, names, whole files."""

from pathlib import Path

import pytest

from generator.errors import InputError
from generator.store.places import LocalPlace, at_hand, below, checked, place_of, sound


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("s3://atlas-bucket/one/two/", "s3://atlas-bucket/one/two"),
        ("s3://atlas", "s3://atlas"),
        ("gs://atlas/x", "gs://atlas/x"),
    ],
)
def test_addresses_of_object_stores(address: str, kept: str) -> None:
    assert checked(address) == kept


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/x",
        "file:///etc",
        "ssh://host/x",
        "memory://x",
        "s3://key:hidden@bucket/x",
        "s3://bucket/x?token=hidden",
        "s3://bucket/../x",
        "s3://bucket/x#hidden",
        "simplecache::s3://bucket/x",
        "zip://x::s3://bucket/x",
        "s3://",
        "S3://bucket/x",
        "s3://bucket/x\n",
    ],
)
def test_other_addresses_are_refused_and_not_shown(address: str) -> None:
    with pytest.raises(InputError) as raised:
        place_of(address)
    assert "hidden" not in str(raised.value)
    assert "s3://bucket/folder" in str(raised.value)


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", "a\\b", "a\0b"])
def test_names_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError):
        sound(name)
    for use in (LocalPlace(tmp_path).read, LocalPlace(tmp_path).remove, LocalPlace(tmp_path).sizes):
        with pytest.raises(InputError):
            use(name)


def test_a_folder_of_this_machine(tmp_path: Path) -> None:
    place = place_of(str(tmp_path / "store"))
    assert place.read("a/b") is None
    assert place.write("a/b", b"one")
    assert not place.write("a/b", b"one")
    assert place.write("a/b", b"three")
    assert place.read("a/b") == b"three"
    assert place.sizes("a") == {"a/b": 5}
    place.copy(["a/b", "a/none"], tmp_path / "here")
    assert [path.name for path in (tmp_path / "here").rglob("*")] == ["a", "b"]
    with at_hand(place, ["a/b"]) as root:
        assert root == tmp_path / "store"  # nothing is copied
    (tmp_path / "store/a/.b.xyz.tmp").write_bytes(b"half")
    place.tidy("a")
    assert place.sizes("") == {"a/b": 5}
    place.remove("a")
    place.remove("a")
    assert place.sizes("") == {}


def test_addresses_below() -> None:
    assert below("s3://atlas/x/", "content") == "s3://atlas/x/content"
    assert below("/srv/atlas", "content") == "/srv/atlas/content"


def test_a_store_without_its_client_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"pip install 'erroratlas\[cluster\]'$"):
        place_of("s3://atlas/x")
    with pytest.raises(InputError, match=r"pip install 'erroratlas\[cluster\]' gcsfs$"):
        place_of("gs://atlas/x")
