"""Distances between signatures in bootstrap samples: what chance adds to them, who is nearest."""

import numpy as np

DRAWS = 1000
"""Bootstrap samples."""
SEED = 20261123
"""Seed of the bootstrap; results do not depend on the other models at hand."""
_NOTHING = np.float32(1e-30)
"""Stands for a share of 0, so that every logarithm is finite."""
_AT_ONCE = 32
"""Models that another one is held against together."""


def drawn_signature(model: str, share: np.ndarray, size: int) -> np.ndarray:
    """Return bootstrap samples of a signature; a model draws the same whoever else is there.

    Args:
        model: Whose it is.
        share: Shares of the categories.
        size: Classified failures that they rest on.

    Returns:
        Shares of shape (samples, categories).

    Source:
        Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 6.
    """
    draw = np.random.default_rng([SEED, *model.encode()])
    return draw.multinomial(size, share / share.sum(), size=DRAWS) / size


def drawn_apart(draws: np.ndarray) -> np.ndarray:
    """Return the distance of each two models in each bootstrap sample.

    In single precision, which is right to a millionth and takes a quarter of the time: of 83 models
    there are 3,403 pairs, and a thousand distances of each.

    Args:
        draws: Shares, of shape (categories, models, samples); changed.

    Returns:
        Distances of shape (models, models, samples).

    Source:
        As :func:`generator.stats.similarity.distances`.
    """
    seen: list[list[bool]] = np.any(draws > 0, axis=2).tolist()
    # Nothing is exactly 0, so that every logarithm is finite.
    share = draws
    share += _NOTHING
    own = -sum(one * np.log2(one) for one in share)
    own *= np.float32(0.5)
    # Of halves the sum is what lies in the middle, to the last bit.
    share *= np.float32(0.5)
    # What a category adds where the first model never has it; worked out once for each other one.
    half = share + _NOTHING * np.float32(0.5)
    half *= np.log2(half)
    models, samples = draws.shape[1:]
    found = np.zeros((models, models, samples), dtype=np.float32)
    # Few models at a time, in one place: all that a step takes stays in the processor's own memory.
    rooms = np.empty((3, _AT_ONCE, samples), dtype=np.float32)
    for one, first in ((a, b) for a in range(models) for b in range(0, a, _AT_ONCE)):
        others = slice(first, min(first + _AT_ONCE, one))
        entropy, middle, logarithm = rooms[:, : others.stop - first]
        entropy.fill(0.0)
        for place, category in enumerate(share):
            if not seen[place][one]:
                entropy -= half[place, others]
                continue
            np.add(category[one], category[others], out=middle)
            np.log2(middle, out=logarithm)
            middle *= logarithm
            entropy -= middle
        np.add(own[one], own[others], out=middle)
        entropy -= middle
        np.clip(entropy, 0.0, 1.0, out=entropy)
        found[one, others] = found[others, one] = np.sqrt(entropy, out=entropy)
    return found


def nearest_counts(apart: np.ndarray) -> np.ndarray:
    """Return in how many samples each model is the nearest one, the first of several that are.

    Args:
        apart: Distances, a row for each model and a column for each sample.

    Source:
        As :func:`generator.stats.similarity.similarity`.
    """
    near = apart == apart.min(axis=0)
    often: np.ndarray = near.sum(axis=1)
    if often.sum() > apart.shape[1]:
        tied = np.flatnonzero(near.sum(axis=0) > 1)
        first = near[:, tied].argmax(axis=0)
        often += np.bincount(first, minlength=len(apart)) - near[:, tied].sum(axis=1)
    return often


def cleared(apart: np.ndarray, drawn: np.ndarray, level: float) -> np.ndarray:
    """Return distances without the excess of chance, and the ends of their intervals: a row each.

    Args:
        apart: Observed distances, each pair once.
        drawn: Distances of each two models in each bootstrap sample.
        level: Confidence level of the intervals.

    Source:
        As :func:`generator.stats.similarity.similarity`.
    """
    # One is as far from the other as the other from it.
    squares = drawn[np.triu_indices(len(drawn), 1)]
    squares *= squares
    middle = squares.mean(axis=-1)
    # Of what is in order already, the tails are found sooner than of what is not.
    squares.sort(axis=-1)
    tails = np.quantile(squares, [(1 + level) / 2, (1 - level) / 2], axis=-1, overwrite_input=True)
    found = np.sqrt(np.clip(2 * apart**2 - np.stack([middle, *tails]), 0.0, 1.0))
    # To what single precision holds, so that no machine's last bit is seen.
    ends: np.ndarray = found.astype(float).round(5)
    return ends
