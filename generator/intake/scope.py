"""Which part of the content is looked at."""

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from generator.errors import InputError, Problem
from generator.records.keys import RunKey
from generator.store.content import Content
from generator.store.history import changed
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
    # A name that is no UTF-8 stays recognisable.
    return Scope(frozenset(os.fsdecode(name) for name in changed(root, revision)))
