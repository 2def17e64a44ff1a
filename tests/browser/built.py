"""Whole sites, built by the command itself from a checkout of their own."""

import os
import subprocess
import sys
from pathlib import Path

SECONDS = 900
"""A build that takes longer than this, on however busy a machine, is taken to hang."""


def start_build(root: Path) -> subprocess.Popen[str]:
    """Start building the site of a checkout; nothing of the user's own cache is looked at."""
    return subprocess.Popen(
        [sys.executable, "-m", "generator", "--root", str(root), "build", "--workers", "1"],
        env={
            **os.environ,
            "ERRORATLAS_CACHE": str(root / "cache"),
            "ERRORATLAS_SITE_URL": "",
            # The package is the one under test, wherever the checkout to build is.
            "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finish_build(process: subprocess.Popen[str], root: Path) -> Path:
    """Wait for a build that must succeed, and return the folder of the site."""
    try:
        _, messages = process.communicate(timeout=SECONDS)
    finally:
        process.kill()
    assert process.returncode == 0, messages
    return root / "build" / "site"
