"""One input after another, each under guard."""

import contextlib
import os
import tempfile
import traceback
from pathlib import Path
from typing import NamedTuple

from tests.fuzz.breaking import seeded
from tests.fuzz.dice import Dice
from tests.fuzz.guard import EscapeError, Guard, HangError, listing
from tests.fuzz.targets import TARGETS, emptied

WARMING = 20
"""Inputs before the clock runs."""


class Failed(NamedTuple):
    """An input that broke something."""

    target: str
    """What it was put to."""
    name: str
    """Its seed, or its bytes in hexadecimal."""
    why: str
    """What happened."""


class Session:
    """A place for inputs, which is watched, in a temporary folder."""

    def __init__(self, guard: Guard, root: Path) -> None:
        self._guard = guard
        self._root = root
        self._target = root / "target"
        self._outside = root / "outside"
        self._outside.mkdir(parents=True)
        # Where a program writes that was not told where to.
        for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "ERRORATLAS_CACHE"):
            os.environ[name] = str(self._outside)
        tempfile.tempdir = None
        os.chdir(self._outside)
        self._before = listing(self._outside)

    def warm_up(self, target: str) -> None:
        """Have everything imported and compiled that an input may need, without a deadline."""
        for seed in range(WARMING):
            emptied(self._target)
            act = TARGETS[target](self._target, seeded(seed))
            with contextlib.suppress(Exception):
                act()

    def run(self, target: str, dice: Dice, name: str) -> Failed | None:
        """Make an input and put it to a target; return what broke, if anything did."""
        emptied(self._target)
        act = TARGETS[target](self._target, dice)
        try:
            with self._guard.watching(self._target):
                act()
        except HangError:
            return Failed(target, name, "more than a second of processor time")
        except EscapeError as error:
            return Failed(target, name, f"outside the target: {error}")
        except Exception:  # noqa: BLE001 - whatever is raised was not meant to be
            return Failed(target, name, traceback.format_exc(limit=-6))
        if listing(self._outside) != self._before:
            return Failed(target, name, "a file beside the target was changed")
        return None
