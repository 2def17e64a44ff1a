"""Shares of failures with how precise they are, by how the failures came to be looked at."""

from collections.abc import Collection, Sequence
from typing import Literal, NamedTuple

import numpy as np

from generator.stats.coding import Coded, Codes
from generator.stats.intervals import wilson_bounds
from generator.stats.precision import design_spread, effective_numbers, resampling_spread
from generator.stats.resampling import Pooled, resampled

OUTCOMES = ("model", "benchmark", "harness", "undetermined", "no_verdict")
"""What can come of looking at a failure; ``model`` means that it has a category."""

FAULTLESS = ("benchmark", "harness")
"""Outcomes that are not the model's fault."""

Basis = Literal["sample", "all"]


class Design(NamedTuple):
    """How the failures came to be looked at."""

    weight: np.ndarray
    """How many failures each one stands for."""
    basis: Basis
    run: np.ndarray
    """Stratum of each failure of a sample, counted from 0; empty where all were looked at."""
    draws: Pooled | None
    """Counts under resampling of items; None where no item is shared."""


_NO_MODEL = np.array([""], dtype=object)


def design_of(failures: Coded, draws: Pooled | None, seed: int) -> Design:
    """Return how failures came to be looked at.

    Args:
        failures: One entry each.
        draws: Counts of them under resampling of items, made here if None where items are shared.
        seed: Of the draws made here.

    Raises:
        ValueError: Some have a weight and others have none.

    Source:
        As :func:`generator.stats.resampling.resampled`.
    """
    weight, many = failures.weight, len(failures.weight)
    weighted = ~np.isnan(weight)
    if not weighted.any():
        if draws is None and len(np.unique(failures.item)) < many:
            whose = Codes(np.zeros(many, dtype=int), _NO_MODEL)
            draws = resampled(failures.item, whose, failures.cell, seed=seed).together()
        return Design(np.ones(many), "all", np.empty(0, dtype=int), draws)
    if not weighted.all():
        msg = "failures of a sample and failures outside any sample cannot be composed together"
        raise ValueError(msg)
    return Design(weight, "sample", np.unique(failures.run, return_inverse=True)[1], None)


class Shares(NamedTuple):
    """Weighted shares of labels, in the order of the names asked for."""

    counts: np.ndarray
    share: np.ndarray
    low: np.ndarray
    high: np.ndarray
    effective: np.ndarray
    """How many independent failures on further items would tell as much."""
    stated: np.ndarray
    """The same for the failures that the interval speaks of."""

    def columns(self, rows: slice = slice(None)) -> dict[str, np.ndarray]:
        """Return what a composition shows, of all or of some of the shares."""
        ends = {"low": self.low, "high": self.high, "effective": self.effective}
        columns = {"count": self.counts, "share": self.share, **ends}
        return {name: values[rows] for name, values in columns.items()}


def shares_of(
    design: Design,
    place: np.ndarray,
    names: tuple[str, ...],
    insides: Sequence[np.ndarray],
    level: float,
    *,
    groups: Sequence[Collection[str]] = (),
) -> list[Shares]:
    """Return the weighted share of each name among the failures inside, then of groups of names.

    Args:
        design: How the failures came to be looked at.
        place: Place of each failure's name, negative where it has none of them.
        names: What failures can be.
        insides: Whether each failure belongs to what the shares are taken of; one for each of what
            they are taken of.
        level: Confidence level of the intervals.
        groups: Names that are taken together. What is counted as one has an interval of its own,
            narrower than one put together from those of its parts.

    Source:
        As :func:`generator.stats.compositions.compose`.
    """
    # What is none of the names is counted in a last place that is dropped again.
    counted = np.where(place < 0, len(names), place)
    joined = joining(names, groups)
    counts = np.bincount(counted, minlength=len(names) + 1)[:-1] @ joined
    sums = np.bincount(counted, design.weight, len(names) + 1)[:-1] @ joined
    drawn = None if design.draws is None else drawn_counts(design.draws, names)
    parts = None if drawn is None else joined.T.astype(np.float32) @ drawn.parts
    made = []
    for inside in insides:
        whole, n = float(design.weight[inside].sum()), float(inside.sum())
        share, alone = sums / (whole or 1.0), len(names)
        if design.basis == "sample":
            spreads = design_spread(design.weight, design.run, place, inside, share, joined=joined)
            stated, further = (effective_numbers(share, counts, each, n, alone) for each in spreads)
        elif drawn is None or parts is None:
            stated = further = np.full(len(share), n)
        else:
            spread = resampling_spread(parts, drawn.every if inside.all() else drawn.placed)
            stated = further = effective_numbers(share, counts, spread, n, alone)
        ends = wilson_bounds(share, stated, level)
        made.append(Shares(counts, share, *ends, further, stated))
    return made


def joining(names: Sequence[str], groups: Sequence[Collection[str]]) -> np.ndarray:
    """Return what makes counts of names and of groups of them from counts of names: names by both.

    Args:
        names: What failures can be.
        groups: Names that are taken together.
    """
    held = [[name in group for group in groups] for name in names]
    apart = np.eye(len(names), dtype=int)
    return np.hstack([apart, np.array(held, dtype=int).reshape(len(names), len(groups))])


class Drawn(NamedTuple):
    """Counts under resampling of items; the last axis is that of replicates."""

    parts: np.ndarray
    """Of each name; these are the axis before the last."""
    placed: np.ndarray
    """Of all failures with a category."""
    every: np.ndarray
    """Of all failures."""


def drawn_counts(draws: Pooled, names: tuple[str, ...]) -> Drawn:
    """Return the drawn counts of each name, and of what they are shares of.

    Args:
        draws: Counts under resampling of items; of several sets, if there is an axis before.
        names: Categories or outcomes.

    Source:
        As :func:`compose`.
    """
    # Whole numbers far below 2^24: sums are exact in whatever order they are made.
    placed = np.array([cell not in OUTCOMES for cell in draws.cells], np.float32) @ draws.counts
    row = {cell: place for place, cell in enumerate(draws.cells)}
    *sets, replicates = placed.shape
    parts = np.zeros((*sets, len(names), replicates), dtype=draws.counts.dtype)
    for place, name in enumerate(names):
        if name in row:
            parts[..., place, :] = draws.counts[..., row[name], :]
        if name == "model":  # cells are categories; this outcome is all of them together
            parts[..., place, :] += placed
    return Drawn(parts, placed, draws.counts.sum(axis=-2))
