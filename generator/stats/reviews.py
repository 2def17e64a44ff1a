"""What a change of the content does to the numbers: runs, counts, shares that move."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.intake.scope import Scope
from generator.records.keys import RunKey
from generator.records.review import (
    MOST_RUNS,
    MOST_SHARES,
    MOST_SHIFTS,
    Interval,
    ReviewedCount,
    ReviewedRun,
    ReviewedShare,
    ReviewedShift,
)
from generator.stats.atlas import AtlasNumbers
from generator.stats.compositions import Composition
from generator.stats.tables import records
from generator.store.content import Content
from generator.taxonomy.tree import name_of

NOTICED = 0.001
"""Change of a share from which it is told: a tenth of a point."""


class Side(NamedTuple):
    """An Atlas before or after."""

    content: Content
    numbers: AtlasNumbers


def reviewed_runs(after: Side, scope: Scope) -> tuple[tuple[ReviewedRun, ...], int]:
    """Return the first runs that a change touches, and how many there are."""
    layout = after.content.layout
    touched = [
        key
        for key in after.content.runs
        if scope.touches(layout.name(layout.run(*key).parent))
        or scope.holds(layout.name(layout.verdicts(*key)))
    ]
    return tuple(_run(after, key) for key in touched[:MOST_RUNS]), len(touched)


def _run(side: Side, key: RunKey) -> ReviewedRun:
    numbers = side.numbers
    attempts = numbers.attempts
    rows = records(attempts[(attempts["benchmark"] == key[0]) & (attempts["model"] == key[1])])
    row = rows[0] if rows else {"attempted": 0, "failed": 0}
    own, pool = numbers.primary.get(key), numbers.pool.get(key)
    accuracy = None
    if row["attempted"]:
        accuracy = Interval(
            share=float(row["accuracy"]), low=float(row["low"]), high=float(row["high"])
        )
    return ReviewedRun(
        benchmark=key[0],
        model=key[1],
        attempted=int(row["attempted"]),
        failed=int(row["failed"]),
        accuracy=accuracy,
        looked_at=own.looked_at if own else 0,
        classified=own.classified if own else 0,
        pool=pool.classified if pool else 0,
        shares=tuple(_shares(side.content, own, pool)) if own else (),
    )


def _shares(
    content: Content, own: Composition, pool: Composition | None
) -> Iterator[ReviewedShare]:
    beside = {row["category"]: row for row in records(pool.shares)} if pool else {}
    rows = [row for row in records(own.shares) if row["count"]]
    rows.sort(key=lambda row: (-row["share"], row["category"]))
    for row in rows[:MOST_SHARES]:
        other = beside.get(row["category"]) if pool and pool.classified else None
        yield ReviewedShare(
            category=_named(content, row["category"]),
            own=_interval(row),
            pool=_interval(other) if other else None,
        )


def _interval(row: dict[str, float]) -> Interval:
    return Interval(share=float(row["share"]), low=float(row["low"]), high=float(row["high"]))


def _named(content: Content, category: str) -> str:
    return f"{category} {name_of(content.taxonomy, category)}"


def reviewed_counts(before: Side | None, after: Side) -> tuple[ReviewedCount, ...]:
    """Return what there is of each kind, before and after."""
    earlier = _counts(before) if before else {}
    return tuple(
        ReviewedCount(what=what, before=earlier.get(what, 0), after=number)
        for what, number in _counts(after).items()
    )


def _counts(side: Side) -> dict[str, int]:
    content, numbers = side
    return {
        "models": len(content.models),
        "benchmarks": len(content.benchmarks),
        "runs": len(content.runs),
        "predictions": int(numbers.attempts["attempted"].sum()),
        "failures": int(numbers.attempts["failed"].sum()),
        "failures with a verdict": int((numbers.settled["status"] == "verdict").sum()),
    }


def reviewed_shifts(before: Side | None, after: Side) -> tuple[tuple[ReviewedShift, ...], int]:
    """Return the shares of benchmarks that move most, and how many move enough to be told."""
    moved = sorted(
        _moved(before, after) if before else (),
        key=lambda shift: (-abs(shift.after - shift.before), shift.benchmark, shift.category),
    )
    return tuple(moved[:MOST_SHIFTS]), len(moved)


def _moved(before: Side, after: Side) -> Iterable[ReviewedShift]:
    for benchmark, now in after.numbers.benchmarks.items():
        then = before.numbers.benchmarks.get(benchmark)
        if then is None or not then.classified or not now.classified:
            continue
        earlier = {row["category"]: float(row["share"]) for row in records(then.shares)}
        for row in records(now.shares):
            share, past = float(row["share"]), earlier.get(row["category"], 0.0)
            if abs(share - past) >= NOTICED:
                yield ReviewedShift(
                    benchmark=benchmark,
                    category=_named(after.content, row["category"]),
                    before=past,
                    after=share,
                    n_before=then.classified,
                    n_after=now.classified,
                )
