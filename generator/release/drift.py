"""Two editions held against each other, from their rows alone: what changed, and why."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from generator.records.changes import OF_METHOD, OF_MODELS, Changes, Estimate, Listed, Moved, Why
from generator.records.judges import PERSON
from generator.records.release import Release
from generator.records.taxonomy import Meaning
from generator.release.meant import meant, reworded
from generator.release.reading import categories_of, release_of, row_table, text_table
from generator.release.rows import ATTEMPTS, VERDICTS
from generator.release.tables import settings_of
from generator.stats.published import Settings, published
from generator.stats.tables import FAILURE_COLUMNS

KEPT = 500
"""Shares that moved which a record keeps; a comparison has all of them."""
_DIGITS = 6
"""Decimals of a share in a record."""
_LEAST = 1e-6
"""A part of the way that is shorter than this is none."""
_FAILURE = ["benchmark", "model", "item_id"]
_VERSION = ["judge", "judge_version", "prompt_hash"]
_SHOWN = ["n", "share", "low", "high", "basis"]
_SAID = ["status", "attribution", "category", "weight"]


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
    planted: frozenset[str] = frozenset()
    """Benchmarks whose systems are programs with planted faults."""
    meanings: tuple[Meaning, ...] = ()
    """What the ids of its taxonomy mean."""


def side(files: Mapping[str, bytes]) -> Side:
    """Return an edition from the files of its package.

    Raises:
        InputError: They are not those of a package.
    """
    release = release_of(files)
    categories = categories_of(text_table(files, "taxonomy"))
    benchmarks = text_table(files, "benchmarks")
    synthetic = benchmarks.get("synthetic", pd.Series("", index=benchmarks.index)) == "true"
    return Side(
        release,
        settings_of(release, categories),
        row_table(files, "verdicts", VERDICTS),
        row_table(files, "attempts", ATTEMPTS),
        frozenset(map(str, benchmarks.loc[synthetic, "benchmark"])),
        meant(files),
    )


def drift(old: Side, new: Side) -> Changes:
    """Return what changed from one edition to another, with every share that moved."""
    changed = _corrected(old, new)
    shares = [_shares(one) for one in (old, new)]
    middle = _shares(_judged_anew(old, new))
    both = shares[0].index.intersection(shares[1].index)
    beyond = [key for key in both if _beyond(shares[0].loc[key], shares[1].loc[key])]
    reasons = {
        place: _changed(old, new, *place, changed) for place in {(key[0], key[1]) for key in beyond}
    }
    moved = [
        _moved(
            key,
            (shares[0].loc[key], shares[1].loc[key]),
            middle,
            reasons[key[0], key[1]],
            planted=key[0] in new.planted,
        )
        for key in beyond
    ]
    moved.sort(key=lambda one: -abs(one.after.share - one.before.share))
    runs = [{f"{run.benchmark}/{run.model}" for run in one.release.runs} for one in (old, new)]
    return Changes(
        since=old.release.version,
        models=_listed(*({name.partition("/")[2] for name in one} for one in runs)),
        benchmarks=_listed(*({name.partition("/")[0] for name in one} for one in runs)),
        runs=_listed(*runs),
        categories=_listed(set(old.settings.categories), set(new.settings.categories)),
        meanings=reworded(old.meanings, new.meanings),
        taxonomy=old.release.taxonomy,
        judges=_listed(*(set(_judges(one)) for one in (old, new))),
        corrected=len(changed),
        compared=len(both),
        beyond=len(moved),
        moved=tuple(moved),
    )


def frozen(changes: Changes) -> Changes:
    """Return changes as a record keeps them: those that moved farthest."""
    return changes.model_copy(update={"moved": changes.moved[:KEPT]})


def _listed(before: set[str], after: set[str]) -> Listed:
    return Listed(added=tuple(sorted(after - before)), gone=tuple(sorted(before - after)))


def _judges(one: Side) -> Sequence[str]:
    """Return who judged, in which version and prompt."""
    return [
        f"{judge.name} {judge.version} ({judge.prompt_hash[:8] or 'no prompt'})"
        for judge in one.release.spoke
    ]


def _shares(one: Side) -> pd.DataFrame:
    """Return the shares of an edition by benchmark, model (empty for all) and category."""
    found = published(one.verdicts[list(FAILURE_COLUMNS)], one.attempts, one.settings)
    own = found.shares_by_run[found.shares_by_run["numbers"] == "primary"]
    stacked = pd.concat([own, found.shares_by_benchmark.assign(model="")], ignore_index=True)
    return stacked.set_index(["benchmark", "model", "category"])[_SHOWN]


def _judged_anew(old: Side, new: Side) -> Side:
    """Return the earlier edition with what the later one says of the failures of both."""
    shared = (
        old.verdicts[_FAILURE].drop_duplicates().merge(new.verdicts[_FAILURE].drop_duplicates())
    )
    known = old.verdicts.merge(shared, on=_FAILURE, how="left", indicator=True)
    kept = known[known["_merge"] == "left_only"].drop(columns="_merge")
    anew = new.verdicts.merge(shared, on=_FAILURE)
    return new._replace(verdicts=pd.concat([kept, anew], ignore_index=True), attempts=old.attempts)


def _corrected(old: Side, new: Side) -> pd.DataFrame:
    """Return the failures on which a judge of both, or a person, says otherwise."""
    who = [*_FAILURE, *_VERSION, "taxonomy"]
    pairs = old.verdicts[[*who, *_SAID]].merge(
        new.verdicts[[*who, *_SAID]],
        on=who,
        how="outer",
        suffixes=("", "_now"),
        indicator=True,
    )
    same = pd.Series(data=True, index=pairs.index)
    for name in _SAID:
        one, other = pairs[name], pairs[f"{name}_now"]
        same &= (one == other) | (one.isna() & other.isna())
    # What a retired category counts as now was said by the taxonomy.
    same |= pairs["category"].notna() & ~pairs["category"].isin(new.settings.categories)
    both = pairs["_merge"] == "both"
    # A person speaks on what was wrong: a word more, or one taken back, is a correction.
    found = pairs.loc[~same & (both | (pairs["judge"] == PERSON)), _FAILURE].drop_duplicates()
    for each in (old, new):
        found = found.merge(each.verdicts[_FAILURE].drop_duplicates(), on=_FAILURE)
    return found


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
    changed: set[Why],
    *,
    planted: bool,
) -> Moved:
    """Return one share that moved, and by what."""
    benchmark, model, category = key
    was, now = pair
    # A run that no failure is left of in between did not move by being judged anew.
    step = float(middle["share"].get(key, was["share"]))
    of_method, of_models = step - float(was["share"]), float(now["share"]) - step
    why = [
        reason
        for part, reasons in ((of_models, OF_MODELS), (of_method, OF_METHOD))
        for reason in reasons
        if reason in changed and abs(part) > _LEAST
    ]
    return Moved(
        benchmark=benchmark,
        model=model or None,
        category=category,
        population="planted" if planted else "annotated" if now["basis"] == "sample" else "all",
        before=_estimate(was),
        after=_estimate(now),
        of_method=round(of_method, _DIGITS),
        of_models=round(of_models, _DIGITS),
        why=tuple(why),
    )


def _estimate(row: pd.Series) -> Estimate:
    share, low, high = (round(float(row[name]), _DIGITS) for name in ("share", "low", "high"))
    return Estimate(share=share, low=low, high=high, n=int(row["n"]))


def _changed(old: Side, new: Side, benchmark: str, model: str, changed: pd.DataFrame) -> set[Why]:
    """Return what changed beneath the shares of a run, or of a benchmark."""

    def within(frame: pd.DataFrame) -> pd.DataFrame:
        inside = frame["benchmark"] == benchmark
        return frame[inside & (frame["model"] == model)] if model else frame[inside]

    texts = [
        {
            run.model: run.text
            for run in one.release.runs
            if run.benchmark == benchmark and model in {"", run.model}
        }
        for one in (old, new)
    ]
    stayed = texts[0].keys() & texts[1].keys()
    tried = [within(one.attempts) for one in (old, new)]
    items = [
        set(part.loc[part["model"].isin(stayed), ["model", "item_id", "failed"]].itertuples(False))
        for part in tried
    ]
    spoken = [within(one.verdicts[one.verdicts["judge"] != PERSON]) for one in (old, new)]
    found: dict[Why, bool] = {
        "runs": texts[0].keys() != texts[1].keys(),
        "items": items[0] != items[1] or any(texts[0][name] != texts[1][name] for name in stayed),
        "taxonomy": old.release.taxonomy != new.release.taxonomy
        or _kinds(spoken[0], ["taxonomy"]) != _kinds(spoken[1], ["taxonomy"]),
        "judges": old.release.judges != new.release.judges
        or _kinds(spoken[0], _VERSION) != _kinds(spoken[1], _VERSION),
        "verdicts": len(within(changed)) > 0,
    }
    return {reason for reason, holds in found.items() if holds}


def _kinds(verdicts: pd.DataFrame, columns: list[str]) -> set[tuple[str, ...]]:
    named = verdicts[columns].drop_duplicates()
    return set(named.astype(str).itertuples(index=False, name=None))
