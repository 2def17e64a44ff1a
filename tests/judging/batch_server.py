"""A scripted endpoint with files and batches, and an engine that works on request files.

Every line of a batch is played by the same script as a request over the wire. A batch stays under
way until a test lets the server ``work``; what can go wrong with a whole batch is set there.
"""

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from tests.judging.scripted_server import Request, ScriptedServer, _Acts

Bend = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]


class _Paper:
    """Takes what would go over the wire."""

    def __init__(self) -> None:
        self.data = b""
        self.transport = self

    def write(self, data: bytes) -> None:
        self.data += data

    async def drain(self) -> None:
        pass

    def abort(self) -> None:
        self.data = b""

    def answer(self) -> tuple[int, Any]:
        head, _, body = self.data.partition(b"\r\n\r\n")
        return (int(head.split()[1]), json.loads(body)) if body else (500, None)


async def carried_out(server: ScriptedServer, line: dict[str, Any]) -> dict[str, Any]:
    """Return the line of results for a line of requests."""
    assert (line["method"], line["url"]) == ("POST", "/v1/chat/completions")
    request = Request(line["body"], {}, 1)
    paper = _Paper()
    await server._play(_Acts(server, cast(asyncio.StreamWriter, paper)), request)
    status, body = paper.answer()
    return {
        "id": f"batch_req_{request.digest[:8]}",
        "custom_id": line["custom_id"],
        "response": {"status_code": status, "request_id": "r", "body": body},
        "error": None,
    }


def engine(server: ScriptedServer, requests: Path, results: Path) -> int:
    """Work on a request file as an engine on one's own machine does; return its lines."""

    lines = [json.loads(line) for line in requests.read_text().splitlines()]

    async def work() -> list[dict[str, Any]]:
        return [await carried_out(server, line) for line in lines]

    rows = asyncio.run(work())
    results.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return len(rows)


@dataclass
class BatchServer(ScriptedServer):
    """The endpoint."""

    files: dict[str, bytes] = field(default_factory=dict)
    batches: dict[str, dict[str, Any]] = field(default_factory=dict)
    silent_creations: int = 0
    """How many batches are made without the asker learning of it."""
    put_off: int = 0
    """How many calls are answered with a rate limit first."""
    broken_downloads: int = 0
    calls: list[str] = field(default_factory=list)

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        line = head.decode("latin-1").split("\r\n")[0]
        if line.startswith("POST /v1/chat/completions "):
            # The rest of it, with the head put back, is the other server's to read.
            reader._buffer[:0] = head  # type: ignore[attr-defined]
            await super()._exchange(reader, writer)
            return
        data = await _body(head, reader)
        acts = _Acts(self, writer)
        method, address = line.split()[:2]
        self.calls.append(f"{method} {address}")
        if self.put_off:
            self.put_off -= 1
            await acts.send(429, {"error": {"message": "later"}}, {"retry-after": "0.01"})
        elif method == "POST" and address == "/v1/files":
            name = f"file-{len(self.files)}"
            self.files[name] = _upload(data)
            await acts.send(200, {"id": name, "object": "file", "bytes": len(self.files[name])})
        elif method == "POST" and address == "/v1/batches":
            batch = self._made(json.loads(data))
            if self.silent_creations:
                self.silent_creations -= 1
                writer.transport.abort()
            else:
                await acts.send(200, batch)
        elif found := re.fullmatch(r"/v1/files/([\w-]+)/content", address):
            await self._download(acts, writer, found[1])
        elif found := re.fullmatch(r"/v1/batches/([\w-]+)", address):
            await acts.send(200, self.batches[found[1]])
        elif address.startswith("/v1/batches?"):
            await acts.send(200, self._page(address))
        elif method == "DELETE":
            del self.files[address.rpartition("/")[2]]
            await acts.send(200, {"deleted": True})
        else:
            await acts.send(404, {"error": {"message": "no such address"}})

    def _made(self, asked: dict[str, Any]) -> dict[str, Any]:
        assert asked["endpoint"] == "/v1/chat/completions"
        assert asked["completion_window"] == "24h"
        name = f"batch_{len(self.batches)}"
        total = self.files[asked["input_file_id"]].count(b"\n")
        self.batches[name] = {
            "id": name,
            "object": "batch",
            "status": "validating",
            "request_counts": {"total": total, "completed": 0, "failed": 0},
            "output_file_id": None,
            "error_file_id": None,
            **asked,
        }
        return self.batches[name]

    def _page(self, address: str) -> dict[str, Any]:
        names = sorted(self.batches, reverse=True)
        after = re.search(r"after=([\w-]+)", address)
        start = names.index(after[1]) + 1 if after else 0
        # Two at a time: whoever looks for one has to turn pages.
        page = names[start : start + 2]
        rows = [self.batches[name] for name in page]
        return {"object": "list", "data": rows, "has_more": start + 2 < len(names)}

    async def _download(self, acts: _Acts, writer: asyncio.StreamWriter, name: str) -> None:
        data = self.files.get(name)
        if data is None:
            await acts.send(404, {"error": {"message": "no such file"}})
            return
        whole = not self.broken_downloads
        self.broken_downloads -= not whole
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\n")
        writer.write(f"content-length: {len(data)}\r\n\r\n".encode())
        writer.write(data if whole else data[: len(data) // 2])
        await writer.drain()
        if not whole:
            writer.transport.abort()

    def lines(self, batch: str) -> list[dict[str, Any]]:
        """Return the requests of a batch."""
        data = self.files[self.batches[batch]["input_file_id"]]
        return [json.loads(line) for line in data.splitlines()]

    def work(
        self,
        batch: str,
        *,
        status: str = "completed",
        carried: int | None = None,
        bend: Bend = lambda rows: rows,
        end: bytes = b"",
    ) -> None:
        """Carry a batch out.

        Args:
            batch: Its name.
            status: How it ends.
            carried: How many requests are carried out; the others lapse. All if None.
            bend: Changes the lines of results.
            end: Stands at the end of the results.
        """
        lines = self.lines(batch)
        share = len(lines) if carried is None else carried
        rows = [asyncio.run(carried_out(self, line)) for line in lines[:share]]
        good = bend([row for row in rows if row["response"]["status_code"] == 200])
        bad = [row for row in rows if row["response"]["status_code"] != 200]
        lapsed = {"code": "batch_expired", "message": "not executed in time"}
        bad += [
            {"id": "x", "custom_id": line["custom_id"], "response": None, "error": lapsed}
            for line in lines[share:]
        ]
        state = self.batches[batch]
        for field_name, some in (("output_file_id", good), ("error_file_id", bad)):
            if some:
                name = f"file-{len(self.files)}"
                self.files[name] = "".join(json.dumps(row) + "\n" for row in some).encode()
                state[field_name] = name
        if end:
            self.files[state["output_file_id"]] += end
        counts = {"total": len(lines), "completed": len(good), "failed": len(bad)}
        state |= {"status": status, "request_counts": counts}


async def _body(head: bytes, reader: asyncio.StreamReader) -> bytes:
    text = head.decode("latin-1").lower()
    length = re.search(r"content-length: (\d+)", text)
    if length:
        return await reader.readexactly(int(length[1]))
    data = b""
    while "transfer-encoding: chunked" in text:
        size = int(await reader.readline(), 16)
        data += await reader.readexactly(size)
        await reader.readline()
        if size == 0:
            break
    return data


def _upload(data: bytes) -> bytes:
    """Return the file within a form."""
    boundary = data.split(b"\r\n", 1)[0]
    parts = [part.partition(b"\r\n\r\n") for part in data.split(boundary)]
    assert any(b'name="purpose"' in head and b"batch" in body for head, _, body in parts)
    body = next(body for head, _, body in parts if b'name="file"' in head)
    return body.removesuffix(b"\r\n")
