"""What a run knows of an item beyond one failure: what other files and models say of it."""

from typing import NamedTuple


class Context(NamedTuple):
    """Optional, frozen; without it the rules judge from the failure alone."""

    references_elsewhere: tuple[str, ...] = ()
    """References that other files of the same benchmark give for the item, where they differ."""
    answers_elsewhere: tuple[str, ...] = ()
    """Answers that the strongest models gave to the item, one each, as their harness took them."""


NO_CONTEXT = Context()
"""Nothing is known beyond the failure."""
