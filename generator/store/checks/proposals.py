"""Proposals for the taxonomy: of the right form, and about failures that there are."""

from collections.abc import Iterator

from pydantic import TypeAdapter, ValidationError

from generator.errors import Problem
from generator.records.base import Slug
from generator.records.proposal import Branch, Proposal
from generator.store.checks.held import Held
from generator.store.content import Content
from generator.store.documents import read_document
from generator.store.problems import visible

_MEND = "run `erroratlas taxonomy build` again"
_NAME: TypeAdapter[str] = TypeAdapter(Slug)


def check_proposals(content: Content, held: Held) -> Iterator[Problem]:
    """Yield what is wrong with any proposal."""
    for path in sorted(content.layout.proposals.glob("*.yml")):
        name = content.layout.name(path)
        try:
            _NAME.validate_python(path.stem)
        except ValidationError:
            mend = "use lower-case letters, digits and single - or _ between them"
            yield Problem(name, 0, "-", visible(path.stem), "not a valid name", mend)
        proposal, problems = read_document(path, Proposal, name)
        yield from problems
        if proposal is None:
            continue
        for number, benchmark in enumerate(proposal.benchmarks):
            if benchmark not in content.benchmarks:
                yield Problem(name, 0, f"benchmarks.{number}", benchmark, "unknown", _MEND)
        for number, branch in enumerate(proposal.branches):
            yield from _branch(content, held, name, f"branches.{number}", branch)
        if proposal.taxonomy == content.taxonomy.version:
            yield from _ids(content, name, proposal)


def _branch(
    content: Content, held: Held, name: str, field: str, branch: Branch
) -> Iterator[Problem]:
    """Yield examples that are no failures, in a branch and below."""
    for number, example in enumerate(branch.examples):
        key = (example.benchmark, example.model)
        # Of a run whose items could not be read in full nothing is known; that is told elsewhere.
        unknown = key in held.failures and example.item_id not in held.failures[key]
        if key not in content.runs or unknown:
            value = "/".join([*key, example.item_id])
            wrong = "there is no such failure"
            yield Problem(name, 0, f"{field}.examples.{number}", value, wrong, _MEND)
    for number, part in enumerate(branch.branches):
        yield from _branch(content, held, name, f"{field}.branches.{number}", part)


def _ids(content: Content, name: str, proposal: Proposal) -> Iterator[Problem]:
    """Yield ids that the taxonomy does not have."""
    known = {category.id for category in content.taxonomy.categories}
    known |= {
        f"{category.id}/{part.id}"
        for category in content.taxonomy.categories
        for part in category.subcategories
    }
    waiting = list(proposal.branches)
    named = {gap.atlas for gap in proposal.gaps}
    while waiting:
        branch = waiting.pop()
        waiting += branch.branches
        named |= {branch.atlas or "", branch.nearest.id if branch.nearest else ""}
    for atlas in sorted(named - known - {""}):
        yield Problem(name, 0, "atlas", atlas, "the taxonomy has no such id", _MEND)
