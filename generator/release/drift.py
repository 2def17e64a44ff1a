"""Two editions held against each other, from their packages alone: what changed, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import pandas as pd

from generator.records.release import Release
from generator.release.reading import categories_of, release_of, row_table, text_table
from generator.release.rows import ATTEMPTS, VERDICTS
from generator.release.tables import settings_of
from generator.stats.published import Settings, published
from generator.stats.tables import FAILURE_COLUMNS

Why = Literal["runs", "method", "verdicts", "items"]
"""``runs``: other runs are counted; ``method``: another taxonomy, other judges, or another version
of one; ``verdicts``: the same judges said otherwise of the same failures; ``items``: other
predictions of the same runs."""

REASONS: dict[Why, str] = {
    "runs": "runs were added or taken out",
    "items": "predictions of runs that stayed were added, taken out or scored otherwise",
    "method": "the taxonomy or the judges are others",
    "verdicts": "verdicts on the same failures were corrected",
}
"""The reasons in words, what is about models before what is about our method."""
_PLACE = ["benchmark", "model", "item_id", "judge"]
_SAID = ["status", "attribution", "category", "weight"]


class Listed(NamedTuple):
    """What came and what went."""

    added: tuple[str, ...]
    """In the later edition alone."""
    gone: tuple[str, ...]
    """In the earlier one alone."""


class Moved(NamedTuple):
    """A share whose value in each edition lies outside of its interval in the other."""

    benchmark: str
    """Benchmark."""
    model: str
    """Model; empty for all runs of the benchmark together."""
    category: str
    """Category."""
    before: tuple[float, float, float]
    """Share, low and high in the earlier edition."""
    after: tuple[float, float, float]
    """The same in the later one."""
    n: tuple[int, int]
    """Failures that they are shares of."""
    of_models: float
    """By how much the rest of the way moves it: other runs and other failures."""
    of_method: float
    """By how much it moves if the later edition judges the failures of the earlier one."""
    why: tuple[Why, ...]
    """What changed beneath it."""


@dataclass(frozen=True)
class Drift:
    """What changed from one edition to another."""

    old: str
    """Version of the earlier edition."""
    new: str
    """Version of the later one."""
    models: Listed
    """Models with a run."""
    benchmarks: Listed
    """Benchmarks with a run."""
    runs: Listed
    """Runs."""
    categories: Listed
    """Categories: added, and retired."""
    taxonomy: tuple[str, str]
    """Versions of the taxonomy."""
    judges: Listed
    """Judges in their versions."""
    corrected: int
    """Failures of both editions on which a judge of both says otherwise now."""
    compared: int
    """Shares that both editions publish."""
    moved: tuple[Moved, ...]
    """Those that moved beyond their intervals."""


class Side(NamedTuple):
    """One edition."""

    release: Release
    """What was frozen."""
    settings: Settings
    """What its numbers depend on beside the rows."""
    verdicts: pd.DataFrame
    """Verdicts."""
    attempts: pd.DataFrame
    """Attempts."""


def side(files: Mapping[str, bytes]) -> Side:
    """Return an edition from the files of its package.

    Raises:
        InputError: They are not those of a package.
    """
    release = release_of(files)
    categories = categories_of(text_table(files, "taxonomy"))
    return Side(
        release,
        settings_of(release, categories),
        row_table(files, "verdicts", VERDICTS),
        row_table(files, "attempts", ATTEMPTS),
    )


def drift(old: Side, new: Side) -> Drift:
    """Return what changed from one edition to another."""
    changed = _corrected(old, new)
    shares = [_shares(one) for one in (old, new)]
    middle = _shares(_judged_anew(old, new))
    both = shares[0].index.intersection(shares[1].index)
    beyond = [key for key in both if _beyond(shares[0].loc[key], shares[1].loc[key])]
    reasons = {
        place: _why(old, new, *place, changed) for place in {(key[0], key[1]) for key in beyond}
    }
    moved = [
        _moved(key, (shares[0].loc[key], shares[1].loc[key]), middle, reasons[key[0], key[1]])
        for key in beyond
    ]
    runs = [{f"{run.benchmark}/{run.model}" for run in one.release.runs} for one in (old, new)]
    return Drift(
        old=old.release.version,
        new=new.release.version,
        models=_listed(*({name.partition("/")[2] for name in one} for one in runs)),
        benchmarks=_listed(*({name.partition("/")[0] for name in one} for one in runs)),
        runs=_listed(*runs),
        categories=_listed(set(old.settings.categories), set(new.settings.categories)),
        taxonomy=(old.release.taxonomy, new.release.taxonomy),
        judges=_listed(*(set(_judges(one)) for one in (old, new))),
        corrected=len(changed),
        compared=len(both),
        moved=tuple(moved),
    )


def _listed(before: set[str], after: set[str]) -> Listed:
    return Listed(tuple(sorted(after - before)), tuple(sorted(before - after)))


def _judges(one: Side) -> Sequence[str]:
    """Return who judged, in which version, prompt and taxonomy."""
    return [
        f"{judge.name} {judge.version} ({judge.prompt_hash[:8] or 'no prompt'})"
        for judge in one.release.spoke
    ]


def _shares(one: Side) -> pd.DataFrame:
    """Return the shares of an edition by benchmark, model (empty for all) and category."""
    found = published(one.verdicts[list(FAILURE_COLUMNS)], one.attempts, one.settings)
    own = found.shares_by_run[found.shares_by_run["numbers"] == "primary"]
    stacked = pd.concat([own, found.shares_by_benchmark.assign(model="")], ignore_index=True)
    return stacked.set_index(["benchmark", "model", "category"])[["n", "share", "low", "high"]]


def _judged_anew(old: Side, new: Side) -> Side:
    """Return the earlier edition with what the later one says of the failures of both."""
    place = ["benchmark", "model", "item_id"]
    shared = old.verdicts[place].drop_duplicates().merge(new.verdicts[place].drop_duplicates())
    known = old.verdicts.merge(shared, on=place, how="left", indicator=True)
    kept = known[known["_merge"] == "left_only"].drop(columns="_merge")
    anew = new.verdicts.merge(shared, on=place)
    return new._replace(verdicts=pd.concat([kept, anew], ignore_index=True), attempts=old.attempts)


def _corrected(old: Side, new: Side) -> pd.DataFrame:
    """Return the failures on which a judge of both editions says otherwise."""
    pairs = old.verdicts.merge(new.verdicts, on=_PLACE, suffixes=("", "_now"))
    same = pd.Series(data=True, index=pairs.index)
    for name in _SAID:
        one, other = pairs[name], pairs[f"{name}_now"]
        same &= (one == other) | (one.isna() & other.isna())
    return pairs.loc[~same, ["benchmark", "model", "item_id"]].drop_duplicates()


def _beyond(was: pd.Series, now: pd.Series) -> bool:
    """Tell whether each share lies outside of the interval of the other."""
    return bool(
        not was["low"] <= now["share"] <= was["high"]
        and not now["low"] <= was["share"] <= now["high"]
    )


def _moved(
    key: tuple[str, str, str],
    pair: tuple[pd.Series, pd.Series],
    middle: pd.DataFrame,
    why: tuple[Why, ...],
) -> Moved:
    """Return one share that moved, and by what."""
    benchmark, model, category = key
    was, now = pair
    # A run that no failure is left of in between did not move by being judged anew.
    step = float(middle["share"].get(key, was["share"]))
    return Moved(
        benchmark=benchmark,
        model=model,
        category=category,
        before=_ends(was),
        after=_ends(now),
        n=(int(was["n"]), int(now["n"])),
        of_models=float(now["share"]) - step,
        of_method=step - float(was["share"]),
        why=why,
    )


def _ends(row: pd.Series) -> tuple[float, float, float]:
    return float(row["share"]), float(row["low"]), float(row["high"])


def _why(
    old: Side, new: Side, benchmark: str, model: str, changed: pd.DataFrame
) -> tuple[Why, ...]:
    """Return what changed beneath a share."""

    def within(frame: pd.DataFrame) -> pd.DataFrame:
        inside = frame["benchmark"] == benchmark
        return frame[inside & (frame["model"] == model)] if model else frame[inside]

    runs = [
        {run.model for run in one.release.runs if run.benchmark == benchmark} for one in (old, new)
    ]
    tried = [within(one.attempts) for one in (old, new)]
    stayed = [part[part["model"].isin(runs[0] & runs[1])] for part in tried]
    items = [set(part[["model", "item_id", "failed"]].itertuples(index=False)) for part in stayed]
    found: dict[Why, bool] = {
        "runs": not model and runs[0] != runs[1],
        "items": items[0] != items[1],
        "method": old.release.taxonomy != new.release.taxonomy
        or old.release.judges != new.release.judges
        or _identities(within(old.verdicts)) != _identities(within(new.verdicts)),
        "verdicts": len(within(changed)) > 0,
    }
    return tuple(reason for reason in REASONS if found[reason])


def _identities(verdicts: pd.DataFrame) -> set[tuple[str, ...]]:
    named = verdicts[["judge", "judge_version", "prompt_hash", "taxonomy"]].drop_duplicates()
    return set(named.astype(str).itertuples(index=False, name=None))
