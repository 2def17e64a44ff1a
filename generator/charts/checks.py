"""Whether charts are held against the schema of Vega-Lite while they are made."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from altair.utils.schemapi import debug_mode

_CHECKED: ContextVar[bool] = ContextVar("checked", default=True)


def checked() -> bool:
    """Tell whether a chart that is made now is to be held against the schema."""
    return _CHECKED.get()


@contextmanager
def unchecked() -> Iterator[None]:
    """Make charts without holding each of their parts against the schema.

    What a chart is made of does not depend on its numbers, so the tests hold every kind against
    the schema, and a build need not: it would spend most of a chart's time on that.
    """
    token = _CHECKED.set(False)
    try:
        with debug_mode(False):
            yield
    finally:
        _CHECKED.reset(token)
