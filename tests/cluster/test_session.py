"""Blocks, shards and what is made of them: the same bytes as by one process, whatever happens."""

from collections import Counter
from pathlib import Path

import pytest

from generator.cluster import tasks
from generator.cluster.crew import Here, Task
from generator.cluster.sameness import judging_hash
from generator.cluster.session import Outcome, Session
from generator.errors import ContentError, InputError, OutsideError
from generator.judging.run import states
from tests.cluster.shared_store import by_one_process, content_of, judged, made, places, store
from tests.store.tree import lines, write


class Ended(Exception):  # noqa: N818  nothing is wrong
    """The machine that asked was switched off."""


class Counting(Here):
    """Counts what is done, and ends after some tasks."""

    def __init__(self, ends_after: int = 10_000) -> None:
        super().__init__(1)
        self.done: Counter[str] = Counter()
        self.left = ends_after

    def submit(self, task: Task):
        if not self.left:
            raise Ended
        self.left -= 1
        self.done[task.work.__name__] += 1
        return super().submit(task)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return store(tmp_path / "store")


@pytest.mark.parametrize("block", [1, 2, 3, 1_000])
def test_blocks_of_any_size_give_the_bytes_of_one_process(
    root: Path, tmp_path: Path, block: int
) -> None:
    expected = by_one_process(root, tmp_path / "alone")
    outcome = judged(root, Here(1), block=block)
    assert made(root) == expected
    assert set(states(content_of(root)).values()) == {"fresh"}
    assert (outcome.runs, outcome.reused) == (9, 0)
    assert sorted(outcome.changed) == sorted(expected)
    assert [path for path in (root / "shards").rglob("*") if path.is_file()] == []


def test_processes_give_the_bytes_of_one(root: Path, tmp_path: Path) -> None:
    expected = by_one_process(root, tmp_path / "alone")
    with Here(2) as crew:
        judged(root, crew, block=2)
    assert made(root) == expected


def test_a_second_go_has_nothing_to_do(root: Path) -> None:
    judged(root, Here(1))
    crew = Counting()
    assert judged(root, crew) == Outcome()
    assert not {"judge", "join"} & crew.done.keys()


@pytest.mark.parametrize("tasks_done", [1, 9, 12, 20, 27, 36])
def test_what_was_finished_is_not_done_again(root: Path, tmp_path: Path, tasks_done: int) -> None:
    expected = by_one_process(root, tmp_path / "alone")
    first = Counting(tasks_done)
    with pytest.raises(Ended):
        judged(root, first, block=1)
    outcome = judged(root, Counting(), block=1)
    assert made(root) == expected
    assert outcome.reused <= first.done["judge"]
    # Blocks of a run that was joined are done with it; all others are taken up.
    assert outcome.reused >= first.done["judge"] - 5 * first.done["join"]


def test_shards_of_other_code_or_other_texts_are_not_used(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Ended):
        judged(root, Counting(18), block=1)
    monkeypatch.setattr("generator.cluster.session.judging_hash", lambda: "other")
    monkeypatch.setattr("generator.cluster.sameness.judging_hash", lambda: "other")
    assert judged(root, Here(1), block=1).reused == 0


def test_a_worker_with_other_code_does_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.cluster.session.judging_hash", lambda: "other")
    with pytest.raises(OutsideError, match="another version of ErrorAtlas"):
        judged(root, Here(1))


def test_check_writes_no_content(root: Path) -> None:
    judged(root, Here(1))
    before = made(root)
    assert judged(root, Here(1), check=True, everything=True).changed == ()
    write(root, "content/predictions/sums/acme__alpha/predictions.jsonl", "")
    changed = judged(root, Here(1), check=True).changed
    assert changed == ("verdicts/sums/acme__alpha.parquet",)
    assert made(root) == before


def test_a_text_that_is_not_there_keeps_its_verdicts(root: Path) -> None:
    judged(root, Here(1))
    gone = min((root / "sources").glob("*/*"))
    gone.unlink()
    assert judged(root, Here(1), everything=True).runs == 5


def test_a_fault_is_told_as_by_one_process(root: Path) -> None:
    twice = lines([{"item_id": "q1", "output": "3", "score": 0.0}] * 2)
    write(root, "content/predictions/sums/acme__alpha/predictions.jsonl", twice)
    with pytest.raises(ContentError, match="answered already on line 1"):
        judged(root, Here(1), block=1)


def test_a_text_that_changes_meanwhile_is_not_judged_under_another_name(root: Path) -> None:
    content = content_of(root)

    def change(step: str, *_: int) -> None:
        if step == "Numbering":
            write(root, "content/predictions/sums/acme__alpha/predictions.jsonl", "")

    session = Session(content, places(root), Here(1), on_done=change)
    with pytest.raises(OutsideError, match="changed meanwhile"):
        session.judge(content.runs)


def test_a_machine_without_the_folder_says_so(root: Path, tmp_path: Path) -> None:
    content = content_of(root)
    with pytest.raises(InputError, match="does not have this folder"):
        Session(content, places(tmp_path / "nowhere"), Here(1)).judge([("sums", "acme__alpha")])


def test_tasks_may_be_done_twice(root: Path, tmp_path: Path) -> None:
    """A worker that ends after its work and before it says so has its task done again."""

    class Twice(Here):
        def submit(self, task: Task):
            super().submit(task)
            return super().submit(task)

    expected = by_one_process(root, tmp_path / "alone")
    judged(root, Twice(1), block=1)
    assert made(root) == expected


def test_what_is_sent_is_small_and_says_nothing_of_its_own(root: Path) -> None:
    sent = []

    class Listening(Here):
        def submit(self, task: Task):
            sent.append(task)
            return super().submit(task)

    judged(root, Listening(1))
    charges = [task.given[0] for task in sent]
    assert {repr(charge) for charge in charges} == {"Charge(kept)", "Charge(sums)"}
    assert all(len(charge.content.benchmarks) == 1 for charge in charges)
    judging = [task.given[0] for task in sent if task.work is tasks.judge]
    assert all(len(charge.content.runs) == 1 for charge in judging)
    assert {charge.code for charge in charges} == {judging_hash()}
