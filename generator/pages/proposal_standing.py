"""What the stability of a proposal comes to, in words."""

from dataclasses import dataclass

from generator.charts.labels import NBSP
from generator.pages.edition import Edition
from generator.pages.format import decimal, percent
from generator.pages.links import Link, href, proposal_path
from generator.pages.proposal_tables import VARIATIONS
from generator.records.proposal import Proposal
from generator.taxonomy.induction.standing import GOOD, HALF, MOST, POOR, Standing, standing

SHORT: dict[Standing | None, str] = {
    "low": "Low stability: built again, most of it is another tree.",
    "fair": "Fair stability: built again, part of it is another tree.",
    "high": "High stability: built again, it is nearly the same tree.",
    None: "How stable it is was not measured.",
}
"""What each standing means, in a sentence."""


@dataclass(frozen=True)
class ProposalStanding:
    """How far the categories of a proposal can be relied upon."""

    standing: Standing | None
    """Low, fair or high; None if nothing tells."""
    says: str
    """What that means, in a sentence."""
    worst: str
    """The comparison that it came off worst in, with its figures; empty if there is none."""


@dataclass(frozen=True)
class FoundEntry:
    """A proposal, and how far it can be relied upon."""

    link: Link
    """Title and page."""
    stood: ProposalStanding
    """What it comes to."""


@dataclass(frozen=True)
class Thresholds:
    """From which figures a taxonomy stands how."""

    poor: str = decimal(POOR)
    """Adjusted Rand index below which stability is low."""
    good: str = decimal(GOOD)
    """Adjusted Rand index from which it can be high."""
    half: str = f"{HALF * 100:.0f}{NBSP}%"
    """Precision and recall below which it is low."""
    most: str = f"{MOST * 100:.0f}{NBSP}%"
    """Precision and recall from which it can be high."""


def stood(proposal: Proposal) -> ProposalStanding:
    """Return what the stability of a proposal comes to."""
    found = standing(proposal)
    if found is None:
        return ProposalStanding(None, SHORT[None], "")
    row = found.row
    worst = (
        f"{VARIATIONS[row.variation]}, at depth{NBSP}{row.depth}: adjusted Rand index "
        f"{decimal(row.rand_index)}, precision {percent(row.precision)}, recall "
        f"{percent(row.recall)}"
    )
    return ProposalStanding(found.standing, SHORT[found.standing], worst)


def found_entries(edition: Edition, page: str) -> tuple[FoundEntry, ...]:
    """Return all proposals in order of their names, linked from a page."""
    return tuple(
        FoundEntry(Link(proposal.title, href(page, proposal_path(name))), stood(proposal))
        for name, proposal in edition.proposals.items()
    )
