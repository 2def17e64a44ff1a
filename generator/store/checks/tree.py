"""The files themselves: none too many, too large, executable or of a name that some system bars."""

import re
import stat
from collections.abc import Iterator
from pathlib import Path

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
    layout = content.layout
    for path in sorted(layout.root.rglob("*")):
        if not path.is_dir():
            yield from _wrong(path, layout.name(path))


def _wrong(path: Path, name: str) -> Iterator[Problem]:
    shown = visible(name, 200)
    if not _EXPECTED.fullmatch(name):
        wrong = "no file that belongs here"
        yield Problem(shown, 0, "-", "", wrong, "remove it, or correct its name or folder")
        return
    if any(_BARRED.fullmatch(part) for part in name.split("/")):
        wrong = "a name that Windows keeps for devices"
        yield Problem(shown, 0, "-", "", wrong, "use another name")
    status = path.stat()
    if status.st_mode & (stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH):
        yield Problem(shown, 0, "-", "", "the file is executable", "take the right away: chmod -x")
    limit = _LIMITS.get(Path(name).suffix)
    if limit is not None and status.st_size > limit:
        wrong, value = f"the file is larger than {limit:,} bytes", f"{status.st_size:,} bytes"
        yield Problem(shown, 0, "-", value, wrong, "split or shorten it")
