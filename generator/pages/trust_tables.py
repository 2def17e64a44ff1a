"""The tables of the page on trust."""

import math
from collections.abc import Mapping, Sequence

from generator.charts.labels import listed
from generator.pages.edition import Edition
from generator.pages.format import NOTHING, between, count, counted, decimal, estimate, percent
from generator.pages.links import TRUST, Link
from generator.pages.tables import OUTCOME_NAMES, Table, category_cell, columns, plain
from generator.stats.agreement import Compared, Rate, Scores, rule_rates
from generator.stats.kappa import Kappa
from generator.stats.pairwise import Pairwise
from generator.stats.tables import records
from generator.stats.trust import Trust

_OR_ACCEPTABLE = "Or acceptable#"


def rate(value: Rate) -> str:
    """Return a rate with its interval; a dash where it is one of nothing."""
    return estimate(value.share, value.low, value.high, value.of)


def _kappa(kappa: Kappa) -> str:
    if math.isnan(kappa.value):
        return NOTHING
    # Adding nothing makes an honest 0 of a rounded -0.
    value, low, high = (decimal(round(end, 2) + 0.0) for end in kappa)
    return f"{value} ({between(low, high)})"


def score_table(edition: Edition, compared: Compared) -> Table:
    """Return the scores by benchmark, and of all where there are several."""
    known, whole = edition.content.benchmarks, compared.whole
    parts = {known[name].name: scores for name, scores in compared.benchmarks.items()}
    if len(parts) > 1:
        parts["All together"] = whole
    lenient = _lenient(whole)
    rows = tuple(
        (
            plain(name),
            plain(count(scores.failures)),
            plain(f"{count(scores.precision.of)} ({percent(scores.coverage.share)})"),
            plain(rate(scores.precision)),
            *([plain(rate(scores.defensible))] if lenient else []),
            plain(_kappa(scores.kappa_spoken)),
            plain(_kappa(scores.kappa)),
        )
        for name, scores in parts.items()
    )
    names = ["Benchmark", "Compared#", "Spoke on#", "Right where it spoke#"]
    names += [_OR_ACCEPTABLE] if lenient else []
    names += ["Kappa where it spoke#", "Kappa over all compared#"]
    caption = f"By benchmark, n = {counted(whole.failures, 'failure')} compared"
    return Table(caption, columns(*names), rows)


def _lenient(scores: Scores) -> bool:
    """Tell whether counting acceptable answers makes a difference."""
    return scores.defensible.held != scores.precision.held


def answer_table(edition: Edition, scores: Scores, confidence: float) -> Table:
    """Return precision and recall of each answer, in the order of the taxonomy."""
    cells = _answer_cells(edition)
    counts = {row["answer"]: row for row in records(scores.answers)}
    rows: list[tuple[Link, ...]] = [
        (
            cells.get(name, plain(name)),
            plain(count(counts[name]["known"])),
            plain(count(counts[name]["said"])),
            plain(rate(scores.precision_of(name, confidence))),
            plain(rate(scores.recall_of(name, confidence))),
        )
        for name in [*cells, *sorted(set(counts) - set(cells))]
        if name in counts
    ]
    names = columns("Answer", "Known#", "Said#", "Right of those said#", "Found of those known#")
    caption = f"By category, n = {counted(scores.failures, 'failure')} compared"
    return Table(caption, names, tuple(rows))


def split_table(edition: Edition, parts: Mapping[str, Scores], confidence: float) -> Table:
    """Return precision and recall of each answer on parts of a benchmark, side by side."""
    cells = _answer_cells(edition)
    met = {name for scores in parts.values() for name in scores.answers["answer"]}
    rows = tuple(
        (
            cells.get(name, plain(name)),
            *(
                plain(cell)
                for scores in parts.values()
                for cell in (
                    rate(scores.precision_of(name, confidence)),
                    rate(scores.recall_of(name, confidence)),
                )
            ),
        )
        for name in [*cells, *sorted(met - set(cells))]
        if name in met
    )
    heads = [
        f"{name.capitalize()}: {said}#"
        for name in parts
        for said in ("right of those said", "found of those known")
    ]
    sizes = listed([f"n = {count(scores.failures)} {name}" for name, scores in parts.items()])
    return Table(f"By category, {sizes}", columns("Answer", *heads), rows)


def family_table(parts: Mapping[str, Compared]) -> Table:
    """Return the scores by task family, part by part."""
    rows = tuple(
        (
            plain(f"{family}, {part}"),
            plain(count(scores.failures)),
            plain(f"{count(scores.precision.of)} ({percent(scores.coverage.share)})"),
            plain(rate(scores.precision)),
            plain(rate(scores.found)),
            plain(_kappa(scores.kappa)),
        )
        for part, compared in parts.items()
        for family, scores in compared.benchmarks.items()
    )
    names = ["Task family, part", "Compared#", "Spoke on#", "Right where it spoke#"]
    names += ["Found of those known#", "Kappa over all compared#"]
    whole = sum(compared.whole.failures for compared in parts.values())
    return Table(f"By task family, n = {counted(whole, 'failure')}", columns(*names), rows)


def _answer_cells(edition: Edition) -> dict[str, Link]:
    """Return the cell of every answer, in the order of the taxonomy."""
    taxonomy = edition.content.taxonomy
    cells = {entry.id: category_cell(TRUST, taxonomy, entry.id) for entry in taxonomy.categories}
    return cells | {name: plain(said) for name, said in OUTCOME_NAMES.items()}


def pair_table(edition: Edition, pairs: Sequence[Pairwise], *, synthetic: bool) -> Table | None:
    """Return how often any two judges say the same; None where no two looked at the same.

    Args:
        edition: Names of the benchmarks.
        pairs: Two judges on one benchmark, each.
        synthetic: Whether it is about planted faults, which stand in no table with real failures.
    """
    known = edition.content.benchmarks
    shown = [pair for pair in pairs if known[pair.benchmark].synthetic is synthetic]
    rows = tuple(
        (
            plain(f"{pair.first} and {pair.second}"),
            plain(known[pair.benchmark].name),
            plain(count(pair.failures)),
            plain(count(pair.same.of)),
            plain(rate(pair.same)),
            plain(_kappa(pair.kappa_spoken)),
            plain(_kappa(pair.kappa)),
        )
        for pair in shown
    )
    if not rows:
        return None
    names = ["Judges", "Benchmark", "Both looked at#", "Both gave a cause#", "The same cause#"]
    names += ["Kappa where both did#", "Kappa over all both looked at#"]
    of = "planted faults" if synthetic else "failures of language models"
    caption = f"Two judges on the same {of}, n = {count(sum(pair.failures for pair in shown))}"
    return Table(caption, columns(*names), rows)


def correction_table(edition: Edition) -> Table | None:
    """Return how many verdicts of each judge a person corrected; None where none was."""
    known = edition.content.benchmarks
    found = records(edition.numbers.corrections)
    rows = tuple(
        (
            plain(row["judge"]),
            plain(known[row["benchmark"]].name),
            plain(count(row["corrected"])),
            plain(count(row["other"])),
        )
        for row in found
    )
    if not rows:
        return None
    caption = f"Corrections, n = {count(sum(row['corrected'] for row in found))}"
    return Table(caption, columns("Judge", "Benchmark", "Looked at again#", "Other cause#"), rows)


def rule_table(scores: Scores, confidence: float) -> Table | None:
    """Return how often each rule was right; None where the judge has no rules."""
    lenient = _lenient(scores)
    rows = tuple(
        (
            plain(rule),
            plain(count(strict.of)),
            plain(rate(strict)),
            *([plain(rate(defensible))] if lenient else []),
        )
        for rule, strict, defensible in rule_rates(scores, confidence)
    )
    if not rows:
        return None
    names = ["Rule", "Settled#", "Right#", *([_OR_ACCEPTABLE] if lenient else [])]
    settled = counted(scores.precision.of, "failure")
    return Table(f"By rule, n = {settled} settled", columns(*names), rows)


def coverage_table(edition: Edition, trust: Trust) -> Table | None:
    """Return on how many failures of language models a judge spoke; None where on none."""
    rows = tuple(
        (
            plain(edition.content.benchmarks[row["benchmark"]].name),
            plain(count(row["failures"])),
            plain(count(row["spoke"])),
            plain(percent(row["spoke"] / row["failures"])),
        )
        for row in records(trust.coverage)
        if not edition.content.benchmarks[row["benchmark"]].synthetic
    )
    if not rows:
        return None
    names = columns("Benchmark", "Failures looked at#", "Spoke on#", "Share#")
    return Table(f"On how many failures of language models {trust.judge} speaks", names, rows)
