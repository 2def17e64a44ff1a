"""Every measurement can be started: what it takes from other modules is there."""

import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = ("__main__.py", "peer_stages.py")
"""What runs at once, and what runs in another project's Python."""
MODULES = sorted(
    path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
    for path in (ROOT / "benchmarks").rglob("*.py")
    if "node_modules" not in path.parts and path.name not in ELSEWHERE
)


@pytest.mark.parametrize("name", MODULES)
def test_it_can_be_imported(name: str) -> None:
    importlib.import_module(name)
