"""A scripted OpenAI-compatible endpoint on loopback, for tests and measurements.

Within a test: ``async with ScriptedServer(script) as server`` and ask ``server.base_url``. By
itself: ``python -m tests.judging.scripted_server --port 8080 --fault malformed=0.05 --seed 1``.

A script is a list of acts, one per judged request in the order of arrival (the last one stays), or
a function from a request to an act. ``Faults`` is such a function: it draws acts by seed from the
request's own bytes and the number of times that it came, so that the order of arrival changes
nothing. An act is the name of a method of ``_Acts`` or a text, sent as the judge's answer.
"""

import argparse
import asyncio
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self

OUTPUT = re.compile(
    r"\nThe output[^\n]*:\n--- begin output (\w+) ---\n(.*)\n--- end output \1 ---\Z", re.DOTALL
)
"""The failed output as it stands in a request; the marker tells it from what it pretends."""


@dataclass(frozen=True)
class Request:
    """A request as it came over the wire."""

    body: dict[str, Any]
    headers: dict[str, str]
    attempt: int
    """How many times this very body has come, from 1."""

    @property
    def digest(self) -> str:
        return hashlib.sha256(json.dumps(self.body, sort_keys=True).encode()).hexdigest()

    @property
    def output(self) -> str | None:
        """The output to be judged; none for a request that tries the endpoint out."""
        for message in self.body["messages"]:
            found = OUTPUT.search(message["content"])
            if found:
                return found[2]
        return None


Script = Sequence[str] | Callable[[Request], str]


@dataclass(frozen=True)
class Faults:
    """Draws acts: each fault at its rate, good answers otherwise."""

    rates: dict[str, float]
    seed: int = 0

    def __call__(self, request: Request) -> str:
        drawn = hashlib.sha256(f"{self.seed} {request.attempt} {request.digest}".encode()).digest()
        point = int.from_bytes(drawn[:8], "big") / 2**64
        for act, rate in self.rates.items():
            if point < rate:
                return act
            point -= rate
        return "good"


def good_answer(output: str, **changes: Any) -> dict[str, Any]:
    """Return an answer that passes every check, with some fields changed."""
    line = max(output.split("\n"), key=len).strip()[:200]
    answer: dict[str, Any] = {
        "criteria": [
            {
                "criterion": "The sum is right",
                "present": True,
                "quality": 0.5,
                "evidence": line or None,
                "comment": None,
            }
        ],
        "attribution": "model",
        "attribution_subtype": None,
        "status": "verdict",
        "category": "E13" if line else "E02",
        "subcategory": "arithmetic" if line else "empty",
        "secondary": [],
        "title": "A sum comes out wrong",
        "summary": "The first sum is not right.",
        "evidence": [{"quote": line}] if line else [],
        "confidence": 0.8,
    }
    return answer | changes


class _Acts:
    """What the server can do with a judged request."""

    def __init__(self, server: "ScriptedServer", writer: asyncio.StreamWriter) -> None:
        self._server = server
        self._writer = writer

    async def good(self, request: Request) -> None:
        await self.say(json.dumps(good_answer(request.output or "")), request)

    async def block(self, request: Request) -> None:
        text = json.dumps(good_answer(request.output or ""))
        await self.say(f"Here it is.\n```json\n{text}\n```\n", request)

    async def malformed(self, request: Request) -> None:
        await self.say("Certainly! The category is E13: {category: E13", request)

    async def truncated(self, request: Request) -> None:
        text = json.dumps(good_answer(request.output or ""))
        await self.say(text[: len(text) // 2], request, finish="length")

    async def off_menu(self, request: Request) -> None:
        answer = good_answer(request.output or "", category="E99")
        await self.say(json.dumps(answer), request)

    async def unquoted(self, request: Request) -> None:
        await self.say(json.dumps(good_answer(request.output or "", evidence=[])), request)

    async def invented(self, request: Request) -> None:
        evidence = [{"quote": "words that stand nowhere in it"}]
        await self.say(json.dumps(good_answer(request.output or "", evidence=evidence)), request)

    async def no_criteria(self, request: Request) -> None:
        await self.say(json.dumps(good_answer(request.output or "", criteria=[])), request)

    async def nothing(self, request: Request) -> None:
        await self.say(None, request)

    async def declined(self, request: Request) -> None:
        await self.say(None, request, refusal="I cannot help with that.")

    async def limited(self, _: Request) -> None:
        error = {"error": {"message": "too many requests", "code": "rate_limit_exceeded"}}
        wait = self._server.retry_after
        await self.send(429, error, {} if wait is None else {"retry-after": wait})

    async def out_of_credit(self, _: Request) -> None:
        error = {"error": {"message": "no credit left", "code": "insufficient_quota"}}
        await self.send(429, error)

    async def broken(self, _: Request) -> None:
        await self.send(500, {"error": {"message": "internal error"}})

    async def too_long(self, _: Request) -> None:
        error = {"error": {"message": "the context is too long", "type": "invalid_request_error"}}
        await self.send(400, error)

    async def forbidden(self, request: Request) -> None:
        """Refuse the key, and repeat it, as careless proxies do."""
        key = request.headers.get("authorization", "")
        await self.send(401, {"error": {"message": f"incorrect key: {key}"}})

    async def telltale(self, request: Request) -> None:
        """Answer well, with the key in the text."""
        key = request.headers.get("authorization", "")
        answer = good_answer(request.output or "", title=f"The key is {key}", summary=key)
        await self.say(json.dumps(answer), request)

    async def drop(self, _: Request) -> None:
        self._writer.transport.abort()

    async def drop_midway(self, _: Request) -> None:
        self._writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n")
        self._writer.write(b'content-length: 4000\r\n\r\n{"choices": [')
        await self._writer.drain()
        self._writer.transport.abort()

    async def page(self, _: Request) -> None:
        """Send what a proxy sends: a page in the place of an answer."""
        await self.send(200, None, {"content-type": "text/html"})

    async def drip(self, _: Request) -> None:
        """Send a byte now and then, without an end."""
        self._writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n")
        self._writer.write(b"content-length: 4000\r\n\r\n")
        while True:
            self._writer.write(b" ")
            await self._writer.drain()
            await asyncio.sleep(0.05)

    async def hang(self, _: Request) -> None:
        await asyncio.Event().wait()

    async def say(
        self,
        text: str | None,
        request: Request,
        *,
        finish: str = "stop",
        refusal: str | None = None,
    ) -> None:
        """Send a chat completion."""
        message = {"role": "assistant", "content": text, "refusal": refusal}
        reply: dict[str, Any] = {
            "id": f"chatcmpl-{request.digest[:12]}",
            "object": "chat.completion",
            "created": 0,
            "model": request.body["model"],
            "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        }
        if self._server.usage:
            sent = sum(len(message["content"]) for message in request.body["messages"]) // 4
            reply["usage"] = {
                "prompt_tokens": sent,
                "completion_tokens": len(text or "") // 4,
                "prompt_tokens_details": {"cached_tokens": sent // 2},
            }
        await self.send(200, reply)

    async def send(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
        """Send a whole answer."""
        data = json.dumps(body).encode()
        lines = {"content-type": "application/json", "content-length": str(len(data))}
        lines |= headers or {}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        self._writer.write(f"HTTP/1.1 {status} Scripted\r\n{head}\r\n".encode() + data)
        await self._writer.drain()


@dataclass
class ScriptedServer:
    """The endpoint. Requests that only try it out are answered well and not counted as judged."""

    script: Script = ("good",)
    latency: float = 0.0
    """Seconds before each answer."""
    retry_after: str | None = None
    """Header of rate limits."""
    not_understood: tuple[str, ...] = ()
    """Words that the endpoint takes for an error anywhere in a request but its messages."""
    told_by: int = 400
    """Status by which it says so."""
    ignores_form: bool = False
    """Whether it answers trials in prose, whatever form was asked for."""
    usage: bool = True
    """Whether it counts tokens."""
    keep: bool = True
    """Whether requests are kept."""
    port: int = 0
    requests: list[Request] = field(default_factory=list)
    """Judged requests, in the order of arrival."""
    judged: Callable[[Request], bool] = lambda request: request.output is not None
    """Tells requests proper from those that only try the endpoint out."""
    trials: list[Request] = field(default_factory=list)
    """Requests that tried the endpoint out."""
    acts: Counter[str] = field(default_factory=Counter)
    """How often it did what."""

    async def __aenter__(self) -> Self:
        self._times: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, backlog=1024)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                while True:
                    await self._exchange(reader, writer)
        finally:
            self._tasks.discard(task)
            writer.transport.abort()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head[1:] if line)
        }
        raw = await reader.readexactly(int(headers.get("content-length", "0")))
        acts = _Acts(self, writer)
        if not head[0].startswith("POST /v1/chat/completions "):
            await acts.send(404, {"error": {"message": "no such address"}})
            return
        digest = hashlib.sha256(raw).hexdigest()
        self._times[digest] += 1
        request = Request(json.loads(raw), headers, self._times[digest])
        await asyncio.sleep(self.latency)
        settings = json.dumps({k: v for k, v in request.body.items() if k != "messages"})
        wrong = next((word for word in self.not_understood if f'"{word}"' in settings), None)
        if wrong is not None:
            error = {"error": {"message": f"not supported: {wrong}"}}
            await acts.send(self.told_by, error)
        elif not self.judged(request):
            self.trials.append(request)
            await acts.say("Certainly!" if self.ignores_form else '{"criteria": []}', request)
        else:
            await self._play(acts, request)

    async def _play(self, acts: _Acts, request: Request) -> None:
        if callable(self.script):
            act = self.script(request)
        else:
            act = self.script[min(self.acts.total(), len(self.script) - 1)]
        known = not act.startswith("_") and hasattr(acts, act)
        self.acts[act if known else "said"] += 1
        if self.keep:
            self.requests.append(request)
        await (getattr(acts, act)(request) if known else acts.say(act, request))


async def _main() -> None:
    parser = argparse.ArgumentParser(description="A scripted OpenAI-compatible endpoint.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency-ms", type=float, default=0)
    parser.add_argument("--retry-after")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--fault", action="append", default=[], metavar="ACT=RATE")
    given = parser.parse_args()
    rates = {act: float(rate) for act, _, rate in (fault.partition("=") for fault in given.fault)}
    server = ScriptedServer(
        Faults(rates, given.seed),
        latency=given.latency_ms / 1000,
        retry_after=given.retry_after,
        keep=False,
        port=given.port,
    )
    async with server:
        print(server.base_url, flush=True)  # noqa: T201  tells who started it where to ask
        await asyncio.Event().wait()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(_main())
