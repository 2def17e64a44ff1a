"""The journal and its lock: what was written stays, whatever happens afterwards."""

from pathlib import Path
from typing import Any

import pytest

from generator.errors import InputError
from generator.judging.journal import Journal
from generator.judging.pricing import Spent
from generator.records.verdict import Evidence, JudgeId, Verdict

JUDGE = JudgeId(name="llm", version="m-1", prompt_hash="ab", taxonomy="1.0")
SPENT = Spent(1200, 1000, 90)


def verdict(number: int, **changes: Any) -> Verdict:
    """Return a verdict on a made-up failure."""
    fields: dict[str, Any] = {
        "key": f"{number:064x}",
        "item_id": f"q{number}",
        "judge": JUDGE,
        "status": "verdict",
        "attribution": "model",
        "category": "E13",
        "evidence": (Evidence(quote="3 + 1 = 5 …\u2028", start=0, end=12),),
        "confidence": 0.7,
        "tokens": 1290,
    }
    return Verdict(**(fields | changes))


FAILED = {"status": "no_verdict", "attribution": None, "category": None, "evidence": ()}


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A journal that is not there yet."""
    return Journal(tmp_path / "journal" / "sums__acme__alpha__llm.jsonl")


def test_what_is_written_comes_back(journal: Journal):
    given = [verdict(number) for number in range(3)]
    for one in given:
        journal.append(one, SPENT)
    assert [entry.verdict for entry in journal.entries()] == given
    assert {entry.spent for entry in journal.read().values()} == {SPENT}


def test_a_journal_that_is_not_there_is_empty(journal: Journal):
    assert journal.read() == {}
    assert not journal.path.exists()


def test_a_last_line_torn_anywhere_is_mended(journal: Journal):
    """Every length that a kill could leave of the last line."""
    for number in range(3):
        journal.append(verdict(number), SPENT)
    whole = journal.path.read_bytes()
    start = whole[:-1].rfind(b"\n") + 1
    for end in range(start, len(whole) + 1):
        journal.path.write_bytes(whole[:end])
        # A line that only lacks its end is a verdict that was paid for.
        kept = 3 if end >= len(whole) - 1 else 2
        assert len(journal.read()) == kept
        journal.append(verdict(7), SPENT)
        assert [entry.verdict.item_id for entry in journal.entries()][kept:] == ["q7"]


def test_a_tail_of_zeros_is_mended(journal: Journal):
    journal.append(verdict(1), SPENT)
    before = journal.path.read_bytes()
    journal.path.write_bytes(before + b"\0" * 200_000)
    assert len(journal.read()) == 1
    assert journal.path.read_bytes() == before


def test_looking_without_the_lock_changes_nothing(journal: Journal):
    journal.append(verdict(1), SPENT)
    torn = journal.path.read_bytes() + b'{"verdict": {"ke'
    journal.path.write_bytes(torn)
    assert len(list(journal.entries())) == 1
    assert journal.path.read_bytes() == torn


def test_a_line_that_is_no_entry_is_passed_over(journal: Journal):
    journal.append(verdict(1), SPENT)
    with journal.path.open("ab") as file:
        file.write(b'{"verdict": 3, "usage": []}\n[]\nnonsense\n\xff\n')
    journal.append(verdict(2), SPENT)
    assert [entry.verdict.item_id for entry in journal.entries()] == ["q1", "q2"]


def test_a_verdict_outlives_a_later_failure_and_a_failure_gives_way(journal: Journal):
    journal.append(verdict(1), SPENT)
    journal.append(verdict(1, **FAILED), SPENT)
    journal.append(verdict(2, **FAILED), SPENT)
    journal.append(verdict(2), SPENT)
    assert {entry.verdict.status for entry in journal.read().values()} == {"verdict"}


def test_a_judge_that_changed_replaces_itself(journal: Journal):
    journal.append(verdict(1), SPENT)
    other = JUDGE.model_copy(update={"prompt_hash": "cd"})
    journal.append(verdict(1, judge=other, **FAILED), SPENT)
    assert journal.read()[verdict(1).key].verdict.judge == other


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_full_disk_is_one_message(journal: Journal):
    journal.path.parent.mkdir()
    journal.path.symlink_to("/dev/full")
    with pytest.raises(InputError, match=r"cannot be written.*make room"):
        journal.append(verdict(1), SPENT)
