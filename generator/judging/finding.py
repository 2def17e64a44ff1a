"""What a rule has to say of a failure."""

from typing import NamedTuple

from generator.records.taxonomy import Attribution


class Finding(NamedTuple):
    """One error that a rule sees in one failure.

    Title and reason are fixed per rule: they are published for benchmarks whose text is
    withheld, so nothing of the item or the output may enter them.
    """

    rule: str
    """Name of the rule, a key of the registry."""
    category: str | None
    """Category, for a fault of the model; none otherwise."""
    subcategory: str | None
    """Subcategory within the category."""
    attribution: Attribution
    """Whose fault it is."""
    attribution_subtype: str | None
    """Finer, for faults of the benchmark or the harness."""
    start: int
    """Offset of the first character of the evidence in the output, in code points."""
    end: int
    """Offset after its last character; equal to ``start`` where there is nothing to show."""
    confidence: float
    """Share of such findings that are the first major error, in [0, 1], as measured."""
    title: str
    """The error in a few words."""
    reason: str
    """The error in one sentence."""
