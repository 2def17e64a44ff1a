"""What is known of the judges of the Atlas: agreement with others, and coverage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from generator.records.judges import PERSON, ordered
from generator.stats.agreement import Compared, compare, pairs
from generator.stats.splits import Splits, by_split
from generator.stats.tables import Tables, settled

CORRECTION_COLUMNS = ("benchmark", "judge", "corrected", "other")
COVERAGE_COLUMNS = ("benchmark", "failures", "spoke")


@dataclass(frozen=True)
class Trust:
    """One judge, held against everything that is known."""

    judge: str
    """Name of the judge."""
    annotated: Compared | None
    """Against the judges that count more, on failures drawn at random; None without any."""
    labelled: Compared | None
    """Against labels: causes that were planted, or agreed on; None without any."""
    splits: Mapping[str, Splits]
    """By benchmark with labels: the same on its parts, where it has parts."""
    coverage: pd.DataFrame
    """One row per benchmark: benchmark; failures looked at, spoke (int)."""


def trust(tables: Tables, judges: Sequence[str], level: float) -> tuple[Trust, ...]:
    """Hold every judge against what is known; those of which nothing is known are left out.

    Args:
        tables: Verdicts, samples and labels of the Atlas.
        judges: Judges, the one that counts most first.
        level: Confidence level of the intervals.

    Source:
        As :func:`generator.stats.agreement.score`.
    """
    spoke = ordered(judges, measuring(tables.failures)["judge"].unique())
    made = (trust_of(tables, judges, judge, level) for judge in spoke)
    return tuple(one for one in made if one.annotated or one.labelled)


def trust_of(tables: Tables, judges: Sequence[str], judge: str, level: float) -> Trust:
    """Hold one judge against what is known.

    On a failure of a sample, what is known is the verdict of the first judge in the order that
    counts more than this one; a judge outside the order counts least.

    Source:
        As :func:`generator.stats.agreement.score`.
    """
    own = tables.failures[tables.failures["judge"] == judge]
    sampled = measuring(tables.failures[tables.failures["weight"].notna()])
    order = ordered(judges, tables.failures["judge"].unique())
    above = settled(sampled, order[: order.index(judge)] if judge in order else order)
    above = above[above["status"] != "no_verdict"]
    drawn, told = pairs(own, above), pairs(own, tables.labels)
    others = ", ".join(sorted(above["judge"].unique()))
    return Trust(
        judge=judge,
        annotated=compare(drawn, level, others) if len(drawn) else None,
        labelled=compare(told, level, "labels") if len(told) else None,
        splits=by_split(own, tables.labels, tables.items, level),
        coverage=_coverage(own),
    )


def measuring(failures: pd.DataFrame) -> pd.DataFrame:
    """Return what judges said, without corrections: those failures were chosen, not drawn."""
    told = failures["judge"] != PERSON
    return failures if told.all() else failures[told]  # a copy of all would take much memory


def corrections(failures: pd.DataFrame, judges: Sequence[str]) -> pd.DataFrame:
    """Count the verdicts that a person corrected, by benchmark and by the judge that counted.

    Args:
        failures: One row per failure and judge.
        judges: Judges, the one that counts most first.

    Returns:
        A row each: benchmark, judge; corrected, other (int): those given another cause.
    """
    place = ["benchmark", "model", "item_id"]
    said = [*place, "judge", "status", "attribution", "category"]
    persons = settled(failures, [PERSON])[said]
    others = measuring(failures)
    others = others[others["item_id"].isin(persons["item_id"])]
    before = settled(others, [name for name in judges if name != PERSON])[said]
    both = persons.merge(before, on=place, suffixes=("_person", ""))
    cause = ["status", "attribution", "category"]
    kept = (
        both[cause].fillna("").to_numpy()
        == both[[f"{one}_person" for one in cause]].fillna("").to_numpy()
    )
    marked = both.assign(other=~kept.all(axis=1))
    counted = marked.groupby(["benchmark", "judge"], observed=True)["other"]
    frame: pd.DataFrame = counted.agg(["size", "sum"]).astype(int).reset_index()
    return frame.set_axis(list(CORRECTION_COLUMNS), axis=1)


def _coverage(own: pd.DataFrame) -> pd.DataFrame:
    """Count on how many failures of each benchmark a judge spoke."""
    spoke = (own["status"] == "verdict").astype(int)
    grouped = spoke.groupby(own["benchmark"], observed=True).agg(["size", "sum"])
    frame: pd.DataFrame = grouped.reset_index()
    return frame.set_axis(list(COVERAGE_COLUMNS), axis=1)
