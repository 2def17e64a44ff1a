"""Pairs of models held against each other, as fairly as their runs allow."""

import math
import re
from dataclasses import dataclass

from generator.charts.labels import listed
from generator.pages.edition import Edition
from generator.pages.format import NOTHING, count, decimal, level, percent, points
from generator.pages.links import COMPARED, Link, compare_href, href, model_path
from generator.pages.page import Head, Page
from generator.pages.render import render
from generator.pages.signature import LESS, MORE
from generator.pages.tables import (
    OUTCOME_NAMES,
    Table,
    category_cell,
    columns,
    plain,
)
from generator.stats.comparison import FEWEST_SHARED, Comparison
from generator.stats.comparisons import Compared
from generator.stats.steps import MOST, STEPS
from generator.stats.tables import records

GROUNDS = {
    "shared items": "shared items",
    "reference mix": "one mix of benchmarks",
    "none": "none: no fair comparison",
}
"""What a comparison rests on, in words."""
OF = {"items": "items", "classified": "classified failures", "looked at": "failures looked at"}
"""What rates are taken of, in words."""
RULES_ALONE = "rules alone"


@dataclass(frozen=True)
class PairSection:
    """Two models."""

    anchor: str
    """Identifier of the section."""
    first: Link
    """The one that is held against the other."""
    second: Link
    """The other one."""
    says: str
    """What the comparison rests on, or the warning that there is no fair one."""
    rules_only: bool
    """Whether it rests on rules alone, for want of a sample."""
    fair: bool
    """Whether there is a fair one by the verdicts that count."""
    table: Table | None
    """The comparison; None without a fair one."""
    rules_say: str
    """What the comparison by rules rests on; empty without one."""
    rules_table: Table | None
    """Item by item by rules alone; None where the first table is item by item or rules did not
    look at everything."""


@dataclass(frozen=True)
class ComparedContext:
    """What the template ``compared.md.j2`` shows."""

    head: Head
    """Front matter."""
    overview: Table | None
    """All pairs; None where there are none."""
    pairs: tuple[PairSection, ...]
    """One per pair."""
    most: int
    """Pairs shown, at most."""
    compare: str
    """Address where any models can be compared."""
    fewest: int
    """Shared items from which a comparison rests on them."""
    level: str
    """Confidence level of the intervals."""
    fdr: str
    """False-discovery rate at which a difference is called one."""


def compared_page(edition: Edition) -> Page:
    """Return the page of pairs of models."""
    pairs = edition.numbers.comparisons
    confidence = edition.content.atlas.confidence_level
    context = ComparedContext(
        head=Head("Models compared", "Pairs of models held against each other, or why not."),
        overview=_overview(edition) if pairs else None,
        pairs=tuple(_section(edition, pair) for pair in pairs),
        most=MOST,
        compare=compare_href(COMPARED),
        fewest=FEWEST_SHARED,
        level=level(confidence),
        fdr=level(round(1 - confidence, 6)),
    )
    return Page(COMPARED, render("compared.md.j2", context), {})


def compared_with(page: str, edition: Edition, model: str) -> tuple[Link, ...]:
    """Return the models that one is held against, each with the place where it is."""
    found = []
    for pair in edition.numbers.comparisons:
        both = (pair.step.first, pair.step.second)
        if model in both:
            (other,) = (name for name in both if name != model)
            name = edition.content.models[other].name
            found.append(Link(name, href(page, COMPARED, _anchor(pair))))
    return tuple(found)


def _anchor(pair: Compared) -> str:
    both = f"{pair.step.first} against {pair.step.second}"
    return re.sub(r"[^a-z0-9]+", "-", both.lower())


def _judged(pair: Compared) -> str:
    """Return whose verdicts count for a pair."""
    return RULES_ALONE if pair.judges == ("rules",) else listed(list(pair.judges))


def _overview(edition: Edition) -> Table:
    rows = []
    for pair in edition.numbers.comparisons:
        names = [edition.content.models[m].name for m in (pair.step.first, pair.step.second)]
        shown = [one for one in (pair.counted, pair.by_rules) if one is not None]
        rows += [
            (
                Link(" against ".join(names), f"#{_anchor(pair)}"),
                plain(STEPS[pair.step.kind]),
                plain(_judged(pair) if one is pair.counted else RULES_ALONE),
                plain(GROUNDS[one.ground]),
                plain(count(one.items)),
                plain(count(len(_told(edition, one))) if one.ground != "none" else NOTHING),
            )
            for one in shown
        ]
    heads = columns(
        "Pair", "Set apart by", "Judged by", "Ground", "Shared items#", "Categories that differ#"
    )
    return Table("Pairs of models one step apart", heads, tuple(rows))


def _told(edition: Edition, one: Comparison) -> dict[str, str]:
    """Return the categories that differ: *more often* or *less often* with the first, by id."""
    rate = 1 - edition.content.atlas.confidence_level
    return {
        row["name"]: MORE if row["difference"] > 0 else LESS
        for row in records(one.table)
        if row["q"] <= rate
    }


def _section(edition: Edition, pair: Compared) -> PairSection:
    first, second = (
        Link(edition.content.models[name].name, href(COMPARED, model_path(name)))
        for name in (pair.step.first, pair.step.second)
    )
    rules = pair.by_rules
    return PairSection(
        anchor=_anchor(pair),
        first=first,
        second=second,
        says=pair.counted.says,
        rules_only=pair.judges == ("rules",),
        fair=pair.counted.ground != "none",
        table=_table(edition, pair.counted, _judged(pair)),
        rules_say=rules.says if rules else "",
        rules_table=_table(edition, rules, RULES_ALONE) if rules else None,
    )


def _table(edition: Edition, one: Comparison, judged: str) -> Table | None:
    """Return the rows of a comparison that occur: categories by size, then what has none."""
    if one.ground == "none":
        return None
    taxonomy, told = edition.content.taxonomy, _told(edition, one)
    names = [edition.content.models[model].name for model in (one.first, one.second)]
    rows = [row for row in records(one.table) if row["first"] > 0 or row["second"] > 0]
    made = []
    for row in sorted(
        rows, key=lambda row: (row["name"] in OUTCOME_NAMES, -max(row["first"], row["second"]))
    ):
        outcome = OUTCOME_NAMES.get(row["name"])
        made.append(
            (
                plain(outcome) if outcome else category_cell(COMPARED, taxonomy, row["name"]),
                plain(percent(row["first"])),
                plain(percent(row["second"])),
                plain(points(row["difference"], row["low"], row["high"])),
                plain("" if math.isnan(row["q"]) else _q(row["q"])),
                plain(told.get(row["name"], "")),
            )
        )
    of = " and ".join(OF[name] for name in dict.fromkeys(row["of"] for row in rows))
    heads = columns(
        "Category",
        *(f"{name}#" for name in names),
        "Difference, points#",
        "q#",
        "The first one fails so",
    )
    return Table(f"{' against '.join(names)}, by {judged}: shares of {of}", heads, tuple(made))


def _q(q: float) -> str:
    """Return a false-discovery rate: 0.03."""
    return "< 0.01" if q < 0.01 else decimal(q)  # noqa: PLR2004 - two decimals
