"""``content/speed.json``: what building costs, measured beside plain ways to do the same."""

import datetime as dt

from pydantic import Field, NonNegativeFloat, NonNegativeInt, PositiveFloat

from generator.records.base import Line, Record, Slug


class Cost(Record):
    """What a process cost, with all that it started."""

    processor_s: NonNegativeFloat
    """Seconds of processor time, of all its processes together."""
    elapsed_s: NonNegativeFloat
    """Seconds by the clock."""
    peak_mib: NonNegativeFloat
    """Resident memory of the largest of its processes, in MiB."""

    def plus(self, other: "Cost") -> "Cost":
        """Return the cost of one after the other."""
        return Cost(
            processor_s=self.processor_s + other.processor_s,
            elapsed_s=self.elapsed_s + other.elapsed_s,
            peak_mib=max(self.peak_mib, other.peak_mib),
        )


class Beside(Record):
    """A plain way to do the same or less with the same bytes, in the same run."""

    name: Slug
    """Slug, one of its kind in a row."""
    what: Line
    """What it does, in words."""
    processor_s: NonNegativeFloat
    """Its processor seconds."""
    ratio: PositiveFloat
    """Our processor seconds by its own: less is better."""
    peak_mib: NonNegativeFloat | None = None
    """Its peak memory, where it is told."""


class Target(Record):
    """What a figure has to keep to."""

    what: Line
    """What is limited, with its unit."""
    value: float
    """What it is."""
    limit: float
    """What it may be at most."""

    @property
    def kept(self) -> bool:
        """Whether it is kept."""
        return self.value <= self.limit


class Row(Record):
    """One stage at one scale."""

    stage: Slug
    """Stage."""
    scale: Slug
    """What it worked on, such as ``10x``."""
    what: Line
    """What was run, in words."""
    cost: Cost
    """What it cost."""
    counts: dict[str, NonNegativeInt] = Field(default_factory=dict)
    """How much it worked on: rows, predictions, failures, bytes, pages."""
    parts: dict[str, float] = Field(default_factory=dict)
    """Seconds of its parts, where they are known."""
    beside: tuple[Beside, ...] = ()
    """What it is held against."""
    targets: tuple[Target, ...] = ()
    """What it has to keep to."""
    missing: tuple[Line, ...] = ()
    """What was not measured, and why."""
    commit: Line | None = None
    """What was measured, where that is another commit than that of the whole file."""

    @property
    def name(self) -> str:
        """Stage and scale."""
        return f"{self.stage}-{self.scale}"


class Machine(Record):
    """Where it was measured."""

    processors: NonNegativeInt
    """Processors."""
    memory_gib: NonNegativeFloat
    """Memory in GiB."""
    system: Line
    """Operating system."""
    python: Line
    """Version of Python."""


class Speed(Record):
    """Everything that one run measured."""

    measured: dt.date
    """Day."""
    commit: Line
    """What was measured: the commit, with a mark where it was changed; a row may name another."""
    machine: Machine
    """Where."""
    versions: dict[str, Line]
    """Versions of the libraries that do much of the work."""
    rows: tuple[Row, ...]
    """What was found."""
