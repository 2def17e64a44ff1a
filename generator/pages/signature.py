"""What the page of a model says of a run beyond its shares: what is distinctive, and corrected."""

from math import isclose

from generator.charts.told import share_rows
from generator.pages.edition import Report
from generator.pages.format import count, estimate, level, percent
from generator.pages.links import Link
from generator.pages.tables import Table, category_cell, columns, plain
from generator.records.taxonomy import Taxonomy

MORE, LESS = "more often", "less often"


def distinctive_marks(report: Report) -> dict[str, str]:
    """Return which categories are distinctive of a run: *more often* or *less often*, by id."""
    rows = report.distinctive
    return {row["category"]: MORE if row["log_odds"] > 0 else LESS for row in rows}


def distinctive_sentences(page: str, taxonomy: Taxonomy, report: Report) -> tuple[Link, ...]:
    """Return a sentence for each distinctive category, the surest first, with its page.

    Args:
        page: Path of the page they stand on.
        taxonomy: Names of the categories.
        report: The run.
    """
    if report.own is None or report.pool is None:
        return ()
    shares = {row["category"]: row for row in share_rows(report.own)}
    said = []
    for row in sorted(report.distinctive, key=lambda row: (-abs(row["z"]), row["category"])):
        own, cell = shares[row["category"]], category_cell(page, taxonomy, row["category"])
        how = MORE if row["log_odds"] > 0 else LESS
        share = estimate(own["share"], own["low"], own["high"], 1)
        text = f"{cell.text}: {how} than the others, {share} against {percent(row['pool_share'])}"
        said.append(Link(text, cell.href))
    return tuple(said)


def corrected_table(
    page: str, taxonomy: Taxonomy, report: Report, caption: str, confidence: float
) -> Table | None:
    """Return shares corrected by what other judges say of all failures, beside the sample's alone.

    Only the categories whose share the correction changes are shown: of the others, the sample
    has nothing that the other judge could be held against, or all failures are in it.

    Args:
        page: Path of the page it stands on.
        taxonomy: Names of the categories.
        report: The run.
        caption: Whose failures these are.
        confidence: How often an interval holds that has labels enough.

    Returns:
        None where no share is another.
    """
    if not report.corrected.many:
        return None
    moved = [row for row in report.corrected.rows() if not isclose(row["corrected"], row["raw"])]
    often = level(confidence)
    rows = [
        (
            category_cell(page, taxonomy, row["category"]),
            plain(estimate(row["raw"], row["raw_low"], row["raw_high"], 1)),
            plain(estimate(row["corrected"], row["corrected_low"], row["corrected_high"], 1)),
            plain(f"at least {often}" if row["conservative"] else often),
            plain(percent(row["judged"])),
        )
        for row in sorted(moved, key=lambda row: -row["corrected"])
    ]
    names = columns(
        "Category", "Sample alone#", "Corrected#", "Interval holds in#", "Rules, all failures#"
    )
    return Table(caption, names, tuple(rows)) if rows else None


def carried_table(page: str, taxonomy: Taxonomy, report: Report, caption: str) -> Table | None:
    """Return shares of a run as they are if rules err on it as on the runs with a sample.

    Args:
        page: Path of the page it stands on.
        taxonomy: Names of the categories.
        report: The run.
        caption: Whose failures these are.

    Returns:
        None where nothing can be carried over to it.
    """
    if not report.carried.many:
        return None
    rows = [
        (
            category_cell(page, taxonomy, row["category"]),
            plain(percent(row["judged"])),
            plain(estimate(row["corrected"], row["low"], row["high"], 1)),
            plain(f"{count(row['found'])} of {count(row['positive'])}"),
            plain(f"{count(row['held'])} of {count(row['runs'])}"),
        )
        for row in sorted(report.carried.rows(), key=lambda row: -row["corrected"])
    ]
    names = columns(
        "Category", "Rules, all failures#", "If they err as on the others#",
        "Found by rules, of those in samples#", "Held on models with a sample#",
    )  # fmt: skip
    return Table(caption, names, tuple(rows)) if rows else None
