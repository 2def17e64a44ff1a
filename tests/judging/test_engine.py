"""The judge against a real inference server, whose model knows nothing: no category comes of it."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.judging.client import Client, Endpoint
from generator.judging.llm import MOST_REQUESTS, Judgement, LlmJudge
from generator.judging.prompt import Prompt
from generator.store.content import load_content
from tests.judging.engine import engine, interpreter
from tests.judging.factory import failure
from tests.store.tree import sound

OUTPUT = "Three bags of six are 3 * 6 = 19. The answer is 19."
LONGEST = 80
"""Tokens of an answer."""

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(
        interpreter() is None,
        reason="no inference server: pip install 'llama-cpp-python[server]' gguf, or name the "
        "interpreter of an environment that has them in ERRORATLAS_ENGINE",
    ),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the server."""
    python = interpreter()
    assert python is not None
    with engine(python, tmp_path_factory.mktemp("engine")) as found:
        yield found


def judged(tmp_path: Path, address: str, seconds: float) -> tuple[Judgement, str | None]:
    """Return what came of asking about one failure, and the form that answers were held to."""
    taxonomy = load_content(sound(tmp_path)).taxonomy

    async def inner() -> tuple[Judgement, str | None]:
        endpoint = Endpoint(address, "tiny", timeout_seconds=seconds, max_output_tokens=LONGEST)
        async with Client(endpoint) as client:
            judge = LlmJudge(client, Prompt(taxonomy), taxonomy)
            # The limit of time is for the failure: trying the endpoint out has its own.
            client.endpoint = Endpoint(address, "tiny", max_output_tokens=LONGEST)
            await client.prepare({"type": "object"}, lambda _, post: post())
            client.endpoint = endpoint
            said = await judge.judge(failure(OUTPUT), (), display_full=True)
            return said, client.form

    return asyncio.run(inner())


def test_nonsense_is_refused_and_its_tokens_are_counted(tmp_path: Path, address: str):
    said, form = judged(tmp_path, address, 300.0)
    assert form == "schema_object", "the server breaks at json_schema, and knows JSON mode"
    assert (said.verdict.status, said.verdict.category) == ("no_verdict", None)
    assert said.requests == MOST_REQUESTS
    # The model knows bytes alone, so that a token is a byte or, for one pair, two.
    assert said.usage.input_tokens > MOST_REQUESTS * 3_000
    assert 0 < said.usage.output_tokens <= MOST_REQUESTS * (LONGEST + 1)


def test_an_answer_that_takes_too_long_is_no_verdict(tmp_path: Path, address: str):
    said, _ = judged(tmp_path, address, 0.05)
    assert said.verdict.status == "no_verdict"
    assert said.verdict.summary == "the endpoint gave no whole answer"
    assert said.requests == 0
