"""What a run may spend, and what it has spent."""

import asyncio
import math
from dataclasses import dataclass

from generator.errors import InputError
from generator.judging.pricing import Spent, Tokens, cost
from generator.records.prices import Price

CHARACTERS_PER_TOKEN = 3.5
"""Assumed until answers tell; on the low side, so that an estimate is rather too high."""
OUTPUT_TOKENS = 500
"""Tokens of an answer, assumed until answers tell."""
_WITHIN = 1e-9


class StoppedError(Exception):
    """No further request may be made; not an error of anyone."""


@dataclass(frozen=True)
class Limits:
    """What a run may spend; None is no limit."""

    requests: int | None = None
    """Requests that were answered or failed."""
    tokens: int | None = None
    """Tokens sent and put out."""
    cost: float | None = None
    """Money."""


@dataclass(frozen=True)
class Reservation:
    """What a request under way is expected to take."""

    characters: int
    """Characters sent."""
    expected: Spent
    """Tokens expected."""


class Budget:
    """Counts what is spent and lets no request begin that could break a limit.

    A request under way is counted with what it is expected to take: the tokens that its characters
    come to at the densest text answered so far, and the longest answer so far.
    """

    def __init__(self, limits: Limits, price: Price | None, most_output: int) -> None:
        """Set limits.

        Args:
            limits: What may be spent.
            price: Price of the model.
            most_output: Tokens that an answer can have at most.

        Raises:
            InputError: A limit of cost is given and the price is not known.
        """
        if limits.cost is not None and price is None:
            msg = (
                "--max-cost: the price of this model is not known: add it to content/prices.yml, "
                "or use --max-tokens"
            )
            raise InputError(msg)
        self.limits = limits
        self.price = price
        self.requests = 0
        self.usage = Spent()
        self._held: dict[int, Reservation] = {}
        self._density = 1 / CHARACTERS_PER_TOKEN
        self._longest = most_output
        self._answers = 0
        self._settled = asyncio.Event()

    @property
    def cost(self) -> float | None:
        """What was spent, None where the price is not known."""
        return None if self.price is None else cost(self.price, self.usage)

    async def take(self, characters: int) -> Reservation:
        """Reserve what a request may take; waits while others under way may take the rest.

        Args:
            characters: Characters that will be sent.

        Raises:
            StoppedError: The budget does not suffice.
        """
        while True:
            expected = Spent(math.ceil(characters * self._density), 0, self._longest)
            short = self._short(expected)
            if short is None:
                break
            if not self._held:
                raise StoppedError(short)
            self._settled.clear()
            await self._settled.wait()
        reservation = Reservation(characters, expected)
        self._held[id(reservation)] = reservation
        return reservation

    def settle(
        self,
        reservation: Reservation,
        tokens: Tokens | None,
        *,
        asked: bool = True,
        typical: bool = True,
    ) -> None:
        """Put what a request took in the place of what it was expected to take.

        Args:
            reservation: From ``take``.
            tokens: What it took; None where there was no answer.
            asked: Whether it counts as a request; one that was put off does not.
            typical: Whether others are expected to be like it.
        """
        del self._held[id(reservation)]
        self.requests += asked
        if tokens is not None:
            self.usage = self.usage.plus(tokens)
            if typical:
                self._learn(reservation.characters, tokens)
        self._settled.set()

    def _learn(self, characters: int, tokens: Tokens) -> None:
        density = tokens.input_tokens / max(1, characters)
        first = self._answers == 0
        self._density = density if first else max(self._density, density)
        self._longest = tokens.output_tokens if first else max(self._longest, tokens.output_tokens)
        self._answers += 1

    def _short(self, expected: Spent) -> str | None:
        """Say which limit one more request could break, if any."""
        limits = self.limits
        if limits.requests is not None and self.requests + len(self._held) >= limits.requests:
            return f"the budget of {limits.requests:,} requests is used up"
        if limits.tokens is None and limits.cost is None:
            return None
        ahead = self.usage.plus(expected)
        for reservation in self._held.values():
            ahead = ahead.plus(reservation.expected)
        if limits.tokens is not None and ahead.total > limits.tokens:
            return f"the budget of {limits.tokens:,} tokens does not hold another request"
        if limits.cost is not None and self.price is not None:
            due = cost(self.price, ahead)
            if due > limits.cost + _WITHIN:
                return f"the budget of {limits.cost:,.2f} USD does not hold another request"
        return None
