"""The proposals for the taxonomy that are committed."""

from generator.errors import ContentError, Problem
from generator.records.proposal import Proposal
from generator.store.content import Content
from generator.store.documents import read_document


def read_proposals(content: Content) -> dict[str, Proposal]:
    """Return the proposals by name, in order.

    Raises:
        ContentError: A file is none; every problem of every file is in it.
    """
    found: dict[str, Proposal] = {}
    problems: list[Problem] = []
    for path in sorted(content.layout.proposals.glob("*.yml")):
        proposal, wrong = read_document(path, Proposal, content.layout.name(path))
        problems += wrong
        if proposal is not None:
            found[path.stem] = proposal
    if problems:
        raise ContentError(problems)
    return found
