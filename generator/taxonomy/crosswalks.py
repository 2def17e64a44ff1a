"""Cross-walks turned round: what other schemes call one of our concepts."""

from collections.abc import Mapping
from typing import NamedTuple

from generator.records.crosswalk import Crosswalk, CrosswalkEntry, Relation

RELATION_WORDS: dict[Relation, str] = {
    "exact": "the same",
    "close": "nearly the same",
    "broad": "ours is wider",
    "narrow": "ours is narrower",
    "related": "they overlap",
}
"""What each relation says, in words."""


class Elsewhere(NamedTuple):
    """What another scheme calls a concept."""

    scheme: str
    """Slug of the scheme."""
    entry: CrosswalkEntry
    """Its entry."""
    to: str
    """The concept of ours."""
    relation: Relation
    """How ours relates to it."""


def elsewhere(crosswalks: Mapping[str, Crosswalk], whole: str) -> list[Elsewhere]:
    """Return what other schemes call a category or attribution, its parts included.

    Args:
        crosswalks: Cross-walks by scheme.
        whole: Identifier without a part, such as ``E13`` or ``harness``.
    """
    return [
        Elsewhere(scheme, entry, match.to, match.relation)
        for scheme, crosswalk in sorted(crosswalks.items())
        for entry in crosswalk.entries
        for match in entry.matches
        if match.to.partition("/")[0] == whole
    ]
