"""The command: help, exit statuses, one message per error."""

import importlib
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli.main import COMMANDS, erroratlas, main
from tests.integration.made_up import checkout
from tests.store.tree import PREDICTIONS, RUN, lines, sound, write


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with sound made-up content and an empty cache."""
    sound(tmp_path / "content")
    monkeypatch.setenv("ERRORATLAS_CACHE", str(tmp_path / "cache"))
    return tmp_path


def run(project: Path, *arguments: str) -> tuple[int, str, str]:
    """Run the command as a user would and return exit status, output and messages."""
    runner = CliRunner()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        result = runner.invoke(_Main(), list(arguments))
    return result.exit_code, result.stdout, result.stderr


class _Main:
    """Lets click's runner call ``main``, which handles errors itself."""

    name = "erroratlas"

    def main(self, args: list[str], prog_name: str, **_: object) -> None:
        del prog_name
        main(args)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_with_a_runnable_example(name: str) -> None:
    command = importlib.import_module(COMMANDS[name].module).command
    texts = [command, *getattr(command, "commands", {}).values()]
    leaves = texts[1:] or texts
    for leaf in leaves:
        assert "Example:" in (leaf.help or ""), f"{leaf.name} shows no example"
        assert f"erroratlas {name}" in (leaf.help or "")


@pytest.mark.parametrize("name", ["export", "import", "new", "release", "review", "taxonomy"])
def test_a_group_shows_an_example_and_whole_sentences(name: str) -> None:
    result = CliRunner().invoke(erroratlas, [name, "--help"])
    assert result.exit_code == 0
    assert f"Example:\n    erroratlas {name} " in result.stdout
    assert not re.search(r"\w\.\.\.$", result.stdout, re.MULTILINE)


@pytest.mark.parametrize("arguments", [("build",), ("serve",), ("release", "2026.12")])
def test_nothing_is_left_behind_where_there_is_no_content(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    status, _, messages = run(tmp_path, *arguments)
    assert status == 1
    assert "content: there is no such folder: go to the checkout" in messages
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["2026.13", "foo", "2026.12.0"])
def test_what_is_no_version_is_told_the_form_of_one(project: Path, text: str) -> None:
    status, _, messages = run(project, "release", text)
    assert status == 2
    assert f"{text!r}: no version of an edition: give YYYY.MM, such as 2026.12" in messages
    status, out, _ = run(project, "release", "--help")
    assert status == 0
    assert "VERSION | COMMAND" in out
    assert "YYYY.MM" in out


def test_the_list_of_commands_names_each_without_importing_it() -> None:
    result = CliRunner().invoke(erroratlas, ["--help"])
    assert result.exit_code == 0
    assert all(f"  {name} " in result.stdout for name in COMMANDS)


def test_help_needs_no_tables() -> None:
    """What a command works with takes longer to import than its help to read."""
    heavy = {"agreement", "calibrate", "judge", "taxonomy"}  # their options come with their work
    asked = f"""
import sys
from generator.cli.main import main
for name in {sorted(COMMANDS.keys() - heavy)}:
    try:
        main([name, "--help"])
    except SystemExit as end:
        assert not end.code, name
    assert not {{"numpy", "pandas", "pyarrow", "altair", "jinja2"}} & {{*sys.modules}}, name
"""
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_usage_error_is_status_2(project: Path) -> None:
    status, _, messages = run(project, "build", "--no-such-option")
    assert status == 2
    assert "No such option" in messages


@pytest.mark.parametrize(
    ("arguments", "known"),
    [(["calbrate"], "build, calibrate, compare"), (["import", "csv"], "bfcl, columns, correction")],
)
def test_what_is_no_command_is_told_those_there_are(
    project: Path, arguments: list[str], known: str
) -> None:
    status, _, messages = run(project, *arguments)
    assert status == 2
    assert f"{arguments[-1]!r}: no such command: there are " in messages
    assert known in messages


def test_judging_says_which_runs_have_no_text_here(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.cli.judge.is_readable", lambda *_: False)
    status, _, messages = run(project, "judge", "--workers", "1")
    assert status == 0
    assert re.search(r"The text of \d+ runs is not here; they keep the verdicts", messages)


def test_being_told_to_end_is_an_interruption(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr("generator.cli.judge.load", lambda _: os.kill(os.getpid(), signal.SIGTERM))
    status, _, messages = run(project, "judge")
    assert status == 130
    assert "what was finished is kept. Run the command again to go on." in messages
    assert signal.getsignal(signal.SIGTERM) is before


def test_content_at_fault_is_status_1_with_every_problem(project: Path) -> None:
    write(project / "content", "models/acme__alpha.yml", "developer: 3\n")
    status, _, messages = run(project, "judge")
    assert status == 1
    assert "models/acme__alpha.yml:1: name: : the field is missing: add it" in messages
    assert "models/acme__alpha.yml:1: developer: 3: a text is expected" in messages
    assert "2 problems found" in messages
    assert "Traceback" not in messages


def test_validate_reports_as_text_json_and_annotations(project: Path) -> None:
    broken = lines([{**PREDICTIONS[0], "score": 7}])
    write(project / "content", "predictions/sums/acme__alpha/predictions.jsonl", broken)
    status, out, messages = run(project, "validate")
    assert status == 1
    assert "1 problem found" in out
    assert "predictions.jsonl:1: score: 7:" in messages
    status, out, _ = run(project, "validate", "--format", "json")
    assert status == 1
    assert json.loads(out)["problems"][0]["field"] == "score"
    status, out, _ = run(project, "validate", "--format", "github")
    assert status == 1
    assert out.startswith(
        "::error file=content/predictions/sums/acme__alpha/predictions.jsonl,line=1::score: 7: "
    )


def test_an_annotation_cannot_be_ended_by_what_it_quotes(project: Path) -> None:
    hostile = lines([{**PREDICTIONS[0], "a\n::error::b%": 1}])
    write(project / "content", "predictions/sums/acme__alpha/predictions.jsonl", hostile)
    _, out, _ = run(project, "validate", "--format", "github")
    assert out.count("\n") == 1
    assert "%0A::error::b%25" in out or "\\n::error::b%25" in out


def test_sound_content_validates(project: Path) -> None:
    status, out, messages = run(project, "validate")
    assert (status, messages) == (0, "")
    assert "0 problems found" in out


def test_judge_writes_verdicts_once_and_check_agrees(project: Path) -> None:
    status, out, _ = run(project, "judge", "--workers", "1")
    assert status == 0
    assert "1 of 1 runs judged: 3 failures of 4 predictions" in out
    path = project / "content/verdicts/sums/acme__alpha.parquet"
    before = path.read_bytes()
    _, out, _ = run(project, "judge", "--workers", "1")
    assert out.startswith("0 of 1 runs judged")
    status, out, _ = run(project, "judge", "--all", "--check", "--workers", "1")
    assert status == 0
    assert "0 files differ" in out
    assert path.read_bytes() == before


def test_changed_outputs_make_verdicts_stale(project: Path) -> None:
    run(project, "judge", "--workers", "1")
    assert json.loads(run(project, "judge", "--status", "--format", "json")[1])["runs"] == {
        "sums/acme__alpha": "fresh"
    }
    changed = lines([*PREDICTIONS[:-1], {**PREDICTIONS[-1], "output": "The answer is 8."}])
    write(project / "content", "predictions/sums/acme__alpha/predictions.jsonl", changed)
    assert json.loads(run(project, "judge", "--status", "--format", "json")[1])["runs"] == {
        "sums/acme__alpha": "stale"
    }
    status, _, messages = run(project, "judge", "--all", "--check", "--workers", "1")
    assert status == 1
    assert "differs: verdicts/sums/acme__alpha.parquet" in messages


def test_debug_shows_where_an_error_comes_from(project: Path) -> None:
    write(project / "content", "models/acme__alpha.yml", "developer: 3\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        result = CliRunner().invoke(_Main(), ["--debug", "judge"])
    assert type(result.exception).__name__ == "ContentError"


def test_a_folder_without_content_says_where_to_go(tmp_path: Path) -> None:
    status, _, messages = run(tmp_path, "validate")
    assert status == 1
    assert "there is no such folder: go to the checkout or name it with --root" in messages


def test_a_file_in_the_way_is_one_message(project: Path) -> None:
    write(project, "content/verdicts", "in the way")
    status, _, messages = run(project, "judge", "--workers", "1")
    assert status == 1
    assert "verdicts" in messages
    assert "check that the path is what it should be" in messages
    assert messages.count("\n") == 1


def test_problems_found_in_another_process_are_whole(project: Path) -> None:
    second = project / "content/predictions/sums/acme__beta"
    write(project / "content", "models/acme__beta.yml", "name: Beta\ndeveloper: Acme\n")
    write(second, "run.yml", RUN)
    write(second, "predictions.jsonl", "{oops\n{oops\n")
    status, _, messages = run(project, "judge", "--workers", "2")
    assert status == 1
    assert messages.count("predictions.jsonl:") == 2
    assert "2 problems found" in messages


def test_what_cannot_be_checked_does_not_pass_the_check(
    tmp_path: Path, project_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = checkout(tmp_path, project_root)
    monkeypatch.setenv("ERRORATLAS_CACHE", str(root / "cache"))
    run(root, "judge", "--workers", "1")
    assert run(root, "judge", "--all", "--check", "--workers", "1")[0] == 0
    monkeypatch.setenv("ERRORATLAS_CACHE", str(root / "nowhere"))
    status, _, messages = run(root, "judge", "--all", "--check", "--workers", "1")
    assert status == 1
    assert "2 runs could not be checked" in messages
    assert "erroratlas fetch notes" in messages


def test_a_cached_file_that_was_altered_is_not_judged(
    tmp_path: Path, project_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = checkout(tmp_path, project_root)
    monkeypatch.setenv("ERRORATLAS_CACHE", str(root / "cache"))
    (cached,) = (path for path in (root / "cache").rglob("*") if path.is_file())
    cached.write_bytes(cached.read_bytes().replace(b"pens", b"hens"))
    status, _, messages = run(root, "judge", "--workers", "1")
    assert status == 1
    assert "not the file that notes names: run `erroratlas fetch notes` again" in messages
