"""The scripted endpoint beside a test that is not asynchronous, and answers that tell apart."""

import asyncio
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.judging.scripted_server import Request, ScriptedServer, good_answer


def by_rote(request: Request) -> str:
    """Answer by the output alone: of four, one is undetermined and the others differ."""
    return rote(request.output or "")


def rote(output: str) -> str:
    """Return the answer to an output."""
    number = int(hashlib.sha256(output.encode()).hexdigest(), 16)
    said = good_answer(output, summary=f"It goes wrong in way {number % 97}.")
    if number % 4 == 0:
        said |= {"status": "undetermined", "category": None, "subcategory": None, "evidence": []}
    return json.dumps(said)


@contextmanager
def served(server: ScriptedServer) -> Iterator[ScriptedServer]:
    """Serve from a thread of its own while the block runs."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(server.__aenter__(), loop).result(10)
        yield server
        asyncio.run_coroutine_threadsafe(server.__aexit__(), loop).result(10)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
