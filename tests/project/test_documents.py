"""The documents say what the project does."""

import re
import tomllib
from pathlib import Path
from typing import Any

import click
import pytest

from generator.cli.main import erroratlas
from generator.pages.citing import AUTHOR
from generator.release.citing import checkout_files
from generator.store.content import load_content

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "benchmarks/README.md")

BLOCK = re.compile(r"^```\w*\n(.*?)^```", flags=re.MULTILINE | re.DOTALL)


@pytest.fixture
def project(project_root: Path) -> dict[str, Any]:
    """``pyproject.toml``."""
    return tomllib.loads((project_root / "pyproject.toml").read_text(encoding="utf-8"))


def code_of(path: Path) -> list[str]:
    """Return what a document shows as code: lines of blocks, and inline pieces."""
    text = path.read_text(encoding="utf-8")
    lines = [line for block in BLOCK.findall(text) for line in block.splitlines()]
    return lines + re.findall(r"`([^`\n]+)`", BLOCK.sub("", text))


def text_of_readme(project_root: Path) -> str:
    """Return the README."""
    return (project_root / "README.md").read_text(encoding="utf-8")


def targets(project_root: Path) -> dict[str, str]:
    """Return the targets of the Makefile with what each needs and its help."""
    text = (project_root / "Makefile").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z][a-z-]*):(.*)$", text, flags=re.MULTILINE))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_target_that_a_document_names_exists(project_root: Path, document: str):
    known = targets(project_root)
    named = {
        word
        for code in code_of(project_root / document)
        if (match := re.match(r"make((?: +[a-z][a-z-]*(?= |$))*)", code))
        for word in match.group(1).split()
    }
    assert named <= known.keys()
    if document == "README.md":
        assert {"site", "test", "serve"} <= named


def test_every_target_has_a_line_in_the_help_and_is_phony(project_root: Path):
    text = (project_root / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"\.PHONY: ((?:.*\\\n)*.*)", text)
    assert phony is not None
    known = targets(project_root)
    assert set(phony.group(1).replace("\\\n", " ").split()) == known.keys()
    assert [name for name, rest in known.items() if " ## " not in rest] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_and_option_that_a_document_names_exists(project_root: Path, document: str):
    context = click.Context(erroratlas)
    for code in code_of(project_root / document):
        match = re.search(r"(?:^|[ /])erroratlas ([a-z].*)", code)
        if match is None:
            continue
        command: click.Command = erroratlas
        words = match.group(1).split()
        # A placeholder such as FORMAT stands for any of a group's commands.
        while words and isinstance(command, click.Group) and not words[0].isupper():
            if words[0].startswith("--"):
                break
            found = command.get_command(context, words[0])
            assert found is not None, f"{document}: {code}: no command {words[0]}"
            command = found
            words = words[1:]
        options = {"--help"} | {name for parameter in command.params for name in parameter.opts}
        for word in words:
            assert not word.startswith("--") or word in options, f"{document}: {code}: no {word}"


def test_the_readme_names_every_command(project_root: Path):
    text = text_of_readme(project_root)
    shown = set(re.findall(r"^\| `erroratlas ([a-z]+)", text, flags=re.MULTILINE))
    assert shown == set(erroratlas.list_commands(click.Context(erroratlas)))


@pytest.mark.parametrize("document", [*DOCUMENTS, "CHANGELOG.md"])
def test_links_to_files_lead_somewhere(project_root: Path, document: str):
    path = project_root / document
    links = re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8"))
    local = [link for link in links if not link.startswith("https://")]
    assert [link for link in local if not (path.parent / link).exists()] == []


def test_the_tree_in_the_readme_is_the_tree(project_root: Path):
    section = text_of_readme(project_root).partition("## Where things are")[2]
    block = BLOCK.search(section)
    assert block is not None
    names = {line.split()[0] for line in block.group(1).splitlines()} - {"build/"}
    assert "generator/" in names
    assert [name for name in sorted(names) if not (project_root / name).exists()] == []


def test_the_floors_in_contributing_are_those_that_are_checked(
    project_root: Path, project: dict[str, Any]
):
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    text = (project_root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.partition("## The floors")[2].partition("```")[2].partition("```")[0]
    assert [line.split()[0] for line in section.splitlines() if line] == layers


def test_the_changelog_has_the_current_version(project_root: Path, project: dict[str, Any]):
    text = (project_root / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[([^\]]+)\](?: - (\d{4}-\d{2}-\d{2}))?$", text, flags=re.MULTILINE)
    assert versions[0][0] == "Unreleased"
    assert versions[1][0] == project["project"]["version"]
    assert all(date for _, date in versions[1:])


def test_the_citation_files_are_those_of_the_content(project_root: Path, content_root: Path):
    made = checkout_files(load_content(content_root))
    assert set(made) == {"CITATION.cff", ".zenodo.json"}
    for name, text in made.items():
        found = (project_root / name).read_text(encoding="utf-8")
        assert found == text, f"run `erroratlas release citation` for {name}"


def test_the_citation_names_those_who_made_the_package(project: dict[str, Any]):
    assert project["project"]["authors"] == [{"name": AUTHOR}]
