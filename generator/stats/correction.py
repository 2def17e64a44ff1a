"""Shares corrected for the errors of a judge that looked at all failures.

A judge that errs (the rules, say) spoke on every failure; a better one read a random sample of
them. The sample shows how the first errs, the first shows what the sample left to the draw.
"""

from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
import pandas as pd

from generator.stats.intervals import wilson_ends
from generator.stats.missed import Seen, powered_ends
from generator.stats.precision import cells, effective_size
from generator.stats.tables import settled

FEWEST_LABELLED = 8
"""Failures of a category that the sample must have for a corrected interval to hold as often as it
says. With fewer it rests on what is supposed of judges, more than on what was seen of this one."""
CAUTION = 0.5
"""Part of the chance to miss the truth that the interval of such a category takes, so that it holds
at least as often as it says, whatever the judge."""
_BOTH = ("known", "said")
CORRECTED_COLUMNS = (
    "category",
    "judged",
    "labelled",
    "tuning",
    "raw",
    "raw_low",
    "raw_high",
    "corrected",
    "corrected_low",
    "corrected_high",
    "conservative",
)
_RAW = ["raw", "raw_low", "raw_high"]


def prediction_powered(
    labelled: pd.DataFrame, judged: pd.Series, categories: Sequence[str], level: float
) -> pd.DataFrame:
    """Return the share of each category among all failures, from a sample and a judge of all.

    The estimate is the share that the judge gives a category among all failures, times a tuning,
    plus the mean in the sample of what is known less what the judge says, times the tuning. The
    tuning that leaves the least variance is the difference between two shares of what is known:
    where the judge names the category, and where it does not. With it the estimate is those two
    shares, weighted by how often the judge names the category among all. Where the sample has no
    failure of one kind, the tuning is 0 and the estimate is the sample's. The interval joins what
    the sample says of all categories, so that it is of use in samples of some tens; of a category
    with few of them labelled it is a conservative one. Of a category that the judge never names,
    the sample speaks alone.

    Args:
        labelled: The sample, one row per failure: known, said (cells: a category or what else came
            of it), weight.
        judged: What the judge says of every failure, those of the sample included.
        categories: Categories asked for.
        level: Confidence level in (0, 1).

    Returns:
        One row per category: category; judged (share that the judge gives it), labelled (failures
        in the sample), tuning (0: the sample alone); raw (the sample's share), corrected, each with
        low and high; conservative (whether few are labelled, so that the corrected interval holds
        at least as often as its level says, and not as often). All are shares of all failures.

    Source:
        Angelopoulos, Bates, Fannjiang, Jordan and Zrnic (2023), Science 382, 669-674; the tuning:
        Angelopoulos, Duchi and Zrnic (2023), arXiv 2311.01453; the interval as
        :func:`generator.stats.missed.powered_ends`.
    """
    left = 1 - len(labelled) / len(judged) if len(judged) else 1.0
    names = pd.Index(list(categories), name="category")
    often = judged.value_counts(normalize=True).reindex(names, fill_value=0.0)
    known, said = (labelled[column].to_numpy()[:, None] == names.to_numpy() for column in _BOTH)
    weights = labelled["weight"].to_numpy(float)
    size = effective_size(weights) / left if left > 0 else np.inf
    everywhere, named, unnamed = (
        _shares(known, group, weights, names) for group in (np.ones_like(said), said, ~said)
    )
    told = named.notna() & unnamed.notna()
    joined = (often * named + (1 - often) * unnamed).where(told, everywhere)
    raw = wilson_ends(everywhere, pd.Series(size, names), level)
    labels = pd.Series(known.sum(axis=0), names)
    few = (labels < FEWEST_LABELLED) & (often > 0) & np.isfinite(size)
    nominal, cautious = (
        _ends(often, known, said, weights, size=size, level=1 - part * (1 - level))
        for part in (1.0, CAUTION)
    )
    ends = raw.where(often == 0, cautious.where(few, nominal))
    made = {
        "judged": often,
        "labelled": labels,
        "tuning": (named - unnamed).where(told, 0.0),
        "raw": everywhere,
        "raw_low": raw["low"],
        "raw_high": raw["high"],
        "corrected": joined,
        "corrected_low": np.minimum(joined, ends["low"]),
        "corrected_high": np.maximum(joined, ends["high"]),
        "conservative": few,
    }
    return pd.DataFrame(made, index=names).reset_index()


def _shares(
    known: np.ndarray, group: np.ndarray, weights: np.ndarray, names: pd.Index
) -> pd.Series:
    """Return by category the share of what is known in a part of the sample; none if empty.

    Args:
        known: Whether a failure is known to be of a category, failures by categories.
        group: Which failures belong to the part, failures by categories.
        weights: Of the failures.
        names: Categories.
    """
    weight = np.where(group, weights[:, None], 0.0)
    total = weight.sum(axis=0)
    found = (weight * known).sum(axis=0) / np.where(total > 0, total, np.nan)
    return pd.Series(found, names)


def _ends(
    often: pd.Series,
    known: np.ndarray,
    said: np.ndarray,
    weights: np.ndarray,
    *,
    size: float,
    level: float,
) -> pd.DataFrame:
    """Return the ends that the sample gives each share, all categories taken together.

    Args:
        often: Share of all failures that the judge gives each category.
        known: Whether a failure is known to be of a category, failures by categories.
        said: Whether the judge gives it to it, failures by categories.
        weights: Of the failures.
        size: Effective number of failures in the sample; infinite if all are in it.
        level: Confidence level.
    """
    if np.isinf(size):  # nothing is left to the draw
        share = pd.Series(np.average(known, axis=0, weights=weights), often.index)
        return pd.DataFrame({"low": share, "high": share})
    named, right, missed = (
        pd.Series(np.average(part, axis=0, weights=weights) * size, often.index)
        for part in (said, said & known, ~said & known)
    )
    return powered_ends(Seen(often, named, right, missed, size), level)


def corrected_runs(
    failures: pd.DataFrame,
    shown: pd.DataFrame,
    *,
    categories: Sequence[str],
    judges: Sequence[str],
    level: float,
) -> pd.DataFrame:
    """Return the shares of all runs with a sample, corrected by the judges that count less.

    Args:
        failures: All verdicts, see ``generator.stats.tables``.
        shown: The verdicts that count: of each run with a sample, those of the sample.
        categories: Categories asked for.
        judges: Judges, the one that counts most first.
        level: Confidence level in (0, 1).

    Returns:
        One row per run with a sample and category: benchmark, model, and the columns of
        :func:`prediction_powered`. A run of which no other judge saw all is left out.

    Source:
        As :func:`prediction_powered`.
    """
    frames = []
    run = ["benchmark", "model"]
    sampled = shown[shown["weight"].notna()]
    # Places and not the rows of every run: those would be all verdicts once more in memory.
    every = failures.groupby(run, observed=True).indices if len(sampled) else {}
    for key, sample in sampled.groupby(run, observed=True):
        rows = failures.iloc[every[key]]
        others = settled(rows[~rows["judge"].isin(sample["judge"].unique())], judges)
        said = cells(others).set_axis(others["item_id"])
        if not sample["item_id"].isin(said.index).all():
            continue
        labelled = pd.DataFrame(
            {
                "known": cells(sample),
                "said": sample["item_id"].map(said),
                "weight": sample["weight"],
            }
        )
        found = prediction_powered(labelled, said, categories, level)
        frames.append(found.assign(benchmark=str(key[0]), model=str(key[1])))
    columns = [*run, *CORRECTED_COLUMNS]
    return (
        pd.concat(frames, ignore_index=True)[columns] if frames else pd.DataFrame(columns=columns)
    )


def rogan_gladen(rows: pd.DataFrame, level: float) -> pd.DataFrame:
    """Return shares of one category corrected for a judge's sensitivity and specificity.

    For where nothing of the failures themselves is known, and how the judge errs was found on other
    failures. It holds as far as the judge errs alike on both.

    Args:
        rows: One row per share: said, of (failures that the judge gave the category, of how many),
            found, positive (of so many failures known to be of it, the judge found so many),
            cleared, negative (of so many known to be of another, it gave so many another).
        level: Confidence level in (0, 1).

    Returns:
        By the same index: corrected, low, high; all missing where the judge does no better than
        chance (sensitivity and specificity sum to at most 1).

    Source:
        Rogan and Gladen (1978), Am. J. Epidemiology 107, 71-76; the interval, which carries the
        uncertainty of all three shares: Lang and Reiczigel (2014), Preventive Veterinary Medicine
        113, 13-22.
    """
    z = NormalDist().inv_cdf((1 + level) / 2)
    raw = {
        "apparent": rows["said"] / rows["of"],
        "sensitivity": rows["found"] / rows["positive"],
        "specificity": rows["cleared"] / rows["negative"],
    }
    better = raw["sensitivity"] + raw["specificity"] - 1
    corrected = ((raw["apparent"] + raw["specificity"] - 1) / better).clip(0, 1)
    # Drawn a little to the middle, all three: an interval about rare kinds holds only then.
    n, positive, negative = rows["of"] + z**2, rows["positive"] + 2, rows["negative"] + 2
    apparent = (rows["said"] + z**2 / 2) / n
    sensitivity, specificity = (rows["found"] + 1) / positive, (rows["cleared"] + 1) / negative
    reach = sensitivity + specificity - 1
    middle = (apparent + specificity - 1) / reach
    missed = sensitivity * (1 - sensitivity) / positive
    mistaken = specificity * (1 - specificity) / negative
    spread = apparent * (1 - apparent) / n + middle**2 * missed + (1 - middle) ** 2 * mistaken
    shift = 2 * z**2 * (middle * missed - (1 - middle) * mistaken)
    error = z * spread**0.5 / reach
    ends = {"low": middle + shift - error, "high": middle + shift + error}
    made = pd.DataFrame({"corrected": corrected, **ends}).clip(0, 1)
    return made.where((better > 0) & (reach > 0))
