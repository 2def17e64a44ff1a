"""Findings on the home page: chosen by rule, worded by template, only where the numbers hold."""

from dataclasses import dataclass
from typing import Any

from generator.charts.findings import is_clear, ranked
from generator.charts.told import share_rows
from generator.pages.edition import Edition
from generator.pages.escaping import Html
from generator.pages.format import count, estimate, points
from generator.pages.links import HOME, Link, benchmark_path, category_path, href, model_path
from generator.pages.render import render
from generator.stats.tables import records

MOST = 3
"""Most findings that the page shows."""


@dataclass(frozen=True)
class Finding:
    """What the template ``partials/finding.md.j2`` shows: one finding with its numbers."""

    kind: str
    """``frequent``, ``strength``, ``causes`` or ``distinctive``."""
    subject: Link
    """Category, model or benchmark that the finding is about."""
    benchmark: Link
    """Benchmark whose failures were looked at."""
    share: str
    """Share with its interval; of strong models where the finding is about strength."""
    against: str
    """Share that it is held against; empty where there is none."""
    difference: str
    """Difference in percentage points with its interval; empty where there is none."""
    more: bool
    """Whether the first share is the larger one."""
    n: str
    """Failures behind the share."""
    n_against: str
    """Failures behind the share that it is held against; empty where there is none."""


@dataclass(frozen=True)
class _Measured:
    """An annotated benchmark."""

    slug: str
    """Its slug."""
    link: Link
    """Its name, leading to its page."""


def findings(edition: Edition) -> tuple[Html, ...]:
    """Return at most three findings about annotated models, as finished sentences.

    The rule: the most frequent kind on the benchmark with the most failures read, where its
    interval is clear of all others; the category by
    which strong and weak models differ most surely, where the false discovery rate allows it; the
    largest share that says nothing of what a model can do; the surest distinctive category of a
    model. What does not hold is left out and the next takes its place.
    """
    slugs = sorted({report.benchmark for report in edition.of_population("annotated")})
    places = [
        _Measured(
            slug, Link(edition.content.benchmarks[slug].name, href(HOME, benchmark_path(slug)))
        )
        for slug in slugs
        if slug in edition.numbers.benchmarks and edition.numbers.benchmarks[slug].basis == "sample"
    ]
    made = (
        _frequent(edition, places),
        _strength(edition, places),
        _causes(edition, places),
        _distinctive(edition, places),
    )
    held = [one for one in made if one is not None][:MOST]
    return tuple(render("partials/finding.md.j2", one) for one in held)


def _frequent(edition: Edition, places: list[_Measured]) -> Finding | None:
    """Return the kind with the largest share on the benchmark where most failures were read.

    Where it is not clear of the others there, there is no finding: another benchmark, on which it
    is, would have been picked for its result.
    """
    if not places:
        return None
    at = min(places, key=lambda one: (-edition.numbers.benchmarks[one.slug].classified, one.slug))
    whole = edition.numbers.benchmarks[at.slug]
    rows = ranked(whole)
    if not is_clear(whole):
        return None
    return Finding(
        "frequent",
        _category(edition, rows[0]["category"]),
        at.link,
        _share(rows[0]),
        _share(rows[1]) if rows[1:] else "",
        "",
        True,
        count(whole.classified),
        "",
    )


def _strength(edition: Edition, places: list[_Measured]) -> Finding | None:
    """Return the surest difference between the most and the least accurate models."""
    rate, found = 1 - edition.content.atlas.confidence_level, []
    for at in places:
        anatomy = edition.numbers.anatomies.get(at.slug)
        if anatomy is not None and (split := anatomy.standing) is not None:
            rows = records(split.differences)
            found += [
                (row["p"], at.slug, row["category"], at, split, row)
                for row in rows
                if row["q"] < rate and (row["low"] > 0 or row["high"] < 0)
            ]
    if not found:
        return None
    *_, at, split, row = min(found, key=lambda one: one[:3])
    strong, weak = (
        next(one for one in share_rows(part) if one["category"] == row["category"])
        for part in (split.strong_failures, split.weak_failures)
    )
    return Finding(
        "strength",
        _category(edition, row["category"]),
        at.link,
        _share(strong),
        _share(weak),
        points(row["difference"], row["low"], row["high"]),
        bool(row["difference"] > 0),
        count(split.strong_failures.classified),
        count(split.weak_failures.classified),
    )


def _causes(edition: Edition, places: list[_Measured]) -> Finding | None:
    """Return the largest share of failures that say nothing of what a model can do."""
    found = []
    for at in places:
        anatomy = edition.numbers.anatomies.get(at.slug)
        rows = records(anatomy.causes) if anatomy is not None else []
        found += [
            (-row["share"], at.slug, at, row)
            for row in rows
            if row["cause"] == "together" and row["count"] > 0
        ]
    if not found:
        return None
    *_, at, row = min(found, key=lambda one: one[:2])
    n = count(edition.numbers.benchmarks[at.slug].looked_at)
    return Finding("causes", at.link, at.link, _share(row), "", "", True, n, "")


def _distinctive(edition: Edition, places: list[_Measured]) -> Finding | None:
    """Return the surest distinctive category of an annotated model."""
    links = {at.slug: at.link for at in places}
    found = []
    for report in edition.of_population("annotated"):
        found += [
            (-abs(row["z"]), report.benchmark, report.model, row["category"], report, row)
            for row in report.distinctive
            if report.benchmark in links
        ]
    if not found:
        return None
    *_, report, row = min(found, key=lambda one: one[:4])
    if report.own is None or report.pool is None:
        return None
    own, others = (
        next(one for one in share_rows(part) if one["category"] == row["category"])
        for part in (report.own, report.pool)
    )
    category = _category(edition, row["category"])
    named = Link(f"{report.system.name}: {category.text}", href(HOME, model_path(report.model)))
    return Finding(
        "distinctive",
        named,
        links[report.benchmark],
        _share(own),
        _share(others),
        "",
        bool(row["log_odds"] > 0),
        count(report.own.classified),
        count(report.pool.classified),
    )


def _share(row: dict[str, Any]) -> str:
    return estimate(row["share"], row["low"], row["high"], 1)


def _category(edition: Edition, category: str) -> Link:
    names = {entry.id: entry.name for entry in edition.content.taxonomy.categories}
    return Link(names[category], href(HOME, category_path(category)))
