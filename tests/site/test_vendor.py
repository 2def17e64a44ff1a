"""What the site serves of others is what was built from the pinned packages."""

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from generator.site.assets import asset_files


@pytest.fixture
def vendor(project_root: Path) -> Path:
    return project_root / "site_templates" / "assets" / "vendor"


def listed(vendor: Path) -> list[list[str]]:
    return [line.split() for line in (vendor / "VERSIONS").read_text("utf-8").splitlines()]


def test_the_runtime_has_the_listed_hash_and_no_other_script_is_there(vendor: Path) -> None:
    (path, kind, digest), *_ = listed(vendor)
    assert kind == "sha256"
    assert hashlib.sha256((vendor / path).read_bytes()).hexdigest() == digest
    scripts = [path.relative_to(vendor).as_posix() for path in (vendor / "vega").glob("*.js")]
    assert scripts == [path]


def test_versions_are_those_of_the_lock_file(vendor: Path) -> None:
    packages = json.loads((vendor / "package-lock.json").read_text("utf-8"))["packages"]
    for name, version in listed(vendor)[1:]:
        assert packages[f"node_modules/{name}"]["version"] == version
        assert packages[f"node_modules/{name}"]["integrity"].startswith("sha512-")
    for package in packages.values():
        assert "resolved" not in package


def test_the_runtime_stays_small(vendor: Path) -> None:
    script = (vendor / "vega" / "vega-core.js").read_bytes()
    assert len(script) < 430_000
    assert len(gzip.compress(script)) < 150_000


def test_licences_are_published_beside_the_runtime(project_root: Path, vendor: Path) -> None:
    files = asset_files(project_root)
    text = "\n" + files["assets/vendor/vega/LICENCES.txt"].decode()
    for name, version in listed(vendor)[1:]:
        assert f"\n{name} {version} (" in text
    assert not [path for path in files if path.endswith((".mjs", ".md", "package.json"))]
    assert "assets/chart-theme.json" in files
