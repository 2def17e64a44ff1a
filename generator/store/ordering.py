"""The one order of item ids."""

import re

_DIGITS = re.compile(r"([0-9]+)")


def natural(item_id: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key that puts ``q2`` before ``q10``."""
    return tuple(
        (0, int(part), part) if part.isascii() and part.isdigit() else (1, 0, part)
        for part in _DIGITS.split(item_id)
        if part
    )
