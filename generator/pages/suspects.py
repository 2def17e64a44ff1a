"""The items whose reference may be wrong, as a benchmark's page shows them."""

from dataclasses import dataclass

from generator.charts.labels import listed
from generator.pages.edition import Edition
from generator.pages.format import NOTHING, count, counted, estimate
from generator.pages.links import Link, href
from generator.pages.tables import Table, columns, plain
from generator.stats.suspects import EVIDENCE
from generator.stats.tables import records

SHOWN = 20
"""Suspect items on the page; all are in the file."""
EVIDENCE_NAMES = {
    "agreement": "models agree",
    "references": "references differ",
    "solution": "solution differs",
    "verdicts": "so judged",
}
"""Kinds of evidence, short enough for a narrow table."""


@dataclass(frozen=True)
class Suspects:
    """Items whose reference may be wrong."""

    says: str
    """How many there are, and for what reason."""
    table: Table
    """The most suspect ones."""
    file: Link
    """All of them."""


def suspects_path(benchmark: str) -> str:
    """Return the path of the file of a benchmark's suspect items."""
    return f"data/suspects/{benchmark}.csv"


def suspect_items(page: str, edition: Edition, slug: str) -> Suspects | None:
    """Return the suspect items of a benchmark; None where there are none, or a program made it."""
    found = edition.numbers.suspects[slug]
    if found.empty or edition.content.benchmarks[slug].synthetic:
        return None
    flags = {
        "agreement": found["agreement"],
        "references": found["references_differ"],
        "solution": found["solution_differs"],
        "verdicts": found["verdicts"] > 0,
    }
    reasons = [
        f"{EVIDENCE[kind]} ({EVIDENCE_NAMES[kind]}: {count(flag.sum())})"
        for kind, flag in flags.items()
        if flag.any()
    ]
    rows = []
    for row in records(found.head(SHOWN)):
        spoke = [EVIDENCE_NAMES[kind] for kind, flag in flags.items() if flag.iloc[row["rank"] - 1]]
        agreeing = (
            f"{row['strong_agreeing']} of {row['strong']}: "
            f"{estimate(row['share'], row['low'], row['high'], row['strong'])}"
            if row["strong"]
            else NOTHING
        )
        rows.append(
            (
                plain(row["item_id"]),
                plain(", ".join(spoke)),
                plain(agreeing),
                plain(f"{row['agreeing']} of {row['models']}"),
                plain(f"{row['solved']} of {row['models']}"),
            )
        )
    names = columns(
        "Item", "Evidence", "Strong models with the same other answer#", "All models with it#",
        "Solved by#",
    )  # fmt: skip
    more = len(found) > len(rows)
    shown = f"The {len(rows)} most suspect of {count(len(found))}" if more else "Suspect"
    name = edition.content.benchmarks[slug].name
    return Suspects(
        says=f"{counted(len(found), 'item')}: {listed(reasons)}.",
        table=Table(f"{shown} items of {name}", names, tuple(rows)),
        file=Link(f"{slug}.csv", href(page, suspects_path(slug))),
    )
