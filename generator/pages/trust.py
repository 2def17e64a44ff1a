"""The page on trust: every judge held against what is known from elsewhere."""

from dataclasses import dataclass
from typing import Literal

from generator.charts.calibration import Measure
from generator.pages.charts import calibration_of, confusion_of
from generator.pages.edition import HEADINGS, Edition
from generator.pages.figures import Drawn, Figure, card_of, files_of
from generator.pages.format import count, counted, level, percent
from generator.pages.links import TRUST
from generator.pages.page import Begun, Head, Page
from generator.pages.proposal_standing import FoundEntry, Thresholds, found_entries
from generator.pages.render import render
from generator.pages.tables import Table
from generator.pages.trust_tables import (
    answer_table,
    correction_table,
    coverage_table,
    family_table,
    pair_table,
    rate,
    rule_table,
    score_table,
    split_table,
)
from generator.stats.agreement import Compared
from generator.stats.splits import Splits
from generator.stats.trust import Trust

Kind = Literal["annotated", "planted", "labelled"]
"""What a judge is held against; ``labelled`` for labels on real failures."""


@dataclass(frozen=True)
class Side:
    """A judge held against one source of what is known."""

    kind: Kind
    """What it is held against."""
    anchor: str
    """Identifier of its heading, unique on the page."""
    heading: str
    """Which failures these are."""
    against: str
    """Whose word is taken for what is known."""
    failures: str
    """How many were compared, with the noun."""
    spoke: str
    """On how many of them the judge spoke, with the share."""
    precision: str
    """Where it spoke: how often it said what is known, with the interval."""
    table: Table
    """The scores, by benchmark."""
    figures: tuple[Figure, ...]
    """What is known against what the judge says; of a benchmark with parts, precision and recall
    on both, and then this of each."""
    answers: Table
    """Precision and recall by category, of a benchmark with parts on both side by side."""
    families: Table | None
    """The scores by task family and part; None where there are no parts."""
    rules: Table | None
    """How often each rule was right; None where the judge has no rules."""


@dataclass(frozen=True)
class JudgeEntry:
    """What is known of one judge."""

    name: str
    """Name."""
    sides: tuple[Side, ...]
    """What it is held against."""
    coverage: Table | None
    """On how many failures of language models it speaks; None where it looked at none."""


@dataclass(frozen=True)
class AnnotatorEntry:
    """Who annotated a sample, and how far that can be trusted."""

    title: str
    """Name of the sample."""
    judge: str
    """Judge whose verdicts it carries."""
    description: str
    """Who or what that judge is, and how often a second pass agreed."""


@dataclass(frozen=True)
class TrustContext:
    """What the template ``trust.md.j2`` shows."""

    head: Head
    """Front matter."""
    level: str
    """Confidence level of the intervals."""
    judges: tuple[JudgeEntry, ...]
    """Judges of which something is known, the one that counts most first."""
    pairs: tuple[Table, ...]
    """How often two judges say the same: of real failures, of planted ones; as far as any do."""
    corrections: Table | None
    """Verdicts that a person corrected; None where none was."""
    annotators: tuple[AnnotatorEntry, ...]
    """Who annotated the samples."""
    found: tuple[FoundEntry, ...]
    """Taxonomies built from failures, and how far each is there again."""
    thresholds: Thresholds
    """From which figures a taxonomy is how stable."""


def trust_page(edition: Edition) -> Page:
    """Return the page on trust."""
    return trust_page_begun(edition)()


def trust_page_begun(edition: Edition) -> Begun:
    """Begin the page on trust; return how to get it."""
    drawn: list[Drawn] = []
    judges = tuple(_judge(edition, trust, drawn) for trust in edition.numbers.trust)
    pairs = edition.numbers.pairwise
    tables = [pair_table(edition, pairs, synthetic=synthetic) for synthetic in (False, True)]
    context = TrustContext(
        head=Head(
            "Can you trust it?",
            "How often the judges say what is known from elsewhere, and where they are silent.",
            card=card_of(next(iter(drawn), None)),
        ),
        level=level(edition.content.atlas.confidence_level),
        judges=judges,
        pairs=tuple(table for table in tables if table is not None),
        corrections=correction_table(edition),
        annotators=tuple(
            AnnotatorEntry(sample.title, sample.judge, sample.judge_description)
            for _, sample in sorted(edition.content.samples.items())
        ),
        found=found_entries(edition, TRUST),
        thresholds=Thresholds(),
    )
    return lambda: Page(TRUST, render("trust.md.j2", context), files_of(drawn))


def _judge(edition: Edition, trust: Trust, drawn: list[Drawn]) -> JudgeEntry:
    """Return what is known of a judge; the charts are added to ``drawn``."""
    sources: list[tuple[Kind, Compared]] = []
    if trust.annotated is not None:
        sources.append(("annotated", trust.annotated))
    if trust.labelled is not None:
        # Each benchmark by itself: planted faults are never counted with real failures.
        for name, scores in trust.labelled.benchmarks.items():
            known = edition.content.benchmarks[name]
            kind: Kind = "planted" if known.synthetic else "labelled"
            sources.append((kind, Compared(name, scores, {name: scores})))
    sides = []
    for kind, compared in sources:
        place = kind if kind == "annotated" else compared.against
        heading, against = _said_of(edition, kind, compared.against)
        splits = {} if kind == "annotated" else trust.splits.get(compared.against, {})
        charts = _charts(edition, trust.judge, against, compared, place=place, splits=splits)
        drawn += charts
        figures = tuple(chart.figure for chart in charts)
        names = (kind, heading, f"{trust.judge}-{place}")
        sides.append(_side(edition, names, compared, splits, figures))
    return JudgeEntry(trust.judge, tuple(sides), coverage_table(edition, trust))


def _charts(
    edition: Edition, judge: str, against: str, compared: Compared, *, place: str, splits: Splits
) -> list[Drawn]:
    """Return the charts of a side."""
    if not splits:
        whole = compared.whole
        return [confusion_of(TRUST, edition, whole, judge=judge, against=against, place=place)]
    parts = {name: part.whole for name, part in splits.items()}
    measures: tuple[Measure, ...] = ("precision", "recall")
    rates = [
        calibration_of(TRUST, edition, parts, measure, judge=judge, place=place)
        for measure in measures
    ]
    return rates + [
        confusion_of(
            TRUST,
            edition,
            whole,
            judge=judge,
            against=f"{against} ({name})",
            place=f"{place}-{name}",
        )
        for name, whole in parts.items()
    ]


def _said_of(edition: Edition, kind: Kind, source: str) -> tuple[str, str]:
    """Return the heading of a side, and what is known in words that follow "the same as"."""
    if kind == "annotated":
        return HEADINGS["annotated"], "the annotator"
    if kind == "planted":
        return HEADINGS["planted"], "what was planted"
    return f"Language models, labels on {edition.content.benchmarks[source].name}", "the label"


def _side(
    edition: Edition,
    names: tuple[Kind, str, str],
    compared: Compared,
    splits: Splits,
    figures: tuple[Figure, ...],
) -> Side:
    whole, confidence = compared.whole, edition.content.atlas.confidence_level
    kind, heading, anchor = names
    parts = {name: part.whole for name, part in splits.items()}
    return Side(
        kind=kind,
        anchor=anchor,
        heading=heading,
        against=compared.against,
        failures=counted(whole.failures, "failure"),
        spoke=f"{count(whole.precision.of)} ({percent(whole.coverage.share)})",
        precision=rate(whole.precision),
        table=score_table(edition, compared),
        figures=figures,
        answers=split_table(edition, parts, confidence)
        if splits
        else answer_table(edition, whole, confidence),
        families=family_table(splits) if splits else None,
        rules=rule_table(whole, confidence),
    )
