"""The client against a scripted endpoint: forms, faults, time limits, and what must not leak."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from generator.errors import InputError, OutsideError
from generator.judging.client import AskError, Client, Endpoint, Reply
from tests.judging.scripted_server import ScriptedServer

KEY = "sk-a-secret-that-nobody-may-see"
SCHEMA = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
MESSAGES = [
    {"role": "system", "content": "Judge."},
    {
        "role": "user",
        "content": "\nThe output:\n--- begin output aa ---\n3 + 4 = 8\n--- end output aa ---",
    },
]


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    # The transport waits half a second and more before it tries again.
    monkeypatch.setattr("openai._base_client.INITIAL_RETRY_DELAY", 0.001)
    monkeypatch.setattr("openai._base_client.MAX_RETRY_DELAY", 0.002)


def run(server: ScriptedServer, use: Callable[[Client], Awaitable[Any]], **settings: Any) -> Any:
    async def inner() -> Any:
        async with server:
            endpoint = Endpoint(server.base_url, "judge-1", **settings)
            async with Client(endpoint) as client:
                return await use(client)

    return asyncio.run(inner())


def ask(server: ScriptedServer, **settings: Any) -> Reply:
    return run(server, lambda client: client.ask(MESSAGES, SCHEMA), **settings)


def failed(server: ScriptedServer, **settings: Any) -> AskError:
    with pytest.raises(AskError) as caught:
        ask(server, **settings)
    return caught.value


def test_an_answer_comes_with_what_it_took():
    reply = ask(ScriptedServer(["{}"]))
    assert reply.text == "{}"
    assert reply.finish_reason == "stop"
    assert reply.usage.input_tokens > reply.usage.cached_tokens > 0


def test_usage_is_estimated_where_the_endpoint_does_not_count():
    reply = ask(ScriptedServer(["{}" * 50], usage=False))
    assert reply.usage.input_tokens > 10
    assert reply.usage.cached_tokens == 0
    assert reply.usage.output_tokens > 10


def test_the_strictest_form_is_asked_for_and_the_endpoint_is_tried_out_once():
    server = ScriptedServer()

    async def several(client: Client) -> str | None:
        await asyncio.gather(*(client.ask(MESSAGES, SCHEMA) for _ in range(5)))
        return client.form

    assert run(server, several) == "json_schema"
    assert len(server.trials) == 1
    assert len(server.requests) == 5
    form = server.requests[0].body["response_format"]
    assert form["type"] == "json_schema"
    assert form["json_schema"] == {"name": "verdict", "strict": True, "schema": SCHEMA}
    assert server.requests[0].body["max_tokens"] == 2000
    assert server.requests[0].body["temperature"] == 0.0


@pytest.mark.parametrize(
    ("not_understood", "form", "told"),
    [
        (("json_schema",), "schema_object", "with no text before or after it"),
        (("json_schema", "schema"), "json_object", "with no text before or after it"),
        (("response_format",), "fenced", "```json"),
    ],
)
def test_an_endpoint_of_less_ability_is_told_the_schema_in_the_static_part(
    not_understood, form, told
):
    server = ScriptedServer(["block"], not_understood=not_understood)

    async def twice(client: Client) -> str | None:
        await client.ask(MESSAGES, SCHEMA)
        await client.ask(MESSAGES, SCHEMA)
        return client.form

    assert run(server, twice) == form
    assert len(server.trials) == 1
    body = server.requests[1].body
    sent = body.get("response_format", {"type": "fenced"})
    assert sent["type"] == form.replace("schema_object", "json_object")
    assert sent.get("schema") == (SCHEMA if form == "schema_object" else None)
    assert body["messages"][0]["content"].startswith("Judge.")
    assert told in body["messages"][0]["content"]
    assert '"additionalProperties": false' in body["messages"][0]["content"]
    assert body["messages"][1] == MESSAGES[1]


def test_an_endpoint_that_breaks_at_a_form_is_asked_for_a_simpler_one():
    server = ScriptedServer(not_understood=("json_schema",), told_by=500)

    async def form(client: Client) -> str | None:
        await client.ask(MESSAGES, SCHEMA)
        return client.form

    assert run(server, form) == "schema_object"


def test_an_endpoint_that_passes_the_form_over_is_found_out():
    server = ScriptedServer(ignores_form=True)

    async def form(client: Client) -> str | None:
        await client.ask(MESSAGES, SCHEMA)
        return client.form

    assert run(server, form) == "fenced"


def test_an_endpoint_with_other_settings_is_spoken_to_in_its_own():
    server = ScriptedServer(not_understood=("temperature",))
    ask(server)
    assert "temperature" not in server.requests[0].body
    assert server.requests[0].body["response_format"]["type"] == "json_schema"


def test_a_limit_of_another_name_is_found():
    server = ScriptedServer(not_understood=("max_tokens",))
    ask(server)
    assert "max_tokens" not in server.requests[0].body
    assert server.requests[0].body["max_completion_tokens"] == 2000


def test_an_endpoint_that_understands_nothing_stops_the_run():
    with pytest.raises(OutsideError, match="judge-1") as caught:
        ask(ScriptedServer(not_understood=("model",)))
    assert not isinstance(caught.value, AskError)


def test_faults_of_the_transport_are_tried_again():
    server = ScriptedServer(["drop", "broken", "drop_midway", "{}"])
    assert ask(server).text == "{}"
    assert server.acts == {"drop": 1, "broken": 1, "drop_midway": 1, "said": 1}


@pytest.mark.parametrize("act", ["drop", "broken", "drop_midway"])
def test_a_fault_of_the_transport_that_stays_is_told(act):
    assert failed(ScriptedServer([act])).kind == "transport"


@pytest.mark.parametrize("act", ["hang", "drip"])
def test_an_answer_that_takes_too_long_is_given_up_and_not_asked_for_again(act):
    server = ScriptedServer([act])
    error = failed(server, timeout_seconds=0.5)
    assert error.kind == "transport"
    assert len(server.requests) == 1


@pytest.mark.parametrize(("header", "wait"), [("7", 7.0), ("0.5", 0.5), (None, None), ("no", None)])
def test_a_rate_limit_is_told_at_once_with_the_wait_asked_for(header, wait):
    server = ScriptedServer(["limited"], retry_after=header)
    error = failed(server)
    assert error.kind == "rate_limit"
    assert error.retry_after == wait
    assert len(server.requests) == 1


def test_a_wait_given_as_a_date_is_understood():
    server = ScriptedServer(["limited"], retry_after="Wed, 21 Oct 2015 07:28:00 GMT")
    assert failed(server).retry_after == 0.0


@pytest.mark.parametrize(
    ("act", "kind"), [("declined", "refused"), ("too_long", "bad_request"), ("page", "transport")]
)
def test_what_concerns_one_request_is_told_apart(act, kind):
    assert failed(ScriptedServer([act])).kind == kind


@pytest.mark.parametrize("act", ["forbidden", "out_of_credit"])
def test_what_concerns_every_request_is_no_fault_of_one(act):
    with pytest.raises(OutsideError) as caught:
        ask(ScriptedServer([act]))
    assert not isinstance(caught.value, AskError)
    assert "OPENAI_API_KEY" in str(caught.value)


def test_an_endpoint_that_is_not_there_stops_the_run():
    with pytest.raises(
        OutsideError,
        match=r"judge-1 at http://127\.0\.0\.1:9/v1 cannot be reached: the connection .* failed: "
        r"check --base-url",
    ) as caught:
        asyncio.run(_ask_nobody())
    assert not isinstance(caught.value, AskError)


def test_what_a_message_says_of_an_address_is_no_secret():
    assert Endpoint("https://me:word@host:1/v1?key=secret", "m").place == "https://host:1/v1"
    assert Endpoint(None, "m").place == "the provider's own address"


async def _ask_nobody() -> None:
    async with Client(Endpoint("http://127.0.0.1:9/v1", "judge-1")) as client:
        await client.ask(MESSAGES, SCHEMA)


def test_no_answer_at_all_is_an_empty_one():
    assert ask(ScriptedServer(["nothing"])).text == ""


def test_without_a_key_the_providers_own_endpoint_is_not_asked(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY")
    with pytest.raises(InputError, match="OPENAI_API_KEY"):
        Client(Endpoint(None, "judge-1"))


@pytest.mark.parametrize("key", ["sk-half\nsk-other", "sk-ключ"])
def test_a_key_that_cannot_be_one_is_told_without_being_shown(monkeypatch, key):
    monkeypatch.setenv("OPENAI_API_KEY", key)
    with pytest.raises(InputError, match="OPENAI_API_KEY") as caught:
        Client(Endpoint("http://127.0.0.1:9/v1", "judge-1"))
    assert "sk-" not in str(caught.value)


def test_a_server_of_ones_own_needs_no_key(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY")
    assert ask(ScriptedServer(["{}"])).text == "{}"


@pytest.mark.parametrize("act", ["forbidden", "telltale", "drop", "broken", "limited", "too_long"])
def test_the_key_is_in_no_log_no_error_and_no_answer(act, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    server = ScriptedServer([act])
    said = []

    async def use(client: Client) -> None:
        said.append(repr(client) + repr(client.endpoint) + repr(vars(client)))
        try:
            said.append(repr(await client.ask(MESSAGES, SCHEMA)))
        except OutsideError as error:
            said.append(f"{error!r} {error.__cause__!r} {vars(error)} {error.__suppress_context__}")

    run(server, use)
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"
    captured = capfd.readouterr()
    assert KEY not in "".join(said) + caplog.text + captured.out + captured.err
    assert caplog.records, "nothing was logged: the test shows nothing"
