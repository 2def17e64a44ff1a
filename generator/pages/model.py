"""The page of one model."""

from dataclasses import dataclass

from generator.pages.charts import present, signature_of
from generator.pages.citing import Citation, citation
from generator.pages.compared import compared_with
from generator.pages.dataset import SUMS
from generator.pages.edition import Edition, Population
from generator.pages.examples import Examples
from generator.pages.facts import Fact, model_facts
from generator.pages.figures import Drawn, card_of, files_of
from generator.pages.format import counted, level, weight
from generator.pages.heat_maps import benchmarks_heat_map_of, overall_signature_of
from generator.pages.links import Link, compare_href, explore_href, href, model_path
from generator.pages.model_data import model_file
from generator.pages.model_many import ManySection, many_section
from generator.pages.model_overall import OverallSection, overall_section
from generator.pages.model_run import RunSection, run_section
from generator.pages.models import any_failed
from generator.pages.overall import MANY, Overall
from generator.pages.page import Begun, Head, Page
from generator.pages.render import render


@dataclass(frozen=True)
class PopulationPart:
    """The runs of one population on one ground."""

    overall: OverallSection | None
    """All its benchmarks together; None where there is one alone."""
    many: ManySection | None
    """What is known of each of many benchmarks; None where each has a section."""
    runs: tuple[RunSection, ...]
    """One per run; none where there are many."""


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
    parts: tuple[PopulationPart, ...]
    """One per population and ground; none where there are no predictions of it."""
    level: str
    """Confidence level of the intervals."""
    fdr: str
    """Expected share of false ones among what is called distinctive, at most."""
    cite: Citation
    """How to cite the page."""
    explore: str
    """Address of its failures, one by one; empty where there is none."""
    download: Link | None
    """All its failures as a file, with rows and size; None where it has none."""
    sums: str
    """Address of the checksums."""


def model_page(edition: Edition, examples: Examples, model: str) -> Page:
    """Return the page of a model."""
    return model_page_begun(edition, examples, model)()


def model_page_begun(edition: Edition, examples: Examples, model: str) -> Begun:
    """Begin the page of a model; return how to get it."""
    system = edition.content.models[model]
    page = model_path(model)
    reports = edition.of_model(model)
    drawn: list[tuple[int, Drawn]] = []
    parts = tuple(
        _part(page, edition, examples, row, drawn) for row in edition.overall if row.model == model
    )
    synthetic = system.kind == "program"
    kind = "program with planted faults, not a language model" if synthetic else "language model"
    context = ModelContext(
        head=Head(
            system.name,
            f"How {system.name} fails: a {kind} by {system.developer}.",
            card=card_of(max(drawn, key=lambda one: one[0])[1] if drawn else None),
        ),
        name=system.name,
        developer=system.developer,
        population=reports[0].population if reports else None,
        synthetic=synthetic,
        note=system.note or "",
        facts=tuple(model_facts(model, system)),
        compared=compared_with(page, edition, model),
        compare=compare_href(page, models=model) if _comparable(edition, model) else "",
        parts=parts,
        level=level(edition.content.atlas.confidence_level),
        fdr=level(round(1 - edition.content.atlas.confidence_level, 6)),
        cite=citation(edition, page, system.name, reports),
        explore=explore_href(page, model=model) if any_failed(reports) else "",
        download=_download(page, edition, model),
        sums=href(page, SUMS),
    )
    return lambda: Page(page, render("model.md.j2", context), files_of([one for _, one in drawn]))


def _part(
    page: str,
    edition: Edition,
    examples: Examples,
    row: Overall,
    drawn: list[tuple[int, Drawn]],
) -> PopulationPart:
    """Return the runs of one population; charts are added to ``drawn`` with what they rest on."""
    overall = many = None
    runs: list[RunSection] = []
    if len(row.reports) > 1:
        figures = (
            overall_signature_of(page, edition, row),
            benchmarks_heat_map_of(page, edition, row),
        )
        size = row.own.classified if row.own else 0
        drawn += [(size, one) for one in present(figures)]
        overall = overall_section(page, edition, row, *figures)
    if len(row.reports) >= MANY:
        many = many_section(page, edition, examples, row)
    else:
        for report in row.reports:
            one = signature_of(page, edition, report)
            if one is not None and report.own is not None:
                drawn.append((report.own.classified, one))
            runs.append(run_section(page, edition, examples, report, one))
    return PopulationPart(overall, many, tuple(runs))


def _download(page: str, edition: Edition, model: str) -> Link | None:
    """Return where all failures of a model are, with rows and size."""
    found = model_file(edition, model)
    if found is None:
        return None
    path, size = found
    about = f"CSV, gzip, {counted(size.rows, 'row')}, {weight(size.data)}"
    return Link(about, href(page, path))


def _comparable(edition: Edition, model: str) -> bool:
    return any(vector.model == model for vector in edition.numbers.vectors)
