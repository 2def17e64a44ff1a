"""Request files: one request a line, in as many files as the limits of an engine ask for."""

import hashlib
import json
import os
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

from generator.judging.batch_hearing import Hearing
from generator.judging.batch_ids import Ids, RequestId
from generator.judging.batch_tries import Tries
from generator.judging.budget import Budget, StoppedError
from generator.judging.docket import Case, Docket
from generator.judging.exchange import Dialect

URL = "/v1/chat/completions"
MOST_LINES = 50_000
"""Most requests of a file that providers take."""
MOST_BYTES = 200_000_000
"""Largest file that providers take, in bytes."""


class RequestFile(NamedTuple):
    """A finished request file."""

    path: Path
    """Where it lies."""
    lines: int
    """Requests in it."""
    size: int
    """Bytes."""
    sha256: str
    """Hash of the bytes, in hexadecimal."""


class RequestFiles:
    """Writes one file after another; they appear when the block ends well, or not at all."""

    def __init__(self, name: Callable[[int], Path]) -> None:
        """Prepare; a file is begun with its first line.

        Args:
            name: Gives the path of the file of a number, from 1.
        """
        self._name = name
        self._file: BinaryIO | None = None
        self._lines = self._size = 0
        self._hash = hashlib.sha256()
        self._pending: list[tuple[Path, RequestFile]] = []
        self.written: list[RequestFile] = []
        """The files, once they are there."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._finish()
            if kind is None:
                for path, made in self._pending:
                    path.chmod(0o644)
                    path.replace(made.path)
                    self.written.append(made)
        finally:
            for path, _ in self._pending:
                path.unlink(missing_ok=True)

    def add(self, line: bytes) -> None:
        """Write one line, without its end."""
        full = self._lines >= MOST_LINES or self._size + len(line) + 1 > MOST_BYTES
        if self._file is None or (full and self._lines):
            self._finish()
            self._begin()
        data = line + b"\n"
        if self._file is not None:
            self._file.write(data)
        self._hash.update(data)
        self._lines += 1
        self._size += len(data)

    def _begin(self) -> None:
        path = self._name(len(self._pending) + 1)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
        self._file = os.fdopen(handle, "wb")
        self._pending.append((Path(name), RequestFile(path, 0, 0, "")))
        self._lines = self._size = 0
        self._hash = hashlib.sha256()

    def _finish(self) -> None:
        if self._file is None:
            return
        with self._file as file:
            file.flush()
            with suppress(OSError):
                os.fsync(file.fileno())
        self._file = None
        path, made = self._pending[-1]
        whole = RequestFile(made.path, self._lines, self._size, self._hash.hexdigest())
        self._pending[-1] = (path, whole)


class Layout(NamedTuple):
    """What laying requests out needs."""

    ids: Ids
    """Names the requests."""
    hearing: Hearing
    """Says what is to be asked next."""
    dialect: Callable[[], Awaitable[Dialect]]
    """Tells what the endpoint understands; called only where there is something to ask."""
    budget: Budget
    """What may be spent; each request counts with the longest answer."""
    on_progress: Callable[[int, int], None] = lambda *_: None
    """Called after each request with the requests and the pending failures of a benchmark."""


async def lay_out(
    layout: Layout,
    docket: Docket,
    tries: Tries,
    files: RequestFiles,
    on_request: Callable[[Case, RequestId], None],
) -> str | None:
    """Write a request on every pending failure of a docket.

    Args:
        layout: How.
        docket: The failures.
        tries: What was tried before.
        files: Where to.
        on_request: Called with each failure and the name of its request.

    Returns:
        Why the budget ended it, none where it did not.
    """
    seen: set[bytes] = set()
    pending = sum(docket.counts(audit=audit).pending for audit in (False, True))
    for case in docket.cases():
        place = layout.ids.place(case.run, case.failure.key)
        # The same output on the same task twice in one run: one verdict holds for both.
        if bytes.fromhex(place) in seen:
            continue
        seen.add(bytes.fromhex(place))
        request = layout.ids.name(case.run, case.failure.key, tries.attempt(place))
        dialect = await layout.dialect()
        body = await layout.hearing.request(case, tries.course(place), dialect)
        if body is None:  # The checks have changed since, and what they refused would pass now.
            body = await layout.hearing.request(case, (), dialect)
        characters = sum(len(message["content"]) for message in (body or {})["messages"])
        try:
            reservation = await layout.budget.take(characters)
        except StoppedError as end:
            return str(end)
        layout.budget.settle(reservation, reservation.expected)
        line = {"custom_id": str(request), "method": "POST", "url": URL, "body": body}
        files.add(json.dumps(line, separators=(",", ":")).encode("ascii"))
        on_request(case, request)
        layout.on_progress(len(seen), pending)
    return None
