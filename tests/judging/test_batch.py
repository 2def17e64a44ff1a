"""Names of requests, tries, results and the provider's batches, each by itself."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import OutsideError
from generator.judging.batch_client import BatchClient
from generator.judging.batch_ids import MOST_TRIES, Ids, read_id
from generator.judging.batch_results import Results
from generator.judging.batch_tries import Tries
from generator.judging.client import AskError, Client, Endpoint, Reply, Usage
from generator.records.verdict import JudgeId
from tests.judging.batch_server import BatchServer

JUDGE = JudgeId(name="llm", version="m-1", prompt_hash="ab" * 32, taxonomy="2026.1")
IDS = Ids(JUDGE)
RUN = ("sums", "acme__alpha")
REPLY = Reply("no \u00e9 \ud800", "stop", Usage(9, 1, 2))


@given(st.text(), st.text(), st.text(), st.integers(1, MOST_TRIES))
def test_names_are_short_and_come_back_as_they_were(benchmark, model, key, attempt):
    name = IDS.name((benchmark, model), key, attempt)
    assert read_id(str(name)) == name
    assert len(str(name)) <= 64
    assert name.place == Ids.place((benchmark, model), key)
    assert IDS.differing(name) is None


def test_every_part_of_a_name_tells_something_apart():
    name = IDS.name(RUN, "k", 1)
    others = [
        IDS.name(RUN, "k", 2),
        IDS.name(("sums", "acme__m1"), "k", 1),
        IDS.name(("other", "acme__alpha"), "k", 1),
        IDS.name(RUN, "l", 1),
    ]
    assert len({name, *others}) == 5
    changes = {
        "version": ("m-2", "another language model"),
        "taxonomy": ("2027.1", "another version of the taxonomy"),
        "prompt_hash": ("cd" * 32, "another prompt"),
    }
    for field, (value, said) in changes.items():
        assert Ids(JUDGE.model_copy(update={field: value})).differing(name) == said


@pytest.mark.parametrize("text", [None, 5, "", "request-1", "0" * 58, "\u0660" * 60])
def test_what_is_no_name_of_ours_is_none(text):
    assert read_id(text) is None


def test_tries_are_kept_and_a_torn_line_is_cut_off(tmp_path: Path):
    path = tmp_path / "a" / "tries"
    first, second, third = (IDS.name(RUN, "k", attempt) for attempt in (1, 2, 3))
    Tries(path, IDS).refused(first, REPLY)
    with path.open("ab") as file:
        file.write(b'{"id": "to')
    tries = Tries(path, IDS)
    assert (tries.course(first.place), tries.attempt(first.place)) == ((REPLY,), 2)
    assert tries.knows(first)
    assert not tries.knows(second)
    tries.refused(second, REPLY)
    assert Tries(path, IDS).course(first.place) == (REPLY, REPLY)
    tries.ended(third)
    again = Tries(path, IDS)
    assert (again.course(first.place), again.attempt(first.place)) == ((), 4)
    assert path.read_bytes().count(b"\n") == 3
    other = Ids(JUDGE.model_copy(update={"version": "m-2"}))
    assert Tries(path, other).attempt(first.place) == 1


def test_a_line_may_say_its_answer_in_several_ways(tmp_path: Path):
    answer = {"choices": []}
    name = str(IDS.name(RUN, "k", 1))
    ways: list[tuple[dict[str, Any], object]] = [
        ({"response": {"status_code": 200, "body": answer}, "error": None}, None),
        ({"response": {"body": answer}}, None),
        ({"response": answer}, None),
        ({"response": {"status_code": 500, "body": None}}, "transport"),
        ({"response": {"status_code": "odd", "body": answer}}, "transport"),
        ({"response": {"status_code": 400, "body": {"error": "x"}}}, "bad_request"),
        ({"response": None, "error": {"code": "batch_expired"}}, "transport"),
        ({"response": [answer]}, "transport"),
        ({}, "transport"),
    ]
    path = tmp_path / "r.jsonl"
    for fields, fault in ways:
        path.write_text(json.dumps({"custom_id": name, **fields}))
        results = Results(IDS)
        results.add(path)
        (held,) = results.take(Ids.benchmark("sums"), Ids.place(RUN, "k"))
        result = results.read(held)
        assert (result.fault, result.value) == (fault, None if fault else answer)
        assert result.lapsed == ("batch_expired" in str(fields))


def use(server: BatchServer, call: Callable[[BatchClient], Awaitable[Any]]) -> Any:
    async def inner() -> Any:
        async with server, Client(Endpoint(server.base_url, "m-1")) as client:
            return await call(BatchClient(client))

    return asyncio.run(inner())


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-a-secret-that-nobody-may-see")


@pytest.mark.parametrize("name", ["../files", "..", "a/b", "a?b", "", 5, None])
def test_a_name_that_would_change_an_address_is_not_used(name):
    server = BatchServer()
    with pytest.raises(AskError, match="is no name of a file or batch"):
        use(server, lambda client: client.get(name))
    assert server.calls == []


def test_why_a_batch_is_not_accepted_is_said_without_the_key():
    error = {"message": "bad\nkey sk-a-secret-that-nobody-may-see"}
    row = {"id": "b", "status": "failed", "errors": {"data": [error, 7]}, "request_counts": 3}
    batch = use(BatchServer(batches={"b": row}), lambda client: client.get("b"))
    assert "secret" not in str(batch)
    assert "\n" not in str(batch.faults)
    assert (batch.done, batch.output, len(batch.faults)) == (0, None, 2)


def test_results_beyond_a_size_are_not_downloaded(tmp_path: Path):
    server = BatchServer(files={"f": b"x" * 100})
    path = tmp_path / "out"
    with pytest.raises(OutsideError, match="larger than 99 bytes"):
        use(server, lambda client: client.download("f", path, 99))
    assert not path.exists()
    use(server, lambda client: client.download("f", path, 100))
    assert path.read_bytes() == b"x" * 100
