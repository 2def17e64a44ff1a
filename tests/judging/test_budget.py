"""What a run may spend, and what things cost."""

import asyncio
from pathlib import Path

import pytest

from generator.errors import ContentError, InputError
from generator.judging.budget import Budget, Limits, StoppedError
from generator.judging.pricing import Spent, cost, price_of
from generator.records.prices import Price
from generator.store.content import load_content
from tests.store.tree import sound, write

PRICE = Price(input=2.0, cached=0.5, output=8.0)


def spend(budget: Budget, spent: Spent, times: int, characters: int = 4000) -> int:
    """Ask one after the other until the budget ends; return how often."""

    async def inner() -> int:
        for done in range(times):
            try:
                reservation = await budget.take(characters)
            except StoppedError:
                return done
            budget.settle(reservation, spent)
        return times

    return asyncio.run(inner())


def test_a_budget_of_requests_is_kept_exactly():
    budget = Budget(Limits(requests=7), None, 2000)
    assert spend(budget, Spent(1000, 0, 100), 50) == 7
    assert budget.requests == 7


def test_a_request_that_was_put_off_does_not_count():
    budget = Budget(Limits(requests=1), None, 2000)

    async def inner() -> None:
        for _ in range(3):
            budget.settle(await budget.take(10), None, asked=False)

    asyncio.run(inner())
    assert budget.requests == 0
    assert spend(budget, Spent(1, 0, 1), 5) == 1


@pytest.mark.parametrize(
    ("limits", "most"), [(Limits(tokens=11_000), 10), (Limits(cost=0.0281), 10)]
)
def test_tokens_and_cost_end_before_they_are_broken(limits: Limits, most: int):
    """An answer takes 1,100 tokens and 0.0028 USD."""
    budget = Budget(limits, PRICE, 150)
    assert spend(budget, Spent(1000, 0, 100), 50) == most
    assert limits.tokens is None or budget.usage.total <= limits.tokens
    assert limits.cost is None or (budget.cost or 0) <= limits.cost


def test_a_budget_too_small_for_one_request_sends_none():
    assert spend(Budget(Limits(tokens=500), None, 2000), Spent(1, 0, 1), 5) == 0


def test_who_comes_while_others_may_take_the_rest_waits_for_them():
    budget = Budget(Limits(requests=2), None, 2000)
    told: list[str] = []

    async def third() -> None:
        try:
            await budget.take(10)
        except StoppedError as end:
            told.append(str(end))

    async def inner() -> None:
        first, second = await budget.take(10), await budget.take(10)
        waiting = asyncio.create_task(third())
        await asyncio.sleep(0)
        assert told == []
        budget.settle(first, None, asked=False)
        await waiting_done(waiting)
        assert told == []
        budget.settle(second, Spent())

    async def waiting_done(task: asyncio.Task[None]) -> None:
        for _ in range(3):
            await asyncio.sleep(0)
        assert task.done()

    asyncio.run(inner())


def test_the_reason_names_the_limit():
    budget = Budget(Limits(requests=1), None, 2000)

    async def inner() -> None:
        budget.settle(await budget.take(10), Spent())
        await budget.take(10)

    with pytest.raises(StoppedError, match="budget of 1 requests is used up"):
        asyncio.run(inner())


def test_a_limit_of_cost_needs_a_price():
    with pytest.raises(InputError, match=r"--max-cost: the price .* is not known"):
        Budget(Limits(cost=1.0), None, 2000)


def test_tokens_kept_by_the_provider_cost_their_own_price():
    spent = Spent(1_000_000, 400_000, 100_000)
    assert cost(PRICE, spent) == pytest.approx(0.6 * 2 + 0.4 * 0.5 + 0.1 * 8)
    assert cost(Price(input=2.0, output=8.0), spent) == pytest.approx(2.8)


def test_prices_are_found_by_name_and_by_dated_name(tmp_path: Path):
    content = load_content(sound(tmp_path))
    assert price_of(content, "m") is None
    head = "currency: USD\nchecked: 2026-01-01\nurl: https://example.org/\n"
    write(tmp_path, "prices.yml", head + "models:\n  m: {input: 2, output: 8}\n")
    assert price_of(content, "m") == Price(input=2, output=8)
    assert price_of(content, "m-2026-01-31") == Price(input=2, output=8)
    assert price_of(content, "m-large") is None
    write(tmp_path, "prices.yml", head + "models:\n  m: {input: -2, output: 8}\n")
    with pytest.raises(ContentError, match=r"prices.yml:5: models.m.input: -2: too small"):
        price_of(content, "m")


def test_the_prices_that_come_with_the_atlas_are_sound(content_root: Path):
    content = load_content(content_root)
    known = price_of(content, "gpt-4o-mini")
    assert known is not None
    assert known.cached is not None
    assert known.cached < known.input < known.output
