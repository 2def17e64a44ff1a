"""The files of the project as git sees them."""

import functools
import shutil
import subprocess
from pathlib import Path

import pytest


@functools.cache
def project_files(root: Path) -> tuple[Path, ...]:
    """Files that are committed or would be; skips where this is no git checkout."""
    git = shutil.which("git")
    if git is None or not (root / ".git").exists():
        pytest.skip("not a git checkout: the files of the project cannot be told from others")
    command = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    names = filter(None, listed.stdout.split("\0"))
    return tuple(root / name for name in sorted(names) if (root / name).is_file())


def text_of(path: Path) -> str | None:
    """Text of a file; None where it is not text."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text
