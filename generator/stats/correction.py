"""Shares corrected for the errors of a judge that looked at all failures.

A judge that errs (the rules, say) spoke on every failure; a better one read a random sample of
them. The sample shows how the first errs, the first shows what the sample left to the draw.
"""

from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
import pandas as pd

from generator.stats.intervals import wilson_ends
from generator.stats.precision import cells
from generator.stats.tables import settled

HALF = 0.5
"""Failures added to either side of a share before its variance is taken (Jeffreys). Less makes the
intervals hold too seldom where the judge is good: all it names is then alike in a small sample."""

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
    shares, weighted by how often the judge names the category among all. The interval is Wilson's
    with as many failures as the variance of the estimate is worth, so that it holds in samples of
    some tens as well. Where the sample has no failure of one kind, the tuning is 0 and the sample
    speaks alone.

    Args:
        labelled: The sample, one row per failure: known, said (cells: a category or what else came
            of it), weight.
        judged: What the judge says of every failure, those of the sample included.
        categories: Categories asked for.
        level: Confidence level in (0, 1).

    Returns:
        One row per category: category; judged (share that the judge gives it), labelled (failures
        in the sample), tuning (0: the sample alone); raw (the sample's share), corrected, each with
        low and high. All are shares of all failures.

    Source:
        Angelopoulos, Bates, Fannjiang, Jordan and Zrnic (2023), Science 382, 669-674; the tuning:
        Angelopoulos, Duchi and Zrnic (2023), arXiv 2311.01453; the interval: Korn and Graubard
        (1998), Survey Methodology 24, 193-201.
    """
    left = 1 - len(labelled) / len(judged) if len(judged) else 1.0
    names = pd.Index(list(categories), name="category")
    often = judged.value_counts(normalize=True).reindex(names, fill_value=0.0)
    known, said = (labelled[column].to_numpy()[:, None] == names.to_numpy() for column in _BOTH)
    everywhere, named, unnamed = (
        _group(known, group, labelled["weight"], names, added=added, left=left, level=level)
        for group, added in ((np.ones_like(said), 0.0), (said, HALF), (~said, HALF))
    )
    told = (named["n"] > 0) & (unnamed["n"] > 0)
    parts = [(often, named), (1 - often, unnamed)]
    middle = sum((weight * part["share"] for weight, part in parts), often * 0.0)
    spread = sum((weight**2 * part["variance"] for weight, part in parts), often * 0.0)
    typical = sum((weight * part["smooth"] for weight, part in parts), often * 0.0)
    n = (typical * (1 - typical) / spread.where(spread > 0)).fillna(np.inf)
    ends = wilson_ends(middle, n, level)
    made = {
        "judged": often,
        "labelled": known.sum(axis=0),
        "tuning": (named["share"] - unnamed["share"]).where(told, 0.0),
        **everywhere[["share", "low", "high"]].set_axis(_RAW, axis=1),
        "corrected": middle.where(told, everywhere["share"]),
        "corrected_low": ends["low"].where(told, everywhere["low"]),
        "corrected_high": ends["high"].where(told, everywhere["high"]),
    }
    return pd.DataFrame(made, index=names).reset_index()


def _group(
    known: np.ndarray,
    group: np.ndarray,
    weights: pd.Series,
    names: pd.Index,
    *,
    added: float,
    left: float,
    level: float,
) -> pd.DataFrame:
    """Return the share of what is known in one part of the sample, category by category.

    Args:
        known: Whether a failure is known to be of a category, failures by categories.
        group: Which failures belong to the part, failures by categories.
        weights: Of the failures.
        names: Categories.
        added: Failures added to either side before the variance is taken.
        left: Share of all failures that are not in the sample.
        level: Confidence level.

    Returns:
        By category: share, low, high; n (effective); smooth, variance (of the share, not zero where
        all failures are alike).
    """
    weight = np.where(group, weights.to_numpy(float)[:, None], 0.0)
    total, squares = weight.sum(axis=0), (weight**2).sum(axis=0)
    some = total > 0
    share = pd.Series((weight * known).sum(axis=0) / np.where(some, total, 1.0), names)
    size = total**2 / np.where(some, squares, 1.0)
    n = pd.Series(np.where(some, size / left if left > 0 else np.inf, 0.0), names)
    # Of a handful of failures all may be alike: that is no proof that the next one will be.
    smooth = (share * size + added) / np.where(some, size + 2 * added, 1.0)
    variance = smooth * (1 - smooth) * left / np.where(some, size, 1.0)
    more = {"share": share, "n": n, "smooth": smooth, "variance": variance}
    return wilson_ends(share, n, level).assign(**more)


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
    every = dict(iter(failures.groupby(run, observed=True)))
    for key, sample in shown[shown["weight"].notna()].groupby(run, observed=True):
        rows = every[key]
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
