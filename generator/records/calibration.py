"""``content/calibration.yml``: how often each rule was right where the cause is known."""

from pydantic import Field, NonNegativeInt, PositiveInt, model_validator

from generator.records.base import Line, Prose, Record, Slug


class RuleCount(Record):
    """How often one rule spoke and was right."""

    right: NonNegativeInt
    """Failures on which what is known agrees with it: the same fault and category."""
    spoke: NonNegativeInt
    """Failures on which it settles, or would if it were sure enough."""

    @model_validator(mode="after")
    def _right_is_part_of_spoke(self) -> "RuleCount":
        if self.right > self.spoke:
            msg = "a rule cannot be right more often than it spoke"
            raise ValueError(msg)
        return self


class CalibrationSet(Record):
    """Failures whose cause is known, and what the rules said of them."""

    name: Slug
    """Name of the set: a sample, a benchmark with labels, or a file of labels."""
    description: Prose
    """What the failures are and who says what caused them."""
    failures: NonNegativeInt
    """Failures in it."""
    most: PositiveInt | None = None
    """Most observations of one rule that count, where the failures are plainer than real ones."""
    rules: dict[Slug, RuleCount] = Field(default_factory=dict)
    """Counts by rule; rules that kept silent are left out."""


class Calibration(Record):
    """What the confidences of the rules rest on, beside their priors."""

    rules_version: Line
    """Version of the rules that were counted."""
    sets: tuple[CalibrationSet, ...] = ()
    """The sets, in order; no failure is counted in two."""

    @model_validator(mode="after")
    def _sets_are_distinct(self) -> "Calibration":
        if len({one.name for one in self.sets}) != len(self.sets):
            msg = "two sets have the same name"
            raise ValueError(msg)
        return self


NOT_CALIBRATED = Calibration(rules_version="none")
"""Without the file, every rule has its prior."""
