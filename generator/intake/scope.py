"""Which part of the content is looked at."""

import os
import subprocess
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.errors import InputError, OutsideError, Problem
from generator.records.keys import RunKey
from generator.store.content import Content
from generator.store.problems import visible


@dataclass(frozen=True)
class Scope:
    """Files and folders of the content, by their paths below its root; everything if None."""

    names: frozenset[str] | None = None

    def holds(self, name: str) -> bool:
        """Tell whether a file is one of those named, or lies below a folder that is."""
        if self.names is None:
            return True
        parts = name.split("/")
        return any("/".join(parts[:length]) in self.names for length in range(len(parts) + 1))

    def touches(self, folder: str) -> bool:
        """Tell whether a folder is held, or anything below it."""
        if self.names is None or self.holds(folder):
            return True
        return any(name.startswith(f"{folder}/") for name in self.names)

    def concerns(self, problem: Problem) -> bool:
        """Tell whether a problem lies in the scope."""
        return self.holds(problem.path) or self.touches(problem.path)

    def runs(self, content: Content) -> list[RunKey]:
        """Return the runs that are touched, by themselves or by the items of their benchmark."""
        layout = content.layout
        return [
            (benchmark, model)
            for benchmark, model in content.runs
            if self.touches(layout.name(layout.run(benchmark, model).parent))
            or self.touches(layout.name(layout.benchmark(benchmark).parent))
        ]


EVERYTHING = Scope()


def scope_of(paths: Collection[Path], root: Path) -> Scope:
    """Return the scope of paths that a user named.

    Args:
        paths: Files or folders, which need not exist; everything if there are none.
        root: The content folder.

    Raises:
        InputError: A path leads out of the content folder.
    """
    return Scope(frozenset(_below(path, root) for path in paths)) if paths else EVERYTHING


def _below(path: Path, root: Path) -> str:
    # Not resolved: what a link leads to is another file than the one named.
    whole, base = Path(os.path.abspath(path)), Path(os.path.abspath(root))  # noqa: PTH100
    if not whole.is_relative_to(base):
        msg = f"{visible(str(path), 200)}: not in the content folder {base}: name a path below it"
        raise InputError(msg)
    return "" if whole == base else whole.relative_to(base).as_posix()


def changed_since(revision: str, root: Path) -> Scope:
    """Return what changed in the content since this branch left another, by git.

    Args:
        revision: A branch, tag or commit.
        root: The content folder, inside a git checkout.

    Raises:
        InputError: There is no such revision, or no checkout.
        OutsideError: git is not installed.
    """
    if revision.startswith("-"):
        msg = f"{visible(revision)}: not a revision: name a branch, a tag or a commit"
        raise InputError(msg)
    ask = ["git", "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--relative"]
    try:
        told = subprocess.run(  # noqa: S603  the revision is no option and no shell reads it
            [*ask, f"{revision}...HEAD", "--", "."],
            cwd=root,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError as missing:
        msg = "git is not installed: install it, or name the paths to be checked"
        raise OutsideError(msg) from missing
    if told.returncode != 0:
        reason = visible(told.stderr.decode("utf-8", "replace").strip().split("\n")[-1], 200)
        msg = f"{visible(revision)}: git cannot compare with it ({reason}): fetch it first"
        raise InputError(msg)
    return Scope(frozenset(_names(told.stdout)))


def _names(listed: bytes) -> Iterable[str]:
    """Return the names in what git listed; a name that is no UTF-8 stays recognisable."""
    return (os.fsdecode(name) for name in listed.split(b"\0") if name)
