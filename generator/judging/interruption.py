"""Lets Ctrl-C or SIGTERM end a paid run in good order: what is under way is waited for."""

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from generator.judging.gate import Gate
from generator.judging.pace import Pace

INTERRUPTED = "interrupted"


@contextmanager
def interruptible(gate: Gate, pace: Pace, on_interrupt: Callable[[int], None]) -> Iterator[None]:
    """Let the first interruption close the gate, and the second end what is under way.

    To be used within the task that does the work.

    Args:
        gate: The gate that all requests pass.
        pace: Knows how many are under way.
        on_interrupt: Called with that number at the first interruption.
    """
    loop, work = asyncio.get_running_loop(), asyncio.current_task()

    def interrupt() -> None:
        if gate.stopped == INTERRUPTED and work is not None:
            work.cancel()
            return
        gate.stop(INTERRUPTED)
        # The first reason counts; a run that a budget ended is interrupted all the same.
        gate.stopped = INTERRUPTED
        on_interrupt(pace.under_way)

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    # Not in other threads, and not everywhere.
    with suppress(NotImplementedError, ValueError, RuntimeError):
        for number in before:
            loop.add_signal_handler(number, interrupt)
    try:
        yield
    except asyncio.CancelledError:
        if gate.stopped != INTERRUPTED:
            raise
    finally:
        with suppress(NotImplementedError, ValueError, RuntimeError):
            for number, handler in before.items():
                loop.remove_signal_handler(number)
                # The loop would leave the system's own: an end without a word.
                signal.signal(number, handler)
