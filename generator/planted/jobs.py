"""What the benchmark needs of an item, whatever its family."""

from collections.abc import Callable
from dataclasses import dataclass

from generator.planted.delivery import Attempt
from generator.planted.dice import Dice
from generator.planted.styles import Style
from generator.records.benchmark import Item


@dataclass(frozen=True)
class Job:
    """An item with its harness and its writer."""

    item: Item
    """The item."""
    extracted: Callable[[str], str | None]
    """What the harness takes from an output."""
    is_right: Callable[[str], bool]
    """Whether an output scores."""
    correct: Callable[[Style, Dice], Attempt | None]
    """Writes a right output."""
    with_fault: Callable[[str, Style, Dice], Attempt | None]
    """Writes an output with one fault of a kind; none where the item has no room for it."""
