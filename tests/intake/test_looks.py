"""Each look finds what it is for, says where, and is silent on sound content."""

import gzip
from pathlib import Path

import pytest

from generator.errors import InputError, Problem
from generator.intake import look_over
from generator.intake.findings import Finding, error, grouped, warning
from generator.intake.scope import EVERYTHING, Scope, scope_of
from generator.intake.secrets import find_secrets
from generator.store.content import load_content
from tests.store.tree import BENCHMARK, ITEMS, MODEL, PREDICTIONS, RUN, lines, sound, write

RUN_FOLDER = "predictions/sums/acme__alpha"
MANY = [
    {"item_id": f"q{number}", "input": f"What is {number} + 1?", "references": [str(number + 1)]}
    for number in range(1, 41)
]


def answers(right: int, of: int = 40, words: str = "So it comes to") -> list[dict[str, object]]:
    """Return predictions of which the first so many are right."""
    return [
        {
            "item_id": f"q{number}",
            "output": f"{words} {number + (number <= right)}, all things considered and checked.",
            "score": float(number <= right),
            "extracted": str(number + (number <= right)),
        }
        for number in range(1, of + 1)
    ]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A sound content folder with forty items, of which one model has half right."""
    sound(tmp_path)
    write(tmp_path, "benchmarks/sums/items.jsonl", lines(MANY))
    write(tmp_path, f"{RUN_FOLDER}/predictions.jsonl", lines(answers(20)))
    return tmp_path


def found(root: Path, scope: Scope = EVERYTHING) -> list[Finding]:
    """Return what is found in a content folder."""
    return look_over(load_content(root), scope)


def told(findings: list[Finding]) -> list[tuple[str, str, int, str]]:
    """Return level, file, line and what is wrong."""
    return [(f.level, f.problem.path, f.problem.line, f.problem.wrong) for f in findings]


def second(
    root: Path, name: str = "acme__beta", model: str = "name: Beta\ndeveloper: Acme\n"
) -> None:
    """Add another model with a run of its own."""
    write(root, f"models/{name}.yml", model)
    write(root, f"predictions/sums/{name}/run.yml", RUN)
    other = answers(10, words="Counting on my fingers, I arrive at")
    write(root, f"predictions/sums/{name}/predictions.jsonl", lines(other))


def test_sound_content_gives_nothing_to_say(root: Path) -> None:
    second(root)
    assert found(root) == []


@pytest.mark.parametrize(
    ("change", "field", "line", "wrong"),
    [
        (("date: 2026-01-05\n", ""), "date", 1, "the day of the run is not given"),
        (("generation: {temperature: 0.0}\n", ""), "generation", 1, "no settings of generation"),
        (('version: "1"', "version: unknown"), "harness_version", 2, "says nothing"),
        (("contributor: Nobody", "contributor: TODO"), "contributor", 6, "says nothing"),
        (('test: "no"', 'test: "yes"'), "trained_on_test", 8, "was trained on"),
    ],
)
def test_gaps_of_a_run_are_named_with_their_line(
    root: Path, change: tuple[str, str], field: str, line: int, wrong: str
) -> None:
    assert change[0] in RUN
    write(root, f"{RUN_FOLDER}/run.yml", RUN.replace(*change))
    (finding,) = found(root)
    assert (finding.level, finding.problem.field, finding.problem.line) == ("warning", field, line)
    assert wrong in finding.problem.wrong


def test_a_program_has_no_settings_of_generation(root: Path) -> None:
    write(root, "models/acme__alpha.yml", MODEL + "kind: program\n")
    run = RUN.replace("generation: {temperature: 0.0}\n", "")
    write(root, f"{RUN_FOLDER}/run.yml", run)
    assert found(root) == []


@pytest.mark.parametrize(("right", "what"), [(0, "a failure"), (40, "a success")])
def test_one_score_for_all_is_remarkable(root: Path, right: int, what: str) -> None:
    write(root, f"{RUN_FOLDER}/predictions.jsonl", lines(answers(right)))
    (finding,) = found(root)
    assert finding.problem.wrong == f"every prediction is {what}"
    assert finding.problem.value == "40 of 40"


def test_a_run_without_outputs_or_with_few_is_told(root: Path) -> None:
    silent = [{**row, "output": ""} for row in answers(20)]
    write(root, f"{RUN_FOLDER}/predictions.jsonl", lines(silent))
    assert [f.problem.wrong for f in found(root)] == ["almost every output is empty"]
    write(root, f"{RUN_FOLDER}/predictions.jsonl", lines(answers(20, of=30)))
    assert [f.problem.value for f in found(root)] == ["30 of 40"]
    write(root, f"{RUN_FOLDER}/predictions.jsonl", "")
    assert [f.problem.wrong for f in found(root)] == ["the run has no predictions"]


def test_a_score_against_the_answer_taken_is_told_with_its_line(root: Path) -> None:
    rows = answers(20)
    rows[2] = {**rows[2], "score": 0.0}
    write(root, f"{RUN_FOLDER}/predictions.jsonl", lines(rows))
    path = f"{RUN_FOLDER}/predictions.jsonl"
    wrong = "the answer taken is a reference, but the score is a failure"
    assert told(found(root)) == [("warning", path, 3, wrong)]


def test_letters_are_held_against_the_options(root: Path) -> None:
    chosen = BENCHMARK.replace("short-answer", "multiple-choice")
    write(root, "benchmarks/sums/benchmark.yml", chosen)
    items = [{**row, "choices": ["0", *row["references"]]} for row in MANY]
    write(root, "benchmarks/sums/items.jsonl", lines(items))
    rows = [{**row, "extracted": "(B)" if row["score"] else "A"} for row in answers(20)]
    write(root, f"{RUN_FOLDER}/predictions.jsonl", lines(rows))
    assert found(root) == []
    rows[0] = {**rows[0], "extracted": "A."}
    rows[30] = {**rows[30], "extracted": "b"}
    write(root, f"{RUN_FOLDER}/predictions.jsonl", lines(rows))
    assert [f.problem.line for f in found(root)] == [1, 31]
    assert "another option" in found(root)[0].problem.wrong


def test_the_outputs_of_another_model_are_known_again(root: Path) -> None:
    second(root)
    copied = answers(20)
    copied[0] = {**copied[0], "output": "Changed so that the files differ, by a word or two."}
    write(root, "predictions/sums/acme__beta/predictions.jsonl", lines(copied))
    (finding,) = found(root)
    assert finding.problem.wrong == "the outputs are those of acme__alpha"
    assert finding.problem.value == "39 of 40"


def test_short_outputs_are_no_sign_of_a_copy(root: Path) -> None:
    second(root)
    for name in ("acme__alpha", "acme__beta"):
        short = [{**row, "output": "B"} for row in answers(20)]
        write(root, f"predictions/sums/{name}/predictions.jsonl", lines(short))
    assert found(root) == []


@pytest.mark.parametrize("name", ["acme__a1pha", "acme__al-pha", "acrne__alpha"])
def test_names_that_differ_by_a_hair_are_told(root: Path, name: str) -> None:
    second(root, name)
    wrongs = [f.problem.wrong for f in found(root)]
    first, other = sorted([name, "acme__alpha"])
    assert wrongs == [f"the name is easily taken for {first}"]
    assert other in found(root)[0].problem.path


def test_an_alias_belongs_to_one_model(root: Path) -> None:
    second(root, model="name: Beta\ndeveloper: Acme\naliases: [ALPHA-1]\n")
    assert [f.problem.wrong for f in found(root)] == [
        "the name or alias is also that of acme__alpha"
    ]


def test_a_canary_must_stand_in_items_and_runs(root: Path) -> None:
    canary = "canary GUID 00000000-made-up"
    write(root, "benchmarks/sums/benchmark.yml", f"{BENCHMARK}canary: {canary}\n")
    findings = found(root)
    assert [f.level for f in findings] == ["error", "error"]
    items = [{**row, "tags": {"canary": canary}} for row in MANY]
    write(root, "benchmarks/sums/items.jsonl", lines(items))
    write(
        root,
        f"{RUN_FOLDER}/run.yml",
        f"{RUN}note: >-\n  The data holds\n  canary GUID\n  00000000-made-up\n",
    )
    assert found(root) == []


SECRETS = [
    ("a secret (AWS Access Key)", "AKIA" + "ABCDEFGH01234567"),
    ("a secret (GitHub Token)", "ghp_" + "a1B2" * 9),
    ("a secret (Private Key)", "-----BEGIN RSA " + "PRIVATE KEY-----"),
    ("an e-mail address", "ada@made-up-mail.net"),
    ("a telephone number", "+49 30 1234 5678"),
]


@pytest.mark.parametrize(("kind", "text"), SECRETS)
def test_secrets_are_told_and_never_shown(root: Path, kind: str, text: str) -> None:
    rows = answers(20)
    rows[4] = {**rows[4], "output": f"Ask with\n{text}\nfor the rest."}
    write(root, f"{RUN_FOLDER}/predictions.jsonl", lines(rows))
    (finding,) = found(root)
    assert finding.problem.wrong == f"looks like {kind}"
    assert finding.problem.line == 5
    assert text not in str(finding.problem)


@pytest.mark.parametrize(
    "text", ["ada@example.com", "x@mail.example.org", "+1 202 555 0123", "2024-01-02 10:11", "a@b"]
)
def test_what_is_made_up_for_stories_is_no_secret(root: Path, text: str) -> None:
    rows = answers(20)
    rows[4] = {**rows[4], "output": f"Ask with {text} for the rest of this long story."}
    write(root, f"{RUN_FOLDER}/predictions.jsonl", lines(rows))
    assert found(root) == []


def test_a_secret_far_into_a_long_line_is_found_once(root: Path) -> None:
    rows = answers(20)
    rows[0] = {**rows[0], "output": "word " * 4_000 + SECRETS[1][1] + " word" * 4_000}
    write(root, f"{RUN_FOLDER}/predictions.jsonl", lines(rows))
    assert told(found(root)) == [
        ("warning", f"{RUN_FOLDER}/predictions.jsonl", 1, "looks like a secret (GitHub Token)")
    ]


def test_what_cannot_be_unpacked_is_passed_over(root: Path) -> None:
    """Where files are read it is said; a look must not fail over it, nor unpack without end."""
    path = root / "labels/odd.jsonl.gz"
    path.parent.mkdir(exist_ok=True)
    packed = gzip.compress(SECRETS[1][1].encode() + b"\n" * 100)
    for content in (packed[:-5] + b"12345", packed[:12], b"none"):
        path.write_bytes(content)
        list(find_secrets(load_content(root), EVERYTHING))


def test_only_what_is_in_scope_is_looked_at(root: Path) -> None:
    second(root)
    for name in ("acme__alpha", "acme__beta"):
        write(root, f"predictions/sums/{name}/predictions.jsonl", lines(answers(0)))
    scope = scope_of([root / "predictions/sums/acme__beta"], root)
    assert {f.problem.path.split("/")[2] for f in found(root, scope)} == {"acme__beta"}
    everything = {f.problem.path.split("/")[2] for f in found(root)}
    assert everything == {"acme__alpha", "acme__beta"}


def test_verdicts_and_settings_are_not_contributed(root: Path) -> None:
    scope = scope_of([root / "verdicts/sums/acme__alpha.parquet", root / "taxonomy"], root)
    wrongs = [f.problem.wrong for f in found(root, scope)]
    assert wrongs == [
        "a file of the Atlas as a whole is changed",
        "verdicts are made by the Atlas and not contributed",
    ]


def test_a_path_outside_of_the_content_is_refused(root: Path) -> None:
    with pytest.raises(InputError, match="not in the content folder"):
        scope_of([root / ".." / "elsewhere"], root)


def test_findings_are_grouped_by_cause_and_counted() -> None:
    many = [warning(Problem("a", n, "-", "", f"line {n} is odd", "mend")) for n in range(1, 31)]
    groups = grouped([*many, error(Problem("b", 1, "-", "", "broken", "mend"))])
    assert [(g.level, g.cause, g.total, g.more) for g in groups] == [
        ("error", "broken", 1, 0),
        ("warning", "line … is odd", 30, 10),
    ]


def test_small_runs_are_not_measured_by_shares(tmp_path: Path) -> None:
    sound(tmp_path)
    assert len(ITEMS) > len(PREDICTIONS)
    assert found(tmp_path) == []
