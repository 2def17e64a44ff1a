"""``erroratlas agreement``: over the content, and over files of the user's own."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.records.verdict import JudgeId, Verdict
from generator.store.verdicts import write_verdicts
from tests.cli.test_main import project, run
from tests.store.tree import lines, write

__all__ = ["project"]

FAILURES = [
    {
        "id": f"sums/{number}/alpha",
        "benchmark": "sums",
        "model": "alpha",
        "question": f"What is {number} + 1?",
        "reference": str(number + 1),
        "output": output,
        "extracted_prediction": None,
    }
    for number, output in enumerate(["", "1 + 1 = 3. The answer is 3.", "The answer is 7."])
]
LABELS: list[dict[str, Any]] = [
    {"id": "sums/0/alpha", "status": "verdict", "attribution": "model", "category": "E02"},
    {"id": "sums/1/alpha", "status": "verdict", "attribution": "model", "category": "E13"},
    {"id": "sums/2/alpha", "status": "undetermined", "attribution": None, "category": None},
    {"id": "sums/9/alpha", "status": "undetermined", "attribution": None, "category": None},
]


@pytest.fixture
def files(project: Path) -> tuple[str, str]:
    """Failures and labels that are not in the content."""
    failures = write(project, "failures.jsonl", lines(FAILURES))
    labels = write(project, "labels.jsonl", lines(LABELS))
    return str(failures), str(labels)


def report(project: Path, *arguments: str) -> dict[str, Any]:
    status, out, messages = run(project, "agreement", *arguments, "--format", "json")
    assert status == 0, messages
    found: dict[str, Any] = json.loads(out)
    return found


def test_failures_of_ones_own_are_judged_and_compared(
    project: Path, files: tuple[str, str]
) -> None:
    found = report(project, "--failures", files[0], "--labels", files[1])
    assert (found["compared"], found["unlabelled"], found["unjudged"]) == (3, 0, 1)
    sums = found["benchmarks"]["sums"]
    assert (sums["failures"], sums["spoke"]) == (3, 2)
    assert sums["precision"] == {"held": 2, "of": 2, "share": 1.0, "low": 0.3424, "high": 1.0}
    assert sums["kappa"]["value"] == 1.0
    assert sums["seconds"] >= 0
    assert {rule["spoke"] for rule in sums["rules"].values()} == {1}
    assert {"known": "E13", "said": "E13", "count": 1} in found["all"]["confusion"]
    assert found["judge_id"]["name"] == "rules"
    assert not (project / "content" / "verdicts").exists()


def names(value: Any, fixed: frozenset[str] = frozenset({"benchmarks", "rules", "answers"})) -> Any:
    """Yield the names in a report, but for those of benchmarks, rules and answers."""
    if isinstance(value, list):
        for entry in value:
            yield from names(entry)
    elif isinstance(value, dict):
        for name, entry in value.items():
            yield name
            for inner in entry.values() if name in fixed else [entry]:
                yield from names(inner)


def test_every_name_in_the_report_is_documented_on_the_page_on_trust(
    project: Path, files: tuple[str, str]
) -> None:
    found = report(project, "--failures", files[0], "--labels", files[1])
    page = Path(__file__).parents[2] / "site_templates/pages/trust.md.j2"
    told = page.read_text(encoding="utf-8").partition("{: #agreement-json }")[2]
    used = set(names(found))
    assert {"kappa", "prompt_hash", "held", "said"} <= used
    assert {name for name in used if f"`{name}`" not in told} == set()


def test_the_same_as_text_names_benchmark_rule_and_answer(
    project: Path, files: tuple[str, str]
) -> None:
    status, out, _ = run(project, "agreement", "--failures", files[0], "--labels", files[1])
    assert status == 0
    assert "3 failures compared, 0 without a label and 1 without a verdict left out" in out
    assert "2/2 = 100.0 % (34.2 to 100.0)" in out
    assert "sums  false-result" in out
    assert "known, said" in out


def test_verdicts_of_another_judge_are_compared_by_id_without_the_failures(
    project: Path, files: tuple[str, str]
) -> None:
    other = [{**LABELS[0], "category": "E13"}, LABELS[1], {"id": "x/1", "status": "no_verdict"}]
    verdicts = write(project, "verdicts.jsonl", lines(other))
    found = report(project, "--judge", str(verdicts), "--labels", files[1])
    assert found["compared"] == 2
    assert found["all"]["precision"]["share"] == 0.5
    assert "seconds" not in found["all"]


def test_acceptable_categories_are_counted_apart(project: Path, files: tuple[str, str]) -> None:
    labels = [{**LABELS[0], "category": "E13", "acceptable": ["E02"]}, *LABELS[1:]]
    write(project, "labels.jsonl", lines(labels))
    found = report(project, "--failures", files[0], "--labels", files[1])["all"]
    assert found["precision"]["held"] == 1
    assert found["precision_acceptable"]["held"] == 2


def test_verdicts_in_parquet_are_found_by_the_key_of_the_failure(
    project: Path, files: tuple[str, str]
) -> None:
    """Those of the content belong to the same keys as failures in a file."""
    run(project, "judge", "--workers", "1")
    sealed = project / "content/verdicts/sums/acme__alpha.parquet"
    same = {**FAILURES[0], "question": "What is 2 + 1?", "reference": "3"}
    write(project, "failures.jsonl", lines([same, *FAILURES[1:]]))
    found = report(project, "--judge", str(sealed), "--failures", files[0], "--labels", files[1])
    assert found["compared"] == 1
    assert found["all"]["precision"]["held"] == 1
    status, _, messages = run(project, "agreement", "--judge", str(sealed), "--labels", files[1])
    assert status == 2
    assert "give --failures" in messages


def test_a_file_of_several_judges_needs_the_name_of_one(
    project: Path, files: tuple[str, str]
) -> None:
    path = project / "two.parquet"
    verdicts = [
        Verdict(
            key="0" * 64,
            item_id="q",
            judge=JudgeId(name=name, version="1", prompt_hash="", taxonomy="1.0"),
            status="undetermined",
        )
        for name in ("one", "two")
    ]
    write_verdicts(path, verdicts, {})
    arguments = ("--failures", files[0], "--labels", files[1])
    status, _, messages = run(project, "agreement", "--judge", str(path), *arguments)
    assert status == 1
    assert "holds verdicts of one, two: name one as" in messages
    status, _, messages = run(project, "agreement", "--judge", f"{path}:two", *arguments)
    assert status == 1
    assert "none of its failures has a verdict" in messages


def test_bad_lines_are_reported_with_their_place(project: Path, files: tuple[str, str]) -> None:
    write(project, "labels.jsonl", lines([{**LABELS[0], "category": "E99"}, {"id": "x"}]))
    status, _, messages = run(project, "agreement", "--failures", files[0], "--labels", files[1])
    assert status == 1
    assert "labels.jsonl:1: category: E99: the taxonomy has no such category" in messages
    assert "labels.jsonl:2: status: : the field is missing" in messages


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--failures", "failures.jsonl"), "--failures needs --labels"),
        (("--labels", "labels.jsonl"), "--judge rules needs --failures"),
        (("nothing",), "no such benchmark: give one of sums"),
    ],
)
def test_arguments_that_do_not_go_together_are_wrong_usage(
    project: Path, files: tuple[str, str], arguments: tuple[str, ...], said: str
) -> None:
    del files
    status, _, messages = run(project, "agreement", *arguments)
    assert status == 2
    assert said in messages.replace("\n", " ")


def test_a_judge_that_is_none_is_refused(project: Path, files: tuple[str, str]) -> None:
    status, _, messages = run(project, "agreement", "--judge", "nobody", "--labels", files[1])
    assert status == 1
    assert "neither rules nor llm nor a file of verdicts" in messages
    status, _, messages = run(project, "agreement", "--judge", "nobody")
    assert status == 1
    assert "it has no verdict here" in messages


def test_verdicts_in_the_content_are_held_against_its_labels(project: Path) -> None:
    known = [
        {"item_id": "q2", "model": "acme__alpha", "labeller": "planted", "category": "E02"},
        {"item_id": "q3", "model": "acme__alpha", "labeller": "planted", "category": "E02"},
    ]
    write(project / "content", "labels/sums.jsonl", lines(known))
    status, _, messages = run(project, "agreement")
    assert status == 1
    assert "it has no verdict here" in messages
    run(project, "judge", "--workers", "1")
    found = report(project, "sums")
    assert list(found["against"]) == ["labels"]
    scores = found["against"]["labels"]["benchmarks"]["sums"]
    assert (scores["failures"], scores["spoke"], scores["precision"]["held"]) == (2, 2, 1)
    status, out, _ = run(project, "agreement")
    assert out.startswith("rules against labels: 2 failures")


def test_content_of_which_nothing_is_known_is_said_so(project: Path) -> None:
    run(project, "judge", "--workers", "1")
    status, _, messages = run(project, "agreement")
    assert status == 1
    assert "nothing is known" in messages


@pytest.mark.shared
def test_a_second_pass_agrees_with_the_first_as_its_makers_say(
    project: Path, shared_data: Path, content_root: Path
) -> None:
    """Their note: 92.5 % of 120, kappa 0.915 (0.86 to 0.96); MMLU-Pro 0.93, GSM8K 0.76."""
    taxonomy = (content_root / "taxonomy/atlas.yml").read_text(encoding="utf-8")
    write(project / "content", "taxonomy/atlas.yml", taxonomy)
    found = report(
        project,
        "--judge",
        str(shared_data / "verdicts_second_pass.jsonl"),
        "--labels",
        str(shared_data / "verdicts_annotated.jsonl"),
    )
    assert found["compared"] == 120
    assert found["all"]["accuracy"]["share"] == 0.925
    assert found["all"]["kappa"]["value"] == pytest.approx(0.915, abs=0.001)
    assert found["all"]["kappa"]["low"] == pytest.approx(0.86, abs=0.01)
    by_benchmark = {
        name: round(part["kappa"]["value"], 2) for name, part in found["benchmarks"].items()
    }
    assert by_benchmark == {"mmlu_pro": 0.93, "gsm8k": 0.76, "bbh": 0.89}
