"""``erroratlas export``."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.test_main import project, run
from tests.store.tree import MODEL, PREDICTIONS, RUN, lines, write

__all__ = ["project"]


@pytest.fixture
def judged(project: Path) -> Path:
    """Three models that all answer 5 to q3, and verdicts on them."""
    for name in ("beta", "gamma"):
        write(
            project / "content",
            f"models/acme__{name}.yml",
            MODEL.replace("Alpha", name.title()).replace("alpha", name),
        )
        folder = f"predictions/sums/acme__{name}"
        write(project / "content", f"{folder}/run.yml", RUN)
        write(project / "content", f"{folder}/predictions.jsonl", lines(PREDICTIONS[:3]))
    status, _, messages = run(project, "judge", "--all", "--workers", "1")
    assert status == 0, messages
    return project


def test_suspects_are_written_as_csv_and_as_json(judged: Path) -> None:
    status, out, messages = run(judged, "export", "suspects", "sums")
    assert status == 0, messages
    (row,) = csv.DictReader(io.StringIO(out))
    assert (row["rank"], row["item_id"], row["strong_agreeing"]) == ("1", "q3", "3")
    status, out, _ = run(judged, "export", "suspects", "sums", "--format", "json")
    (entry,) = json.loads(out)
    assert entry["agreeing_models"] == "acme__alpha acme__beta acme__gamma"
    assert entry["share"] == 1.0
    assert "3 + 1" not in out


def test_only_the_most_suspect_are_written_on_request(judged: Path) -> None:
    status, out, _ = run(judged, "export", "suspects", "sums", "--top", "1")
    assert status == 0
    assert len(list(csv.DictReader(io.StringIO(out)))) == 1
    assert run(judged, "export", "suspects", "sums", "--top", "0")[0] == 2


def test_an_unknown_benchmark_is_a_wrong_call(project: Path) -> None:
    status, _, messages = run(project, "export", "suspects", "nothing")
    assert status == 2
    assert "give one of sums" in messages


def test_a_benchmark_without_verdicts_has_no_suspects_yet(project: Path) -> None:
    status, _, messages = run(project, "export", "suspects", "sums")
    assert status == 1
    assert "run `erroratlas judge`" in messages
