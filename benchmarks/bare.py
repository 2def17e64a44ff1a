"""What a bare client reaches: sends requests, reads the answers, checks and keeps nothing.

Run by ``benchmarks.llm_rate`` as a process of its own: ``python -m benchmarks.bare CLIENT ADDRESS
REQUESTS CONCURRENCY``, with the messages of a judge of made-up failures. Prints JSON.
"""

import argparse
import asyncio
import json
import os
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import httpx
import openai
from pydantic_core import to_json

from benchmarks.made_up import BENCHMARK, MODELS, write_checkout
from generator.judging.answer import schema
from generator.judging.exchange import Dialect, Endpoint, body_of
from generator.judging.prompt import Prompt
from generator.readers.runs import run_rows
from generator.records.failure import Failure
from generator.store.content import load_content

Body = dict[str, Any]
Send = Callable[[Body], Awaitable[object]]


def bodies(address: str, number: int) -> list[Body]:
    """Return the requests that the judge would make about made-up failures."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_checkout(root, number)
        content = load_content(root / "content")
        prompt, form = Prompt(content.taxonomy), schema(content.taxonomy)
        endpoint, made = Endpoint(address, "mock-judge"), []
        for model in range(MODELS):
            key = (BENCHMARK, f"acme__m{model}")
            for item, prediction in run_rows(content, key, root):
                if prediction.score < 1:
                    failure = Failure.of(*key, "short-answer", item, prediction)
                    mark = prompt.marker(failure, ())
                    messages = prompt.messages(failure, (), marker=mark)
                    made.append(body_of(endpoint, messages, form, Dialect()))
    return made[:number]


async def _all(send: Send, waiting: Iterator[Body], concurrency: int) -> None:
    async def work() -> None:
        for body in waiting:
            await send(body)

    await asyncio.gather(*(work() for _ in range(concurrency)))


def _client(address: str) -> openai.AsyncOpenAI:
    transport = openai.DefaultAioHttpClient()
    return openai.AsyncOpenAI(api_key="none", base_url=address, http_client=transport)


async def with_openai(address: str, waiting: Iterator[Body], concurrency: int) -> None:
    """Send with the client library as it is, with its transport over aiohttp."""
    async with _client(address) as api:
        await _all(lambda body: api.chat.completions.create(**body), waiting, concurrency)


async def with_parse(address: str, waiting: Iterator[Body], concurrency: int) -> None:
    """Send with the client's helper for structured output."""
    async with _client(address) as api:
        await _all(lambda body: api.chat.completions.parse(**body), waiting, concurrency)


async def with_post(address: str, waiting: Iterator[Body], concurrency: int) -> None:
    """Send with the client's plain request, as the judge does."""
    async with _client(address) as api:

        async def send(body: Body) -> object:
            options: Any = {"headers": {"Content-Type": "application/json"}}
            reply = await api.post(
                "/chat/completions", cast_to=httpx.Response, content=to_json(body), options=options
            )
            return json.loads(reply.content)

        await _all(send, waiting, concurrency)


async def with_aiohttp(address: str, waiting: Iterator[Body], concurrency: int) -> None:
    """Send with the transport alone."""
    connector = aiohttp.TCPConnector(limit=concurrency)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def send(body: Body) -> object:
            async with session.post(f"{address}/chat/completions", json=body) as reply:
                return await reply.json()

        await _all(send, waiting, concurrency)


CLIENTS = {
    "openai": with_openai,
    "openai parse": with_parse,
    "openai post": with_post,
    "aiohttp": with_aiohttp,
}


def main() -> None:
    """Send, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("client", choices=CLIENTS)
    parser.add_argument("address")
    parser.add_argument("requests", type=int)
    parser.add_argument("concurrency", type=int)
    given = parser.parse_args()
    made = bodies(given.address, given.requests)
    before, start = os.times(), time.perf_counter()
    asyncio.run(CLIENTS[given.client](given.address, iter(made), given.concurrency))
    seconds, after = time.perf_counter() - start, os.times()
    spent = after.user + after.system - before.user - before.system
    print(json.dumps({"requests": len(made), "seconds": seconds, "processor_seconds": spent}))


if __name__ == "__main__":
    main()
