"""What the stability of a built taxonomy comes to: whether its categories can be relied upon."""

from typing import Literal, NamedTuple

from generator.records.proposal import Proposal, Stability, Variation

Standing = Literal["low", "fair", "high"]
"""How far a taxonomy is there again when it is built again."""
POOR, GOOD = 0.65, 0.80
"""Adjusted Rand index below which two partitions agree poorly, and from which they agree well, by
rules of thumb of Steinley (2004), Psychological Methods 9, 386-396."""
HALF, MOST = 0.5, 0.8
"""Share of the categories that is there again. Below a half, a category is likelier gone than not;
four in five is a little less than the ErrorMap paper has (0.88)."""


SAME: tuple[Variation, ...] = ("seeds", "orders")
"""What cannot matter where words are read from all texts, each compared with each."""


class Stood(NamedTuple):
    """The comparison in which a taxonomy came off worst."""

    standing: Standing
    """What it comes to."""
    row: Stability
    """The comparison."""


def standing(proposal: Proposal) -> Stood | None:
    """Return how far a taxonomy is there again, by its worst comparison; None if none tells.

    Comparisons that give the same by the way they are made tell nothing: another seed or order
    where neither can matter, and the top of a tree whose top is the Atlas's own.
    """
    told = [row for row in proposal.stability if _tells(proposal, row)]
    if not told:
        return None
    worst = min(told, key=lambda row: (_rank(row), _again(row), row.rand_index))
    return Stood(("low", "fair", "high")[_rank(worst)], worst)


def settled(proposal: Proposal) -> bool:
    """Tell whether neither seed nor order could matter.

    With a sample they do, with a language model too, and with texts so many that they are first
    drawn together; of these, nothing but the figures tells.
    """
    settings = proposal.settings
    same = all(row.rand_index == 1 for row in proposal.stability if row.variation in SAME)
    return settings.method == "embedded" and settings.sample == 1 and same


def _tells(proposal: Proposal, row: Stability) -> bool:
    if proposal.mode == "anchored" and row.depth == 1:
        return False
    return not (settled(proposal) and row.variation in SAME)


def _again(row: Stability) -> float:
    return min(row.precision, row.recall)


def _rank(row: Stability) -> int:
    """Return 0 for low, 1 for fair, 2 for high."""
    if row.rand_index < POOR or _again(row) < HALF:
        return 0
    return 2 if row.rand_index >= GOOD and _again(row) >= MOST else 1
