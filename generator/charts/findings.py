"""Sentences about a composition, computed from its numbers."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

from generator.charts.labels import listed, percent, plural, visible
from generator.charts.told import share_rows
from generator.records.taxonomy import Taxonomy
from generator.stats.compositions import Composition

_NAMED = 3
"""Most categories that a title names beside one another."""


def ranked(composition: Composition) -> list[dict[str, Any]]:
    """Return the categories that occur, the largest share first, ties in the taxonomy's order."""
    found = [row for row in share_rows(composition) if row["count"] > 0]
    return sorted(found, key=lambda row: -float(row["share"]))


def front(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the first of ranked rows and those whose intervals overlap the interval of it.

    Among them the numbers give no order: which of them is the most frequent is not known.
    """
    return [row for row in rows if row["high"] >= rows[0]["low"]]


def is_clear(composition: Composition) -> bool:
    """Tell whether intervals set the most frequent category apart from all others.

    Those that do not occur count as well: where all of two failures are of one kind, most of what
    is not seen may yet be of another.
    """
    rows = ranked(composition)
    near = [row for row in share_rows(composition) if rows and row["high"] >= rows[0]["low"]]
    return len(near) == 1


def foremost(composition: Composition) -> list[dict[str, Any]]:
    """Return the categories with the largest share, in the taxonomy's order; none without any.

    The others are not looked at, since tables ask for it of every run.
    """
    part = composition.share_part
    counts, shares = part.column("count").tolist(), part.column("share").tolist()
    found = [place for place, many in enumerate(counts) if many > 0]
    most = max((shares[place] for place in found), default=0.0)
    return [part.at(place) for place in found if math.isclose(shares[place], most, rel_tol=1e-9)]


def leading(composition: Composition, taxonomy: Taxonomy) -> str:
    """Name the most frequent category, or those among which the intervals tell no order.

    Args:
        composition: Whose shares.
        taxonomy: Names of the categories.

    Returns:
        For example "Computation Error (31 %)", "Computation Error (31 %), then Counting Error
        (9.5 %)" where the second is clear of the third as well, or "Computation Error (31 %) or
        Counting Error (29 %), whose intervals overlap"; empty where no failure is classified. Of a
        few failures, all of one kind, it says that they are too few to be sure.
    """
    rows = ranked(composition)
    if not rows:
        return ""
    names = {category.id: category.name for category in taxonomy.categories}
    said = [f"{visible(names[row['category']])} ({percent(row['share'])})" for row in rows]
    level = len(front(rows))
    if level == 1 and not is_clear(composition):
        return f"{said[0]}, in too few failures to be sure"
    if level == 1:
        second = len(rows) > 1 and len(front(rows[1:])) == 1
        return f"{said[0]}, then {said[1]}" if second else said[0]
    if level <= _NAMED:
        return f"{', '.join(said[: level - 1])} or {said[level - 1]}, whose intervals overlap"
    rest = level - _NAMED + 1
    return f"{', '.join(said[: _NAMED - 1])} or one of {rest} more, whose intervals overlap"


def largest(compositions: Sequence[Composition], taxonomy: Taxonomy) -> str:
    """Name the category with the largest share in most compositions, and say how sure that is.

    Categories with the same largest share of a composition are all counted in it.

    Args:
        compositions: One per row of a chart.
        taxonomy: Names and order of the categories.
    """
    # Rules settle a few categories only, so what leads among their verdicts says little.
    sampled = [one for one in compositions if one.basis == "sample"]
    told = [(one, rows) for one in sampled or compositions if (rows := foremost(one))]
    if not told:
        return "No failure has a category yet"
    leaders = Counter(entry["category"] for _, rows in told for entry in rows)
    count = max(leaders.values())
    most = [category for category in taxonomy.categories if leaders[category.id] == count]
    ids = {category.id for category in most}
    led = [(one, rows) for one, rows in told if ids & {entry["category"] for entry in rows}]
    even = ", alone or tied," if any(len(rows) > 1 for _, rows in led) else ""
    clear = sum(is_clear(one) for one, _ in led)
    sure = "all" if clear == len(led) else clear or "none"
    has, it = ("has", "it") if len(most) == 1 else ("each have", "one of them")
    names = [visible(category.name) for category in most]
    who = listed(names) if len(names) <= _NAMED else f"{len(names)} categories"
    return (
        f"{who} {has} the largest share{even} "
        f"in {count} of {plural(len(told), 'sampled row' if sampled else 'row')}; "
        f"intervals set {it} apart in {sure} of these"
    )


def population(composition: Composition) -> str:
    """Say which failures were looked at and how many of them have a category."""
    looked_at, whole = composition.looked_at, plural(composition.population, "failure")
    seen = (
        f"a random sample of {looked_at:,} of {whole}"
        if composition.basis == "sample"
        else f"all {whole}"
        if looked_at != 1
        else whole
    )
    judges = ", ".join(visible(judge) for judge in composition.judges)
    return (
        f"n = {plural(composition.classified, 'classified failure')} "
        f"of {looked_at:,} looked at ({seen}; judged by {judges or 'nobody yet'})"
    )
