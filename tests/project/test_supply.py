"""What is installed and what runs elsewhere is pinned, and may do no more than it must."""

import ast
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

REQUIREMENT = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)")


def lock_entries(project_root: Path) -> list[str]:
    """Return the requirements of the lock file, each as one line."""
    text = (project_root / "requirements.lock").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return "\n".join(lines).replace("\\\n", " ").splitlines()


def locks(project_root: Path) -> list[Path]:
    """Return every lock file of npm packages."""
    found = project_root.glob("**/package-lock.json")
    return [path for path in sorted(found) if "node_modules" not in path.parts]


def workflows(project_root: Path) -> list[Path]:
    """Return the workflow files."""
    return sorted((project_root / ".github" / "workflows").glob("*.yml"))


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the steps of all jobs."""
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_every_locked_requirement_is_pinned_and_has_a_checksum(project_root: Path):
    entries = lock_entries(project_root)
    assert len(entries) > 50
    assert [entry for entry in entries if not REQUIREMENT.match(entry)] == []
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_lock_files_name_no_registry(project_root: Path):
    python = "\n".join(lock_entries(project_root))
    assert "://" not in python
    assert "-index" not in python
    assert "find-links" not in python
    for path in locks(project_root):
        packages = json.loads(path.read_text(encoding="utf-8"))["packages"]
        assert [name for name, package in packages.items() if "resolved" in package] == []
        assert [
            name for name, package in packages.items() if name and "integrity" not in package
        ] == []


def test_every_dependency_is_locked(project_root: Path):
    project = tomllib.loads((project_root / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.split(r"[<>=!~\[; ]", item)[0].lower() for item in wanted}
    locked = {entry.split("==")[0] for entry in lock_entries(project_root)}
    assert names <= locked


def test_python_versions_agree(project_root: Path):
    text = (project_root / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    named = re.findall(r'Python :: (3\.\d+)"', text)
    path = project_root / ".github/workflows/check.yml"
    check = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert check["jobs"]["test"]["strategy"]["matrix"]["python"] == named
    lowest, above = (int(v) for v in re.findall(r"3\.(\d+)", project["requires-python"]))
    assert [f"3.{minor}" for minor in range(lowest, above)] == named
    makefile = (project_root / "Makefile").read_text(encoding="utf-8")
    bounds = re.search(r"not (\(3, \d+\)) <= .* < (\(3, \d+\))", makefile)
    assert bounds is not None
    assert [ast.literal_eval(bound) for bound in bounds.groups()] == [(3, lowest), (3, above)]


def test_every_action_is_pinned_by_commit_with_its_version(project_root: Path):
    pinned = re.compile(r"\s*(?:- )?uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    for path in workflows(project_root):
        lines = path.read_text(encoding="utf-8").splitlines()
        uses = [line for line in lines if re.match(r"\s*(- )?uses:", line)]
        assert uses
        assert [line for line in uses if not pinned.fullmatch(line)] == []


def test_one_action_has_one_commit(project_root: Path):
    text = "".join(path.read_text(encoding="utf-8") for path in workflows(project_root))
    pins = set(re.findall(r"uses: (\S+)@(\S+)", text))
    assert len(pins) == len({action for action, _ in pins})


def test_workflows_may_only_read_unless_a_job_says_why(project_root: Path):
    writing = {}
    for path in workflows(project_root):
        workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert workflow["permissions"] == {"contents": "read"}, path.name
        for name, job in workflow["jobs"].items():
            assert job["timeout-minutes"] <= 30
            writes = {key for key, value in job.get("permissions", {}).items() if value == "write"}
            if writes:
                writing[path.name, name] = writes
    assert writing == {
        ("comment.yml", "comment"): {"pull-requests"},
        ("judge.yml", "judge"): {"contents", "actions"},
        ("publish.yml", "publish"): {"contents"},
        ("release.yml", "attest"): {"id-token", "attestations"},
        ("release.yml", "release"): {"contents"},
        ("release.yml", "publish"): {"contents"},
    }


def test_no_workflow_keeps_credentials_and_one_alone_holds_a_secret(project_root: Path):
    for path in workflows(project_root):
        text = path.read_text(encoding="utf-8")
        if "secrets." in text:
            jobs = yaml.safe_load(text)["jobs"]
            assert [(name, job["environment"]) for name, job in jobs.items()] == [
                ("judge", "judge")
            ]
            assert "pull_request" not in text
        assert "pull_request_target" not in text
        for step in steps(yaml.safe_load(text)):
            if "actions/checkout@" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False


def test_what_writes_runs_no_code_of_a_pull_request(project_root: Path):
    text = (project_root / ".github/workflows/comment.yml").read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    assert set(workflow[True]) == {"workflow_run"}
    checkouts = [step for step in steps(workflow) if "checkout@" in step.get("uses", "")]
    assert [set(step["with"]) for step in checkouts] == [{"persist-credentials"}]
    assert all("${{" not in step["run"] for step in steps(workflow) if "run" in step)


def test_every_step_is_a_make_target_that_exists(project_root: Path):
    makefile = (project_root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    others = set()
    for path in workflows(project_root):
        for step in steps(yaml.safe_load(path.read_text(encoding="utf-8"))):
            command = step.get("run", "")
            target = re.fullmatch(r"make ([a-z-]+)(?: [A-Z]+=\S+)*", command)
            if command and (target is None or target.group(1) not in targets):
                others.add(command)
    assert others == {"gh workflow run publish.yml --ref main"}


def test_a_tag_is_tested_before_it_is_packed_and_attested_before_it_is_released(project_root: Path):
    text = (project_root / ".github/workflows/release.yml").read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    assert set(workflow[True]) == {"push"}
    assert set(workflow[True]["push"]) == {"tags"}
    order = {name: job.get("needs") for name, job in workflow["jobs"].items()}
    assert order == {
        "test": None,
        "build": "test",
        "attest": "build",
        "release": "attest",
        "publish": "release",
    }
    # What proves where it was built runs none of our code.
    assert [step for step in workflow["jobs"]["attest"]["steps"] if "run" in step] == []


@pytest.mark.parametrize("command", ["make test", "make site"])
def test_pull_requests_run_both_commands(project_root: Path, command: str):
    check = yaml.safe_load((project_root / ".github/workflows/check.yml").read_text("utf-8"))
    assert "pull_request" in check[True]  # YAML reads the word "on" as true
    assert command in [step.get("run") for step in steps(check)]


def test_the_quick_checks_use_the_installed_tools(project_root: Path):
    hooks = yaml.safe_load((project_root / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repo["repo"] for repo in hooks["repos"]] == ["local"]
    assert all(hook["entry"].startswith(".venv/bin/") for hook in hooks["repos"][0]["hooks"])
