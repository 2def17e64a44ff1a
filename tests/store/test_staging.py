"""Folders appear whole or not at all."""

import gzip

import pytest

from generator.store.staging import differing, publish, same, staged


def put(folder, **texts):
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text)
    return folder


def test_what_is_not_published_is_gone(tmp_path):
    with staged(tmp_path / "deep" / "run") as stage:
        put(stage, a="1")
        assert not (tmp_path / "deep").exists()
    assert list(tmp_path.iterdir()) == []


def test_a_published_folder_takes_the_place_of_the_old_one(tmp_path):
    target = put(tmp_path / "runs" / "run", a="1", b="2")
    with staged(target) as stage:
        put(stage, a="3")
        assert differing(stage, target) == ["a", "b"]
        publish(stage, target)
    assert [path.name for path in tmp_path.rglob("*")] == ["runs", "run", "a"]
    assert (target / "a").read_text() == "3"


def test_a_folder_that_a_kill_left_aside_is_put_back(tmp_path):
    target = tmp_path / "runs" / "run"
    put(tmp_path / ".runs.run.old.tmp", a="1")
    put(tmp_path / ".runs.run.new.tmp", a="half")
    put(tmp_path / ".runs.other.new.tmp", a="half")
    with staged(target) as stage:
        assert list(stage.iterdir()) == []
    assert (target / "a").read_text() == "1"
    assert [path.name for path in tmp_path.iterdir()] == ["runs"]


def test_an_error_leaves_no_trace(tmp_path):
    def fail():
        with staged(tmp_path / "runs" / "run") as stage:
            put(stage, a="1")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_files_are_the_same_if_their_bytes_are(tmp_path):
    put(tmp_path, a="1", b="1", c="2")
    assert same(tmp_path / "a", tmp_path / "b")
    assert not same(tmp_path / "a", tmp_path / "c")
    assert not same(tmp_path / "a", tmp_path / "missing")


def test_packed_files_are_the_same_that_unpack_to_the_same(tmp_path):
    def packed(name, data):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    text = b"What is asked. " * 10_000
    one = packed("a.gz", gzip.compress(text, 6, mtime=0))
    assert same(one, packed("b.gz", gzip.compress(text, 9, mtime=1)))
    assert not same(one, packed("b.gz", gzip.compress(text + b"x", 6, mtime=0)))
    assert not same(one, packed("b.gz", gzip.compress(text[:-1], 6, mtime=0)))
    assert not same(one, packed("b.gz", gzip.compress(text, 9)[:-20]))
    assert not same(one, packed("b.gz", b"nothing packed"))
    assert not same(one, packed("b.txt", gzip.compress(text, 9, mtime=1)))
