"""How many requests are under way at a time: as many as the endpoint bears."""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from generator.judging.budget import StoppedError

FIRST = 8
"""Requests at a time to begin with."""
LONGEST_WAIT = 60.0
"""Longest wait in seconds where the endpoint does not say how long."""


class Pace:
    """Grows while answers come, halves when the endpoint says that it is too much.

    At first every answer allows one request more, which doubles the number in the time of an
    answer; after the first refusal it grows by one in that time.
    """

    def __init__(
        self, most: int, clock: Callable[[], float] | None = None, first: int = FIRST
    ) -> None:
        """Begin slowly.

        Args:
            most: Most requests at a time.
            clock: Gives the time in seconds; the event loop's if None.
            first: Requests at a time to begin with.
        """
        self._most = most
        self._clock = clock
        self.limit = float(min(first, most))
        """Requests that may be under way now."""
        self.under_way = 0
        """Requests that are under way."""
        self._doubling = True
        self._halved_at = float("-inf")
        self._paused_until = float("-inf")
        self._waiting: deque[asyncio.Future[bool]] = deque()
        self._closed = asyncio.Event()

    def now(self) -> float:
        """Return the time in seconds."""
        return asyncio.get_running_loop().time() if self._clock is None else self._clock()

    async def enter(self) -> None:
        """Wait until one more request may begin.

        Raises:
            StoppedError: None may begin any more.
        """
        if self._closed.is_set():
            raise StoppedError("stopped")
        if self._waiting or self.under_way >= int(self.limit):
            # First come, first served: who has just ended does not go before those who wait.
            if not await self._turn():
                raise StoppedError("stopped")
        else:
            self.under_way += 1
        while not self._closed.is_set():
            pause = self._paused_until - self.now()
            if pause <= 0:
                return
            with suppress(TimeoutError):
                await self._pause(pause)
        self.leave()
        raise StoppedError("stopped")

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._closed.wait(), seconds)
        except asyncio.CancelledError:
            self.leave()
            raise

    def close(self) -> None:
        """Let no further request begin, not even those that wait."""
        self._closed.set()
        for turn in self._waiting:
            if not turn.done():
                turn.set_result(False)
        self._waiting.clear()

    def leave(self) -> None:
        """Note that a request has ended."""
        self.under_way -= 1
        self._wake()

    def answered(self) -> None:
        """Note an answer: the endpoint bears this much."""
        if self.under_way < self.limit / 2:
            return  # The limit was not what held requests back: nothing is known about more.
        self.limit = min(float(self._most), self.limit + (1 if self._doubling else 1 / self.limit))

    def refused(self, began: float, wait: float | None, attempt: int) -> None:
        """Note that the endpoint asks for less, and pause.

        Args:
            began: When the refused request began; those begun before the last halving belong to it.
            wait: Seconds that the endpoint asks for; None where it does not say.
            attempt: How often this request was refused before, from 0.
        """
        now = self.now()
        if began >= self._halved_at:
            self.limit = max(1.0, self.limit / 2)
            self._doubling = False
            self._halved_at = now
        pause = min(LONGEST_WAIT, 2.0**attempt) if wait is None else wait
        self._paused_until = max(self._paused_until, now + pause)

    async def _turn(self) -> bool:
        """Wait until who ends hands over its place; tell whether there was one."""
        turn: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.result():
                self.leave()  # The place was given to nobody.
            raise

    def _wake(self) -> None:
        free = int(self.limit) - self.under_way
        while self._waiting and free > 0:
            turn = self._waiting.popleft()
            if not turn.done():
                self.under_way += 1
                turn.set_result(True)
                free -= 1
