"""The compositions that the pages show: of a model, of a benchmark, of the pool beside a model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from generator.judging.judge import RULES_NAME
from generator.stats.batches import composed_apart
from generator.stats.benchmarks import Anatomy
from generator.stats.by_benchmark import by_benchmark
from generator.stats.comparisons import Compared, comparisons
from generator.stats.compositions import Composition, compose
from generator.stats.correction import corrected_runs
from generator.stats.distinctive import compared, distinctive
from generator.stats.intervals import wilson_ends
from generator.stats.pairwise import Pairwise
from generator.stats.parts import Parts
from generator.stats.pools import together
from generator.stats.rates import rates_of_runs
from generator.stats.similarity import Similarity, similarities_begun
from generator.stats.steps import Step
from generator.stats.tables import Tables, settled
from generator.stats.transport import carried, trials
from generator.stats.trust import CORRECTION_COLUMNS, Trust, corrections, measuring, trust
from generator.stats.vectors import Vector
from generator.store.kept import recalled
from generator.store.memory import give_back


@dataclass(frozen=True)
class AtlasNumbers:
    """All numbers of one Atlas. Keys are (benchmark, model) or benchmark."""

    attempts: pd.DataFrame
    """One row per run: benchmark, model, attempted, failed, accuracy, low, high."""
    primary: Mapping[tuple[str, str], Composition]
    """Per run, what its failures are made of: from its sample if it has one, else from all."""
    rules_alone: Mapping[tuple[str, str], Composition]
    """Per run with a sample, what the rules settle among all its failures."""
    pool: Mapping[tuple[str, str], Composition]
    """Per run, the other runs on the same benchmark with the same basis, taken together."""
    benchmarks: Mapping[str, Composition]
    """Per benchmark, its runs with a sample taken together, else all its runs."""
    rates: Parts[tuple[str, str]]
    """Per run, how often each category occurs per item attempted (``rates.rates``)."""
    distinctive: pd.DataFrame
    """One row per run that has a pool and category (``distinctive.distinctive``)."""
    corrected: pd.DataFrame
    """One row per run with a sample and category: benchmark, model, and the share corrected by what
    the judges that count less say of all failures (``correction.prediction_powered``)."""
    carried: pd.DataFrame
    """One row per run that rules alone judged and category: its share if rules err on it as on the
    runs with a sample, where that was tried and held (``transport.carried``)."""
    trust: tuple[Trust, ...]
    """Per judge, in the order in which they count, how it compares with what is known."""
    pairwise: tuple[Pairwise, ...]
    """How often any two judges say the same of the same failures."""
    anatomies: Mapping[str, Anatomy]
    """Per benchmark, which items are failed, by whom and in what way."""
    suspects: Mapping[str, pd.DataFrame]
    """Per benchmark, the items whose reference may be wrong; see ``stats.suspects``."""
    similarities: tuple[Similarity, ...]
    """The signatures of comparable models, each held against each."""
    comparisons: tuple[Compared, ...]
    """Pairs of models one step apart, held against each other."""
    failures: pd.DataFrame
    """The rows behind ``primary``: one per failure, samples only where there is one."""
    settled: pd.DataFrame
    """One row per failure, whether shares rest on it or not, with the verdict that counts."""
    wordings: pd.DataFrame
    """One row per item and wording, with its tags; see ``stats.tables``."""
    vectors: tuple[Vector, ...] = ()
    """What became of every item with every model."""
    corrections: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=list(CORRECTION_COLUMNS))
    )
    """Verdicts that a person corrected, see ``trust.corrections``."""
    told: Mapping[str, str] = field(default_factory=dict)
    """Per benchmark, a hash of what everything of it follows from; see ``by_benchmark``."""


def by_run(rows: pd.DataFrame) -> dict[tuple[str, str], pd.DataFrame]:
    """Return the rows of each run by benchmark and model."""
    grouped = rows.groupby(["benchmark", "model"], observed=True)
    return {(str(key[0]), str(key[1])): part for key, part in grouped if isinstance(key, tuple)}


def primary_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the sample of every run that has one, all failures of the others."""
    weighed = rows["weight"].notna()
    has_sample = weighed.groupby([rows["benchmark"], rows["model"]], observed=True).transform("any")
    kept = ~has_sample | weighed
    return rows if kept.all() else rows[kept]


def numbers(
    tables: Tables,
    categories: Sequence[str],
    judges: Sequence[str],
    level: float,
    *,
    delivery: Sequence[str] = (),
    steps: Sequence[Step] = (),
    seed: int = 0,
) -> AtlasNumbers:
    """Compute everything the pages show.

    Args:
        tables: Attempts and failures, see ``generator.stats.tables``.
        categories: Category ids in the order of the taxonomy.
        judges: Judges in the order in which they count.
        level: Confidence level; one less it is the false discovery rate of what is distinctive.
        delivery: Categories about what came out, not about what was worked out.
        steps: Pairs of models to hold against each other.
        seed: Of everything drawn at random.
    """
    one_each = settled(tables.failures, judges)
    uncorrected = measuring(tables.failures)
    shown = primary_rows(one_each)
    runs, primary = _apart(shown, categories, level)
    alone = rules_alone(tables.failures, primary, categories, level)
    alike = similarities_begun(primary, level)
    apiece = by_benchmark(tables, shown, categories, judges, level, delivery=delivery, seed=seed)
    give_back()
    known = {name: one.told for name, one in apiece.items()}
    pool, whole = together(shown, categories, level, seed, known)
    attempts = {
        (str(row["benchmark"]), str(row["model"])): (int(row["attempted"]), int(row["failed"]))
        for row in tables.attempts.to_dict("records")
    }
    give_back()

    def whole_tables() -> dict[str, Any]:
        """Return what takes the tables of all runs together; this is where most is in memory."""
        held = comparisons(tables, shown, primary, alone, steps, categories=categories, level=level)
        give_back()
        return {
            "comparisons": held,
            "corrected": corrected_runs(
                uncorrected, shown, categories=categories, judges=judges, level=level
            ),
            "carried": carried(
                uncorrected,
                trials(uncorrected, runs, primary, categories=categories, level=level),
                primary,
                level=level,
            ),
            "trust": trust(tables, judges, level),
            "corrections": corrections(tables.failures, judges),
        }

    # The rest of the tables follows from what is known of each benchmark.
    about = (known, tables.labels, categories, judges, level, steps)
    return AtlasNumbers(
        attempts=with_accuracy(tables.attempts, level),
        primary=primary,
        rules_alone=alone,
        pool=pool,
        benchmarks=whole,
        anatomies={name: one.anatomy for name, one in apiece.items() if one.anatomy is not None},
        suspects={name: one.suspects for name, one in apiece.items() if one.suspects is not None},
        vectors=tuple(vector for one in apiece.values() for vector in one.vectors),
        pairwise=tuple(pair for one in apiece.values() for pair in one.pairwise),
        similarities=tuple(one() for one in alike),
        rates=rates_of_runs(primary, attempts, level),
        distinctive=distinctive(compared(primary, pool), 1 - level),
        failures=shown.reset_index(drop=True),
        settled=one_each,
        wordings=tables.items,
        told=known,
        **recalled("whole tables", about, whole_tables),
    )


def _apart(
    shown: pd.DataFrame, categories: Sequence[str], level: float
) -> tuple[dict[tuple[str, str], pd.DataFrame], dict[tuple[str, str], Composition]]:
    """Return the rows of runs that are composed one by one, and the composition of every run."""
    # Of a sample, or of items that are asked in several wordings, each run has its own design.
    twice = shown.duplicated(["benchmark", "model", "item_id"])
    run = [shown["benchmark"], shown["model"]]
    own = shown["weight"].notna() | twice.groupby(run, observed=True).transform("any")
    runs = by_run(shown[own])
    found = composed_apart(shown[~own], categories, level)
    found |= {key: compose(rows, categories, level) for key, rows in runs.items()}
    return runs, {key: found[key] for key in sorted(found)}


def rules_alone(
    failures: pd.DataFrame,
    primary: Mapping[tuple[str, str], Composition],
    categories: Sequence[str],
    level: float,
) -> dict[tuple[str, str], Composition]:
    """Return what the rules settle among all failures of the runs that have a sample.

    Args:
        failures: One row per failure and judge; see ``tables``.
        primary: What the failures of each run are made of.
        categories: Category ids in the order of the taxonomy.
        level: Confidence level of the intervals.

    Source:
        As :func:`generator.stats.compositions.compose`.
    """
    sampled = {key for key, part in primary.items() if part.basis == "sample"}
    if not sampled:
        return {}
    rules = by_run(failures[failures["judge"] == RULES_NAME].assign(weight=float("nan")))
    return {key: compose(rules[key], categories, level) for key in rules if key in sampled}


def with_accuracy(attempts: pd.DataFrame, level: float) -> pd.DataFrame:
    """Add the share of items solved and its interval.

    Args:
        attempts: One row per run: attempted, failed.
        level: Confidence level of the intervals.

    Source:
        As :func:`generator.stats.intervals.wilson`.
    """
    accuracy = 1 - attempts["failed"] / attempts["attempted"]
    ends = wilson_ends(accuracy, attempts["attempted"], level)
    return attempts.assign(accuracy=accuracy, low=ends["low"], high=ends["high"])
