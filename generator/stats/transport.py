"""Shares of runs that rules alone judged, corrected by how rules erred on samples of others.

That rules err alike on different models is an assumption, so it is tried before it is used: each
run with a sample is taken for one without, and its corrected share held against its sample.
"""

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from generator.stats.compositions import Composition
from generator.stats.correction import rogan_gladen
from generator.stats.differences import independent_difference
from generator.stats.precision import cells

FEWEST_RUNS = 5
"""Runs with a sample on which it must have been tried."""
FEWEST_FOUND = 5
"""Failures known to be of a category, in all samples, that rules must have found."""
LEAST_HELD = 0.9
"""Share of the trials in which the sample must not contradict the corrected share."""

RULES = "rules"
RunKey = tuple[str, str]
TRIAL_COLUMNS = (
    "benchmark",
    "category",
    "found",
    "positive",
    "cleared",
    "negative",
    "runs",
    "held",
)
CARRIED_COLUMNS = (
    "benchmark", "model", "category", "judged", "corrected", "low", "high", "found", "positive",
    "runs", "held",
)  # fmt: skip
_SPAN = ["share", "low", "high"]


def trials(
    failures: pd.DataFrame,
    shown: Mapping[RunKey, pd.DataFrame],
    primary: Mapping[RunKey, Composition],
    *,
    categories: Sequence[str],
    level: float,
) -> pd.DataFrame:
    """Return how often a share corrected by the errors on other models agrees with the sample.

    Args:
        failures: All verdicts, see ``generator.stats.tables``.
        shown: The failures that each run is described by.
        primary: What they are made of.
        categories: Categories asked for.
        level: Confidence level of both intervals.

    Returns:
        One row per benchmark with samples and category: benchmark, category; over all its samples
        found of positive (failures known to be of it, and those of them that rules found) and
        cleared of negative (those known to be anything else, and those of them that rules did
        not take for it); runs (in which it could be tried) and held of these (where the interval
        of the difference of the two shares has 0 in it).

    Source:
        As :func:`carried`.
    """
    from_sample = {key for key, part in primary.items() if part.basis == "sample"}
    rules = _of_rules(failures, from_sample)
    frames = []
    sampled = [
        key
        for key in primary
        if key in rules and shown[key]["item_id"].isin(rules[key].index).all()
    ]
    for benchmark in sorted({name for name, _ in sampled}):
        runs = [key for key in sampled if key[0] == benchmark]
        errors = {key: _errors(shown[key], rules[key], categories) for key in runs}
        whole = pd.concat(errors.values()).groupby(level=0).sum().loc[list(categories)]
        made = []
        for key in runs:
            others = whole - errors[key]
            estimate = rogan_gladen(_asked(rules[key], others), level)
            shares = primary[key].shares.set_index("category")
            sample = shares[["share_of_all", "low_of_all", "high_of_all"]].set_axis(_SPAN, axis=1)
            apart = independent_difference(estimate.set_axis(_SPAN, axis=1), sample)
            known = estimate["low"].notna()
            held = known & (apart["low"] <= 0) & (apart["high"] >= 0)
            made.append(pd.DataFrame({"runs": known.astype(int), "held": held.astype(int)}))
        tried = pd.concat(made).groupby(level=0).sum()
        frames.append(whole.join(tried).assign(benchmark=benchmark).reset_index(names="category"))
    if not frames:
        return pd.DataFrame(columns=list(TRIAL_COLUMNS))
    return pd.concat(frames, ignore_index=True)[list(TRIAL_COLUMNS)]


def carried(
    failures: pd.DataFrame,
    tried: pd.DataFrame,
    primary: Mapping[RunKey, Composition],
    *,
    level: float,
) -> pd.DataFrame:
    """Return shares of runs without a sample, as they are if rules err on them as on the others.

    Only for categories of which enough was found in samples, and for which the trials held.

    Args:
        failures: All verdicts.
        tried: Rows of :func:`trials`.
        primary: What the failures of each run are made of.
        level: Confidence level in (0, 1).

    Returns:
        One row per run and category: benchmark, model, category; judged (share of all failures
        that rules give it), corrected, low, high (of the same); found, positive, runs, held as in
        ``tried``. Runs and categories of which nothing can be said are left out.

    Source:
        As :func:`generator.stats.correction.rogan_gladen`.
    """
    good = tried[
        (tried["found"] >= FEWEST_FOUND)
        & (tried["runs"] >= FEWEST_RUNS)
        & (tried["held"] >= LEAST_HELD * tried["runs"])
    ]
    held = set(good["benchmark"])
    alone = [
        key
        for key, part in sorted(primary.items())
        if key[0] in held and part.basis == "all" and part.judges == (RULES,)
    ]
    rules = _of_rules(failures, set(alone))
    frames = []
    for benchmark, rows in good.groupby("benchmark", observed=True):
        known = rows.set_index("category")
        for name, model in alone:
            if name != benchmark:
                continue
            asked = _asked(rules[name, model], known)
            made = rogan_gladen(asked, level).assign(judged=asked["said"] / asked["of"])
            made = made.join(known[["found", "positive", "runs", "held"]])
            narrow = made[made["high"] - made["low"] < 1]
            named = narrow.assign(benchmark=name, model=model).rename_axis("category")
            frames.append(named.reset_index()[list(CARRIED_COLUMNS)])
    empty = pd.DataFrame(columns=list(CARRIED_COLUMNS))
    return pd.concat(frames, ignore_index=True) if frames else empty


def _of_rules(failures: pd.DataFrame, runs: Collection[RunKey]) -> dict[RunKey, pd.Series]:
    """Return what rules say of every failure of some runs, by item."""
    if not runs:
        return {}
    rows = failures[failures["judge"] == RULES]
    said = cells(rows).set_axis(rows["item_id"])
    places = rows.groupby(["benchmark", "model"], observed=True).indices
    found = {(str(key[0]), str(key[1])): at for key, at in places.items()}  # type: ignore[index]
    return {key: said.iloc[at] for key, at in found.items() if key in runs}


def _errors(sample: pd.DataFrame, said: pd.Series, categories: Sequence[str]) -> pd.DataFrame:
    """Return found, positive, cleared and negative of a sample: one row per category."""
    known, heard = cells(sample), sample["item_id"].map(said)
    rows = [
        (
            ((known == name) & (heard == name)).sum(),
            (known == name).sum(),
            ((known != name) & (heard != name)).sum(),
            (known != name).sum(),
        )
        for name in categories
    ]
    columns = ["found", "positive", "cleared", "negative"]
    return pd.DataFrame(rows, index=pd.Index(categories), columns=columns)


def _asked(said: pd.Series, errors: pd.DataFrame) -> pd.DataFrame:
    """Return what :func:`rogan_gladen` asks for: of one run, one row per category."""
    counts = said.value_counts().reindex(errors.index, fill_value=0)
    return errors.assign(said=counts, of=len(said))
