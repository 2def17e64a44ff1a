"""The tables of a proposal: its account, how far it can be trusted, its tree."""

from collections.abc import Sequence

from generator.charts.found import standing_of
from generator.charts.labels import NBSP
from generator.pages.format import NOTHING, count, counted, decimal, interval, percent
from generator.pages.links import Link
from generator.pages.tables import Table, columns, concept_cell, plain
from generator.records.proposal import Branch, Coverage, Gap, Proposal, Variation
from generator.records.taxonomy import Taxonomy
from generator.taxonomy.tree import concepts

PAPER = "ErrorAtlas paper, other data (figure of a secondary source)"
"""What stands beside the paper's figures, which nobody here could compute again."""
PAPER_COVERAGE = 0.952
"""On the errors that built its taxonomy."""
PAPER_PRECISION = PAPER_RECALL = 0.88
"""Of a taxonomy built with rephrased prompts on a 15 % sample."""
VARIATIONS: dict[Variation, str] = {
    "seeds": "Another seed",
    "orders": "Failures in reverse order",
    "samples": "Two random halves",
    "part": f"A random 15{NBSP}% against the whole",
}
"""What differs between two builds, in words."""


def account_table(proposal: Proposal) -> Table:
    """Return where every failure went; the parts add up to all failures."""
    account = proposal.account
    parts = {
        "In a category": account.placed,
        "In “other”: fits no category, or one too rare to stand alone": account.other,
        "Unclear: could not be placed": account.unclear,
        "Undetermined: the judge could not tell": account.undetermined,
        "The fault of the benchmark or the harness": account.not_model,
        "No verdict by these judges": account.no_verdict,
    }
    total = sum(parts.values())
    rows = [(plain(name), plain(count(n)), plain(_share(n, total))) for name, n in parts.items()]
    rows.append((plain("All failures"), plain(count(total)), plain(_share(total, total))))
    names = columns("What became of them", "Failures#", "Share#")
    return Table(f"Account of {counted(account.failures, 'failure')}", names, tuple(rows))


def _share(part: int, whole: int) -> str:
    return percent(part / whole) if whole else NOTHING


def coverage_table(proposal: Proposal, level: str) -> Table:
    """Return the shares of failures with a cause that have a category."""
    rows = (
        (plain("At the top"), *_covered(proposal.coverage)),
        (plain("In the leaves"), *_covered(proposal.leaf_coverage)),
        (plain(PAPER), plain(percent(PAPER_COVERAGE)), plain(NOTHING)),
    )
    size = counted(proposal.account.titled, "failure")
    names = columns("Where", "Coverage#", f"{level} interval#")
    return Table(f"Share of {size} with a cause that are in a category", names, rows)


def _covered(coverage: Coverage) -> tuple[Link, Link]:
    return plain(percent(coverage.share)), plain(interval(coverage.low, coverage.high))


def stability_table(proposal: Proposal) -> Table | None:
    """Return what is there again when it is built again; None where that was not measured."""
    if not proposal.stability:
        return None
    rows = [
        (
            plain(VARIATIONS[row.variation]),
            plain(str(row.depth)),
            plain(decimal(row.rand_index)),
            plain(percent(row.precision)),
            plain(percent(row.recall)),
        )
        for row in proposal.stability
    ]
    rows.append(
        (
            plain(f"{PAPER}: other wording, 15{NBSP}% sample"),
            plain(NOTHING),
            plain(NOTHING),
            plain(percent(PAPER_PRECISION)),
            plain(percent(PAPER_RECALL)),
        )
    )
    names = columns(
        "What differs", "Depth#", "Adjusted Rand index#", "Precision#", "Recall#",
    )  # fmt: skip
    return Table("Built again, category by category", names, tuple(rows))


def redundancy_table(proposal: Proposal) -> Table | None:
    """Return the neighbours that are nearly alike; None where there are none."""
    if not proposal.redundancy:
        return None
    rows = tuple(
        (plain(pair.first), plain(pair.second), plain(decimal(pair.similarity)))
        for pair in proposal.redundancy
    )
    names = columns("Category", "Its neighbour", "Similarity#")
    return Table("Neighbours that are nearly alike", names, rows)


def gap_table(page: str, taxonomy: Taxonomy, gaps: Sequence[Gap]) -> Table:
    """Return what categories that have failures leave uncovered, in the order of the Atlas."""
    rows = tuple(
        (
            existing(page, taxonomy, gap.atlas),
            plain(count(gap.failures)),
            plain(count(gap.without_subcategory)),
            plain(count(gap.in_proposed)),
            plain(count(gap.in_none)),
            plain(", ".join(part.partition("/")[2] for part in gap.unused) or NOTHING),
        )
        for gap in gaps
    )
    names = columns(
        "Category", "Failures#", "Without a subcategory#", "In proposed branches#",
        "In other or unclear#", "Subcategories without a failure",
    )  # fmt: skip
    size = counted(len(rows), "category", "categories")
    return Table(f"What {size} with failures leave uncovered", names, rows)


def branch_table(page: str, taxonomy: Taxonomy, branches: Sequence[Branch], caption: str) -> Table:
    """Return branches beside one another, and what the Atlas has of each.

    Args:
        page: Path of the page it stands on.
        taxonomy: Names of the categories of now.
        branches: The branches; shares are of all their failures.
        caption: What they are below.
    """
    whole = sum(branch.failures for branch in branches)
    # What is in the Atlas already is nearest to itself.
    near = any(branch.nearest and not branch.atlas for branch in branches)
    rows = tuple(
        (
            existing(page, taxonomy, branch.atlas, branch.name)
            if branch.atlas
            else plain(branch.name),
            plain(count(branch.failures)),
            plain(_share(branch.failures, whole)),
            plain(standing_of(branch)),
            *(_nearest(page, taxonomy, branch) if near else ()),
        )
        for branch in branches
    )
    names = ["Category", "Failures#", "Share#", "Standing"]
    names += ["Nearest in the Atlas", "So judged#", "Similarity#"] if near else []
    return Table(caption, columns(*names), rows)


def _nearest(page: str, taxonomy: Taxonomy, branch: Branch) -> tuple[Link, Link, Link]:
    found = branch.nearest
    if found is None or branch.atlas:
        return plain(NOTHING), plain(NOTHING), plain(NOTHING)
    return (
        existing(page, taxonomy, found.id),
        plain(percent(found.share)),
        plain(decimal(found.similarity)),
    )


def existing(page: str, taxonomy: Taxonomy, concept: str, name: str = "") -> Link:
    """Return the cell of an id, which leads nowhere if the taxonomy of now has no such id."""
    if concept in concepts(taxonomy):
        return concept_cell(page, taxonomy, concept)
    return plain(f"{concept} {name}".rstrip())
