"""The list of the proposals: categories found in failures, up for review and not in force."""

from dataclasses import dataclass

from generator.pages.edition import Edition
from generator.pages.format import count, counted, estimate
from generator.pages.links import PROPOSALS, Link, href, proposal_path
from generator.pages.page import Head, Page
from generator.pages.proposal_standing import ProposalStanding, Thresholds, stood
from generator.pages.render import render
from generator.records.proposal import Mode, Proposal

MODES: dict[Mode, str] = {
    "free": "Free: from the failures alone",
    "anchored": "Anchored: below the categories of the Atlas",
}
"""Where a build begins, in words."""


@dataclass(frozen=True)
class ProposalEntry:
    """A proposal in the list."""

    link: Link
    """Title and page."""
    says: str
    """How it was built, and how much it covers."""
    stood: ProposalStanding
    """How far it is there again when it is built again."""
    stale: bool
    """Whether failures, verdicts or the taxonomy changed since."""


@dataclass(frozen=True)
class ProposalsContext:
    """What the template ``proposals.md.j2`` shows."""

    head: Head
    """Front matter."""
    entries: tuple[ProposalEntry, ...]
    """Proposals in order of their names."""
    thresholds: Thresholds
    """From which figures a taxonomy is how stable."""


def proposals_page(edition: Edition) -> Page:
    """Return the list of the proposals."""
    context = ProposalsContext(
        head=Head("Proposals", "Categories found in failures, up for review and not in force."),
        entries=tuple(
            ProposalEntry(
                Link(proposal.title, href(PROPOSALS, proposal_path(name))),
                _says(proposal),
                stood(proposal),
                edition.is_stale(name),
            )
            for name, proposal in edition.proposals.items()
        ),
        thresholds=Thresholds(),
    )
    return Page(PROPOSALS, render("proposals.md.j2", context))


def _says(proposal: Proposal) -> str:
    top = proposal.coverage
    covered = estimate(top.share, top.low, top.high, proposal.account.titled)
    return (
        f"{MODES[proposal.mode]}. {counted(proposal.account.failures, 'failure')}, "
        f"{count(proposal.account.titled)} of them with a cause; "
        f"{counted(categories(proposal), 'category', 'categories')} at the top cover {covered}."
    )


def categories(proposal: Proposal) -> int:
    """Return how many categories are at the top."""
    return sum(branch.kind == "category" for branch in proposal.branches)
