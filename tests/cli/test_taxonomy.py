"""``erroratlas taxonomy``: shown, compared and given out."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli.main import Project
from generator.cli.taxonomy import command
from generator.errors import ContentError, InputError
from generator.store.verdicts import verdict_bytes
from tests.store.test_checks import WRONG_SUM, put
from tests.store.tree import TAXONOMY, sound, write


@pytest.fixture
def project(tmp_path: Path) -> Project:
    root = sound(tmp_path / "content")
    put(root, verdict_bytes([WRONG_SUM], {}))
    return Project(tmp_path, debug=False)


def run(project: Project, *arguments: str) -> Result:
    return CliRunner().invoke(command, arguments, obj=project, catch_exceptions=False)


def test_the_tree_is_shown_whole(project: Project) -> None:
    text = run(project, "show").stdout
    assert text.startswith("Version 1.0\n\nDelivery: What came out\n  E02 No Final Answer\n")
    assert json.loads(run(project, "show", "--format", "json").stdout)["version"] == "1.0"


@pytest.mark.parametrize("concept", ["E13", "E13/arithmetic", "harness"])
def test_an_id_is_shown_with_its_definition(project: Project, concept: str) -> None:
    text = run(project, "show", concept).stdout
    found = json.loads(run(project, "show", concept, "--format", "json").stdout)
    assert text.startswith(f"{concept}  {found['name']}\n")
    assert "\n\nDefinition\n  " in text
    assert found["id"] == concept


def test_an_unknown_id_is_refused(project: Project) -> None:
    with pytest.raises(InputError, match=r"E99: no such id: see `erroratlas taxonomy show`"):
        run(project, "show", "E99")


def test_a_retired_id_is_shown_with_what_it_counts_as(project: Project) -> None:
    retired = 'retired:\n  - {id: E18, name: S, since: "0.9", retired: "1.0", redirect: E13}\n'
    write(project.content, "taxonomy/atlas.yml", TAXONOMY + retired)
    shown = json.loads(run(project, "show", "E18", "--format", "json").stdout)
    assert shown["counts_as"] == "E13"


def test_the_difference_of_two_files_says_what_it_does_to_the_counts(
    project: Project, tmp_path: Path
) -> None:
    new = write(
        tmp_path,
        "new.yml",
        TAXONOMY.replace('"1.0"', '"1.1"').replace("name: Computation Error", "name: Sum Error"),
    )
    old = project.content / "taxonomy" / "atlas.yml"
    text = run(project, "diff", str(old), str(new)).stdout
    assert text.splitlines() == [
        "Version 1.0 to 1.1, 1 change",
        "renamed E13: Computation Error -> Sum Error",
        "    verdicts: rules 1; counted as before",
        "The version changed: every committed verdict is stale until it is given again.",
    ]
    report = json.loads(run(project, "diff", str(old), str(new), "--format", "json").stdout)
    assert report["stale"] is True
    assert report["changes"][0]["verdicts"] == {"rules": 1}


def test_a_revision_is_compared_with_what_is_here(project: Project) -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not here")
    for step in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "First"],
    ):
        subprocess.run([git, *step], cwd=project.root, check=True)
    assert run(project, "diff", "HEAD").stdout == "Version 1.0 to 1.0, 0 changes\n"
    changed = TAXONOMY.replace("A false sum.", "A sum that is false.")
    write(project.content, "taxonomy/atlas.yml", changed)
    assert "redefined E13/arithmetic: A false sum. -> A sum" in run(project, "diff", "HEAD").stdout
    with pytest.raises(InputError, match=r"nowhere: neither a file nor a revision"):
        run(project, "diff", "nowhere")
    with pytest.raises(InputError, match="neither a file nor a revision"):
        run(project, "diff", "--", "--output=x")


def test_a_file_that_is_no_taxonomy_is_refused(project: Project, tmp_path: Path) -> None:
    odd = write(tmp_path, "odd.yml", "version: 1\n")
    with pytest.raises(ContentError, match="categories"):
        run(project, "diff", str(odd))


@pytest.mark.parametrize(
    ("form", "start"), [("json", "{"), ("csv", "id,kind,"), ("skos", "@prefix dct:")]
)
def test_each_format_goes_to_the_output_or_a_file(
    project: Project, tmp_path: Path, form: str, start: str
) -> None:
    text = run(project, "export", "--format", form).stdout
    assert text.startswith(start)
    target = tmp_path / "out"
    done = run(project, "export", "--format", form, "--output", str(target))
    assert done.stdout == ""
    assert target.read_text(encoding="utf-8") == text
