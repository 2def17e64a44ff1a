"""What the runs hold, read once for all checks."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.errors import Problem
from generator.records.benchmark import Item
from generator.records.keys import RunKey
from generator.records.prediction import Prediction


@dataclass(frozen=True)
class Held:
    """Items and failures; what could not be read in full is left out, its problems are here."""

    texts: list[Problem] = field(default_factory=list)
    """What is wrong with items and predictions whose text is here."""
    references: list[Problem] = field(default_factory=list)
    """What is wrong with the tables of sets kept by reference."""
    known: dict[str, frozenset[str]] = field(default_factory=dict)
    """Ids of the items of a benchmark."""
    failures: dict[RunKey, frozenset[str]] = field(default_factory=dict)
    """Items that a run failed."""
    items: dict[str, Mapping[str, Item]] = field(default_factory=dict)
    """Items whose text is here, by benchmark and id."""
    failed: dict[RunKey, Mapping[str, Prediction]] = field(default_factory=dict)
    """Failed predictions whose text is here, by item."""
    judged: bool = True
    """Whether verdicts must be on the text that is here; a build judges what changed first."""
