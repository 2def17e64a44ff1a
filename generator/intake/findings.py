"""What a look finds: a problem that blocks, or a warning that informs."""

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from generator.errors import Problem

Level = Literal["error", "warning"]
SHOWN = 20
"""Findings of one cause that are shown one by one; the rest are counted."""
_NUMBER = re.compile(r"\d[\d,.]*")


class Finding(NamedTuple):
    """One thing found."""

    level: Level
    """Whether it blocks."""
    problem: Problem
    """What was found, where, and the way out."""

    @property
    def cause(self) -> str:
        """What all findings of this kind share: the words of what is wrong, without numbers."""
        return _NUMBER.sub("…", self.problem.wrong)


class Group(NamedTuple):
    """Findings of one cause."""

    level: Level
    """Whether they block."""
    cause: str
    """What is wrong."""
    shown: tuple[Finding, ...]
    """The first of them."""
    total: int
    """How many there are."""

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.shown)


def error(problem: Problem) -> Finding:
    """Return a finding that blocks."""
    return Finding("error", problem)


def warning(problem: Problem) -> Finding:
    """Return a finding that informs."""
    return Finding("warning", problem)


def grouped(findings: Iterable[Finding], shown: int = SHOWN) -> list[Group]:
    """Return findings by cause: those that block in front, then in the order of their first.

    Args:
        findings: What was found.
        shown: Findings of a group that are kept; the rest are counted.
    """
    groups: dict[tuple[Level, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.level, finding.cause), []).append(finding)
    ordered = sorted(groups.items(), key=lambda group: group[0][0] != "error")
    return [
        Group(level, cause, tuple(found[:shown]), len(found)) for (level, cause), found in ordered
    ]
