"""The Atlas that a scale is imported into: ours, but for its numbers and texts."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from benchmarks.bench.process import ROOT
from benchmarks.bench.repeated import Log

COPIED = ("site_templates", "mkdocs.yml", "pyproject.toml", "CHANGELOG.md", "CITATION.cff")
"""What a build reads beside the content."""
PROSE = ("taxonomy/atlas.yml", "taxonomy/crosswalks", "pages", "LICENSE")
"""What is taken over from our content: no numbers, no names of models."""
CONTENT = "content"
_ATLAS = """\
title: Real rows, repeated
description: Twelve real models on MMLU-Pro, each row as often as the scale says, to measure speed.
edition: 2026.01-dev
judges: [rules]
"""
_SKIPPED = shutil.ignore_patterns("node_modules")


def make(root: Path) -> None:
    """Write an Atlas without models, benchmarks and predictions; what was there is removed."""
    shutil.rmtree(root, ignore_errors=True)
    for name in COPIED:
        copy(ROOT / name, root / name)
    for name in PROSE:
        copy(ROOT / CONTENT / name, root / CONTENT / name)
    (root / CONTENT / "atlas.yml").write_text(_ATLAS, encoding="utf-8")


def whole(root: Path) -> None:
    """Write a copy of this checkout as a build reads it; what was there is removed."""
    shutil.rmtree(root, ignore_errors=True)
    for name in (CONTENT, *COPIED):
        copy(ROOT / name, root / name)


def copy(source: Path, target: Path) -> None:
    """Copy a file or a folder."""
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True, ignore=_SKIPPED)
    elif source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def write_plan(folder: Path, root: Path, logs: Sequence[Log]) -> None:
    """Write which commands import the logs of a scale."""
    plan = [_import(root, log) for log in logs]
    (folder / "logs.json").write_text(json.dumps(plan, indent=1) + "\n", encoding="utf-8")


def _import(root: Path, log: Log) -> list[str]:
    """Return the arguments that import a log, and describe what is not there yet."""
    said = {
        "--benchmark": log.benchmark,
        "--model": log.model,
        "--contributor": "TIGER-AI-Lab",
        "--licence": "Apache-2.0",
        "--harness-version": "f418b11",
        "--prompt": "Five examples with a chain of thought.",
        "--developer": "As the model's name says",
        "--items-licence": "Apache-2.0",
        "--citation": "MMLU-Pro, arXiv 2406.01574.",
        "--threshold": "1",
        "--format": "json",
    }
    options = [part for pair in said.items() for part in pair]
    path = str(log.path.resolve())
    return ["--root", str(root), "import", "mmlu-pro", path, "--create", "--add-items", *options]
