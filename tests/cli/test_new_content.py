"""``erroratlas new model|benchmark|predictions``: what they write passes ``validate``."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from generator.cli import answers as asking
from generator.cli import new_benchmark, new_model, new_predictions
from generator.cli.main import erroratlas
from generator.cli.questions import Question
from generator.records.model import Model
from generator.store.documents import read_document
from tests.cli.test_main import project, run
from tests.integration.made_up import files

__all__ = ["project"]

MODEL = ("--name", "Beta 2.5", "--developer", "Acme Labs")
BENCHMARK = (
    *("--id", "word-sums", "--name", "Word sums", "--description", "Sums told as a story."),
    *("--licence", "CC0-1.0", "--citation", "Lovelace (2026)", "--metric", "1 if right, else 0"),
)
RUN = (
    *("--benchmark", "word-sums", "--model", "acme-labs__beta-2.5", "--harness", "by hand"),
    *("--harness-version", "1", "--prompt", "Zero-shot", "--contributor", "Ada", "--licence"),
    *("CC-BY-4.0", "--date", "2026-10-21", "--temperature", "0.5", "--max-tokens", "64"),
)


def sits_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let somebody be asked."""
    monkeypatch.setattr(asking, "someone_answers", lambda: True)


def typed(project: Path, *arguments: str, lines: tuple[str, ...]) -> tuple[int, str, str]:
    """Run the command and type lines; return exit status, output and messages."""
    result = CliRunner().invoke(
        erroratlas, ["--root", str(project), *arguments], input="\n".join((*lines, ""))
    )
    return result.exit_code, result.stdout, result.stderr


def valid(project: Path) -> None:
    """Hold that the content passes."""
    status, _, messages = run(project, "validate")
    assert status == 0, messages


def test_a_benchmark_a_model_and_a_run_by_options_are_content_that_passes(project: Path):
    table = project / "answers.csv"
    table.write_text("id,reply,points\nexample-1,It is 6.,0\nexample-2,A,1\n", encoding="utf-8")
    assert run(project, "new", "benchmark", *BENCHMARK)[0] == 0
    valid(project)
    status, out, messages = run(project, "new", "model", *MODEL)
    assert status == 0, messages
    assert "wrote content/models/acme-labs__beta-2.5.yml" in out
    assert "next: erroratlas validate content/models/acme-labs__beta-2.5.yml" in out
    valid(project)
    columns = ("--map", "item=id,output=reply,score=points")
    status, out, messages = run(project, "new", "predictions", str(table), *RUN, *columns)
    assert status == 0, messages
    assert "2 predictions taken in, 1 of them failures" in out
    assert run(project, "judge", "--workers", "1")[0] == 0
    valid(project)
    described = project / "content/predictions/word-sums/acme-labs__beta-2.5/run.yml"
    made = yaml.safe_load(described.read_text(encoding="utf-8"))
    assert made["generation"] == {"temperature": 0.5, "max_tokens": 64}


def test_what_is_missing_is_named_at_once_and_nobody_is_waited_for(project: Path):
    before = files(project / "content")
    for kind, needed in (
        ("model", ("--name", "--developer", "--id")),
        ("benchmark", ("--id", "--name", "--description", "--licence", "--citation", "--metric")),
        ("predictions", ("--benchmark", "--model", "--harness", "--prompt", "--contributor")),
    ):
        more = (str(project / "content/atlas.yml"),) if kind == "predictions" else ()
        status, out, messages = run(project, "new", kind, *more)
        assert (status, out) == (2, "")
        assert all(f"{option} (" in messages for option in needed)
    assert files(project / "content") == before


def test_wrong_options_are_all_named_with_the_words_of_validate(project: Path):
    status, _, messages = run(
        project, "new", "model", *MODEL, "--released", "soon", "--parameters", "7.5", "--url", "x"
    )
    assert status == 2
    assert "--released: soon: not a date: write it as YYYY-MM-DD" in messages
    assert "--parameters: 7.5: a whole number is expected" in messages
    assert "--url: x: not of the required form" in messages


def test_on_a_terminal_a_wrong_answer_is_asked_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
):
    sits_at_a_terminal(monkeypatch)
    answered = ("Gamma", "Acme", "Acme/Gamma", "acme__gamma", "yesterday", "2026-03-31")
    answered += ("7 billion", "7000000000", "maybe", "yes", "", "", "a/gamma, gamma-1", "")
    status, out, messages = typed(project, "new", "model", lines=answered)
    assert status == 0, messages
    assert "wrote content/models/acme__gamma.yml" in out
    assert "name it <developer>__<model>" in messages
    assert "not a date" in messages
    model, problems = read_document(project / "content/models/acme__gamma.yml", Model, "gamma")
    assert problems == []
    assert model is not None
    assert (model.parameters, model.open_weights) == (7_000_000_000, True)
    assert model.aliases == ("a/gamma", "gamma-1")
    valid(project)


def test_what_does_not_go_together_is_asked_again(project: Path, monkeypatch: pytest.MonkeyPatch):
    sits_at_a_terminal(monkeypatch)
    more = ("--score-range", "0 1", "--success-threshold", "7", "--task-type", "tool-use")
    more += ("--url", "https://example.org", "--display", "full", "--canary", "none")
    status, _, messages = typed(project, "new", "benchmark", *BENCHMARK, *more, lines=("0 10", "7"))
    assert status == 0, messages
    assert "success_threshold must lie within score_range" in messages
    valid(project)
    monkeypatch.undo()
    status, _, messages = run(project, "new", "benchmark", *BENCHMARK, *more)
    assert status == 2
    assert "--score-range, --success-threshold: success_threshold must lie" in messages


def test_a_canary_that_could_not_be_found_again_is_refused(project: Path):
    status, _, messages = run(project, "new", "benchmark", *BENCHMARK, "--canary", 'a "b"')
    assert status == 2
    assert "without quotes" in messages


def test_the_end_of_input_interrupts_and_writes_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch
):
    sits_at_a_terminal(monkeypatch)
    before = files(project / "content")
    status, _, _ = typed(project, "new", "model", lines=("Gamma",))
    assert status != 0
    assert files(project / "content") == before


def test_items_of_a_file_are_taken_in_and_bad_ones_named(project: Path):
    items = project / "items.jsonl"
    rows = [{"item_id": "a", "input": "1 + 1?", "references": ["2"]}] * 2
    items.write_text("".join(f"{json.dumps(row)}\n" for row in [*rows, {"item_id": "b"}]))
    status, _, messages = run(project, "new", "benchmark", *BENCHMARK, "--items", str(items))
    assert status == 1
    assert "items.jsonl:2: item_id: a: the item id stands already on line 1" in messages
    assert "items.jsonl:3: input: : the field is missing" in messages
    items.write_text(f"{json.dumps(rows[0])}\n")
    assert run(project, "new", "benchmark", *BENCHMARK, "--items", str(items))[0] == 0
    valid(project)
    items.write_text("\n")
    assert "holds no item" in run(project, "new", "benchmark", *BENCHMARK, "--items", str(items))[2]


def test_nothing_is_replaced_unasked_and_the_same_again_changes_nothing(project: Path):
    assert run(project, "new", "benchmark", *BENCHMARK)[0] == 0
    before = files(project / "content")
    status, out, _ = run(project, "new", "benchmark", *BENCHMARK, "--format", "json")
    assert status == 0
    report = json.loads(out)
    assert report["written"] == []
    assert len(report["unchanged"]) == 2
    other = (*BENCHMARK, "--url", "https://example.org/")
    status, _, messages = run(project, "new", "benchmark", *other)
    assert (status, files(project / "content")) == (1, before)
    assert "benchmarks/word-sums/benchmark.yml: there already" in messages
    assert run(project, "new", "benchmark", *other, "--force")[0] == 0
    assert files(project / "content") != before
    valid(project)


@pytest.mark.parametrize(
    "name",
    [
        "- [a]: {b} # c",
        "'\"!!python/object:os.system",
        "&anchor *alias",
        "no",
        "1e3",
        "{{ name }} <script>",
        "../../etc/passwd",
        "模型 名",
        "x" * 500,
    ],
)
def test_an_answer_is_kept_as_it_was_given(project: Path, name: str):
    arguments = ("--name", name, "--developer", name, "--id", "acme__odd", "--note", name)
    status, _, messages = run(project, "new", "model", *arguments)
    assert status == 0, messages
    model, _ = read_document(project / "content/models/acme__odd.yml", Model, "odd")
    assert model is not None
    assert (model.name, model.developer, model.note) == (name, name, name)
    valid(project)


@pytest.mark.parametrize(
    ("option", "answer", "wrong"),
    [
        ("--name", "a\x1b[31m", "cannot be seen"),
        ("--name", "a\u202eb", "cannot be seen"),
        ("--name", "a\udcff", "cannot be seen"),
        ("--name", "two\nlines", "not of the required form"),
        ("--name", "   ", "too short"),
        ("--name", "x" * 501, "too long"),
        ("--id", "../../outside", "name it <developer>__<model>"),
        ("--id", "acme__" + "x" * 100, "name it <developer>__<model>"),
        ("--id", "acme__a/../../b", "name it <developer>__<model>"),
        ("--parameters", "9" * 5_000, "whole number"),
        ("--parameters", "nan", "whole number"),
    ],
)
def test_a_hostile_answer_is_refused(project: Path, option: str, answer: str, wrong: str):
    before = files(project)
    status, _, messages = run(project, "new", "model", *MODEL, option, answer)
    assert status == 2
    assert wrong in messages
    assert "Traceback" not in messages
    assert "\x1b" not in messages
    assert len(messages) < 1_000
    assert files(project) == before


def test_a_run_needs_its_model_and_benchmark(project: Path):
    table = project / "answers.csv"
    table.write_text("id,output,score\na,b,1\n", encoding="utf-8")
    status, _, messages = run(project, "new", "predictions", str(table), *RUN)
    assert status == 2
    assert "--benchmark: word-sums: not in the content: describe it first with" in messages
    assert "erroratlas new model" in messages


@pytest.mark.parametrize(
    "questions", [new_model.QUESTIONS, new_benchmark.QUESTIONS, new_predictions.QUESTIONS]
)
def test_every_example_and_default_is_an_answer_that_will_do(questions: tuple[Question, ...]):
    for question in questions:
        question.read(question.example)
        if question.default is not None:
            question.read(question.default)


def test_without_a_content_folder_the_mending_is_said(tmp_path: Path):
    status, _, messages = run(tmp_path, "new", "model", *MODEL)
    assert status == 1
    assert "go to the checkout" in messages
