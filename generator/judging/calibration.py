"""Calibrates stated confidences on labels: how often findings of each confidence were right."""

from collections.abc import Iterable
from typing import NamedTuple


class Outcome(NamedTuple):
    """A verdict that a label could be compared with."""

    confidence: float
    """Confidence as stated, in [0, 1]."""
    right: bool
    """Whether the label agrees."""


class Bin(NamedTuple):
    """Outcomes of neighbouring confidences, pooled."""

    low: float
    """Least confidence stated in it."""
    high: float
    """Highest confidence stated in it."""
    right: int
    """Outcomes that the labels agree with."""
    spoke: int
    """Outcomes."""

    @property
    def share(self) -> float:
        """Share of outcomes that are right, in [0, 1]."""
        return self.right / self.spoke


def calibrated(outcomes: Iterable[Outcome]) -> tuple[Bin, ...]:
    """Return bins in order of confidence, none of which is right less often than the one before.

    Neighbours that fall out of order are pooled (isotonic regression by pooling adjacent
    violators; Ayer et al. 1955), so that a higher confidence never promises less.
    """
    bins: list[Bin] = []
    for confidence, right in sorted(outcomes):
        if bins and bins[-1].high == confidence:
            last = bins.pop()
            bins.append(Bin(last.low, confidence, last.right + right, last.spoke + 1))
        else:
            bins.append(Bin(confidence, confidence, int(right), 1))
    pooled: list[Bin] = []
    for one in bins:
        pooled.append(one)
        while len(pooled) > 1 and pooled[-2].share > pooled[-1].share:
            high, low = pooled.pop(), pooled.pop()
            pooled.append(Bin(low.low, high.high, low.right + high.right, low.spoke + high.spoke))
    return tuple(pooled)


def read_off(bins: Iterable[Bin], confidence: float) -> float | None:
    """Return the calibrated share for a confidence as stated, none without bins."""
    known = list(bins)
    if not known:
        return None
    return next((one.share for one in known if confidence <= one.high), known[-1].share)
