"""A model over the benchmarks of one population: what stands in one row wherever models are listed.

A model with one run there stands for that run. Several runs on the same ground are brought to one
mix, in which every item of their benchmarks counts the same (decision 11).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import pandas as pd

from generator.judging.judge import RULES_NAME
from generator.records.model import Model
from generator.stats.compositions import Composition
from generator.stats.mixes import mixed_rates, reference_mix
from generator.stats.overall import mixed, mixed_accuracy
from generator.stats.parts import Part, part_of

if TYPE_CHECKING:
    from generator.pages.edition import Attempt, Population, Report


MANY = 5
"""Benchmarks of a model from which tables hold them all, in place of a section for each."""


@dataclass(frozen=True)
class Overall:
    """A model over the benchmarks that it ran on one ground."""

    model: str
    """Id of the model."""
    system: Model
    """Who made it."""
    population: "Population"
    """Which failures the numbers speak of."""
    reports: "tuple[Report, ...]"
    """Its runs, by benchmark; at least one."""
    attempt: "Attempt | None"
    """How it did; at the mix where there are several runs, None where that is not known."""
    own: Composition | None
    """What its failures are made of; None where none was looked at."""
    pool: Composition | None
    """The other models on the same benchmarks and basis, at the same mix; None without."""
    rate_part: Part | None
    """How often each category occurs per item attempted; None where that is not known."""

    @property
    def benchmarks(self) -> tuple[str, ...]:
        """Return the benchmarks that it stands for."""
        return tuple(report.benchmark for report in self.reports)


def over_benchmarks(
    reports: "Iterable[Report]", items: pd.DataFrame, level: float
) -> Iterator[Overall]:
    """Yield the models of an edition over their benchmarks, in the order of the reports.

    Args:
        reports: All runs.
        items: One row per wording, see ``generator.stats.tables``.
        level: Confidence level of the intervals.
    """
    known = frozenset(items["benchmark"])
    grounds: dict[tuple[object, ...], list[Report]] = {}
    for report in reports:
        grounds.setdefault(_ground(report, known), []).append(report)
    mixes: dict[tuple[str, ...], dict[str, float]] = {}
    for parts in grounds.values():
        if len(parts) == 1:
            yield _single(parts[0])
            continue
        names = tuple(report.benchmark for report in parts)
        if names not in mixes:
            mixes[names] = reference_mix(items, names)
        yield _several(tuple(parts), mixes[names], level)


def _ground(report: "Report", known: frozenset[str]) -> tuple[object, ...]:
    """Return what runs have in common that may be mixed."""
    own, key = report.own, (report.population, report.model)
    if own is None or report.benchmark not in known:
        return (*key, report.benchmark)
    # Rules speak where another judge failed to; that makes no other ground.
    judges = tuple(judge for judge in own.judges if judge != RULES_NAME) or own.judges
    return (*key, own.basis, judges)


def _single(report: "Report") -> Overall:
    return Overall(
        report.model,
        report.system,
        report.population,
        (report,),
        report.attempt,
        report.own,
        report.pool,
        report.rate_part,
    )


def _several(reports: "tuple[Report, ...]", mix: Mapping[str, float], level: float) -> Overall:
    first = reports[0]
    own = {report.benchmark: report.own for report in reports if report.own}
    pool = {report.benchmark: report.pool for report in reports if report.pool}
    rates = {report.benchmark: report.rate_part for report in reports if report.rate_part}
    whole = mixed_rates(rates, mix, level) if rates.keys() >= mix.keys() else None
    return Overall(
        first.model,
        first.system,
        first.population,
        reports,
        _attempt(reports, mix, level),
        mixed(own, mix, level),
        mixed(pool, mix, level) if pool.keys() >= mix.keys() else None,
        None if whole is None else part_of(whole.rename(columns=_RATES)),
    )


_RATES = {"name": "category", "share": "rate", "low": "rate_low", "high": "rate_high"}


def _attempt(
    reports: "tuple[Report, ...]", mix: Mapping[str, float], level: float
) -> "Attempt | None":
    parts = [report.attempt for report in reports if report.attempt]
    if len(parts) < len(reports):
        return None
    tried = {
        report.benchmark: (part.attempted - part.failed, part.attempted)
        for report, part in zip(reports, parts, strict=True)
    }
    accuracy, span = mixed_accuracy(tried, mix, level)
    return parts[0]._replace(
        attempted=sum(part.attempted for part in parts),
        failed=sum(part.failed for part in parts),
        accuracy=accuracy,
        low=span.low,
        high=span.high,
    )


def by_benchmarks(rows: Iterable[Overall]) -> list[tuple[tuple[str, ...], list[Overall]]]:
    """Return rows by the benchmarks that they stand for, which alone can be compared."""
    ordered = sorted(rows, key=lambda row: row.benchmarks)
    return [(key, list(group)) for key, group in groupby(ordered, lambda row: row.benchmarks)]
