"""``erroratlas import`` and its formats."""

import json
import re
import shutil
from pathlib import Path

import pytest

from generator.cli.import_logs import log_command
from generator.readers.logs import FORMATS
from generator.readers.logs import files as logs_files
from generator.readers.logs.files import MAX_DOCUMENT, table
from generator.records.prediction import Prediction
from generator.store.content import Content, load_content
from generator.store.inline import read_items, read_predictions
from generator.store.lines import MAX_PACKED, MAX_UNPACKED
from tests.cli.test_main import project, run
from tests.integration.made_up import files
from tests.readers.logs.reading import write_lines
from tests.store.tree import write

__all__ = ["project"]

WHO = ("--contributor", "Ada", "--licence", "CC0-1.0")
HARNESS = ("--harness", "by hand", "--harness-version", "1")
NEW = ("--create", "--items-licence", "CC0-1.0", "--citation", "None.", "--threshold", "1")
ROWS = [
    {"id": "w1", "question": "What is 1 + 1?", "answer": "2", "output": "It is 3.", "score": 0},
    {"id": "w2", "question": "What is 2 + 2?", "answer": "4", "output": "It is 4.", "score": 1},
]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A plain log of two rows."""
    return write_lines(tmp_path / "log.jsonl", *ROWS)


def bring(project: Path, log: Path, *more: str, model: str = "acme__beta") -> tuple[int, str, str]:
    """Import the plain log on a new benchmark."""
    arguments = ("--benchmark", "words", "--model", model, *WHO, *HARNESS, *more)
    return run(project, "import", "columns", str(log), *arguments)


def test_a_stranger_gets_from_a_log_to_content_that_is_sound(project: Path, log: Path) -> None:
    status, out, messages = bring(project, log, *NEW, "--developer", "Acme")
    assert status == 0, messages
    assert "2 rows read, 2 predictions taken in, 1 of them failures" in out
    assert "wrote predictions/words/acme__beta/run.yml" in out
    status, _, messages = run(project, "judge", "--workers", "1")
    assert status == 0, messages
    assert run(project, "validate")[0] == 0


def test_importing_twice_changes_nothing(project: Path, log: Path) -> None:
    assert bring(project, log, *NEW)[0] == 0
    before = files(project / "content")
    status, out, _ = bring(project, log)
    assert (status, files(project / "content")) == (0, before)
    assert "nothing changed" in out


def test_a_report_for_machines(project: Path, log: Path) -> None:
    write_lines(log, *ROWS, ROWS[0])
    status, out, messages = bring(project, log, *NEW, "--format", "json")
    assert status == 0, messages
    report = json.loads(out)
    assert (report["rows"], report["taken"], report["failed"], report["items_added"]) == (
        3,
        2,
        1,
        2,
    )
    ((why, dropped),) = report["dropped"].items()
    assert "answered already" in why
    assert dropped == {"rows": 1, "first": [f"{log}:3"]}
    assert report["bad"] == {}


def test_a_bad_row_is_named_and_nothing_is_written(project: Path, log: Path) -> None:
    write_lines(log, *ROWS, ROWS[0] | {"score": "high"}, '{"id":')
    before = files(project / "content")
    status, _, messages = bring(project, log, *NEW)
    assert (status, files(project / "content")) == (1, before)
    assert f"{log}:3: score: high: a number is expected" in messages
    assert f"{log}:4: -: " in messages
    assert "2 of 4 rows are bad" in messages
    status, out, messages = bring(project, log, *NEW, "--skip-bad")
    assert status == 0, messages
    assert "left out as bad 1: a number is expected as the score" in out


def test_what_is_missing_is_said_all_at_once(project: Path, log: Path) -> None:
    arguments = ("import", "columns", str(log), "--benchmark", "words", "--model", "acme__beta")
    status, _, messages = run(project, *arguments)
    assert status == 1
    assert "benchmark words is not in the content and model acme__beta is not" in messages
    status, _, messages = run(project, *arguments, "--create")
    assert status == 1
    named = (
        *("--harness", "--harness-version", "--contributor", "--licence"),
        *("--items-licence", "--citation", "--threshold"),
    )
    assert all(f"{option} " in messages for option in named)


def test_a_benchmark_kept_by_reference_takes_no_texts(project: Path, log: Path) -> None:
    text = (project / "content/benchmarks/sums/benchmark.yml").read_text(encoding="utf-8")
    source = (
        "source:\n  reader: gsm8k_solutions\n  files:\n    - name: one\n"
        "      url: https://example.org/x\n      revision: '1'\n"
        f"      sha256: {'0' * 64}\n      bytes: 1\n      licence: MIT\n"
    )
    text = text.replace("display: full", "display: withheld")
    write(project / "content", "benchmarks/words/benchmark.yml", text + source)
    status, _, messages = bring(project, log, "--create")
    assert status == 1
    assert "words is kept by reference: its text may not be committed" in messages


@pytest.mark.parametrize("name", ["../evil", "Words", "a/b", ""])
def test_names_that_would_lead_elsewhere_are_wrong_usage(
    project: Path, log: Path, name: str
) -> None:
    before = files(project)
    arguments = ("import", "columns", str(log), *WHO, *HARNESS, *NEW)
    assert run(project, *arguments, "--benchmark", name, "--model", "acme__beta")[0] == 2
    assert run(project, *arguments, "--benchmark", "words", "--model", name)[0] == 2
    assert files(project) == before


def test_values_that_no_record_takes_are_explained(project: Path, log: Path) -> None:
    status, _, messages = bring(project, log, *NEW, "--prompt", "x" * 6_000)
    assert status == 1
    assert "prompt: " in messages
    assert "too long: use at most 5000 characters" in messages
    status, _, messages = bring(project, log, *NEW[:-1], "7")
    assert status == 1
    assert "success_threshold must lie within score_range" in messages


def test_a_wrong_map_is_wrong_usage(project: Path, log: Path) -> None:
    status, _, messages = bring(project, log, *NEW, "--map", "item")
    assert status == 2
    assert "write PART=COLUMN" in messages


def test_another_content_folder_can_be_named(project: Path, log: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    (project / "content").rename(other)
    status, _, messages = bring(project, log, *NEW, "--content", str(other))
    assert status == 0, messages
    assert (other / "predictions/words/acme__beta/run.yml").is_file()
    assert "there is no such folder" in bring(project, log, *NEW)[2]


TABLE = (
    "example_id,model,input_text,output_text,score,correct_answer\n"
    "0,ada,q,o,0,r\n1,bob,p,o,1,r\n0,bob,q,x,0,r\n1,cy,p,o,0,r\n"
)


def test_several_models_of_a_table_are_what_one_after_the_other_would_be(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, reads = tmp_path / "errors.csv", []
    log.write_text(TABLE, encoding="utf-8")
    start = ("import", "error-map", str(log), "--benchmark", "words", "--add-items", *WHO, *HARNESS)
    for model in ("ada", "bob"):
        one = (*start, *NEW, "--model", f"acme__{model}", "--log-model", model)
        assert run(project, *one)[0] == 0
    apart = files(project / "content")
    for folder in ("benchmarks/words", "predictions/words"):
        shutil.rmtree(project / "content" / folder)
    monkeypatch.setattr(logs_files, "table", lambda path: reads.append(path) or table(path))
    several = (
        *start,
        *NEW,
        "--model",
        "acme__ada",
        "--log-model",
        "ada",
        "--also",
        "acme__bob=bob",
    )
    status, out, messages = run(project, *several)
    assert status == 0, messages
    assert out.startswith("acme__ada:\n4 rows read, 1 predictions taken in")
    assert "\nacme__bob:\n4 rows read, 2 predictions taken in" in out
    assert (files(project / "content"), reads) == (apart, [log])
    status, out, _ = run(project, *several, "--format", "json")
    assert (status, list(json.loads(out))) == (0, ["acme__ada", "acme__bob"])


@pytest.mark.parametrize("value", ["acme__bob", "acme__bob=", "../x=bob", "=bob"])
def test_another_model_without_a_name_is_wrong_usage(project: Path, log: Path, value: str) -> None:
    assert bring(project, log, *NEW, "--also", value)[0] == 2


def test_what_is_wrong_elsewhere_does_not_stop_an_import(project: Path, log: Path) -> None:
    write(project / "content", "models/acme__gamma.yml", "nothing: known\n")
    assert bring(project, log, *NEW)[0] == 0
    write(project / "content", "models/acme__beta.yml", "nothing: known\n")
    status, _, messages = bring(project, log)
    assert status == 1
    assert "models/acme__beta.yml:1: nothing: " in messages
    assert "gamma" not in messages


def test_items_at_fault_are_told_apart_from_rows(project: Path, log: Path) -> None:
    assert bring(project, log, *NEW)[0] == 0
    items = project / "content/benchmarks/words/items.jsonl"
    odd = b'{"item_id":"w3","input":"i","references":[]}\n'
    items.write_bytes(items.read_bytes() + odd)
    before = files(project / "content")
    status, _, messages = bring(project, log, "--force")
    assert (status, files(project / "content")) == (1, before)
    assert messages == (
        "benchmarks/words/items.jsonl:3: references: []: too few entries: give at least 1\n"
        "1 problem found\n"
    )


@pytest.mark.parametrize("place", ["benchmarks/words", "predictions/words", "models"])
def test_nothing_is_written_through_a_link(
    project: Path, log: Path, tmp_path: Path, place: str
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = project / "content" / place
    if link.is_dir():
        link.rename(tmp_path / "before")
    link.symlink_to(elsewhere)
    status, _, messages = bring(project, log, *NEW)
    assert (status, list(elsewhere.iterdir())) == (1, [])
    assert f"{place}:0: -: : a symbolic link" in messages


def test_every_format_has_its_command_and_a_test_of_its_own(project_root: Path) -> None:
    for key, form in FORMATS.items():
        module = form.read.__module__.rpartition(".")[2]
        assert (project_root / f"tests/readers/logs/test_{module}.py").is_file(), key


def records(project: Path) -> tuple[Content, list[Prediction]]:
    """Return what the content says, however it is written."""
    content = load_content(project / "content")
    items = read_items(content.layout, "sums", [])
    key = ("sums", "acme__alpha")
    rows = read_predictions(content.layout, key, content.benchmarks["sums"], items, [])
    return content, list(rows)


def test_what_is_exported_is_imported_again_as_it_was(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "eee"
    arguments = ("export", "every-eval-ever", "sums", "acme__alpha", "--out", str(out))
    status, said, messages = run(project, *arguments)
    assert status == 0, messages
    assert "4 samples" in said
    first = files(out)
    assert run(project, *arguments)[0] == 0
    assert files(out) == first
    before = records(project)
    status, said, messages = run(
        project,
        *("import", "every-eval-ever", str(out), "--benchmark", "sums", "--model", "acme__alpha"),
        *("--contributor", "Nobody", "--licence", "CC0-1.0", "--trained-on-test", "no", "--force"),
    )
    assert status == 0, messages
    assert records(project) == before


def test_the_text_of_a_withheld_benchmark_is_not_exported_unasked(
    project: Path, tmp_path: Path
) -> None:
    path = project / "content/benchmarks/sums/benchmark.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("full", "withheld"), encoding="utf-8")
    arguments = ("export", "every-eval-ever", "sums", "acme__alpha", "--out", str(tmp_path / "eee"))
    status, _, messages = run(project, *arguments)
    assert status == 1
    assert "sums is withheld: its text is not to be published" in messages
    assert not (tmp_path / "eee").exists()
    assert run(project, *arguments, "--withheld")[0] == 0


def test_an_unknown_run_is_wrong_usage(project: Path, tmp_path: Path) -> None:
    arguments = ("export", "every-eval-ever", "sums", "acme__omega", "--out", str(tmp_path))
    status, _, messages = run(project, *arguments)
    assert status == 2
    assert "no such run: the benchmark has acme__alpha" in messages


def test_the_page_on_importing_shows_every_format_and_options_that_exist(
    content_root: Path,
) -> None:
    text = (content_root / "pages/import.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| [^|`]+: `([a-z0-9-]+)` \|", text, flags=re.MULTILINE)
    assert sorted(rows) == sorted(FORMATS)
    known = {name for parameter in log_command("columns").params for name in parameter.opts}
    known |= {"--help", "--out", "--log_samples"}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z_-]+", text)) <= known
    assert f"{MAX_DOCUMENT >> 20} MB" in text
    assert f"{MAX_UNPACKED // 10**6} MB unpacked" in text
    assert f"{MAX_PACKED // 10**6} MB" in text
