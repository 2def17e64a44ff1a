"""The files and batches of an OpenAI-compatible endpoint, asked through :class:`Client`."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from generator.errors import OutsideError
from generator.judging.batch_requests import URL
from generator.judging.client import AskError, Client
from generator.store.problems import visible

WINDOW = "24h"
LABEL = "erroratlas"
"""Under what a batch keeps its label with the provider."""
ATTEMPTS = 6
"""How often a call is made that the endpoint puts off."""
LONGEST_WAIT = 60.0
"""Longest wait in seconds between them."""
CALL_SECONDS = 120.0
TRANSFER_SECONDS = 3600.0
PAGES = 50
PAGE = 100
_NAME = re.compile(r"[\w.:-]{1,200}", re.ASCII)

Got = TypeVar("Got")


class Batch(NamedTuple):
    """A batch as the provider tells of it."""

    id: str
    status: str
    done: int
    failed: int
    total: int
    output: str | None
    """Name of the file with the answers."""
    errors: str | None
    """Name of the file with the requests that failed."""
    label: str | None
    """Our own name for it."""
    faults: tuple[str, ...]
    """Why it was not accepted."""


class BatchClient:
    """Sends and fetches batches; waits where the endpoint asks for it."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def upload(self, path: Path) -> str:
        """Upload a request file and return the provider's name for it.

        Raises:
            OutsideError: It could not be uploaded.
        """

        async def call(api: Any) -> str:
            with path.open("rb") as file:
                given = (path.name, file, "application/jsonl")
                made = await api.files.create(file=given, purpose="batch")
            return _name(made.id)

        return await self._patiently(call, TRANSFER_SECONDS)

    async def create(self, file: str, label: str) -> Batch:
        """Make a batch of an uploaded file.

        It is asked for once, whatever happens on the way: twice the same would be paid twice.

        Raises:
            OutsideError: It could not be made, or nobody knows whether it was; see :meth:`find`.
        """

        async def call(api: Any) -> Batch:
            body = {
                "input_file_id": file,
                "endpoint": URL,
                "completion_window": WINDOW,
                "metadata": {LABEL: label},
            }
            once = {"max_retries": 0}
            return self._batch(await api.post("/batches", cast_to=object, body=body, options=once))

        return await self._patiently(call)

    async def get(self, batch: str) -> Batch:
        """Return how a batch stands.

        Raises:
            OutsideError: It cannot be told.
        """

        async def call(api: Any) -> Batch:
            return self._batch(await api.get(f"/batches/{_name(batch)}", cast_to=object))

        return await self._patiently(call)

    async def find(self, label: str) -> Batch | None:
        """Return the batch of a label, none where there is no such batch.

        Raises:
            OutsideError: It cannot be told.
        """
        after = ""
        for _ in range(PAGES):

            async def call(api: Any, start: str = after) -> Any:
                query = f"/batches?limit={PAGE}" + (f"&after={start}" if start else "")
                return await api.get(query, cast_to=object)

            page = await self._patiently(call)
            rows = page.get("data") if isinstance(page, dict) else None
            if not isinstance(rows, list):
                raise AskError("transport", "the endpoint's list of batches could not be read")
            batches = [self._batch(row) for row in rows]
            found = next((batch for batch in batches if batch.label == label), None)
            if found is not None or not batches or not page.get("has_more"):
                return found
            after = batches[-1].id
        raise AskError("transport", f"more than {PAGES * PAGE:,} batches: ours is not among them")

    async def download(self, file: str, path: Path, most: int) -> None:
        """Download a file, whole or not at all.

        Args:
            file: The provider's name for it.
            path: Where to.
            most: Largest size in bytes.

        Raises:
            OutsideError: It is not there any more, it is too large, or the connection failed.
        """
        part = path.with_name(f".{path.name}.part")

        async def call(api: Any) -> None:
            content = api.files.with_streaming_response.content(_name(file))
            async with content as response:
                with part.open("wb") as out:
                    async for chunk in _whole(response):
                        if out.tell() + len(chunk) > most:
                            msg = f"the results are larger than {most:,} bytes"
                            raise OutsideError(msg)
                        out.write(chunk)

        await self._patiently(call, TRANSFER_SECONDS)
        part.replace(path)

    async def forget(self, file: str) -> None:
        """Delete an uploaded file that no batch was made of.

        Raises:
            OutsideError: It could not be deleted.
        """

        async def call(api: Any) -> None:
            await api.files.delete(_name(file))

        await self._patiently(call)

    async def _patiently(
        self, call: Callable[[Any], Awaitable[Got]], seconds: float = CALL_SECONDS
    ) -> Got:
        attempt = 0
        while True:
            attempt += 1
            try:
                return await self._client.carry(call, seconds)
            except AskError as error:
                if error.kind != "rate_limit" or attempt == ATTEMPTS:
                    raise
                wait = 2.0**attempt if error.retry_after is None else error.retry_after
            await asyncio.sleep(min(wait, LONGEST_WAIT))

    def _batch(self, value: Any) -> Batch:
        if not isinstance(value, dict):
            raise AskError("transport", "the endpoint's batch could not be read")
        counts, told = _mapping(value.get("request_counts")), _mapping(value.get("errors"))
        rows = told.get("data")
        label = _mapping(value.get("metadata")).get(LABEL)
        messages = [
            visible(self._client.conceal(str(_mapping(row).get("message") or "no reason given")))
            for row in (rows if isinstance(rows, list) else [])[:5]
        ]
        return Batch(
            id=_name(value.get("id")),
            status=visible(str(value.get("status"))),
            done=_count(counts.get("completed")),
            failed=_count(counts.get("failed")),
            total=_count(counts.get("total")),
            output=_name_or_none(value.get("output_file_id")),
            errors=_name_or_none(value.get("error_file_id")),
            label=label if isinstance(label, str) else None,
            faults=tuple(messages),
        )


async def _whole(response: Any) -> AsyncIterator[bytes]:
    """Yield what comes of an answer.

    Raises:
        AskError: The connection broke off; once an answer has begun, the transport raises errors
            of its own underground, which it does not name.
    """
    try:
        async for chunk in response.iter_bytes():
            yield chunk
    except TimeoutError:
        raise
    except Exception:  # noqa: BLE001  none but the transport's can be raised here
        raise AskError("transport", "the connection broke off") from None


def _name(value: object) -> str:
    """Return the provider's name of a thing; it becomes part of an address."""
    if isinstance(value, str) and _NAME.fullmatch(value) and set(value) != {"."}:
        return value
    raise AskError("transport", f"{visible(str(value))} is no name of a file or batch")


def _name_or_none(value: object) -> str | None:
    return None if value is None or value == "" else _name(value)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _count(value: object) -> int:
    return value if isinstance(value, int) and value >= 0 else 0
