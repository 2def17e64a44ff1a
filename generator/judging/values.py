"""Compares the value of an argument with the values that a checker admits."""

import math
import re
from collections.abc import Sequence
from typing import Any

_SCALES = (10, 100, 1000, 10**6, 10**9, 60, 3600, 24, 12)
_WORD = re.compile(r"[a-z]+|\d+")
_LONGEST = 400
"""Characters of a text value that are compared word by word."""


def same(made: Any, due: Any) -> bool:
    """Tell whether two values are equal as JSON; whole numbers equal their decimals."""
    if isinstance(made, bool) or isinstance(due, bool):
        return made is due
    if isinstance(made, str) and isinstance(due, str):
        return _bare(made) == _bare(due)
    if isinstance(made, list | tuple) and isinstance(due, list | tuple):
        return len(made) == len(due) and all(map(same, made, due))
    if isinstance(made, dict) and isinstance(due, dict):
        return made.keys() == due.keys() and all(same(made[key], due[key]) for key in due)
    return (type(made) in {int, float} and type(due) in {int, float} and made == due) or (
        made is None and due is None
    )


def off_by_scale(value: Any, due: Any) -> bool:
    """Tell whether two numbers differ by a power of ten or a time base: a fault of scale."""
    if type(value) not in {int, float} or type(due) not in {int, float} or not value or not due:
        return False
    try:
        ratio = abs(value / due)
    except OverflowError:
        return True
    # A number so small that the ratio vanishes is off by scale, and has no ratio the other way.
    if not ratio:
        return True
    return any(math.isclose(r, f, rel_tol=1e-6) for f in _SCALES for r in (ratio, 1 / ratio))


def kind_of_difference(made: Any, known: Sequence[Any]) -> str:
    """Name how a value that is not admitted differs from those that are.

    Returns:
        ``wrong-type`` where it reads the same and is of another type; ``wrong-flag``,
        ``wrong-number``, ``wrong-text`` or ``wrong-list`` where it means something else;
        ``unsure-value`` where it may mean the same in other words.
    """
    kinds = {_kind(made, one) for one in known}
    for kind in ("wrong-type", "unsure-value"):
        if kind in kinds:
            return kind
    return kinds.pop() if len(kinds) == 1 else "unsure-value"


def _kind(made: Any, due: Any) -> str:
    if isinstance(made, bool) and isinstance(due, bool):
        return "wrong-flag"
    numbers = {int, float}
    if type(made) in numbers and type(due) in numbers:
        return "wrong-scale" if off_by_scale(made, due) else "wrong-number"
    if isinstance(made, str) and isinstance(due, str):
        return "unsure-value" if _alike(made, due) else "wrong-text"
    if isinstance(made, list | tuple) and isinstance(due, list | tuple):
        return _kind_of_lists(made, due)
    scalar = {bool, int, float, str}
    if type(made) in scalar and type(due) in scalar and _bare(str(made)) == _bare(str(due)):
        return "wrong-type"
    return "unsure-value"


def _kind_of_lists(made: Sequence[Any], due: Sequence[Any]) -> str:
    if len(made) != len(due):
        return "wrong-list"
    kinds = {
        _kind(one, other) for one, other in zip(made, due, strict=True) if not same(one, other)
    }
    if kinds and kinds <= {"wrong-number", "wrong-flag", "wrong-text"}:
        return "wrong-list"
    return "wrong-type" if kinds == {"wrong-type"} else "unsure-value"


def _bare(text: str) -> str:
    return re.sub(r"[\s,./_*^'\"-]", "", text[:4_000]).lower()


def _alike(made: str, due: str) -> bool:
    """Tell whether two texts share a word or an abbreviation: they may mean the same."""
    one, other = (set(_WORD.findall(text[:_LONGEST].lower())) for text in (made, due))
    if one & other:
        return True
    letters = [
        "".join(word[0] for word in _WORD.findall(t[:_LONGEST].lower())) for t in (made, due)
    ]
    short = [_bare(made), _bare(due)]
    return (
        short[0] in letters[1:]
        or short[1] in letters[:1]
        or any(a.startswith(b[:4]) for a in one for b in other)
    )
