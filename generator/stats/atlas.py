"""The compositions that the pages show: of a model, of a benchmark, of the pool beside a model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from generator.stats.benchmarks import Anatomy, anatomy
from generator.stats.compositions import Composition, compose
from generator.stats.intervals import wilson
from generator.stats.pairwise import Pairwise, pairwise
from generator.stats.similarity import Similarity, similarities
from generator.stats.suspects import suspects
from generator.stats.tables import Tables, settled
from generator.stats.trust import Trust, trust


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
    failures: pd.DataFrame
    """The rows behind ``primary``: one per failure, samples only where there is one."""


def by_run(rows: pd.DataFrame) -> dict[tuple[str, str], pd.DataFrame]:
    """Return the rows of each run by benchmark and model."""
    grouped = rows.groupby(["benchmark", "model"], observed=True)
    return {(str(key[0]), str(key[1])): part for key, part in grouped if isinstance(key, tuple)}


def primary_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the sample of every run that has one, all failures of the others."""
    has_sample = rows.groupby(["benchmark", "model"])["weight"].transform(
        lambda weight: weight.notna().any()
    )
    return rows[~has_sample | rows["weight"].notna()]


def numbers(
    tables: Tables,
    categories: Sequence[str],
    judges: Sequence[str],
    level: float,
    delivery: Sequence[str] = (),
) -> AtlasNumbers:
    """Compute everything the pages show.

    Args:
        tables: Attempts and failures, see ``generator.stats.tables``.
        categories: Category ids in the order of the taxonomy.
        judges: Judges in the order in which they count.
        level: Confidence level.
        delivery: Categories about what came out, not about what was worked out.
    """
    one_each = settled(tables.failures, judges)
    shown = primary_rows(one_each)
    runs = by_run(shown)
    primary = {key: compose(rows, categories, level) for key, rows in runs.items()}
    rules = tables.failures[tables.failures["judge"] == "rules"].assign(weight=float("nan"))
    alone = {
        key: compose(rows, categories, level)
        for key, rows in by_run(rules).items()
        if key in primary and primary[key].basis == "sample"
    }
    pool = {}
    for key, own in primary.items():
        others = [
            runs[other]
            for other, composition in primary.items()
            if other != key and other[0] == key[0] and composition.basis == own.basis
        ]
        if others:
            pool[key] = compose(pd.concat(others), categories, level)
    whole, anatomies, suspicious = {}, {}, {}
    for benchmark, rows in shown.groupby("benchmark", observed=True):
        sampled = rows[rows["weight"].notna()]
        looked_at = sampled if len(sampled) else rows
        whole[str(benchmark)] = compose(looked_at, categories, level)
        answers, items, spoken = (
            table[table["benchmark"] == benchmark]
            for table in (tables.answers, tables.items, tables.failures)
        )
        if len(answers):
            anatomies[str(benchmark)] = anatomy(
                answers, items, looked_at, categories=categories, delivery=delivery, level=level
            )
            suspicious[str(benchmark)] = suspects(answers, items, spoken, judges, level)
    return AtlasNumbers(
        attempts=_accuracy(tables.attempts, level),
        primary=primary,
        rules_alone=alone,
        pool=pool,
        benchmarks=whole,
        anatomies=anatomies,
        suspects=suspicious,
        similarities=similarities(primary, level),
        trust=trust(tables, judges, level),
        pairwise=pairwise(tables.failures, judges, level),
        failures=shown.reset_index(drop=True),
    )


def _accuracy(attempts: pd.DataFrame, level: float) -> pd.DataFrame:
    """Add the share of items solved and its interval."""
    solved = attempts["attempted"] - attempts["failed"]
    spans = [wilson(s, n, level) for s, n in zip(solved, attempts["attempted"], strict=True)]
    return attempts.assign(
        accuracy=solved / attempts["attempted"],
        low=[span.low for span in spans],
        high=[span.high for span in spans],
    )
