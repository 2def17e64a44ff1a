"""The gate between a judge and its client."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import pytest

from generator.errors import OutsideError
from generator.judging.budget import Budget, Limits, StoppedError
from generator.judging.client import AskError, Endpoint, Reply, Usage
from generator.judging.exchange import Trial
from generator.judging.gate import MOST_FAILURES, MOST_FAULTS, MOST_REFUSALS, Gate
from generator.judging.pace import Pace
from generator.judging.pricing import Spent

MESSAGES = [{"role": "user", "content": "Why?"}]
ANSWER = Reply("{}", "stop", Usage(10, 5, 3))
LATER = AskError("rate_limit", "come later", 0.0)
GONE = AskError("transport", "the connection failed")
DECLINED = AskError("refused", "no")
UNFIT = AskError("bad_request", "too long")


class Client:
    """Answers by a list; the last entry stays."""

    endpoint = Endpoint("http://127.0.0.1:1/v1", "m-1")

    def __init__(self, *script: Reply | AskError) -> None:
        self.script = list(script)
        self.asked = 0
        self.prepared = True

    async def prepare(self, schema: Mapping[str, Any], trial: Trial) -> None:
        del schema

        async def post() -> Reply:
            return Reply("{}", "stop", Usage(7, 0, 1))

        if not self.prepared:
            await trial(20, post)
        self.prepared = True

    async def ask(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> Reply:
        del messages, schema
        self.asked += 1
        await asyncio.sleep(0)
        said = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(said, AskError):
            raise said
        return said


def run(
    client: Client, act: Callable[[Gate], Awaitable[Any]], limits: Limits | None = None
) -> Gate:
    async def inner() -> Gate:
        gate = Gate(client, Pace(10), Budget(limits or Limits(), None, 100))
        await act(gate)
        return gate

    return asyncio.run(inner())


async def ask(gate: Gate) -> None:
    await gate.ask(MESSAGES, {})


def test_an_answer_is_counted_with_what_trying_the_endpoint_out_took():
    async def act(gate: Gate) -> None:
        await ask(gate)
        await ask(gate)

    client = Client(ANSWER)
    client.prepared = False
    gate = run(client, act)
    assert gate.budget.requests == 3
    assert gate.budget.usage == Spent(27, 10, 7)


def test_trying_the_endpoint_out_is_within_the_budget():
    client = Client(ANSWER)
    client.prepared = False

    async def act(gate: Gate) -> None:
        await ask(gate)
        with pytest.raises(StoppedError, match="2 requests"):
            await ask(gate)

    gate = run(client, act, Limits(requests=2))
    assert (client.asked, gate.budget.requests) == (1, 2)


def test_who_comes_too_early_asks_again_and_pays_once():
    client = Client(LATER, LATER, ANSWER)
    gate = run(client, ask)
    assert client.asked == 3
    assert gate.budget.requests == 1


def test_a_rate_limit_that_stays_is_told_in_the_end():
    client = Client(LATER)
    with pytest.raises(AskError, match="come later"):
        run(client, ask)
    assert client.asked == MOST_REFUSALS + 1


def test_an_answer_that_cannot_be_read_is_asked_for_anew():
    client = Client(*[GONE] * MOST_FAULTS, ANSWER)
    gate = run(client, ask)
    assert client.asked == gate.budget.requests == MOST_FAULTS + 1


def test_a_fault_that_stays_is_told():
    client = Client(GONE)
    with pytest.raises(AskError, match="the connection failed"):
        run(client, ask)
    assert client.asked == MOST_FAULTS + 1


async def ask_on(gate: Gate, times: int) -> None:
    """Ask whatever comes, as long as single requests fail."""
    for _ in range(times):
        with suppress(AskError):
            await ask(gate)


def test_nothing_but_failures_ends_the_run():
    client = Client(GONE)

    async def act(gate: Gate) -> None:
        with pytest.raises(OutsideError, match=r"in a row failed.*check the model") as caught:
            await ask_on(gate, MOST_FAILURES)
        assert not isinstance(caught.value, AskError)
        with pytest.raises(StoppedError):
            await ask(gate)

    run(client, act)
    assert client.asked == MOST_FAILURES


def test_requests_that_an_endpoint_cannot_take_do_not_end_a_run_that_works():
    client = Client(ANSWER, UNFIT)
    assert run(client, lambda gate: ask_on(gate, 3 * MOST_FAILURES)).stopped is None
    with pytest.raises(OutsideError, match="too long"):
        run(Client(UNFIT), lambda gate: ask_on(gate, MOST_FAILURES))


@pytest.mark.parametrize("sign", [ANSWER, DECLINED])
def test_a_sign_of_life_starts_the_count_again(sign: Reply | AskError):
    almost = [GONE] * (MOST_FAILURES - 1)
    client = Client(*almost, sign, *almost, ANSWER)
    assert run(client, lambda gate: ask_on(gate, MOST_FAILURES)).stopped is None
    assert client.script == [ANSWER]


def test_the_end_of_the_budget_closes_the_gate_and_what_is_under_way_is_answered():
    answered = 0

    async def one(gate: Gate) -> None:
        nonlocal answered
        try:
            await ask(gate)
        except StoppedError:
            return
        answered += 1

    async def act(gate: Gate) -> None:
        await asyncio.gather(*(one(gate) for _ in range(20)))

    gate = run(Client(ANSWER), act, Limits(requests=6))
    assert (answered, gate.budget.requests) == (6, 6)
    assert "budget of 6 requests" in (gate.stopped or "")


def test_what_is_asked_about_one_failure_is_counted_apart():
    tallies = []

    async def one(gate: Gate, times: int) -> None:
        with gate.counting() as tally:
            for _ in range(times):
                await ask(gate)
        tallies.append((tally.requests, tally.usage.total))

    async def act(gate: Gate) -> None:
        await asyncio.gather(one(gate, 1), one(gate, 3))

    run(Client(ANSWER), act)
    assert sorted(tallies) == [(1, 13), (3, 39)]
