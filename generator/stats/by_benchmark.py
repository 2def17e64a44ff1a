"""What is computed of each benchmark by itself, and kept for the next build until that changes."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import pandas as pd

from generator.stats.benchmarks import Anatomy, anatomy
from generator.stats.pairwise import Pairwise, pairwise
from generator.stats.suspects import suspects
from generator.stats.tables import Tables
from generator.stats.trust import measuring
from generator.stats.vectors import Vector, vectors
from generator.store.kept import hashed, recalled
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
    told: str = ""
    """Hash of all that is known of it, and of the judges; empty where nothing is kept."""


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
            They follow from the tables and the judges, so the hash tells of these alone.
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
        known = _Known(*parts)
        settings = _Settings(tuple(categories), tuple(delivery), tuple(judges), level, seed)
        told = hashed((known[:-1], judges))
        made = recalled("benchmark", (told, settings), partial(_computed, known, settings))
        found[benchmark] = made._replace(told=told)
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


class _Settings(NamedTuple):
    """What is asked; see :func:`by_benchmark`."""

    categories: tuple[str, ...]
    delivery: tuple[str, ...]
    judges: tuple[str, ...]
    level: float
    seed: int


def _computed(known: _Known, asked: _Settings) -> OfBenchmark:
    """Compute what is told of one benchmark."""
    answers, items, spoken, shown = known
    own, suspicious = None, None
    if len(answers) and len(shown):
        own = anatomy(
            answers,
            items,
            shown,
            categories=asked.categories,
            delivery=asked.delivery,
            level=asked.level,
            seed=asked.seed,
        )
        suspicious = suspects(answers, items, spoken, asked.judges, asked.level)
    return OfBenchmark(
        own,
        suspicious,
        vectors(answers, items, spoken, shown, asked.categories),
        pairwise(measuring(spoken), asked.judges, asked.level),
    )
