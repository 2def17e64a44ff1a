"""What is computed of each benchmark by itself, and kept for the next build until that changes."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from generator.stats.benchmarks import Anatomy, anatomy
from generator.stats.pairwise import Pairwise, pairwise
from generator.stats.suspects import suspects
from generator.stats.tables import Tables
from generator.stats.trust import measuring
from generator.stats.vectors import Vector, vectors
from generator.store.kept import kept
from generator.store.memory import give_back


class OfBenchmark(NamedTuple):
    """What is computed of one benchmark."""

    anatomy: Anatomy | None
    """Which items are failed, by whom and in what way; None where no answers or failures are known
    that it could be told from."""
    suspects: pd.DataFrame | None
    """Items whose reference may be wrong; None where there is no anatomy."""
    vectors: tuple[Vector, ...]
    """What became of its items, run by run."""
    pairwise: tuple[Pairwise, ...]
    """How often any two judges say the same of its failures."""


def by_benchmark(
    tables: Tables,
    shown: pd.DataFrame,
    categories: Sequence[str],
    judges: Sequence[str],
    level: float,
    *,
    delivery: Sequence[str] = (),
    seed: int = 0,
) -> dict[str, OfBenchmark]:
    """Return what is computed of each benchmark; one at a time is taken out of the tables.

    Args:
        tables: Everything known.
        shown: The failures that shares rest on, see :func:`generator.stats.atlas.primary_rows`.
        categories: Category ids in the order of the taxonomy.
        judges: Judges in the order in which they count.
        level: Confidence level of the intervals.
        delivery: Categories about what came out, not about what was worked out.
        seed: Of everything drawn at random.

    Source:
        As the functions behind each field of ``OfBenchmark``.
    """
    whole = (tables.answers, tables.items, tables.failures, shown)
    places = [table.groupby("benchmark", observed=True).indices for table in whole]
    found = {}
    for benchmark in sorted({str(name) for name in (*places[0], *places[2])}):
        # Rows of their own numbers: what is known of it is the same whatever others have.
        parts = (
            table.iloc[place.get(benchmark, [])].reset_index(drop=True)
            for table, place in zip(whole, places, strict=True)
        )
        found[benchmark] = _computed(
            _Known(*parts),
            categories=tuple(categories),
            delivery=tuple(delivery),
            judges=tuple(judges),
            level=level,
            seed=seed,
        )
        give_back()
    return found


class _Known(NamedTuple):
    """What is known of one benchmark."""

    answers: pd.DataFrame
    """What its items were answered with."""
    items: pd.DataFrame
    """Its wordings."""
    spoken: pd.DataFrame
    """What every judge said of its failures."""
    shown: pd.DataFrame
    """The failures that its shares rest on."""


@kept
def _computed(
    known: _Known,
    *,
    categories: tuple[str, ...],
    delivery: tuple[str, ...],
    judges: tuple[str, ...],
    level: float,
    seed: int,
) -> OfBenchmark:
    """Compute what is told of one benchmark."""
    answers, items, spoken, shown = known
    own, suspicious = None, None
    if len(answers) and len(shown):
        own = anatomy(
            answers,
            items,
            shown,
            categories=categories,
            delivery=delivery,
            level=level,
            seed=seed,
        )
        suspicious = suspects(answers, items, spoken, judges, level)
    return OfBenchmark(
        own,
        suspicious,
        vectors(answers, items, spoken, shown, categories),
        pairwise(measuring(spoken), judges, level),
    )
