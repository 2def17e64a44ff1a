"""``erroratlas release``: checks first, then everything or nothing."""

import json
import re
from pathlib import Path

import pytest
import yaml

from generator.errors import ContentError
from generator.release import writing
from generator.release.checks import is_version
from generator.release.writing import write_all
from generator.store.checks import check_content
from generator.store.content import load_content
from tests.integration.made_up import files
from tests.release.conftest import EDITION, commit, erroratlas, git
from tests.store.tree import sound, write


def test_a_release_freezes_what_the_edition_was_made_from(packaged: Path) -> None:
    content = load_content(packaged / "content")
    release = content.releases[EDITION]
    assert content.atlas.edition == EDITION
    assert release.commit == git(packaged, "rev-parse", "HEAD").strip()
    assert str(release.date) == "2026-01-31"
    assert release.judges == content.atlas.judges
    assert release.success_thresholds == {"notes": 1.0, "sums": 1.0}
    assert [source.name for source in release.sources] == ["notes"]
    assert {judge.name for judge in release.spoke} == {"annotator-1", "rules"}
    held = release.counts
    assert held.failures == (
        held.classified + held.other_fault + held.undetermined + held.no_verdict
    )
    assert (held.runs, held.predictions) == (3, 84)
    assert all(run.verdicts and not run.pending for run in release.runs)
    assert content.released is not None
    assert content.released.version == content.taxonomy.version


def test_a_dry_run_writes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(root / "content")
    assert erroratlas(root, "release", EDITION, "--dry-run", "--format", "json") == 0
    assert files(root / "content") == before
    assert not (root / "build/release").exists()
    said = json.loads(capsys.readouterr().out)
    assert said["files"] == [
        "content/atlas.yml",
        "content/taxonomy/released.yml",
        "CITATION.cff",
        ".zenodo.json",
        f"content/releases/{EDITION}.yml",
    ]


def test_a_release_is_what_the_checkout_says_to_cite(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert erroratlas(root, "release", "citation", "--check") == 1
    assert "Out of date: CITATION.cff, .zenodo.json" in capsys.readouterr().err
    assert erroratlas(root, "release", "citation") == 0
    told = yaml.safe_load((root / "CITATION.cff").read_text())
    assert (told["version"], told.get("date-released")) == (f"{EDITION}-dev", None)
    commit(root)
    assert erroratlas(root, "release", EDITION, "--date", "2026-01-31") == 0
    assert erroratlas(root, "release", "citation", "--check") == 0
    told = yaml.safe_load((root / "CITATION.cff").read_text())
    assert (told["version"], told["date-released"]) == (EDITION, "2026-01-31")
    package = root / f"build/release/erroratlas-{EDITION}"
    for name in ("CITATION.cff", ".zenodo.json"):
        assert (root / name).read_bytes() == (package / name).read_bytes()
    atlas = root / "content/atlas.yml"
    atlas.write_text(atlas.read_text().replace(f'"{EDITION}"', '"2026.02-dev"'))
    assert erroratlas(root, "release", "citation", "--check") == 0


def test_all_that_speaks_against_it_is_said_at_once(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = root / "content/verdicts/notes/acme__beta.parquet"
    path.unlink()
    before = files(root / "content")
    assert erroratlas(root, "release", "2026.02", "--pending", "no/such") == 1
    said = capsys.readouterr().err
    assert "content/verdicts/notes/acme__beta.parquet:0: -: : in no commit as it is" in said
    assert "atlas.yml:0: edition: 2026.01-dev: it is not 2026.02: write" in said
    assert "verdicts/notes/acme__beta.parquet:0: -: : its verdicts are missing: run" in said
    assert "verdicts:0: -: no/such: named as pending, and no run that waits" in said
    assert "4 problems found" in said
    assert files(root / "content") == before


def test_content_at_fault_is_not_released(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root / "content", "models/acme__alpha.yml", "developer: 3\n")
    commit(root)
    assert erroratlas(root, "release", EDITION) == 1
    assert "models/acme__alpha.yml:1: name" in capsys.readouterr().err


def test_a_lost_identifier_is_not_released(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = 'version: "1.0"\nids: [E01, E77]\n'
    write(root / "content", "taxonomy/released.yml", text)
    commit(root)
    assert erroratlas(root, "release", EDITION) == 1
    assert "E77: released in version 1.0, and here no more" in capsys.readouterr().err


def test_an_id_that_means_something_else_is_not_released(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert erroratlas(root, "release", EDITION) == 0
    atlas, tree = root / "content/atlas.yml", root / "content/taxonomy/atlas.yml"
    atlas.write_text(atlas.read_text().replace(f'"{EDITION}"', '"2026.02-dev"'))
    _redefine(tree)
    commit(root)
    assert erroratlas(root, "validate") == 1
    assert erroratlas(root, "release", "2026.02") == 1
    said = capsys.readouterr().err
    assert said.count("E13/arithmetic Wrong language: in version 1.0, which was released") == 2
    assert "the id would mean something else" in said


def _redefine(tree: Path) -> None:
    """Let an id stand for something else."""
    said = r"(- id: arithmetic\n +name: ).*(\n +definition: ).*"
    new = r"\1Wrong language\2It answers in another language."
    text, done = re.subn(said, new, tree.read_text())
    assert done == 1
    tree.write_text(text)


def test_a_run_named_as_pending_is_released_and_listed(root: Path) -> None:
    (root / "content/verdicts/notes/acme__beta.parquet").unlink()
    commit(root)
    assert erroratlas(root, "release", EDITION) == 1
    assert erroratlas(root, "release", EDITION, "--pending", "notes/acme__beta") == 0
    (run,) = (run for run in load_content(root / "content").releases[EDITION].runs if run.pending)
    assert (run.model, run.pending, run.verdicts) == ("acme__beta", "missing", None)
    text = (root / f"build/release/erroratlas-{EDITION}/README.md").read_text()
    assert "- `notes/acme__beta`" in text


def test_a_release_is_made_once_and_only_forwards(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert erroratlas(root, "release", EDITION) == 0
    commit(root)
    assert erroratlas(root, "release", EDITION) == 1
    assert "it was released before" in capsys.readouterr().err
    atlas = root / "content/atlas.yml"
    atlas.write_text(atlas.read_text().replace(f'"{EDITION}"', "2025.12-dev"))
    commit(root)
    assert erroratlas(root, "release", "2025.12") == 1
    assert "2025.12 is not later than 2026.01" in capsys.readouterr().err
    atlas.write_text(atlas.read_text().replace("2025.12-dev", "2026.01.1-dev"))
    commit(root)
    assert erroratlas(root, "release", "2026.01.1") == 0
    assert [*load_content(root / "content").releases] == ["2026.01", "2026.01.1"]


def test_a_release_that_cannot_be_written_leaves_the_content_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = (tmp_path / name for name in "abc")
    first.write_bytes(b"old")

    def full(path: Path, data: bytes) -> bool:
        if data == b"third":
            raise OSError(28, "No space left on device")
        return path.write_bytes(data) > 0

    monkeypatch.setattr(writing, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        write_all({first: b"new", second: b"second", third: b"third"})
    assert files(tmp_path) == {"a": b"old"}


@pytest.mark.parametrize("text", ["2026.12", "2026.12.1"])
def test_versions_are_of_the_calendar(text: str) -> None:
    assert is_version(text)


@pytest.mark.parametrize("text", ["2026.13", "2026.1", "2026.12.0", "2026.12-dev", "1.0", "../x"])
def test_other_versions_are_refused(text: str) -> None:
    assert not is_version(text)


def test_releases_are_read_in_the_order_of_the_calendar(packaged: Path, tmp_path: Path) -> None:
    root = sound(tmp_path / "content")
    text = (packaged / f"content/releases/{EDITION}.yml").read_text()
    for version in ("2026.01.10", "2025.12", "2026.01.9", "2026.01"):
        told = text.replace(f"version: '{EDITION}'", f"version: '{version}'")
        write(root, f"releases/{version}.yml", told)
    content = load_content(root)
    assert [*content.releases] == ["2025.12", "2026.01", "2026.01.9", "2026.01.10"]
    assert [problem for problem in check_content(content) if "releases/" in problem.path] == []
    write(root, "releases/2026.02.yml", text)
    write(root, "releases/first.yml", text)
    with pytest.raises(ContentError) as refused:
        load_content(root)
    assert [(problem.path, problem.wrong) for problem in refused.value.problems] == [
        ("releases/first.yml", "not a valid name"),
        ("releases/2026.02.yml", "the file has another name"),
    ]
