"""The six systems: how each writes, how often it fails, and of what."""

from dataclasses import dataclass


@dataclass(frozen=True)
class System:
    """A program that answers rightly except for planted faults."""

    id: str
    """Identifier of the model."""
    name: str
    """Name as shown."""
    style: str
    """Name of its style."""
    rate: float
    """Share of the items on which a fault is planted."""
    mix: dict[str, int]
    """Weights of the categories; those that an item has no room for are passed over."""


SYSTEMS: tuple[System, ...] = (
    System(
        id="erroratlas__planted-arithmetic",
        name="Planted: slips in arithmetic",
        style="terse",
        rate=0.42,
        mix={"E13": 40, "E14": 60, "E15": 40, "E11": 8, "E04": 6, "E07": 70, "E16": 10, "E02": 6},
    ),
    System(
        id="erroratlas__planted-reading",
        name="Planted: slips in reading",
        style="prose",
        rate=0.4,
        mix={"E06": 44, "E08": 16, "E07": 60, "E12": 40, "E01": 6, "E16": 12, "E15": 50, "E13": 6},
    ),
    System(
        id="erroratlas__planted-reasoning",
        name="Planted: slips in reasoning",
        style="numbered",
        rate=0.38,
        mix={
            "E11": 30,
            "E12": 90,
            "E14": 50,
            "E07": 30,
            "E13": 8,
            "E16": 14,
            "E06": 6,
            "E04": 6,
            "E02": 4,
        },
    ),
    System(
        id="erroratlas__planted-silence",
        name="Planted: answers that do not come",
        style="chatty",
        rate=0.36,
        mix={"E02": 28, "E01": 24, "E12": 60, "E08": 8, "E03": 12, "E07": 20, "E15": 24, "E16": 8},
    ),
    System(
        id="erroratlas__planted-form",
        name="Planted: broken forms and contradictions",
        style="latex",
        rate=0.4,
        mix={"E03": 34, "E04": 22, "E07": 150, "E13": 12, "E16": 8, "E06": 8, "E12": 20, "E01": 4},
    ),
    System(
        id="erroratlas__planted-units",
        name="Planted: slips with units and counts",
        style="bullets",
        rate=0.44,
        mix={"E15": 220, "E14": 90, "E16": 26, "E08": 12, "E11": 10, "E12": 6, "E13": 8, "E03": 6},
    ),
)
"""Systems in the order of their files."""
