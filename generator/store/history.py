"""The content as it was in a commit."""

import io
import subprocess
import tarfile
from pathlib import Path

from generator.errors import InputError, OutsideError
from generator.store.problems import visible


def git(root: Path, *arguments: str) -> bytes:
    """Return what git says in a checkout.

    Raises:
        InputError: git refuses, with its reason.
        OutsideError: git is not installed.
    """
    try:
        told = subprocess.run(  # noqa: S603  no shell reads the arguments
            ["git", *arguments],  # noqa: S607  git as the user has it
            cwd=root,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError as missing:
        msg = "git is not installed: install it"
        raise OutsideError(msg) from missing
    if told.returncode != 0:
        lines = told.stderr.decode("utf-8", "replace").strip().split("\n")
        raise InputError(visible(lines[-1], 200))
    return told.stdout


def base_of(root: Path, revision: str) -> str:
    """Return the commit at which the branch that is checked out left another.

    Raises:
        InputError: There is no such revision, or no checkout.
        OutsideError: git is not installed.
    """
    try:
        return git(root, "merge-base", "--end-of-options", revision, "HEAD").decode().strip()
    except InputError as error:
        msg = f"{visible(revision)}: git cannot compare with it ({error}): fetch it first"
        raise InputError(msg) from None


def changed(root: Path, revision: str) -> list[bytes]:
    """Return the files below a folder that differ since a branch was left, relative to it."""
    base = base_of(root, revision)
    listed = git(
        root, "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--relative", base,
        "HEAD", "--", ".",
    )  # fmt: skip
    return [name for name in listed.split(b"\0") if name]


def unpacked(root: Path, commit: str, folder: Path, into: Path) -> None:
    """Write a folder of the checkout as it was in a commit; nothing where it was not there.

    Args:
        root: The checkout.
        commit: The commit, as a hash.
        folder: Folder in the checkout.
        into: Empty folder.
    """
    place = f"{commit}:./{folder.resolve().relative_to(root.resolve()).as_posix()}"
    try:
        packed = git(root, "archive", "--format=tar", "--end-of-options", place)
    except InputError:
        return
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(into, filter="data")
