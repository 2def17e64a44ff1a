"""Content, texts and verdicts in an object store."""

from pathlib import Path

import pytest

from generator.cluster.dask_crew import DaskCrew
from generator.cluster.session import Session
from generator.errors import InputError, OutsideError
from generator.store.places import at_hand, place_of
from tests.cli.test_main import run
from tests.cluster.shared_store import by_one_process, content_of, made, places, store

BOTH = pytest.mark.parametrize("bucket", ["s3", "gs"], indirect=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return store(tmp_path / "store")


def uploaded(root: Path, bucket: str) -> None:
    """Put a store into a bucket."""
    place = place_of(bucket)
    for path in root.rglob("*"):
        if path.is_file():
            place.write(path.relative_to(root).as_posix(), path.read_bytes())


def there(bucket: str) -> dict[str, bytes]:
    """Return every file that judging wrote into the content in a bucket."""
    place = place_of(f"{bucket}/content")
    return {name: place.read(name) or b"" for name in place.sizes("") if name.endswith(".parquet")}


@BOTH
def test_a_folder_in_an_object_store(bucket: str) -> None:
    place = place_of(bucket)
    assert (place.local, place.read("a/b"), place.sizes("a")) == (None, None, {})
    assert place.write("a/b", b"one")
    assert not place.write("a/b", b"one")
    assert place.write("a/empty", b"")
    large = bytes(range(256)) * 50_000
    assert place.write("a/large", large)
    assert place.sizes("a") == {"a/b": 3, "a/empty": 0, "a/large": len(large)}
    with at_hand(place, ["a/b", "a/empty", "a/large", "a/none"]) as folder:
        held = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert held == {"b": b"one", "empty": b"", "large": large}
    assert not folder.exists()
    place.remove("a")
    place.remove("a")
    assert place.sizes("") == {}


def test_an_object_whose_name_leads_out_is_refused(bucket: str, tmp_path: Path) -> None:
    import s3fs  # noqa: PLC0415  an extra

    s3fs.S3FileSystem().pipe_file(f"{bucket}/content/../../out.yml", b"x")
    status, _, messages = run(tmp_path, "judge", "--store", bucket)
    assert status == 1
    assert "leads out of its folder" in messages
    assert not list(tmp_path.parent.rglob("out.yml"))


@BOTH
def test_content_and_verdicts_in_an_object_store(bucket: str, root: Path, tmp_path: Path) -> None:
    expected = by_one_process(root, tmp_path / "alone")
    uploaded(root, bucket)
    status, said, messages = run(tmp_path, "judge", "--store", bucket, "--workers", "1")
    assert (status, messages) == (0, "")
    assert said.startswith("9 of 9 runs judged: ")
    assert there(bucket) == expected
    assert place_of(f"{bucket}/shards").sizes("") == {}


@BOTH
def test_workers_of_a_cluster_use_the_object_store(
    bucket: str, root: Path, tmp_path: Path, dask_cluster
) -> None:
    expected = by_one_process(root, tmp_path / "alone")
    uploaded(root, bucket)
    with DaskCrew(dask_cluster.scheduler_address) as crew:
        content = content_of(root)
        Session(content, places(bucket), crew, block=2).judge(content.runs)
    assert there(bucket) == expected
    assert made(root) != expected  # nothing was written here


def test_a_store_that_does_not_answer_shows_no_key(
    bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, _, messages = run(tmp_path, "judge", "--store", "s3://not-there/one")
    assert status in {1, 3}
    assert "test-secret" not in messages
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    import s3fs  # noqa: PLC0415  an extra

    s3fs.S3FileSystem.clear_instance_cache()
    with pytest.raises((OutsideError, InputError), match="keys in the environment"):
        place_of(bucket).read("x")
