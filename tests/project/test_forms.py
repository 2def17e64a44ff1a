"""Issue forms, labels and owners: they fit each other, and what the site fills in exists."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml


def forms(project_root: Path) -> dict[str, dict[str, Any]]:
    """Return the issue forms by name."""
    folder = project_root / ".github" / "ISSUE_TEMPLATE"
    paths = [path for path in sorted(folder.glob("*.yml")) if path.name != "config.yml"]
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths}


def labels(project_root: Path) -> list[dict[str, str]]:
    """Return the labels."""
    found = yaml.safe_load((project_root / ".github/labels.yml").read_text(encoding="utf-8"))
    assert isinstance(found, list)
    return found


def test_there_is_a_form_for_each_kind_of_contribution(project_root: Path):
    kinds = {"bug", "new-benchmark", "new-category", "new-model", "wrong-verdict"}
    assert forms(project_root).keys() == kinds


def test_the_labels_of_the_forms_exist_and_are_applied_by_them(project_root: Path):
    known = {label["name"]: label for label in labels(project_root)}
    used = {name for form in forms(project_root).values() for name in form["labels"]}
    assert used == {name for name, label in known.items() if label["applied_by"] == "form"}


def test_every_label_is_whole_and_named_once(project_root: Path):
    found = labels(project_root)
    assert len({label["name"] for label in found}) == len(found)
    for label in found:
        assert label.keys() == {"name", "color", "description", "applied_by"}
        assert re.fullmatch(r"[0-9a-f]{6}", label["color"])
        assert len(label["description"]) <= 100  # GitHub takes no more
        assert label["applied_by"] in {"form", "maintainer", "dependabot"}


@pytest.mark.parametrize(
    "name", ["bug", "new-benchmark", "new-category", "new-model", "wrong-verdict"]
)
def test_every_field_of_a_form_has_an_id_of_its_own(project_root: Path, name: str):
    fields = [field for field in forms(project_root)[name]["body"] if field["type"] != "markdown"]
    ids = [field.get("id") for field in fields]
    assert None not in ids
    assert len(set(ids)) == len(ids)
    assert len({field["attributes"]["label"] for field in fields}) == len(fields)


def test_every_path_that_has_an_owner_exists(project_root: Path):
    text = (project_root / ".github/CODEOWNERS").read_text(encoding="utf-8")
    lines = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    assert all(len(line) >= 2 and line[1].startswith("@") for line in lines)
    named = [line[0].lstrip("/") for line in lines if line[0] != "*"]
    assert [name for name in named if not (project_root / name).exists()] == []
