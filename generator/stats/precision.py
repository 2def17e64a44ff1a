"""How much a share tells: the number of independent failures that would tell as much.

Three cases. *All failures of one model* were looked at: they are independent, an item each, and the
share says how failures on further items like these turn out. *All failures of several models on the
same items*: what they have in common on an item tells less than as many failures on other items;
resampling the items shows how much less. *A sample*: its design says how far the draw may have put
the share from that of the failures that it was drawn from.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from generator.stats.coding import codes_of, items_of
from generator.stats.resampling import REPLICATES, Draws, resampled

FEW = 10
"""Below so many failures the variance found for a category is too uncertain to stand alone."""

_NONE = 1e-12
"""Below this, what would be 0 but for rounding is 0; one failure of a million leaves 1e-6."""


class Spread(NamedTuple):
    """How uncertain shares are under a design."""

    variance: np.ndarray
    """Of each share."""
    plain: float
    """Design effect of a share whose variance does not show, as of a kind that all failures are
    of: that of the weights alone. It is 0 where every failure there is was looked at."""


def effective_size(weights: pd.Series | np.ndarray) -> float:
    """Return Kish's effective sample size ``(sum w)^2 / sum w^2``; 0 for none.

    Source:
        Kish (1965), Survey Sampling, section 11.7.
    """
    squares = float((weights**2).sum())
    return float(weights.sum()) ** 2 / squares if squares > 0 else 0.0


def effective_numbers(
    share: np.ndarray,
    counts: np.ndarray,
    spread: Spread,
    n: float | np.ndarray,
    kinds: int | None = None,
) -> np.ndarray:
    """Return for each share how many independent failures would give it the same variance.

    The variance of a share of few failures is uncertain, and that of none is unknown. For these,
    the design effect of all shares together is used, or their own where it is larger. Where no
    share has a variance, as with failures that are all of one kind, what was not looked at may
    still be of another: only where nothing is left to look at, the number is infinite.

    Args:
        share: Shares in [0, 1]; of several sets of failures, if there is an axis before.
        counts: Failures behind each.
        spread: How uncertain they are under the design.
        n: Failures that they are shares of, set by set.
        kinds: How many of the shares are of kinds that exclude each other; those after them are of
            some of these together, and are left out of what is found for all. All if None.

    Source:
        Korn and Graubard (1998), Survey Methodology 24, 193-201; the design effect of all shares
        together as a generalised one (Rao and Scott 1981, J. Am. Stat. Assoc. 76, 221-230).
    """
    apart = share * (1 - share)
    varies = apart > _NONE
    size = np.asarray(n, dtype=float)[..., None]
    simple = np.where(varies, apart, 0.0) / np.where(size > 0, size, 1.0)
    every, found = (
        each[..., :kinds].sum(axis=-1, keepdims=True) for each in (simple, spread.variance)
    )
    overall = np.where(every > 0, found, 0.0) / np.where(every > 0, every, 1.0)
    overall = np.where(overall > _NONE, overall, spread.plain)
    own = np.where(varies, spread.variance / np.where(varies, simple, 1.0), 0.0)
    effect = np.where((counts >= FEW) & (own > _NONE), own, np.maximum(own, overall))
    left = effect > _NONE
    every_one = np.where(size > 0, np.inf, 0.0)
    number: np.ndarray = np.where(left, size / np.where(left, effect, 1.0), every_one)
    return number


def cells(failures: pd.DataFrame) -> pd.Series:
    """Return what each failure is: its category, or what came of it where it has none."""
    outcome = failures["attribution"].where(failures["status"] == "verdict", failures["status"])
    found: pd.Series = failures["category"].where(failures["category"].notna(), outcome)
    return found.astype(object)


def draws_of(
    failures: pd.DataFrame, seed: int, replicates: int = REPLICATES, *, by_model: bool = True
) -> Draws:
    """Return the counts of each model and cell under resampling of items.

    Args:
        failures: Rows with benchmark, model, item_id, status, attribution, category.
        seed: Of the draws.
        replicates: How often to draw.
        by_model: Whether models are counted apart; else all are one model without a name.

    Returns:
        As :func:`generator.stats.resampling.resampled`, with the cells of :func:`cells`.

    Source:
        As :func:`generator.stats.resampling.resampled`.
    """
    model = failures["model"] if by_model else np.full(len(failures), "", dtype=object)
    return resampled(
        items_of(failures),
        codes_of(model),
        codes_of(cells(failures)),
        seed=seed,
        replicates=replicates,
    )


def resampling_spread(parts: np.ndarray, whole: np.ndarray) -> Spread:
    """Return how uncertain each share is under resampling of items.

    Args:
        parts: One row per share, one column per replicate: its failures; of several sets of
            failures, if there is an axis before.
        whole: The failures that they are shares of, replicate by replicate.

    Source:
        Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 6.
    """
    some = whole > 0
    many = some.sum(axis=-1)[..., None]
    # Not ``var``, which goes through all that was drawn twice as often. What is a share of nothing
    # counts for nothing, and one share has no variance.
    drawn = parts / np.where(some, whole.astype(float), np.inf)[..., None, :]
    drawn -= (drawn.sum(axis=-1) / np.maximum(many, 1))[..., None]
    if not some.all():
        drawn *= some[..., None, :]
    squares = np.einsum("...r,...r->...", drawn, drawn)
    return Spread(squares / np.maximum(many - 1, 1), 1.0)


def design_spread(
    weight: np.ndarray,
    run: np.ndarray,
    place: np.ndarray,
    inside: np.ndarray,
    share: np.ndarray,
    *,
    joined: np.ndarray,
) -> tuple[Spread, Spread]:
    """Return how uncertain weighted shares of a sample stratified by run are.

    Args:
        weight: Of each failure; those of a run sum to the failures that it was drawn from.
        run: Of each failure, counted from 0; each is a stratum.
        place: Which label each failure has, negative where it has none of them.
        inside: Whether each failure belongs to what the shares are taken of.
        share: Weighted shares (Hajek): weights with any of their labels over weights inside.
        joined: Which labels each share is of: labels by shares, 0 or 1.

    Returns:
        Of the failures that the sample was drawn from, of which nothing is left to the draw once
        all were looked at; of further failures like these.

    Source:
        Horvitz and Thompson (1952), J. Am. Stat. Assoc. 47, 663-685, with ratio linearisation and
        finite-population correction: Saerndal, Swensson and Wretman (1992), Model Assisted Survey
        Sampling, sections 5.5 to 5.8.
    """
    runs, many = int(run.max(initial=-1)) + 1, len(joined)
    n, population = np.bincount(run), np.bincount(run, weight)
    counted = np.where(inside, weight, 0.0)
    total, square = np.bincount(run, counted), np.bincount(run, counted**2)
    # What is none of the labels asked for is counted in a column that is dropped again.
    cell = run * (many + 1) + np.where(place < 0, many, place)
    own, own_square = (
        np.bincount(cell, values, runs * (many + 1)).reshape(runs, many + 1)[:, :many] @ joined
        for values in (counted, counted**2)
    )
    # Sums over each run of weight times (has a label of the share - share), and of its square.
    sums = own - np.outer(total, share)
    squares = own_square * (1 - 2 * share) + np.outer(square, share**2)
    about = np.clip(squares - sums**2 / n[:, None], 0.0, None) * (n / np.maximum(n - 1, 1))[:, None]
    whole = (counted.sum() or 1.0) ** 2
    # A stratum of one shows no spread within: its distance from the share as a whole stands in.
    spread = np.where(n[:, None] > 1, about, squares) / whole
    left = np.clip(1 - n / population, 0.0, None)
    left[left < _NONE] = 0.0
    weighs = square * inside.sum() / whole
    # Not times what is left: of the last few failures, one of another kind is soon missed.
    return (
        Spread((spread * left[:, None]).sum(axis=0), float(weighs[left > 0].sum())),
        Spread(spread.sum(axis=0), float(weighs.sum())),
    )
