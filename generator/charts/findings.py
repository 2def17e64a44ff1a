"""Sentences about a composition, computed from its numbers."""

from typing import Any

from generator.charts.labels import percent, plural, visible
from generator.records.taxonomy import Taxonomy
from generator.stats.compositions import Composition


def leading(composition: Composition, taxonomy: Taxonomy) -> str:
    """Name the most frequent category and the runner-up, with their shares of the classified.

    Equal shares are named in the order of the taxonomy.

    Args:
        composition: Whose shares.
        taxonomy: Names of the categories.

    Returns:
        For example "Computation Error (31 %), then Refusal or Abstention (9.5 %)"; empty where no
        failure is classified.
    """
    names = {category.id: category.name for category in taxonomy.categories}
    ranked = sorted(
        (row for row in records(composition.shares) if row["count"] > 0),
        key=lambda row: -float(row["share"]),
    )
    said = [f"{visible(names[row['category']])} ({percent(row['share'])})" for row in ranked[:2]]
    return ", then ".join(said)


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


def records(frame: Any) -> list[dict[str, Any]]:
    """Return the rows of a table as plain dictionaries."""
    return [dict(row) for row in frame.to_dict("records")]
