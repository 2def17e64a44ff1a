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
        mix={
            "E13": 40,
            "E14": 20,
            "E15": 80,
            "E11": 8,
            "E04": 10,
            "E07": 20,
            "E16": 10,
            "E02": 6,
            "E09": 52,
            "E17": 50,
            "E05": 10,
        },
    ),
    System(
        id="erroratlas__planted-reading",
        name="Planted: slips in reading",
        style="prose",
        rate=0.4,
        mix={
            "E06": 46,
            "E08": 16,
            "E07": 16,
            "E12": 60,
            "E01": 8,
            "E16": 12,
            "E15": 110,
            "E13": 6,
            "E10": 60,
            "E05": 20,
            "E17": 40,
        },
    ),
    System(
        id="erroratlas__planted-reasoning",
        name="Planted: slips in reasoning",
        style="numbered",
        rate=0.38,
        mix={
            "E11": 60,
            "E12": 120,
            "E14": 14,
            "E07": 12,
            "E13": 8,
            "E16": 14,
            "E06": 6,
            "E04": 10,
            "E02": 6,
            "E09": 104,
            "E10": 30,
            "E17": 40,
        },
    ),
    System(
        id="erroratlas__planted-silence",
        name="Planted: answers that do not come",
        style="chatty",
        rate=0.36,
        mix={
            "E02": 40,
            "E01": 26,
            "E12": 60,
            "E08": 8,
            "E03": 10,
            "E07": 12,
            "E15": 70,
            "E16": 8,
            "E05": 16,
            "E10": 30,
        },
    ),
    System(
        id="erroratlas__planted-form",
        name="Planted: broken forms and contradictions",
        style="latex",
        rate=0.4,
        mix={
            "E03": 44,
            "E04": 28,
            "E07": 14,
            "E13": 12,
            "E16": 8,
            "E06": 6,
            "E12": 40,
            "E01": 4,
            "E05": 40,
            "E17": 110,
            "E09": 39,
        },
    ),
    System(
        id="erroratlas__planted-units",
        name="Planted: slips with units and counts",
        style="bullets",
        rate=0.41,
        mix={
            "E15": 300,
            "E14": 40,
            "E16": 26,
            "E08": 12,
            "E11": 10,
            "E12": 20,
            "E13": 8,
            "E03": 6,
            "E17": 40,
            "E09": 39,
            "E10": 30,
        },
    ),
)
"""Systems in the order of their files."""
