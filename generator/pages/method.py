"""The page on the method: hand-written prose, with the registries and settings of this edition."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.judging.calibration import confidences_of
from generator.judging.rules import RULES
from generator.pages.coverage import coverage_table
from generator.pages.edition import Edition
from generator.pages.format import count, counted, day, level
from generator.pages.links import METHOD, SPEED, Link, href
from generator.pages.page import Head, Page
from generator.pages.render import render
from generator.pages.tables import OUTCOME_NAMES, Table, category_cell, columns, plain
from generator.records.calibration import CalibrationSet


@dataclass(frozen=True)
class SampleEntry:
    """An annotated sample."""

    title: str
    """Name."""
    judge: str
    """Judge whose verdicts it carries."""
    judge_description: str
    """Who or what that judge is."""
    design: str
    """How the failures were drawn."""
    drawn: str
    """Day and seed of the draw."""
    table: Table
    """Its strata."""


@dataclass(frozen=True)
class MethodContext:
    """What the template ``method.md.j2`` shows."""

    head: Head
    """Front matter."""
    judges: tuple[str, ...]
    """Judges in the order in which they count."""
    threshold: str
    """Least confidence at which a rule settles."""
    level: str
    """Confidence level of the intervals."""
    fdr: str
    """Expected share of false ones among what is called distinctive, at most."""
    rules: Table
    """The rules of the embedded judge."""
    blind: tuple[Link, ...]
    """Categories that no rule looks for."""
    thresholds: Table
    """What counts as failed, by benchmark."""
    coverage: Table
    """What of each benchmark is here."""
    samples: tuple[SampleEntry, ...]
    """Annotated samples."""
    seeds: str
    """Seeds of the random choices, each with what was chosen; may be empty."""
    speed: str
    """Address of the page on what building costs; empty where no measurement is kept."""


def method_page(edition: Edition) -> Page:
    """Return the page on the method."""
    atlas, taxonomy = edition.content.atlas, edition.content.taxonomy
    seen = {rule.category for rule in RULES.values()}
    context = MethodContext(
        head=Head("Method", "Who judges, what the judges can see, and what the numbers rest on."),
        judges=atlas.judges,
        threshold=level(atlas.rule_threshold),
        level=level(atlas.confidence_level),
        fdr=level(round(1 - atlas.confidence_level, 6)),
        rules=_rules(edition),
        blind=tuple(
            category_cell(METHOD, taxonomy, entry.id)
            for entry in taxonomy.categories
            if entry.id not in seen
        ),
        thresholds=_thresholds(edition),
        coverage=coverage_table(METHOD, edition),
        samples=_samples(edition),
        seeds=_seeds(edition),
        speed=href(METHOD, SPEED) if edition.content.layout.speed.is_file() else "",
    )
    return Page(METHOD, render("method.md.j2", context))


def _rules(edition: Edition) -> Table:
    taxonomy = edition.content.taxonomy
    confidences = confidences_of(edition.content.calibration)
    sets = edition.content.calibration.sets
    rows = tuple(
        (
            plain(rule.name),
            category_cell(METHOD, taxonomy, rule.category)
            if rule.category
            else plain(OUTCOME_NAMES[rule.attribution]),
            plain(rule.description),
            plain(_counted(sets, rule.name)),
            plain(level(round(confidences.get(rule.name, rule.prior), 3))),
            plain(
                "yes"
                if confidences.get(rule.name, rule.prior) >= edition.content.atlas.rule_threshold
                else "no"
            ),
        )
        for rule in RULES.values()
    )
    names = columns("Rule", "Finds", "When it speaks", "Right#", "Confidence#", "Settles")
    return Table(f"The {counted(len(rows), 'rule')} of the embedded judge", names, rows)


def _counted(sets: Sequence[CalibrationSet], rule: str) -> str:
    """Return how often a rule was right, over all sets that are not capped."""
    known = [one.rules[rule] for one in sets if one.most is None and rule in one.rules]
    right, spoke = sum(one.right for one in known), sum(one.spoke for one in known)
    return f"{count(right)} of {count(spoke)}" if spoke else "-"


def _thresholds(edition: Edition) -> Table:
    rows = tuple(
        (
            plain(benchmark.name),
            plain(benchmark.metric),
            plain(f"below {benchmark.success_threshold:g}"),
        )
        for _, benchmark in sorted(edition.content.benchmarks.items())
    )
    return Table("What counts as failed", columns("Benchmark", "Metric", "Failed"), rows)


def _seeds(edition: Edition) -> str:
    """Return the seeds of samples and of programs with planted faults, as a list in words."""
    content = edition.content
    drawn = {f"{sample.title}: {sample.seed}" for sample in content.samples.values()}
    planted = {
        f"{content.benchmarks[benchmark].name}: {run.generation['seed']}"
        for (benchmark, _), run in content.runs.items()
        if content.benchmarks[benchmark].synthetic and "seed" in run.generation
    }
    return "; ".join([*sorted(drawn), *sorted(planted)])


def _samples(edition: Edition) -> tuple[SampleEntry, ...]:
    content = edition.content
    entries = []
    for _, sample in sorted(content.samples.items()):
        rows = tuple(
            (
                plain(
                    content.models[part.model].name if part.model in content.models else part.model
                ),
                plain(
                    content.benchmarks[part.benchmark].name
                    if part.benchmark in content.benchmarks
                    else part.benchmark
                ),
                plain(", ".join(part.tags.values()) or "all"),
                plain(count(part.sampled)),
                plain(count(part.population)),
            )
            for part in sample.strata
        )
        entries.append(
            SampleEntry(
                title=sample.title,
                judge=sample.judge,
                judge_description=sample.judge_description,
                design=sample.design,
                drawn=f"{day(sample.drawn)}, seed {sample.seed}",
                table=Table(
                    sample.title, columns("Model", "Benchmark", "Part", "Drawn#", "Out of#"), rows
                ),
            )
        )
    return tuple(entries)
