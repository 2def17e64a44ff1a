"""What holds for as long as a block of code runs, for everything that it calls."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Value = TypeVar("Value")


@contextmanager
def during(variable: ContextVar[Any], value: Value) -> Iterator[Value]:
    """Let a variable have a value in a block, and what it had before after it."""
    before = variable.set(value)
    try:
        yield value
    finally:
        variable.reset(before)
