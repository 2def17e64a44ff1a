"""The files themselves: none too many, too large, executable or of a name that some system bars."""

import os
import re
import stat
from collections.abc import Iterator

from generator.errors import Problem
from generator.store.checks.held import Held
from generator.store.content import Content
from generator.store.documents import MAX_BYTES
from generator.store.lines import MAX_PACKED
from generator.store.problems import visible

_SLUG = r"[a-z0-9]+(?:[-_][a-z0-9]+)*"
_MODEL = r"[a-z0-9]+(?:-[a-z0-9]+)*__[a-z0-9]+(?:[-.][a-z0-9]+)*"
_EXPECTED = re.compile(
    "|".join(
        (
            r"LICENSE",
            r"(?:atlas|calibration|prices)\.yml",
            r"speed\.json",
            rf"pages/(?:{_SLUG}/)?{_SLUG}\.md",
            r"taxonomy/(?:atlas|released)\.yml",
            rf"taxonomy/(?:crosswalks|proposals)/{_SLUG}\.yml",
            rf"models/{_MODEL}\.yml",
            rf"benchmarks/{_SLUG}/(?:benchmark\.yml|items\.jsonl|items\.parquet)",
            rf"predictions/{_SLUG}/{_MODEL}/(?:run\.yml|predictions\.jsonl(?:\.gz)?|index\.parquet)",
            rf"verdicts/{_SLUG}/{_MODEL}\.parquet",
            r"releases/[12][0-9]{3}\.(?:0[1-9]|1[0-2])(?:\.[1-9][0-9]{0,2})?\.yml",
            rf"samples/{_SLUG}\.(?:yml|csv)",
            rf"labels/{_SLUG}\.jsonl",
        )
    )
)
_LIMITS = {".parquet": MAX_PACKED, ".md": MAX_BYTES, ".csv": MAX_BYTES}
"""Largest files in bytes; those of records are held to their limit where they are read."""
_BARRED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE | re.DOTALL)
"""Names that Windows keeps for devices: a checkout with such a file fails there."""


def check_tree(content: Content, _: Held) -> Iterator[Problem]:
    """Yield what is wrong with the files as files, in the order of their names."""
    for name, file in sorted(_files(str(content.root), ""), key=lambda found: found[0].split("/")):
        for value, wrong, mend in _wrong(file, name):
            yield Problem(visible(name, 200), 0, "-", value, wrong, mend)


def _files(folder: str, below: str) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    """Yield each file below a folder with its name as messages show it.

    Not by ``pathlib``, which takes several times as long for the files of thousands of runs.
    """
    with os.scandir(folder) as found:
        entries = list(found)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, f"{below}{entry.name}/")
        elif not entry.is_dir():
            yield f"{below}{entry.name}", entry


def _wrong(file: "os.DirEntry[str]", name: str) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with a file: the value, what is wrong with it, how to mend it."""
    if not _EXPECTED.fullmatch(name):
        yield "", "no file that belongs here", "remove it, or correct its name or folder"
        return
    if any(_BARRED.fullmatch(part) for part in name.split("/")):
        yield "", "a name that Windows keeps for devices", "use another name"
    status = file.stat()
    if status.st_mode & (stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH):
        yield "", "the file is executable", "take the right away: chmod -x"
    limit = _LIMITS.get(f".{name.rpartition('.')[2]}")
    if limit is not None and status.st_size > limit:
        yield (
            f"{status.st_size:,} bytes",
            f"the file is larger than {limit:,} bytes",
            "split or shorten it",
        )
