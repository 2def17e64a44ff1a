"""A branch of a remote repository: taken from it, and given back as a whole or not at all."""

from pathlib import Path

from generator.errors import InputError, OutsideError
from generator.store.history import git
from generator.store.problems import visible

_SEEN = "refs/erroratlas/seen"
"""Where the branch is kept as the remote repository has it."""


def tip(root: Path, branch: str) -> str:
    """Return the last commit of a local branch; empty where there is no such branch."""
    try:
        told = git(root, "rev-parse", "--verify", "--quiet", f"refs/heads/{branch}")
    except InputError:
        return ""
    return told.decode().strip()


def refuse_checked_out(root: Path, branch: str) -> None:
    """Refuse a branch that is checked out: its files would not be those of its last commit.

    Raises:
        InputError: It is, or this is no checkout.
    """
    if git(root, "branch", "--show-current").decode().strip() == branch:
        msg = f"{visible(branch)}: checked out here: go to the branch of the content first"
        raise InputError(msg)


def take(root: Path, branch: str, remote: str) -> None:
    """Make a local branch what it is in a remote repository; nothing where that has none.

    Raises:
        OutsideError: The remote repository does not answer.
        InputError: The local branch has commits that the other lacks.
    """
    try:
        if not git(root, "ls-remote", "--heads", remote, f"refs/heads/{branch}"):
            return
        spec = f"+refs/heads/{branch}:{_SEEN}"
        git(root, "fetch", "--quiet", "--no-tags", "--end-of-options", remote, spec)
    except InputError as error:
        msg = f"the remote repository does not answer: {error}"
        raise OutsideError(msg) from error
    here, there = tip(root, branch), git(root, "rev-parse", _SEEN).decode().strip()
    if here and git(root, "merge-base", here, there).decode().strip() != here:
        msg = f"{visible(branch)}: has commits that were never pushed: push it, or delete it"
        raise InputError(msg)
    git(root, "update-ref", f"refs/heads/{branch}", there)


def give(root: Path, branch: str, remote: str, before: str) -> None:
    """Push a branch; if that fails it is put back to what it was.

    Args:
        root: The checkout.
        branch: Local branch.
        remote: Remote repository.
        before: Its last commit before; empty where it was not there.

    Raises:
        OutsideError: The remote repository refuses, because somebody was faster, say.
    """
    name = f"refs/heads/{branch}"
    try:
        git(root, "push", "--quiet", "--end-of-options", remote, f"{name}:{name}")
    except InputError as error:
        git(root, "update-ref", *([name, before] if before else ["-d", name]))
        msg = f"not pushed, and nothing was changed: {error}: run it again"
        raise OutsideError(msg) from error
