"""The gate that every request passes: the budget, the pace, and the end when nothing answers."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from generator.errors import OutsideError
from generator.judging.budget import Budget, StoppedError
from generator.judging.client import Asker, AskError, Endpoint, Reply, Usage
from generator.judging.pace import Pace
from generator.judging.pricing import Spent

MOST_REFUSALS = 8
"""How often one request is put off before it counts as failed."""
MOST_FAULTS = 2
"""How often one request is made anew after an answer that cannot be read, or none in time."""
MOST_FAILURES = 20
"""Requests that may fail in a row, without an answer between them, before the run ends."""


class Asked(Asker, Protocol):
    """What the gate needs of a client."""

    @property
    def overhead(self) -> Usage:
        """What trying the endpoint out took."""


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
        tally = Tally()
        token = _TALLY.set(tally)
        try:
            yield tally
        finally:
            _TALLY.reset(token)

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
            try:
                reservation = await self.budget.take(characters)
            except StoppedError as end:
                self.stop(str(end))
                raise
            began = self._pace.now()
            try:
                reply = await self._client.ask(messages, schema)
            except AskError as error:
                again = error.kind == "rate_limit" and refusals < MOST_REFUSALS
                self.budget.settle(reservation, None, asked=not again)
                if error.kind == "rate_limit":
                    self._pace.refused(began, error.retry_after, refusals)
                raise
            except BaseException:
                self.budget.settle(reservation, None)
                raise
            self.budget.settle(reservation, reply.usage)
            self._pace.answered()
        finally:
            self._pace.leave()
        self._answered(reply)
        return reply

    def _answered(self, reply: Reply) -> None:
        if self.answers == 0:
            self.budget.usage = self.budget.usage.plus(self._client.overhead)
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
