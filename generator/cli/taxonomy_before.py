"""What a proposal of the same name holds that a new one would lose."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.errors import InputError
from generator.records.proposal import Proposal
from generator.store.content import Content
from generator.store.documents import read_document
from generator.taxonomy.induction.proposal import Scope

_OPTIONS = {
    "mode": "--anchored",
    "benchmarks": "--benchmark",
    "models": "--model",
    "judges": "--judge",
    "llm": "--llm",
    "depth": "--depth",
    "least": "--min-size",
    "most": "--max-branches",
    "rare": "--min-share",
    "batch": "--batch",
    "sample": "--sample",
    "seed": "--seed",
}
"""The option that each of what a proposal was built with came from."""


def before(
    content: Content, name: str, scope: Scope, sizes: Mapping[str, Any], given: Mapping[str, Any]
) -> Proposal | None:
    """Return the proposal that is there under a name; None for none.

    Args:
        content: The content.
        name: Name of the proposal.
        scope: What the new one is built from.
        sizes: Depth, sizes, batch, sample and seed of the new one.
        given: Options of the command.

    Raises:
        InputError: It was built otherwise, its stability was measured and would be lost, or it
            cannot be read; not where --force was given.
    """
    path = content.layout.proposal(name)
    if not path.exists():
        return None
    found = _read(path)
    wanted = {**scope._asdict(), **sizes, "llm": given["llm"]}
    lost = ["it cannot be read"] if found is None else [*_lost(found, wanted, given)]
    if lost and not given["force"]:
        msg = (
            f"{content.layout.name(path)}: there already, and would be lost: {'; '.join(lost)}: "
            "build with its options, give another --name, or --force to replace it"
        )
        raise InputError(msg)
    return found


def _read(path: Path) -> Proposal | None:
    return read_document(path, Proposal, path.name)[0]


def _lost(found: Proposal, wanted: Mapping[str, Any], given: Mapping[str, Any]) -> Iterator[str]:
    """Yield in what the one before differs, and what it alone would have had."""
    had = {**found.model_dump(), **found.settings.model_dump()}
    for field, option in _OPTIONS.items():
        words_alone = had["llm"] is None and wanted["llm"] is None
        if had[field] != wanted[field] and not (field == "batch" and words_alone):
            yield f"{option} was {_told(had[field])} and is {_told(wanted[field])}"
    if found.stability and not given["measure"]:
        yield "how stable it is was measured, which --measure does"


def _told(value: object) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value)) or "not given"
    return "not given" if value is None else str(value)
