"""Lighthouse on one page: a phone on slow 4G, as it is set up by default."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
CATEGORIES = ("performance", "accessibility", "best-practices")
_GOOD = 0.9
"""Score of an audit, in [0, 1], that needs no mention."""
PATIENCE = 300
"""Seconds for one page."""


def scores(address: str, chromium: Path) -> dict[str, Any]:
    """Return the scores from 0 to 100, and the audits below 0.9 that count in them."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [
            str(HERE / "node_modules/.bin/lighthouse"),
            address,
            "--quiet",
            "--output=json",
            f"--output-path={report}",
            f"--only-categories={','.join(CATEGORIES)}",
            "--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage",
        ]
        environment = {**os.environ, "CHROME_PATH": str(chromium)}
        done = subprocess.run(
            command,
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        if not report.is_file():
            sys.exit(f"lighthouse on {address}: {done.stderr[-2000:]}")
        said = json.loads(report.read_text(encoding="utf-8"))
    found: dict[str, Any] = {
        name: round(100 * (said["categories"][name]["score"] or 0)) for name in CATEGORIES
    }
    found["below"] = [
        f"{audit}: {said['audits'][audit]['score']}"
        for name in CATEGORIES
        for audit, weight in (
            (one["id"], one["weight"]) for one in said["categories"][name]["auditRefs"]
        )
        if weight
        and (said["audits"][audit]["score"] or 0) < _GOOD
        and said["audits"][audit]["scoreDisplayMode"] != "notApplicable"
    ]
    return found
