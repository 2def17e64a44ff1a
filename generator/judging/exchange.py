"""What goes to an OpenAI-compatible endpoint and what comes back, without the transport."""

import json
import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal, NamedTuple, Protocol
from urllib.parse import urlsplit

from generator.errors import OutsideError
from generator.judging.fence import tokens
from generator.judging.wording import fill

SHORTEST_SECRET = 6
"""Characters; a shorter key is a placeholder, and striking it out would spoil answers."""

Form = Literal["json_schema", "schema_object", "json_object", "fenced"]
"""How an endpoint can be held to an answer's form, the strictest first. ``schema_object`` is JSON
mode with a schema, which servers of one's own often have in the place of ``json_schema``."""
FORMS: tuple[Form, ...] = ("json_schema", "schema_object", "json_object", "fenced")
Fault = Literal["rate_limit", "transport", "refused", "bad_request"]


@dataclass(frozen=True)
class Endpoint:
    """Whom to ask, and how."""

    base_url: str | None
    """Address up to ``/v1``; none for the provider's own."""
    model: str
    """Name of the language model at the endpoint."""
    api_key_env: str = "OPENAI_API_KEY"
    """Environment variable that holds the key."""
    timeout_seconds: float = 120.0
    """Longest time for an answer, with everything that the transport tries again."""
    temperature: float | None = 0.0
    """Sampling temperature; none leaves it to the endpoint."""
    max_output_tokens: int = 2000
    """Most tokens of an answer."""

    @property
    def place(self) -> str:
        """Where it is, for messages: no more of an address than may be shown."""
        if self.base_url is None:
            return "the provider's own address"
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


class Usage(NamedTuple):
    """Tokens that requests took; estimated where the endpoint does not count them."""

    input_tokens: int
    """Tokens sent, with those that the endpoint had kept from before."""
    cached_tokens: int
    """Of those, tokens served from the endpoint's prefix cache."""
    output_tokens: int
    """Tokens put out."""

    def plus(self, other: "Usage") -> "Usage":
        """Return the sum."""
        return Usage(*(mine + its for mine, its in zip(self, other, strict=True)))


NO_USAGE = Usage(0, 0, 0)


class Reply(NamedTuple):
    """What came back."""

    text: str
    """The answer; empty where the endpoint gave none."""
    finish_reason: str | None
    """Why it ended, such as ``stop`` or ``length``."""
    usage: Usage
    """What it took."""


class AskError(OutsideError):
    """A request that failed; others may go through."""

    def __init__(self, kind: Fault, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.kind: Fault = kind
        self.retry_after = retry_after
        """Seconds after which the endpoint wants to be asked again."""


Trial = Callable[[int, Callable[[], Awaitable[Reply]]], Awaitable[Reply]]
"""Makes a request that tries an endpoint out, given the characters that it sends: it is paid for
like any other, so whoever keeps the budget has a word in it."""


class Asker(Protocol):
    """What a judge needs of a client."""

    @property
    def endpoint(self) -> Endpoint:
        """Whom it asks."""

    async def ask(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> Reply:
        """Return the answer to a request; see :meth:`Client.ask`."""


@dataclass(frozen=True)
class Dialect:
    """What an endpoint understands."""

    form: Form = "json_schema"
    limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    temperature: bool = True


class Concealer:
    """Strikes a secret out of texts; shows it in none of its own."""

    __slots__ = ("_secret",)

    def __init__(self, secret: str) -> None:
        self._secret = secret if len(secret) >= SHORTEST_SECRET else ""

    def __call__(self, text: str) -> str:
        """Return a text without the secret."""
        return text.replace(self._secret, "[key]") if self._secret else text


NO_SECRET = Concealer("")


def fault_of(status: int) -> Fault:
    """Return what an HTTP status other than 200 says of a request."""
    if status == 429:  # noqa: PLR2004  too many requests
        return "rate_limit"
    if status == 403:  # noqa: PLR2004  forbidden
        return "refused"
    if status >= 500 or status in {408, 409}:  # noqa: PLR2004  the server's fault
        return "transport"
    return "bad_request"


def body_of(
    endpoint: Endpoint,
    messages: Sequence[Mapping[str, str]],
    schema: Mapping[str, Any],
    dialect: Dialect,
) -> dict[str, Any]:
    """Return a request as it goes over the wire."""
    body: dict[str, Any] = {
        "model": endpoint.model,
        "messages": list(messages),
        dialect.limit: endpoint.max_output_tokens,
    }
    if dialect.temperature and endpoint.temperature is not None:
        body["temperature"] = endpoint.temperature
    if dialect.form == "json_schema":
        form = {"name": "verdict", "strict": True, "schema": dict(schema)}
        body["response_format"] = {"type": "json_schema", "json_schema": form}
        return body
    if dialect.form != "fenced":
        body["response_format"] = {"type": "json_object"}
    if dialect.form == "schema_object":
        body["response_format"]["schema"] = dict(schema)
    # The schema joins the static part, so that prefixes stay shared.
    first, *rest = messages
    wording = "fenced" if dialect.form == "fenced" else "json_object"
    told = fill(wording, schema=json.dumps(schema))
    body["messages"] = [{**first, "content": first["content"] + told}, *rest]
    return body


def reply_of(value: Any, body: Mapping[str, Any], conceal: Concealer) -> Reply:
    """Return what an answer says.

    Raises:
        AskError: It is no chat completion, or the model would not answer.
    """
    try:
        choice = value["choices"][0]
        message = choice["message"]
        content, refusal = message.get("content"), message.get("refusal")
        finish = choice.get("finish_reason")
    except (AttributeError, IndexError, KeyError, TypeError):
        raise AskError("transport", "the endpoint's answer is no chat completion") from None
    if isinstance(content, list):
        content = "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    if finish == "content_filter" or (refusal and not content):
        raise AskError("refused", "the endpoint would not answer")
    text = conceal(content) if isinstance(content, str) else ""
    finish = finish if isinstance(finish, str) else None
    return Reply(text, finish, _usage(value, body, text))


def _usage(value: Any, body: Mapping[str, Any], text: str) -> Usage:
    """Return the tokens that a request took, estimated where the endpoint does not say."""
    told = value.get("usage")
    told = told if isinstance(told, dict) else {}
    details = told.get("prompt_tokens_details")
    cached = _count(details.get("cached_tokens")) if isinstance(details, dict) else None
    sent, put_out = _count(told.get("prompt_tokens")), _count(told.get("completion_tokens"))
    if sent is None:
        sent = sum(tokens(message["content"]) for message in body["messages"])
    return Usage(
        input_tokens=sent,
        cached_tokens=min(cached or _count(told.get("prompt_cache_hit_tokens")) or 0, sent),
        output_tokens=tokens(text) if put_out is None else put_out,
    )


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return for how many seconds the endpoint wants to be left alone, none if it did not say."""
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(name, "")) / unit
        except ValueError:
            continue
        return seconds if math.isfinite(seconds) and seconds >= 0 else None
    try:
        date = parsedate_to_datetime(headers.get("retry-after", ""))
    except ValueError:
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return max(0.0, (date - datetime.now(UTC)).total_seconds())
