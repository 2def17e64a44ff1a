"""The page of one model."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.pages.blocks import Basis, ExampleView, basis, example_view
from generator.pages.charts import present, signature_of
from generator.pages.citing import Citation, citation
from generator.pages.compared import compared_with
from generator.pages.dataset import SUMS
from generator.pages.edition import STATES, Edition, Population, Report
from generator.pages.examples import Examples
from generator.pages.figures import Drawn, Figure, card_of, files_of
from generator.pages.format import count, counted, day, estimate, level, size, weight
from generator.pages.likeness import fails_alike
from generator.pages.links import (
    Link,
    benchmark_path,
    compare_href,
    explore_href,
    href,
    model_path,
)
from generator.pages.model_data import model_download
from generator.pages.page import Head, Page
from generator.pages.render import render
from generator.pages.signature import (
    carried_table,
    corrected_table,
    distinctive_marks,
    distinctive_sentences,
)
from generator.pages.tables import Table, category_table, outcome_table
from generator.records.model import Model
from generator.records.prediction import Run


@dataclass(frozen=True)
class Fact:
    """A fact with its name."""

    name: str
    """What it is."""
    value: Link
    """The fact, and where it can be checked."""


@dataclass(frozen=True)
class RunSection:
    """One run of the model."""

    benchmark: Link
    """Benchmark."""
    slug: str
    """Identifier of the section."""
    accuracy: str
    """Share of items solved with interval and n; empty where not known."""
    failures: str
    """Number of failures; empty where not known."""
    facts: tuple[Fact, ...]
    """How the predictions were made."""
    state: str
    """That the rules' verdicts are missing or not of now; empty where they are of now."""
    basis: Basis | None
    """Which failures the numbers speak of; None where none was looked at."""
    figure: Figure | None
    """Signature; None where nothing is classified."""
    categories: Table | None
    """The categories; None where nothing is classified."""
    distinctive: tuple[Link, ...]
    """What is distinctive of it, in sentences, each with the page of its category; may be none."""
    pooled: bool
    """Whether there are others to hold it against."""
    corrected: Table | None
    """Shares corrected by what rules say of all failures; None where that tells no more."""
    carried: Table | None
    """Shares corrected by how rules erred on other models; None where that was not tried or does
    not hold."""
    outcomes: Table | None
    """What came of looking; None where nothing was looked at."""
    alone: Table | None
    """What rules alone settle among all failures, where the numbers above rest on a sample."""
    alone_outcomes: Table | None
    """What came of the rules' looking at all failures."""
    alike: Table | None
    """Models that fail alike; None where its signature cannot be compared."""
    alike_says: str
    """Which signatures were compared; empty without a table."""
    examples: tuple[ExampleView, ...]
    """Examples."""


@dataclass(frozen=True)
class ModelContext:
    """What the template ``model.md.j2`` shows."""

    head: Head
    """Front matter."""
    name: str
    """Name of the model."""
    developer: str
    """Who made it."""
    population: Population | None
    """Population of its first run; None where it has none."""
    synthetic: bool
    """Whether it is a program with planted faults."""
    note: str
    """Anything a reader must know; empty where there is nothing."""
    facts: tuple[Fact, ...]
    """Facts about the model."""
    compared: tuple[Link, ...]
    """Models that it is held against, each with the place; may be none."""
    compare: str
    """Address where it can be held against any other; empty where that cannot be done."""
    sections: tuple[RunSection, ...]
    """One per run."""
    level: str
    """Confidence level of the intervals."""
    fdr: str
    """Expected share of false ones among what is called distinctive, at most."""
    cite: Citation
    """How to cite the page."""
    explore: str
    """Address of its failures, one by one."""
    download: Link | None
    """All its failures as a file, with rows and size; None where it has none."""
    sums: str
    """Address of the checksums."""


def model_page(edition: Edition, examples: Examples, model: str) -> Page:
    """Return the page of a model."""
    system = edition.content.models[model]
    page = model_path(model)
    reports = edition.of_model(model)
    drawn = [signature_of(page, edition, report) for report in reports]
    synthetic = system.kind == "program"
    kind = "program with planted faults, not a language model" if synthetic else "language model"
    context = ModelContext(
        head=Head(
            system.name,
            f"How {system.name} fails: a {kind} by {system.developer}.",
            searchable=False,
            card=card_of(_fullest(reports, drawn)),
        ),
        name=system.name,
        developer=system.developer,
        population=reports[0].population if reports else None,
        synthetic=synthetic,
        note=system.note or "",
        facts=tuple(_model_facts(model, system)),
        compared=compared_with(page, edition, model),
        compare=compare_href(page, models=model) if _comparable(edition, model) else "",
        sections=tuple(
            _section(page, edition, examples, report, one)
            for report, one in zip(reports, drawn, strict=True)
        ),
        level=level(edition.content.atlas.confidence_level),
        fdr=level(round(1 - edition.content.atlas.confidence_level, 6)),
        cite=citation(edition, page, system.name),
        explore=explore_href(page, model=model),
        download=_download(page, edition, model),
        sums=href(page, SUMS),
    )
    return Page(page, render("model.md.j2", context), files_of(present(drawn)))


def _download(page: str, edition: Edition, model: str) -> Link | None:
    """Return where all failures of a model are, with rows and size."""
    found = model_download(edition, model)
    if found is None:
        return None
    about = f"CSV, gzip, {counted(found.rows, 'row')}, {weight(len(found.data))}"
    return Link(about, href(page, found.path))


def _fullest(reports: Sequence[Report], drawn: Sequence[Drawn | None]) -> Drawn | None:
    """Return the chart that rests on the most failures."""
    told = [
        (report.own.classified, one)
        for report, one in zip(reports, drawn, strict=True)
        if report.own
    ]
    return max(told, key=lambda pair: pair[0])[1] if told else None


def _comparable(edition: Edition, model: str) -> bool:
    return any(vector.model == model for vector in edition.numbers.vectors)


def _fact(name: str, value: str, address: str = "") -> Fact:
    return Fact(name, Link(value, address))


def _model_facts(model: str, system: Model) -> list[Fact]:
    weights = {True: "can be downloaded", False: "cannot be downloaded", None: "not known"}
    facts = [
        _fact("Identifier", model),
        _fact("Made by", system.developer),
        _fact("Released", day(system.released) if system.released else "not known"),
        _fact("Parameters", size(system.parameters) if system.parameters else "not known"),
        _fact("Weights", weights[system.open_weights]),
        _fact("Licence", system.licence or "not known"),
    ]
    if system.kind == "program":
        facts = facts[:2]
    if system.url:
        facts.append(_fact("Where to check", str(system.url), str(system.url)))
    return facts


def run_facts(run: Run) -> list[Fact]:
    """Return how predictions were made."""
    trained = {"yes": "yes", "no": "no", "unknown": "not known"}
    facts = [
        _fact("Harness", f"{run.harness} {run.harness_version}"),
        _fact("Date of the run", day(run.date) if run.date else "not known"),
        _fact("Prompt", run.prompt),
    ]
    facts += [_fact(f"Setting: {name}", _setting(value)) for name, value in run.generation.items()]
    facts += [
        _fact("Made available by", run.contributor),
        _fact("Licence of the predictions", run.licence),
        _fact("Items seen in training", trained[run.trained_on_test]),
    ]
    if run.note:
        facts.append(_fact("Note", run.note))
    return facts


def _setting(value: object) -> str:
    words = {True: "yes", False: "no", None: "not set"}
    return words[value] if value is None or isinstance(value, bool) else str(value)


def _section(
    page: str, edition: Edition, examples: Examples, report: Report, drawn: Drawn | None
) -> RunSection:
    taxonomy, own, attempt = edition.content.taxonomy, report.own, report.attempt
    alone, who = report.rules_alone, f"Failures of {report.system.name} on {report.items.name}"
    classified = own is not None and own.classified > 0
    alike = fails_alike(page, edition, report)
    return RunSection(
        benchmark=Link(report.items.name, href(page, benchmark_path(report.benchmark))),
        slug=report.benchmark.replace("_", "-"),
        accuracy=(
            f"{estimate(attempt.accuracy, attempt.low, attempt.high, attempt.attempted)} "
            f"of {count(attempt.attempted)} items"
            if attempt
            else ""
        ),
        failures=count(attempt.failed) if attempt else "",
        facts=tuple(run_facts(report.run)),
        state=STATES[report.state],
        basis=basis(page, report, own) if own else None,
        figure=drawn.figure if drawn else None,
        categories=(
            category_table(
                page,
                taxonomy,
                own,
                report.pool,
                caption=f"{who}, by category",
                rates=report.rates,
                marks=distinctive_marks(report),
            )
            if own and classified
            else None
        ),
        distinctive=distinctive_sentences(page, taxonomy, report),
        pooled=bool(classified and report.pool and report.pool.classified),
        corrected=corrected_table(
            page, taxonomy, report, f"{who}: shares of all {count(attempt.failed)}"
        )
        if attempt
        else None,
        carried=carried_table(page, taxonomy, report, f"{who}, rules alone: shares of all"),
        outcomes=outcome_table(own, who) if own else None,
        alone=(
            category_table(page, taxonomy, alone, None, caption=f"{who}: what rules alone settle")
            if alone and alone.classified
            else None
        ),
        alone_outcomes=outcome_table(alone, f"{who}, rules alone") if alone else None,
        alike=alike.table if alike else None,
        alike_says=alike.says if alike else "",
        examples=tuple(
            example_view(page, edition, example)
            for example in examples.by_run.get((report.benchmark, report.model), ())
        ),
    )
