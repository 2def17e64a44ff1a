"""Asks an OpenAI-compatible endpoint; the only module that knows openai.

The key is read from the environment when a client is made, and is kept by the transport alone. It
is struck out of every text that comes back, and errors of the transport, which carry requests, are
never chained to ours.
"""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx
import openai
from pydantic_core import to_json

from generator.errors import InputError, OutsideError
from generator.judging.exchange import (
    FORMS,
    NO_USAGE,
    Asker,
    AskError,
    Concealer,
    Dialect,
    Endpoint,
    Form,
    Reply,
    Trial,
    Usage,
    body_of,
    fault_of,
    reply_of,
    retry_after,
)
from generator.judging.wording import fill

__all__ = ["NO_USAGE", "AskError", "Asker", "Client", "Endpoint", "Reply", "Usage"]

RETRIES = 5
"""Of the transport, for dropped connections and faults of the server; not for rate limits."""
TRIAL_RETRIES = 2
"""Of the transport, for a request that tries the endpoint out; that is made twice at most."""
LONGEST_MESSAGE = 300
_CHECK = "check --base-url, and that a server answers there"
_JSON = {"content-type": "application/json"}
_BROKEN = 500
_UNPAID = frozenset({401, 402})
_HOPELESS = frozenset({401, 402, 403, 404})

Carried = TypeVar("Carried")


class Client:
    """Asks one endpoint. To be used with ``async with``.

    What the endpoint can do is tried out with one small request before the first real one.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        key = os.environ.get(endpoint.api_key_env, "").strip()
        if not key and endpoint.base_url is None:
            raise InputError(f"no key: set the environment variable {endpoint.api_key_env}")
        if not (key.isascii() and key.isprintable()):
            raise InputError(f"the key in {endpoint.api_key_env} holds signs that no key has")
        self.conceal = Concealer(key)
        """Strikes the key out of texts."""
        transport = openai.DefaultAioHttpClient(event_hooks={"response": [_surface_rate_limit]})
        self._openai = openai.AsyncOpenAI(
            api_key=key or "none",  # servers on one's own machine ask for none
            base_url=endpoint.base_url,
            timeout=endpoint.timeout_seconds,
            max_retries=RETRIES,
            http_client=transport,
        )
        self._dialect: Dialect | None = None
        self._probing = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._openai.close()

    @property
    def form(self) -> Form | None:
        """How answers are held to their form; none before the first request."""
        return self._dialect.form if self._dialect else None

    async def ask(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> Reply:
        """Return the answer to a request.

        Args:
            messages: The conversation; the first message is the static one.
            schema: JSON schema of the answer.

        Raises:
            AskError: The request failed: ``rate_limit`` (ask again after ``retry_after`` seconds),
                ``transport`` (no whole answer in time, however often tried), ``refused`` (the
                endpoint will not answer this) or ``bad_request`` (it cannot).
            OutsideError: No request can go through: the endpoint cannot be reached, or the key,
                the credit, the model's name or the address is not accepted.
        """
        dialect = self._dialect or await self.prepare(schema)
        try:
            return await self._post(messages, schema, dialect)
        except _StatusError as error:
            raise error.seen(_UNPAID, self.endpoint) from None

    async def carry(self, call: Callable[[Any], Awaitable[Carried]], seconds: float) -> Carried:
        """Return what another call of the transport than for an answer gave; for batches.

        Args:
            call: Makes the call, given the transport.
            seconds: Longest time that it may take.

        Raises:
            AskError: The call failed, see :meth:`ask`.
            OutsideError: The key or the address is not accepted.
        """
        try:
            with self._translated(seconds):
                async with asyncio.timeout(seconds):
                    return await call(self._openai)
        except _StatusError as error:
            raise error.seen(_HOPELESS, self.endpoint) from None

    async def prepare(self, schema: Mapping[str, Any], trial: Trial | None = None) -> Dialect:
        """Return what the endpoint understands; it is tried out the first time.

        Args:
            schema: JSON schema of the answers.
            trial: Watches over the requests that this takes.

        Raises:
            AskError: See :meth:`ask`.
            OutsideError: See :meth:`ask`.
        """
        if self._dialect is None:
            async with self._probing:
                if self._dialect is None:
                    self._dialect = await self._probe(schema, trial or _unwatched)
        return self._dialect

    async def _probe(self, schema: Mapping[str, Any], trial: Trial) -> Dialect:
        """Return what the endpoint understands, by asking for as much as possible."""
        messages = [{"role": "user", "content": fill("probe")}]
        characters = len(messages[0]["content"])
        dialect, spoilt, lost = Dialect(), 0, 0
        while True:
            try:
                post = partial(self._post, messages, schema, dialect, retries=TRIAL_RETRIES)
                reply = await trial(characters, post)
            except _StatusError as error:
                # Some servers break, with status 500, at a form that they do not know.
                unknown = error.kind == "bad_request" or error.status == _BROKEN
                if error.status in _HOPELESS or not unknown:
                    raise error.seen(_HOPELESS, self.endpoint) from None
                simpler = _simpler(dialect, error.message)
                if simpler is None:
                    hopeless = frozenset({error.status} if error.status != _BROKEN else ())
                    raise error.seen(hopeless, self.endpoint) from None
                dialect = simpler
                continue
            except AskError as error:
                lost += 1
                if error.kind != "transport":
                    raise
                if lost > 1:
                    at = self.endpoint
                    message = f"{at.model} at {at.place} cannot be reached: {error}: {_CHECK}"
                    raise OutsideError(message) from None
                continue
            if dialect.form == "fenced" or _is_object(reply):
                return dialect
            # One odd answer is chance; two are an endpoint that passes the form over.
            spoilt += 1
            if spoilt % 2 == 0:
                dialect = replace(dialect, form=FORMS[FORMS.index(dialect.form) + 1])

    async def _post(
        self,
        messages: Sequence[Mapping[str, str]],
        schema: Mapping[str, Any],
        dialect: Dialect,
        *,
        retries: int = RETRIES,
    ) -> Reply:
        body = body_of(self.endpoint, messages, schema, dialect)
        seconds = self.endpoint.timeout_seconds
        with self._translated(seconds):
            # A limit on each wait of the transport would let a slow drip go on for ever.
            async with asyncio.timeout(seconds):
                # Not `chat.completions.parse`: its models of request and answer take three times
                # as long, and an answer that breaks its form must come back to be named.
                response = await self._openai.post(
                    "/chat/completions",
                    cast_to=httpx.Response,
                    content=to_json(body),
                    options={"max_retries": retries, "headers": _JSON},
                )
                value = json.loads(response.content)
        return reply_of(value, body, self.conceal)

    @contextmanager
    def _translated(self, seconds: float) -> Iterator[None]:
        """Turn what the transport raises into errors of ours, without what it carries."""
        try:
            yield
        except TimeoutError:
            message = f"no whole answer within {seconds:g} seconds"
            raise AskError("transport", message) from None
        except openai.APIStatusError as error:
            raise _StatusError(error, self.conceal) from None
        except openai.APITimeoutError as error:
            raise AskError("transport", _unanswered(error)) from None
        except openai.APIConnectionError:
            raise AskError("transport", "the connection to the endpoint failed") from None
        except (openai.OpenAIError, ValueError, RecursionError):
            raise AskError("transport", "the endpoint's answer could not be read") from None


class _StatusError(AskError):
    """An HTTP status that tells of a fault, before it is known what it means for the run."""

    def __init__(self, error: openai.APIStatusError, conceal: Concealer) -> None:
        self.status = error.status_code
        self.message = conceal(" ".join(error.message.split()))[:LONGEST_MESSAGE]
        self.exhausted = error.code == "insufficient_quota"
        super().__init__(
            fault_of(self.status),
            f"HTTP {self.status}: {self.message}",
            retry_after(error.response.headers),
        )

    def seen(self, hopeless: frozenset[int], endpoint: Endpoint) -> OutsideError:
        """Return the error to raise."""
        if self.status in hopeless or self.exhausted:
            return OutsideError(
                f"the endpoint lets no request for {endpoint.model} through ({self}): check the "
                f"key in {endpoint.api_key_env}, the credit, the model's name and the address"
            )
        return AskError(self.kind, str(self), self.retry_after)


def _unanswered(error: BaseException) -> str:
    """Return why there was no answer: the transport calls a refused connection a time-out."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and not isinstance(cause, TimeoutError):
            return "the connection to the endpoint failed"
        cause = cause.__cause__ or cause.__context__
    return "the endpoint did not answer in time"


async def _unwatched(_: int, post: Callable[[], Awaitable[Reply]]) -> Reply:
    """Make a request that nobody counts."""
    return await post()


async def _surface_rate_limit(response: Any) -> None:
    """Keep the transport from sitting out rate limits: who sends less must learn of them."""
    if response.status_code == 429:  # noqa: PLR2004  too many requests
        response.headers["x-should-retry"] = "false"


def _simpler(dialect: Dialect, message: str) -> Dialect | None:
    """Return what to try after a request was not understood, none if nothing is left."""
    if dialect.limit == "max_tokens" and "max_tokens" in message:
        return replace(dialect, limit="max_completion_tokens")
    if dialect.temperature and "temperature" in message:
        return replace(dialect, temperature=False)
    rank = FORMS.index(dialect.form) + 1
    return replace(dialect, form=FORMS[rank]) if rank < len(FORMS) else None


def _is_object(reply: Reply) -> bool:
    """Tell whether the form was kept, as far as the answer goes."""
    text = reply.text.strip()
    if reply.finish_reason == "length":
        return text.startswith("{")
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False
