"""How many requests are under way at a time."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from generator.judging.budget import StoppedError
from generator.judging.pace import LONGEST_WAIT, Pace


class Clock:
    """Time that moves when a test says so."""

    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        return self.time


def run(act: Callable[[Pace, Clock], Awaitable[None]], most: int = 100, first: int = 8) -> Pace:
    clock = Clock()

    async def inner() -> Pace:
        pace = Pace(most, clock, first)
        await act(pace, clock)
        return pace

    return asyncio.run(inner())


async def round_of(pace: Pace) -> None:
    """Fill the pace and answer everything."""
    number = int(pace.limit)
    for _ in range(number):
        await pace.enter()
    for _ in range(number):
        pace.answered()
    for _ in range(number):
        pace.leave()


def test_it_begins_low_and_doubles_with_every_round_of_answers():
    limits: list[float] = []

    async def act(pace: Pace, _: Clock) -> None:
        for _round in range(4):
            limits.append(pace.limit)
            await round_of(pace)
        limits.append(pace.limit)

    run(act, most=50)
    assert limits[0] == 8
    assert limits == [8, 16, 32, 50, 50]


def test_it_halves_once_for_a_burst_of_refusals_and_grows_slowly_afterwards():
    async def act(pace: Pace, clock: Clock) -> None:
        began = clock.time
        for _ in range(8):
            await pace.enter()
        clock.time += 1
        for _ in range(8):
            pace.refused(began, 0.0, 0)
            pace.leave()
        assert pace.limit == 4
        await round_of(pace)
        assert 4.5 < pace.limit <= 5.1
        clock.time += 1
        pace.refused(clock.time, 0.0, 0)
        assert 2.2 < pace.limit <= 2.6

    run(act)


def test_it_never_falls_below_one():
    async def act(pace: Pace, clock: Clock) -> None:
        for _ in range(20):
            clock.time += 1
            pace.refused(clock.time, 0.0, 0)
        assert pace.limit == 1
        await asyncio.wait_for(pace.enter(), 5)

    run(act)


def test_answers_that_the_limit_did_not_hold_back_do_not_raise_it():
    async def act(pace: Pace, _: Clock) -> None:
        for _answer in range(50):
            await pace.enter()
            pace.answered()
            pace.leave()

    assert run(act).limit == 8


def test_nothing_begins_before_the_time_that_the_endpoint_gave():
    async def inner() -> None:
        loop = asyncio.get_running_loop()
        pace = Pace(10)
        due = loop.time() + 0.15
        pace.refused(loop.time(), 0.15, 0)
        await asyncio.gather(*(pace.enter() for _ in range(4)))
        assert loop.time() >= due - 1e-3

    asyncio.run(inner())


@pytest.mark.parametrize(("attempt", "pause"), [(0, 1.0), (3, 8.0), (30, LONGEST_WAIT)])
def test_without_a_time_given_the_pause_doubles_up_to_a_minute(attempt: int, pause: float):
    async def act(pace: Pace, clock: Clock) -> None:
        pace.refused(clock.time, None, attempt)
        assert pace._paused_until == clock.time + pause

    run(act)


def test_no_more_than_the_limit_are_under_way_and_everybody_gets_a_turn():
    async def inner() -> None:
        pace = Pace(5, first=5)
        under_way = peak = done = 0

        async def one() -> None:
            nonlocal under_way, peak, done
            await pace.enter()
            under_way += 1
            peak = max(peak, under_way)
            await asyncio.sleep(0)
            under_way -= 1
            done += 1
            pace.leave()

        await asyncio.wait_for(asyncio.gather(*(one() for _ in range(200))), 20)
        assert (peak, done) == (5, 200)

    asyncio.run(inner())


def test_who_comes_first_is_served_first_also_before_who_comes_back_at_once():
    begun: list[int] = []

    async def inner() -> None:
        pace = Pace(2, first=2)
        numbers = iter(range(60))

        async def worker() -> None:
            for number in numbers:
                await pace.enter()
                begun.append(number)
                await asyncio.sleep(0)
                pace.leave()

        await asyncio.wait_for(asyncio.gather(*(worker() for _ in range(10))), 20)

    asyncio.run(inner())
    assert begun == list(range(60))


def test_a_turn_given_to_one_who_went_away_goes_to_the_next():
    async def inner() -> None:
        pace = Pace(1, first=1)
        await pace.enter()
        first, second = (asyncio.create_task(pace.enter()) for _ in range(2))
        await asyncio.sleep(0)
        pace.leave()
        first.cancel()
        await asyncio.wait_for(second, 5)

    asyncio.run(inner())


def test_closing_sends_everybody_home():
    async def inner() -> None:
        pace = Pace(1, first=1)
        await pace.enter()
        waiting = asyncio.create_task(pace.enter())
        await asyncio.sleep(0)
        pace.close()
        with pytest.raises(StoppedError):
            await asyncio.wait_for(waiting, 5)
        pace.refused(0.0, 1000.0, 0)
        with pytest.raises(StoppedError):
            await asyncio.wait_for(pace.enter(), 5)

    asyncio.run(inner())
