"""Ratios held against stored ones: what became worse by more than a fifth is named."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.records.speed import Row

MOST = 1.2
"""A ratio may grow to this much of the stored one."""
LEAST_S = 0.5
"""Where a stage and its stored run took less, a ratio tells of chance, and is shown only."""


class Held(NamedTuple):
    """A ratio and the stored one."""

    row: str
    """Stage and scale."""
    beside: str
    """What it is held against."""
    stored: float
    """Ratio that is stored."""
    now: float
    """Ratio of this run."""
    counts: bool
    """Whether it was measured long enough to count."""

    @property
    def change(self) -> float:
        """Now by stored."""
        return self.now / self.stored

    @property
    def worse(self) -> bool:
        """Whether it is worse by more than may be."""
        return self.counts and self.change > MOST


def held(stored: Sequence[Row], fresh: Sequence[Row]) -> list[Held]:
    """Return the ratios that both have, in the order of the fresh ones."""
    known = {row.name: row for row in stored}
    return [pair for row in fresh if row.name in known for pair in _pairs(known[row.name], row)]


def _pairs(stored: Row, fresh: Row) -> Iterator[Held]:
    before = {one.name: one for one in stored.beside}
    counts = min(stored.cost.processor_s, fresh.cost.processor_s) >= LEAST_S
    for one in fresh.beside:
        if one.name in before:
            yield Held(fresh.name, one.name, before[one.name].ratio, one.ratio, counts)


def table(pairs: Sequence[Held]) -> str:
    """Return ratios beside the stored ones as Markdown."""
    lines = ["| row | against | stored | now | change |", "|---|---|---:|---:|---:|"]
    for pair in pairs:
        mark = " **worse**" if pair.worse else "" if pair.counts else " (too short to count)"
        lines.append(
            f"| {pair.row} | {pair.beside} | {pair.stored:.2f} | {pair.now:.2f} "
            f"| {100 * (pair.change - 1):+.0f} %{mark} |"
        )
    return "\n".join(lines)
