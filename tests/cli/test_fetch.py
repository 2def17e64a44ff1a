import hashlib
import json

import pytest
import yaml
from click.testing import CliRunner

from generator.cli.fetch import command
from generator.cli.main import Project
from generator.errors import InputError
from generator.sources.cache import cached_file
from generator.store.content import load_content

TEXT = b"made-up text\n"


@pytest.fixture
def root(tmp_path, content_root):
    """A checkout with one benchmark kept by reference and one kept here."""
    content = tmp_path / "content"
    (content / "taxonomy").mkdir(parents=True)
    for name in ("atlas.yml", "taxonomy/atlas.yml"):
        (content / name).write_bytes((content_root / name).read_bytes())
    inline = {
        "name": "Inline",
        "description": "Made up.",
        "task_type": "short-answer",
        "licence": "MIT",
        "citation": "None.",
        "metric": "1 if right.",
        "success_threshold": 1.0,
        "display": "full",
    }
    file = {
        "name": "part",
        "url": "https://data.example/abc/part.jsonl",
        "revision": "abc",
        "sha256": hashlib.sha256(TEXT).hexdigest(),
        "bytes": len(TEXT),
        "licence": "MIT",
    }
    source = {"reader": "gsm8k_solutions", "files": [file]}
    distant = inline | {"name": "Distant", "display": "withheld", "source": source}
    for name, record in {"inline": inline, "distant": distant}.items():
        folder = content / "benchmarks" / name
        folder.mkdir(parents=True)
        (folder / "benchmark.yml").write_text(yaml.safe_dump(record), encoding="utf-8")
    mirrored = tmp_path / "mirror" / "data.example" / "abc"
    mirrored.mkdir(parents=True)
    (mirrored / "part.jsonl").write_bytes(TEXT)
    return tmp_path


@pytest.fixture
def fetch(root, monkeypatch):
    monkeypatch.setenv("ERRORATLAS_CACHE", str(root / "cache"))
    monkeypatch.setenv("ERRORATLAS_MIRROR", str(root / "mirror"))

    def run(*arguments):
        return CliRunner().invoke(command, arguments, obj=Project(root, debug=False))

    return run


def test_all_benchmarks_kept_by_reference_are_fetched(root, fetch):
    result = fetch()
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        "distant: 1 file, 0.0 MB, 1 fetched, 0 here before",
        f"1 of 1 file fetched: {root / 'cache'}",
    ]
    (file,) = load_content(root / "content").benchmarks["distant"].source.files
    assert cached_file(root / "cache", file).read_bytes() == TEXT


def test_a_second_fetch_has_nothing_to_do(fetch):
    fetch()
    assert "distant: 1 file, 0.0 MB, 0 fetched, 1 here before" in fetch("distant").stdout


def test_a_benchmark_kept_here_has_nothing_to_fetch(fetch):
    result = fetch("inline")
    assert result.exit_code == 0
    assert "inline: kept with the content, nothing to fetch" in result.stdout


def test_the_report_can_be_read_by_a_program(root, fetch):
    assert json.loads(fetch("distant", "inline", "--format", "json").stdout) == {
        "cache": str(root / "cache"),
        "benchmarks": {
            "distant": {"files": 1, "fetched": 1, "bytes": len(TEXT)},
            "inline": {"files": 0, "fetched": 0, "bytes": 0},
        },
    }


def test_an_unknown_benchmark_is_wrong_usage(fetch):
    result = fetch("none")
    assert result.exit_code == 2
    assert "'none': no such benchmark: give one of distant, inline" in result.stderr


def test_a_file_that_differs_is_an_error_of_the_input(root, fetch):
    next((root / "mirror").rglob("part.jsonl")).write_bytes(b"other text!!\n")
    result = fetch()
    assert isinstance(result.exception, InputError)
    assert "expected sha256" in str(result.exception)


def test_a_terminal_shows_a_bar(fetch, monkeypatch):
    monkeypatch.setattr("generator.cli.fetch.progress_shown", lambda: True)
    assert "Fetching" in fetch().stderr


def test_help_has_an_example(fetch):
    assert "Example:\n    erroratlas fetch gsm8k" in fetch("--help").stdout
