"""The gate that every request passes: the budget, the pace, and the end when nothing answers."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any, Protocol

from generator.errors import OutsideError
from generator.judging.budget import Budget, StoppedError
from generator.judging.client import Asker, AskError, Endpoint, Reply
from generator.judging.exchange import Trial
from generator.judging.pace import Pace
from generator.judging.pricing import Spent
from generator.store.during import during

MOST_REFUSALS = 8
"""How often one request is put off before it counts as failed."""
MOST_FAULTS = 2
"""How often one request is made anew after an answer that cannot be read, or none in time."""
MOST_FAILURES = 20
"""Requests that may fail in a row, without an answer between them, before the run ends."""


class Asked(Asker, Protocol):
    """What the gate needs of a client."""

    async def prepare(self, schema: Mapping[str, Any], trial: Trial) -> object:
        """Try the endpoint out before the first request; see :meth:`Client.prepare`."""


class Tally:
    """What was asked about one failure."""

    def __init__(self) -> None:
        self.requests = 0
        """Requests that were answered."""
        self.usage = Spent()
        """Tokens that they took."""


_TALLY: ContextVar[Tally] = ContextVar("tally")


class Gate:
    """Stands in for the client: asks the same, when it is time and within the budget."""

    def __init__(self, client: Asked, pace: Pace, budget: Budget) -> None:
        self._client = client
        self._pace = pace
        self.budget = budget
        self.stopped: str | None = None
        """Why no further request may be made; None while they may."""
        self.answers = 0
        """Requests that were answered."""
        self._failures = 0

    @property
    def endpoint(self) -> Endpoint:
        """Whom the client asks."""
        return self._client.endpoint

    @contextmanager
    def counting(self) -> Iterator[Tally]:
        """Count what is asked within the block."""
        with during(_TALLY, Tally()) as tally:
            yield tally

    def stop(self, reason: str) -> None:
        """Let those under way end and no other begin."""
        if self.stopped is None:
            self.stopped = reason
        self._pace.close()

    async def ask(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> Reply:
        """Ask the endpoint.

        Raises:
            StoppedError: The run ends: the budget is used up, or somebody ended it.
            AskError: The request failed and stays failed.
            OutsideError: Nothing but failures came for a while.
        """
        characters = sum(len(message["content"]) for message in messages)
        refusals = faults = 0
        while True:
            try:
                return await self._try(messages, schema, characters, refusals)
            except AskError as error:
                if error.kind == "rate_limit" and refusals < MOST_REFUSALS:
                    refusals += 1
                    continue
                self._failed(error)
                if error.kind != "transport" or faults >= MOST_FAULTS:
                    raise
                faults += 1

    async def _try(
        self,
        messages: Sequence[Mapping[str, str]],
        schema: Mapping[str, Any],
        characters: int,
        refusals: int,
    ) -> Reply:
        """Ask once, in turn."""
        if self.stopped is not None:
            raise StoppedError(self.stopped)
        await self._pace.enter()
        try:
            began = self._pace.now()
            try:
                await self._client.prepare(schema, self._trial)
                began = self._pace.now()
                ask = partial(self._client.ask, messages, schema)
                reply = await self._paid(characters, ask, last=refusals == MOST_REFUSALS)
            except AskError as error:
                if error.kind == "rate_limit":
                    self._pace.refused(began, error.retry_after, refusals)
                raise
            self._pace.answered()
        finally:
            self._pace.leave()
        self._answered(reply)
        return reply

    async def _trial(self, characters: int, post: Callable[[], Awaitable[Reply]]) -> Reply:
        """Make a request that tries the endpoint out, within the budget."""
        return await self._paid(characters, post, typical=False)

    async def _paid(
        self,
        characters: int,
        post: Callable[[], Awaitable[Reply]],
        *,
        last: bool = False,
        typical: bool = True,
    ) -> Reply:
        """Make a request if the budget holds it, and count it; one that is put off is none."""
        try:
            reservation = await self.budget.take(characters)
        except StoppedError as end:
            self.stop(str(end))
            raise
        usage, asked = None, True
        try:
            reply = await post()
            usage = reply.usage
        except AskError as error:
            asked = last or error.kind != "rate_limit"
            raise
        finally:
            self.budget.settle(reservation, usage, asked=asked, typical=typical)
        return reply

    def _answered(self, reply: Reply) -> None:
        self.answers += 1
        self._failures = 0
        tally = _TALLY.get(None)
        if tally is not None:
            tally.requests += 1
            tally.usage = tally.usage.plus(reply.usage)

    def _failed(self, error: AskError) -> None:
        if error.kind == "refused":
            self._failures = 0  # What the endpoint declines to answer shows that it works.
        elif error.kind != "bad_request" or self.answers == 0:
            # Once it has answered, what it cannot take is the fault of the request: too long, say.
            self._failures += 1
        if self._failures >= MOST_FAILURES:
            reason = f"{self._failures} requests in a row failed, the last with: {error}"
            self.stop(reason)
            msg = f"{reason}: check the model, the address and the key, then run it again"
            raise OutsideError(msg) from error
