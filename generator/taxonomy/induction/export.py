"""A proposal in other formats: a JSON tree and CSV, beside the file itself."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence

from generator.records.proposal import Branch, Proposal
from generator.store.documents import write_document

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


EXPORTS: dict[str, Callable[[Proposal], str]] = {
    "yml": write_document,
    "json": json_tree,
    "csv": csv_table,
}
"""Formats by the ending of the file."""
