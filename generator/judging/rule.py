"""A rule: a pure function that points at evidence, and what the evidence stands for."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.judging.finals import Span
from generator.judging.finding import Finding
from generator.judging.view import View
from generator.records.taxonomy import Attribution

LONGEST_EVIDENCE = 400
"""Characters of a span that are kept: enough to show the error."""


class Rule(NamedTuple):
    """An entry of the registry. Calling it on a view gives its findings."""

    name: str
    """Stable name, published with each verdict that it settles."""
    family: str
    """Family that it belongs to; the module it lives in."""
    look: Callable[[View], Iterator[Span]]
    """Pure function from the parsed failure to the places where the error shows."""
    prior: float
    """Share of its findings that are the first major error, as its author expects; what is
    counted in ``content/calibration.yml`` moves it."""
    title: str
    """The error in a few words, the same for every failure."""
    reason: str
    """The error in one sentence, the same for every failure."""
    description: str
    """What it looks for and when it keeps silent, for the documentation."""
    category: str | None = None
    """Category, for a fault of the model."""
    subcategory: str | None = None
    """Subcategory within the category."""
    attribution: Attribution = "model"
    """Whose fault it is."""
    attribution_subtype: str | None = None
    """Finer, for faults of the benchmark or the harness."""

    def __call__(self, view: View) -> Iterator[Finding]:
        """Yield a finding for each place, with spans kept inside the output and short."""
        for span in self.look(view):
            start, end = view.speech.place(span)
            end = min(end, start + LONGEST_EVIDENCE)
            yield Finding(
                rule=self.name,
                category=self.category,
                subcategory=self.subcategory,
                attribution=self.attribution,
                attribution_subtype=self.attribution_subtype,
                start=start,
                end=end,
                confidence=self.prior,
                title=self.title,
                reason=self.reason,
            )
