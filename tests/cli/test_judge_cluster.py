"""``judge --scheduler`` and ``--store``: which options go together, and what is said."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.test_main import project, run
from tests.cluster.shared_store import by_one_process, made, store

__all__ = ["project"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--scheduler", "tcp://a:1", "--llm", "m"), "--batch write or --batch submit"),
        (("--store", "s3://a-bucket/b", "--llm", "m", "--dry-run"), "are for the rules"),
        (("--store", "x", "--status"), "--status looks at the checkout"),
        (("--block", "5"), "--block is for --scheduler and --store"),
        (("--block", "0", "--store", "x"), "0 is not in the range"),
    ],
)
def test_options_that_do_not_go_together(project: Path, options: tuple[str, ...], said: str):
    status, _, messages = run(project, "judge", *options)
    assert status == 2
    assert said in " ".join(messages.split())


@pytest.mark.parametrize("address", ["http://a:1", "inproc://a", "tcp://a:1?key=hidden"])
def test_a_scheduler_of_another_kind_is_refused(project: Path, address: str):
    status, _, messages = run(project, "judge", "--scheduler", address)
    assert status == 1
    assert "tcp://HOST:PORT" in messages
    assert "hidden" not in messages


def test_a_store_that_is_not_there(project: Path):
    status, _, messages = run(project, "judge", "--store", str(project / "nowhere"))
    assert status == 1
    assert "does not have this folder" in messages


def test_a_shared_folder_is_judged_as_the_checkout_is(project: Path, tmp_path: Path):
    root = store(tmp_path / "store")
    expected = by_one_process(root, tmp_path / "alone")
    status, said, messages = run(project, "judge", "--store", str(root), "--format", "json")
    assert (status, messages) == (0, "")
    assert json.loads(said)["runs"] == 9
    assert made(root) == expected
    assert not list((project / "content").rglob("*.parquet"))
    status, _, messages = run(project, "judge", "--store", str(root), "--all", "--check")
    assert (status, messages) == (0, "")
    shutil.rmtree(root / "sources")
    status, _, messages = run(project, "judge", "--store", str(root), "--all", "--check")
    assert status == 1
    assert "8 runs could not be checked, their text is not here: put the files" in messages
    assert f"into {root}/sources" in messages
