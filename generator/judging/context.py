"""What is known of an item beyond one failure: what other files and models say of it."""

from typing import NamedTuple


class Context(NamedTuple):
    """Optional, frozen; without it the rules judge from the failure alone."""

    wordings: frozenset[bytes] = frozenset()
    """Hashes (``records.keys.item_hash``) of every wording that files have of the item, where
    they have several."""
    answers: tuple[bytes, ...] = ()
    """Hashed answers (``records.keys.answer_hash``) of the strongest other models to this very
    wording, one each, as their harness took them."""


NO_CONTEXT = Context()
"""Nothing is known beyond the failure."""
