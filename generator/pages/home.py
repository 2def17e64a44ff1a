"""The home page."""

from dataclasses import dataclass

from generator.pages.charts import present
from generator.pages.edition import Edition, Report
from generator.pages.escaping import Html
from generator.pages.figures import Figure, card_of, files_of
from generator.pages.findings import findings
from generator.pages.format import count, counted, day, level, month
from generator.pages.heat_maps import heat_map_of
from generator.pages.links import HOME
from generator.pages.page import Begun, Head, Page
from generator.pages.render import render


@dataclass(frozen=True)
class HomeContext:
    """What the template ``home.md.j2`` shows."""

    head: Head
    """Front matter."""
    title: str
    """Name of the Atlas."""
    edition: str
    """Edition, such as 2026.12."""
    dated: str
    """When it was released, or which month it is prepared for."""
    prepared: bool
    """Whether it is still in preparation, so that its numbers change."""
    models: str
    """Number of language models, with the noun."""
    programs: str
    """Number of programs with planted faults, with the noun; empty where there are none."""
    benchmarks: str
    """Number of benchmarks that language models answered, with the noun."""
    failures: str
    """Number of their failed predictions, with the noun."""
    sampled: str
    """Number of failures read in annotated samples, with the noun; empty where there are none."""
    sampled_models: str
    """Number of models with an annotated sample; empty where there are none."""
    ruled_models: str
    """Number of models whose failures went through rules alone, with the noun; may be empty."""
    categories: str
    """Number of categories."""
    figure: Figure | None
    """Heat map of the annotated models, else of the others; None where nothing is classified."""
    figure_annotated: bool
    """Whether the heat map rests on annotated samples."""
    findings: tuple[Html, ...]
    """Findings, worded and with their numbers; may be none."""
    level: str
    """Confidence level of their intervals."""


def home_page(edition: Edition) -> Page:
    """Return the home page."""
    return home_page_begun(edition)()


def home_page_begun(edition: Edition) -> Begun:
    """Begin the home page; return how to get it."""
    atlas = edition.content.atlas
    annotated, ruled = edition.of_population("annotated"), edition.of_population("all")
    real, programs = (*annotated, *ruled), edition.of_population("planted")
    drawn = heat_map_of(HOME, edition, "annotated") or heat_map_of(HOME, edition, "all")
    failures = sum(report.attempt.failed for report in real if report.attempt)
    sampled = sum(report.own.looked_at for report in annotated if report.own)
    # A model with a sample on one benchmark may have run another that has none.
    further = _models(real) - _models(annotated)
    context = HomeContext(
        head=Head("Why language models fail", atlas.description, card=card_of(drawn)),
        title=atlas.title,
        edition=atlas.edition,
        dated=_dated(edition),
        prepared=not atlas.released,
        models=counted(_models(real), "language model"),
        programs=counted(_models(programs), "program") if programs else "",
        benchmarks=counted(len({report.benchmark for report in real}), "benchmark"),
        failures=counted(failures, "failed prediction"),
        sampled=counted(sampled, "failure") if annotated else "",
        sampled_models=count(_models(annotated)) if annotated else "",
        ruled_models=counted(further, "further model") if further else "",
        categories=count(len(edition.content.taxonomy.categories)),
        figure=drawn.figure if drawn else None,
        figure_annotated=bool(annotated),
        findings=findings(edition),
        level=level(atlas.confidence_level),
    )
    return lambda: Page(HOME, render("home.md.j2", context), files_of(present([drawn])))


def _dated(edition: Edition) -> str:
    atlas = edition.content.atlas
    release = edition.content.releases.get(atlas.edition)
    if release is not None:
        return f"released on {day(release.date)}"
    return f"{'of' if atlas.released else 'in preparation for'} {month(atlas.day)}"


def _models(reports: tuple[Report, ...]) -> int:
    return len({report.model for report in reports})
