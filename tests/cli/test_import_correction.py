"""``erroratlas import correction``: what a person says counts first, and measures nobody."""

import json
from pathlib import Path

import pytest

from generator.judging.calibration import known_sets
from generator.judging.corrections import lost
from generator.stats.collect import collect
from generator.stats.tables import settled
from generator.stats.trust import corrections, trust
from generator.store.content import load_content
from generator.store.verdicts import read_verdicts
from tests.cli.test_main import project, run
from tests.integration.made_up import files
from tests.store.tree import PREDICTIONS, lines, write

__all__ = ["project"]

PLACE = ("sums", "acme__alpha", "q4")
WHY = ("--reason", "It gives seven without a step.", "--by", "ada")
VERDICTS = "content/verdicts/sums/acme__alpha.parquet"


@pytest.fixture
def judged(project: Path) -> Path:
    """A checkout whose failures were judged by the rules."""
    assert run(project, "judge", "--workers", "1")[0] == 0
    return project


def correct(project: Path, *more: str, place: tuple[str, ...] = PLACE) -> tuple[int, str, str]:
    """Correct a verdict."""
    return run(project, "import", "correction", *place, *more)


def test_one_command_makes_content_that_counts_first(judged: Path):
    status, out, messages = correct(judged, "--category", "E13", *WHY)
    assert status == 0, messages
    assert "changed content/labels/sums.jsonl" in out
    assert "changed content/verdicts/sums/acme__alpha.parquet" in out
    assert run(judged, "validate")[0] == 0
    (label,) = (judged / "content/labels/sums.jsonl").read_text(encoding="utf-8").splitlines()
    said = json.loads(label)
    assert (said["labeller"], said["category"], said["note"]) == ("ada", "E13", WHY[1])
    content = load_content(judged / "content")
    rows = settled(collect(content).failures, content.atlas.judges)
    (verdict,) = read_verdicts(judged / VERDICTS, ["person"], titled=True)
    assert (verdict.title, verdict.summary) == ("Corrected by a person", WHY[1])
    row = rows[rows["item_id"] == "q4"].iloc[0]
    assert (row["judge"], row["category"]) == ("person", "E13")


def test_judging_again_keeps_it_and_the_same_again_changes_nothing(judged: Path):
    assert correct(judged, "--undetermined", *WHY)[0] == 0
    before = files(judged / "content")
    assert run(judged, "judge", "--all", "--workers", "1")[0] == 0
    status, out, _ = correct(judged, "--undetermined", *WHY)
    assert (status, files(judged / "content")) == (0, before)
    assert "nothing changed" in out


def test_another_correction_takes_the_place_of_the_first(judged: Path):
    assert correct(judged, "--category", "E13", *WHY)[0] == 0
    status, out, _ = correct(judged, "--fault-of", "benchmark", *WHY, "--format", "json")
    assert status == 0
    assert len(json.loads(out)["changed"]) == 2
    persons = read_verdicts(judged / VERDICTS, ["person"])
    assert [(one.attribution, one.category) for one in persons] == [("benchmark", None)]
    assert run(judged, "validate")[0] == 0


def test_a_correction_can_be_taken_back(judged: Path):
    before = files(judged / "content")
    assert correct(judged, "--category", "E02", "--subcategory", "truncated", *WHY)[0] == 0
    assert correct(judged, "--withdraw")[0] == 0
    assert files(judged / "content") == before


def test_a_correction_goes_with_the_text_that_it_speaks_of(judged: Path):
    assert correct(judged, "--category", "E13", *WHY)[0] == 0
    changed = [{**row, "output": f"{row['output']} "} for row in PREDICTIONS]
    write(judged / "content", "predictions/sums/acme__alpha/predictions.jsonl", lines(changed))
    assert run(judged, "judge", "--workers", "1")[0] == 0
    assert read_verdicts(judged / VERDICTS, ["person"]) == []
    content = load_content(judged / "content")
    assert [label.item_id for _, label in lost(content, "sums")] == ["q4"]
    status, _, messages = run(judged, "validate")
    assert status == 0
    assert "warning: labels/sums.jsonl:1: key: q4: the correction counts nowhere" in messages
    assert correct(judged, "--category", "E13", *WHY)[0] == 0
    assert "counts nowhere" not in run(judged, "validate")[2]


def test_corrections_measure_no_judge_and_no_rule(judged: Path):
    """They were chosen because a judge erred: counted, every judge would be wrong."""
    content = load_content(judged / "content")
    before = trust(collect(content), content.atlas.judges, 0.95)
    assert correct(judged, "--category", "E13", *WHY)[0] == 0
    tables = collect(load_content(judged / "content"))
    assert tables.labels.empty
    assert trust(tables, content.atlas.judges, 0.95) == before
    assert list(known_sets(content, judged / "cache")) == []
    counted = corrections(tables.failures, content.atlas.judges)
    assert counted.to_dict("records") == [
        {"benchmark": "sums", "judge": "rules", "corrected": 1, "other": 1}
    ]


def test_without_corrections_there_is_nothing_to_count(judged: Path):
    tables = collect(load_content(judged / "content"))
    assert corrections(tables.failures, ("person", "rules")).empty


@pytest.mark.parametrize(
    ("more", "status", "told"),
    [
        ((), 2, "give one of --category, --fault-of and --undetermined"),
        (("--category", "E13"), 2, "--reason and --by"),
        (("--category", "E13", "--undetermined", *WHY), 2, "give one of"),
        (("--category", "E99", *WHY), 2, "no such category"),
        (("--category", "x\x1b[31m", *WHY), 2, "category: x\\x1b[31m: not of the required form"),
        (("--category", "E13", "--subcategory", "empty", *WHY), 2, "not one of E13"),
        (("--undetermined", "--reason", "a\nb", "--by", "ada"), 2, "note: "),
        (("--undetermined", "--reason", "a", "--by", "Ada L."), 2, "by: Ada L.: "),
    ],
)
def test_a_wrong_call_changes_nothing(judged: Path, more: tuple[str, ...], status: int, told: str):
    before = files(judged / "content")
    found, _, messages = correct(judged, *more)
    assert found == status
    assert told in messages
    assert files(judged / "content") == before


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (("sums", "acme__alpha", "q1"), "not a failure"),
        (("sums", "acme__alpha", "../q4"), "not a failure"),
        (("sums", "acme__beta", "q4"), "no such run"),
        (("../sums", "acme__alpha", "q4"), "no such run"),
    ],
)
def test_only_a_failure_can_be_corrected(judged: Path, place: tuple[str, ...], told: str):
    status, _, messages = correct(judged, "--category", "E13", *WHY, place=place)
    assert status == 1
    assert told in messages


def test_a_run_has_to_be_judged_before(project: Path):
    status, _, messages = correct(project, "--category", "E13", *WHY)
    assert status == 1
    assert "run `erroratlas judge` first" in messages


def test_a_known_cause_is_not_written_over(judged: Path):
    label = {"item_id": "q4", "model": "acme__alpha", "labeller": "planted", "category": "E13"}
    write(judged / "content", "labels/sums.jsonl", lines([label]))
    status, _, messages = correct(judged, "--category", "E02", *WHY)
    assert status == 1
    assert "its cause is known already (planted)" in messages


def test_where_nobody_counts_persons_it_is_said(judged: Path):
    path = judged / "content/atlas.yml"
    path.write_text(path.read_text().replace("[person, annotator-1, rules]", "[rules]"))
    status, _, messages = correct(judged, "--category", "E13", *WHY)
    assert status == 1
    assert "person is not among the judges" in messages
