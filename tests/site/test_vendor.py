"""What the site serves of others is what their packages hold, in the versions that fit."""

import hashlib
import json
from pathlib import Path

import altair as alt
import pytest

from generator.site.assets import asset_files


@pytest.fixture
def vendor(project_root: Path) -> Path:
    return project_root / "site_templates" / "assets" / "vendor"


def listed(vendor: Path) -> list[list[str]]:
    return [line.split() for line in (vendor / "VERSIONS").read_text("utf-8").splitlines()]


def test_each_file_has_the_listed_hash_and_no_other_script_is_there(vendor: Path) -> None:
    for _, _, path, digest in listed(vendor):
        assert hashlib.sha256((vendor / path).read_bytes()).hexdigest() == digest
    scripts = {path.relative_to(vendor).as_posix() for path in (vendor / "vega").glob("*.js")}
    assert scripts == {path for _, _, path, _ in listed(vendor)}


def test_versions_are_those_of_the_lock_file(vendor: Path) -> None:
    packages = json.loads((vendor / "package-lock.json").read_text("utf-8"))["packages"]
    for name, version, _, _ in listed(vendor):
        assert packages[f"node_modules/{name}"]["version"] == version
        assert packages[f"node_modules/{name}"]["integrity"].startswith("sha512-")


def test_vega_lite_is_of_the_major_version_that_altair_writes(vendor: Path) -> None:
    version = next(version for name, version, _, _ in listed(vendor) if name == "vega-lite")
    assert alt.SCHEMA_VERSION.removeprefix("v").split(".")[0] == version.split(".")[0]


def test_licences_are_published_beside_the_libraries(project_root: Path) -> None:
    files = asset_files(project_root)
    text = files["assets/vendor/vega/LICENCES.txt"].decode()
    for name in ("vega", "vega-lite", "vega-embed", "vega-interpreter", "vega-tooltip", "d3-scale"):
        assert f"\n{name} " in text
    assert not [path for path in files if path.endswith((".mjs", ".md", "package.json"))]
    assert "assets/chart-theme.json" in files
