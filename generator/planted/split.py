"""What is held out from the development of rules: two task families, a third of all wordings.

Tables of phrases are divided by place: every third phrase is held out. Texts of held-out items
and all that is answered to them use held-out phrases alone; all other texts never use one.
"""

from collections.abc import Sequence
from typing import Literal, TypeVar

from generator.records.benchmark import Item

T = TypeVar("T")

Split = Literal["developed", "held-out"]

HELD_OUT_FAMILIES = frozenset({"units-time", "notation"})
"""Families whose items are all held out."""

EVERY = 3
"""One phrase of so many is held out."""


def split_of(family: str, wording: int) -> Split:
    """Tell to which part an item belongs.

    Args:
        family: task family.
        wording: place of its wording, from 0.
    """
    late = wording % EVERY == EVERY - 1
    return "held-out" if late or family in HELD_OUT_FAMILIES else "developed"


def held_out(item: Item) -> bool:
    """Tell whether an item is held out."""
    return item.tags.get("split") == "held-out"


def part(phrases: Sequence[T], *, held_out: bool) -> Sequence[T]:
    """Return the phrases of a table that a text may use.

    Raises:
        ValueError: the table has too few to be divided.
    """
    if len(phrases) < EVERY:
        msg = f"too few phrases to hold one out: {phrases}"
        raise ValueError(msg)
    if held_out:
        return phrases[EVERY - 1 :: EVERY]
    return [phrase for place, phrase in enumerate(phrases) if place % EVERY != EVERY - 1]
