"""A proposal in other formats: a JSON tree, CSV and SKOS, beside the file itself."""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator, Sequence

from generator.records.proposal import Branch, Proposal
from generator.store.documents import write_document
from generator.taxonomy.turtle import NO_ADDRESS, PREFIXES, block, english, iri, literal

COLUMNS = (
    "path", "depth", "name", "kind", "atlas", "proposed", "failures", "titles", "nearest",
    "nearest_share", "nearest_similarity", "terms", "definition",
)  # fmt: skip
"""Columns of the CSV."""
SEPARATOR = " > "
"""Stands between the names of a path."""


def json_tree(proposal: Proposal) -> str:
    """Return the whole proposal as one JSON tree."""
    found = proposal.model_dump(mode="json", exclude_none=True)
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def csv_table(proposal: Proposal) -> str:
    """Return one row per branch, each before those below it."""
    found = io.StringIO()
    writer = csv.writer(found, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(proposal.branches, ()))
    return found.getvalue()


def _rows(branches: Sequence[Branch], above: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    for branch in branches:
        names = (*above, branch.name)
        near = branch.nearest
        yield (
            SEPARATOR.join(names),
            len(names),
            branch.name,
            branch.kind,
            branch.atlas,
            str(branch.proposed).lower(),
            branch.failures,
            branch.titles,
            *((near.id, near.share, near.similarity) if near else ("", "", "")),
            "; ".join(branch.terms),
            branch.definition,
        )
        yield from _rows(branch.branches, names)


def turtle(proposal: Proposal) -> str:
    """Return the tree as SKOS in Turtle, the same for the same proposal.

    A proposal is no taxonomy in force, so its concepts have identifiers of their own, made from a
    hash of it; where one is, or comes nearest to, a concept of the Atlas, that is named.

    Source:
        Miles and Bechhofer (2009), SKOS Simple Knowledge Organization System Reference, W3C.
    """
    known = hashlib.sha256(write_document(proposal).encode()).hexdigest()[:_KNOWN]
    base = f"{NO_ADDRESS}proposals/{known}/"
    tops = [_place(number) for number, _ in enumerate(proposal.branches, start=1)]
    scheme = [
        ("dct:title", english(proposal.title)),
        ("skos:editorialNote", english("A proposal for review, not in force.")),
        *(("skos:hasTopConcept", iri(base, top)) for top in tops),
    ]
    blocks = [block(iri(base, "scheme"), "skos:ConceptScheme", scheme)]
    blocks += _concepts(base, proposal.branches, "")
    return "\n".join([PREFIXES, *blocks])


_KNOWN = 16
"""Digits of a hash that stand in an identifier."""


def _place(number: int, above: str = "") -> str:
    """Return where a branch stands among its neighbours, below what is above."""
    return f"{above}.{number}" if above else str(number)


def _concepts(base: str, branches: Sequence[Branch], above: str) -> Iterator[str]:
    for number, branch in enumerate(branches, start=1):
        own = _place(number, above)
        said = [
            ("skos:prefLabel", english(branch.name)),
            ("skos:notation", literal(own)),
            ("skos:inScheme", iri(base, "scheme")),
            ("skos:broader", iri(base, above))
            if above
            else ("skos:topConceptOf", iri(base, "scheme")),
            ("skos:note", english(f"Failures: {branch.failures}.")),
        ]
        if branch.definition:
            said.append(("skos:definition", english(branch.definition)))
        said += [("skos:hiddenLabel", english(term)) for term in branch.terms]
        if branch.atlas:
            said.append(("skos:exactMatch", _ours(branch.atlas)))
        elif branch.nearest:
            said.append(("skos:relatedMatch", _ours(branch.nearest.id)))
        yield block(iri(base, own), "skos:Concept", said)
        yield from _concepts(base, branch.branches, own)


def _ours(concept: str) -> str:
    return iri(NO_ADDRESS, *concept.split("/"))


EXPORTS: dict[str, Callable[[Proposal], str]] = {
    "yml": write_document,
    "json": json_tree,
    "csv": csv_table,
    "ttl": turtle,
}
"""Formats by the ending of the file."""
