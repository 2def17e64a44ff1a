"""Blocks that several kinds of pages share: which failures numbers speak of, and an example."""

import re
from dataclasses import dataclass

from generator.charts.labels import listed
from generator.judging.finals import Span
from generator.pages.edition import STATES, Edition, Report
from generator.pages.escaping import Html
from generator.pages.examples import Example
from generator.pages.excerpts import excerpt
from generator.pages.format import count, counted, day, decimal
from generator.pages.links import Link, benchmark_path, category_path, href, model_path
from generator.pages.objections import objection
from generator.pages.tables import OUTCOME_NAMES
from generator.pages.turns import TurnView, place_words, turn_views
from generator.records.taxonomy import Taxonomy
from generator.stats.compositions import Composition
from generator.taxonomy.tree import category, name_of


@dataclass(frozen=True)
class Basis:
    """Which failures the numbers of a section speak of."""

    kind: str
    """``annotated``, ``all`` or ``planted``."""
    looked_at: str
    """Failures that a judge looked at, with the noun."""
    population: str
    """Failures that they stand for, without a noun."""
    population_words: str
    """Which failures could be drawn; empty where no sample was drawn."""
    judges: str
    """Who judged."""
    judge: str
    """Who or what that judge is, in two sentences; empty for the rules."""
    judge_more: str
    """What else there is to know of the judge; may be empty."""
    design: str
    """How the failures were drawn; empty where no sample was drawn."""
    drawn: str
    """Day and seed of the draw; empty where no sample was drawn."""
    method: str
    """Address of the page on the method."""
    state: str
    """That the rules' verdicts are not of now; empty where they are."""


def basis(page: str, report: Report, own: Composition) -> Basis:
    """Return which failures the numbers of a run speak of."""
    sample, drawable = report.sample, report.drawable
    drawn = f"{day(sample.drawn)}, seed {sample.seed}" if sample else ""
    judge, more = _first_two(sample.judge_description) if sample else ("", "")
    return Basis(
        kind=report.population,
        looked_at=counted(own.looked_at, "failure"),
        population=count(own.population if drawable is None else drawable),
        population_words=sample.population.get(report.benchmark, "failures") if sample else "",
        judges=listed(list(own.judges)),
        judge=judge,
        judge_more=more,
        design=sample.design if sample else "",
        drawn=drawn,
        method=href(page, "method.md"),
        state=STATES[report.state],
    )


def _first_two(text: str) -> tuple[str, str]:
    """Split a text after its second sentence."""
    sentences = re.split(r"(?<=\.)\s+(?=[A-Z])", text.strip())
    return " ".join(sentences[:2]), " ".join(sentences[2:])


@dataclass(frozen=True)
class Choice:
    """An option of a multiple-choice item."""

    letter: str
    """Its letter."""
    text: Html
    """What it says."""


@dataclass(frozen=True)
class Shown:
    """The text of an example, where the benchmark allows it."""

    question: Html
    """What was asked."""
    choices: tuple[Choice, ...]
    """Options, none where there are none."""
    references: tuple[Html, ...]
    """Answers that count as right."""
    solution: Html
    """Worked solution; empty where there is none."""
    output: Html
    """What the model put out, the evidence marked; empty where it is a conversation."""
    turns: tuple[TurnView, ...]
    """The turns of a conversation; none where the output is a text."""


@dataclass(frozen=True)
class Required:
    """Something that a right answer needs, as the judge put it."""

    text: Html
    """What is required."""
    met: str
    """Whether the output has it, in a word or two."""


@dataclass(frozen=True)
class ExampleView:
    """One failure as a page shows it."""

    anchor: str
    """Identifier of its place on the page; the same for as long as the prediction is."""
    title: str
    """The error in a few words."""
    summary: str
    """The error in a sentence or two; empty where the judge gave none."""
    model: Link
    """Whose output it is."""
    benchmark: Link
    """Benchmark of the item."""
    item_id: str
    """Item."""
    label: Link
    """Category, or whose fault it is."""
    subcategory: str
    """Subcategory; empty where there is none."""
    secondary: tuple[Link, ...]
    """Categories of further errors."""
    judge: str
    """Who says so."""
    rule: str
    """Rule that settled it; empty where the judge is none."""
    confidence: str
    """How sure the judge is; empty where it did not say."""
    spans: str
    """Where in the output the evidence is; empty where there is nothing to point at."""
    shown: Shown | None
    """The text; None where the benchmark is withheld."""
    objection: str
    """Address of a form that says the verdict is wrong; empty where there is no repository."""
    required: tuple[Required, ...]
    """What the judge required, where it said and the text is shown: criteria may repeat it."""


def example_view(page: str, edition: Edition, example: Example) -> ExampleView:
    """Return an example as it stands on a page."""
    taxonomy, verdict = edition.content.taxonomy, example.verdict
    label = (
        _category_link(page, taxonomy, verdict.category)
        if verdict.category
        else Link(OUTCOME_NAMES[verdict.attribution or verdict.status], "")
    )
    sub = verdict.subcategory
    anchor = f"example-{verdict.key[:12]}"
    return ExampleView(
        anchor=anchor,
        title=verdict.title or label.text,
        summary=verdict.summary or "",
        model=Link(
            edition.content.models[example.model].name, href(page, model_path(example.model))
        ),
        benchmark=Link(
            edition.content.benchmarks[example.benchmark].name,
            href(page, benchmark_path(example.benchmark)),
        ),
        item_id=verdict.item_id,
        label=label,
        subcategory=_subcategory_name(taxonomy, verdict.category, sub) if sub else "",
        secondary=tuple(_category_link(page, taxonomy, other) for other in verdict.secondary),
        judge=verdict.judge.name,
        rule=verdict.rule or "",
        confidence="" if verdict.confidence is None else decimal(verdict.confidence),
        spans=_places(example),
        shown=_shown(example),
        objection=objection(
            edition.content.atlas,
            example.benchmark,
            example.model,
            verdict,
            page=page,
            anchor=anchor,
        ),
        required=tuple(
            Required(excerpt(one.criterion), "met" if one.present else "not met")
            for one in (verdict.criteria if example.text is not None else ())
        ),
    )


def _category_link(page: str, taxonomy: Taxonomy, category_id: str) -> Link:
    text = f"{category_id} {name_of(taxonomy, category_id)}"
    return Link(text, href(page, category_path(category_id)))


def _subcategory_name(taxonomy: Taxonomy, category_id: str | None, sub: str) -> str:
    """Return a subcategory's name; its id where the taxonomy has it no more."""
    known = category(taxonomy, category_id).subcategories if category_id else ()
    return next((entry.name for entry in known if entry.id == sub), sub)


def _places(example: Example) -> str:
    """Return where in the output the evidence is: in which turns, if these are shown."""
    evidence = [Span(e.start, e.end) for e in example.verdict.evidence]
    if example.text is not None and example.text.messages:
        return listed(list(place_words(example.text.messages, evidence)))
    spans = listed([f"{count(start)} to {count(end)}" for start, end in evidence])
    return f"characters {spans} of the output" if spans else ""


def _shown(example: Example) -> Shown | None:
    if example.text is None:
        return None
    item, messages = example.text.item, example.text.messages
    evidence = [Span(e.start, e.end) for e in example.verdict.evidence]
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return Shown(
        question=excerpt(item.input),
        choices=tuple(
            Choice(letters[place] if place < len(letters) else str(place + 1), excerpt(text))
            for place, text in enumerate(item.choices)
        ),
        references=tuple(excerpt(reference) for reference in item.references),
        solution=excerpt(item.solution or ""),
        output=Html("") if messages else excerpt(example.text.output, evidence),
        turns=turn_views(messages, evidence),
    )
