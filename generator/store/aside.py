"""What is computed in a process of its own while this one goes on.

That is for pure functions of little that take long. During a build such a process is there from
the first of them on; elsewhere each is computed here and at once, to the same result.
"""

import atexit
import gc
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from contextvars import ContextVar
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

from generator.errors import OutsideError
from generator.store.during import during
from generator.store.kept import recalled_later

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class _Process:
    """The process, started when first asked; it does one thing after the other."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def begun(
        self,
        function: Callable[Arguments, Result],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Callable[[], Result]:
        """Begin a function; return how to get what it returns."""
        if self._pool is None:
            # Not a copy of this process, whose libraries have threads.
            self._pool = ProcessPoolExecutor(
                1, mp_context=get_context("spawn"), initializer=_started
            )
        future = self._pool.submit(function, *arguments, **named)
        return lambda: _result(future)

    def close(self) -> None:
        """End the process; what was begun and not waited for is dropped."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _result(future: Future[Result]) -> Result:
    try:
        return future.result()
    except BrokenProcessPool as error:
        msg = "a process that computed was ended, perhaps for want of memory: build again"
        raise OutsideError(msg) from error


_AT_WORK: ContextVar[_Process | None] = ContextVar("aside", default=None)


@contextmanager
def working_aside() -> Iterator[None]:
    """Compute aside what asks for it, for as long as this lasts."""
    with closing(_Process()) as at_work, during(_AT_WORK, at_work):
        yield


def aside(
    function: Callable[Arguments, Result], *arguments: Arguments.args, **named: Arguments.kwargs
) -> Callable[[], Result]:
    """Begin a function in the process of its own, if there is one; else call it.

    Args:
        function: A pure function of a module, whose arguments and result can be pickled.
        arguments: Its arguments.
        named: The same, by name.

    Returns:
        How to get what it returns. Whoever asks raises what it raised, and ``OutsideError`` where
        its process was ended.
    """
    at_work = _AT_WORK.get()
    if at_work is None:
        found = function(*arguments, **named)
        return lambda: found
    return at_work.begun(function, *arguments, **named)


def recalled_aside(
    function: str, about: object, work: Callable[[], Result], *, worth: bool
) -> Callable[[], Result]:
    """Return how to get what was made from the same before; else begin to make it.

    Args:
        function: What is made, in a name of its own.
        about: Everything that it is made from.
        work: Makes it, see :func:`aside`.
        worth: Whether there is enough to do for a process of its own; else it is made here, when it
            is asked for.
    """
    return recalled_later(function, about, lambda: aside(work) if worth else work)


def _started() -> None:
    leave_interrupts()
    atexit.register(gc.freeze)  # so that it ends at once, without a last look for circles


def leave_interrupts() -> None:
    """Let the process that a person started answer Ctrl-C, not those that work for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
