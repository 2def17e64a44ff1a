"""A cluster of separate processes: the bytes of one process, also when a worker is killed."""

import os
import signal
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.cluster import dask_crew
from generator.cluster.crew import Task, completed
from generator.cluster.dask_crew import DaskCrew
from generator.errors import ContentError, InputError, OutsideError
from tests.cli.test_main import run
from tests.cluster.shared_store import by_one_process, judged, made, store
from tests.store.tree import lines, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return store(tmp_path / "store")


def test_workers_give_the_bytes_of_one_process(root: Path, tmp_path: Path, dask_cluster) -> None:
    expected = by_one_process(root, tmp_path / "alone")
    with DaskCrew(dask_cluster.scheduler_address) as crew:
        outcome = judged(root, crew, block=2)
    assert made(root) == expected
    assert outcome.runs == 9


def test_the_number_of_workers_does_not_matter(root: Path, tmp_path: Path, dask_cluster) -> None:
    expected = by_one_process(root, tmp_path / "alone")
    dask_cluster.scale(1)
    try:
        with DaskCrew(dask_cluster.scheduler_address) as crew:
            judged(root, crew, block=3)
    finally:
        dask_cluster.scale(2)
    assert made(root) == expected


def test_a_worker_killed_in_the_middle_changes_nothing(
    root: Path, tmp_path: Path, dask_cluster
) -> None:
    expected = by_one_process(root, tmp_path / "alone")
    killed = []

    def kill(step: str, done: int, total: int) -> None:
        """End a worker that has something to do, without a word, once blocks are judged."""
        if step == "Judging" and done >= 2 and not killed:
            assert done < total
            workers = dask_cluster.scheduler.workers.values()
            busy = max(workers, key=lambda one: len(one.processing))
            if not busy.processing and done < 10:
                return
            nannies = dask_cluster.workers.values()
            pid = next(one.pid for one in nannies if one.worker_address == busy.address)
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)

    with DaskCrew(dask_cluster.scheduler_address) as crew:
        judged(root, crew, block=1, on_done=kill)
    assert killed
    assert made(root) == expected
    assert [path for path in (root / "shards").rglob("*") if path.is_file()] == []


def test_a_fault_is_told_as_by_one_process(root: Path, dask_cluster) -> None:
    twice = lines([{"item_id": "q1", "output": "3", "score": 0.0}] * 2)
    write(root, "content/predictions/sums/acme__alpha/predictions.jsonl", twice)
    with (
        DaskCrew(dask_cluster.scheduler_address) as crew,
        pytest.raises(ContentError, match="answered already on line 1"),
    ):
        judged(root, crew)


def test_the_command(root: Path, tmp_path: Path, dask_cluster) -> None:
    expected = by_one_process(root, tmp_path / "alone")
    address = dask_cluster.scheduler_address
    status, said, messages = run(tmp_path, "judge", "--scheduler", address, "--store", str(root))
    assert (status, messages) == (0, "")
    assert said.startswith("9 of 9 runs judged: ")
    assert made(root) == expected


class Failed(NamedTuple):
    """A future of Dask's that raises."""

    error: Exception

    def result(self) -> None:
        raise self.error


@pytest.mark.parametrize(
    ("kind", "module", "said"),
    [
        ("KilledWorker", "distributed.scheduler", "try a smaller --block"),
        ("FutureCancelledError", "distributed.client", "run the command again$"),
        ("CancelledError", "concurrent.futures._base", "run the command again$"),
    ],
)
def test_a_task_that_the_cluster_gave_up(kind: str, module: str, said: str) -> None:
    error = type(kind, (Exception,), {"__module__": module})()
    with pytest.raises(OutsideError, match=said):
        dask_crew._Under(Failed(error)).result()


def test_a_worker_without_the_package_is_told() -> None:
    error = ModuleNotFoundError("no", name="generator")
    with pytest.raises(OutsideError, match=r"lacks a package \(generator\)"):
        dask_crew._Under(Failed(error)).result()


def test_a_fault_of_ours_is_not_the_clusters(dask_cluster) -> None:
    with (
        DaskCrew(dask_cluster.scheduler_address) as crew,
        pytest.raises(ZeroDivisionError),
    ):
        list(completed(crew, [Task(divmod, (1, 0))]))


def test_a_scheduler_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="run make test-cluster")
    monkeypatch.setattr("generator.cluster.dask_crew._PATIENCE", 0.5)
    with (
        pytest.raises(OutsideError, match="no scheduler with a worker answers"),
        DaskCrew("tcp://127.0.0.1:1"),
    ):
        pass


@pytest.mark.parametrize("address", ["inproc://x", "tcp://a", "http://a:1", "x", "tcp://a:1/x?y"])
def test_addresses_of_other_kinds_are_refused(address: str) -> None:
    with pytest.raises(InputError, match="tcp://HOST:PORT"):
        DaskCrew(address)


def test_without_the_extra_one_message_says_what_to_install(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.cluster.dask_crew.importlib.util.find_spec", lambda _: None)
    status, _, messages = run(
        tmp_path, "judge", "--scheduler", "tcp://127.0.0.1:8786", "--store", str(root)
    )
    assert status == 1
    assert messages == (
        "--scheduler needs packages that are not installed: pip install 'erroratlas[cluster]'\n"
    )
