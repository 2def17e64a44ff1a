"""What requests by file have come to so far, where it was no verdict: one line each, flushed.

Verdicts are the journal's. Here stand the answers that were refused, which the next request has to
show, and the tries that ended without one, so that a result that is read twice is known.
"""

import json
from pathlib import Path
from typing import Any

from generator.errors import InputError
from generator.judging.batch_ids import Ids, RequestId, read_id
from generator.judging.exchange import Reply, Usage


class Tries:
    """The tries of one judge on one benchmark. Only who holds the benchmark alone may write."""

    def __init__(self, path: Path, ids: Ids) -> None:
        """Read what is there; a last line that a kill tore is left out, and cut off on writing.

        Args:
            path: The file; need not exist.
            ids: Names of the judge's requests.
        """
        self._path = path
        self._known: set[str] = set()
        self._counts: dict[str, int] = {}
        self._open: dict[str, tuple[Reply, ...]] = {}
        self._whole = 0
        if not path.is_file():
            return
        with path.open("rb") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    break
                self._whole += len(line)
                self._note(line, ids)

    def knows(self, request: RequestId) -> bool:
        """Tell whether the answer to a request was taken in before."""
        return str(request) in self._known

    def attempt(self, place: str) -> int:
        """Return which try the next one on a failure is."""
        return self._counts.get(place, 0) + 1

    def course(self, place: str) -> tuple[Reply, ...]:
        """Return the answers on a failure that were refused, since one was last begun with."""
        return self._open.get(place, ())

    def refused(self, request: RequestId, reply: Reply) -> None:
        """Write down an answer that was refused, to be shown when it is asked for again.

        Raises:
            InputError: It could not be written.
        """
        said = [reply.text, reply.finish_reason, *reply.usage]
        self._append({"id": str(request), "reply": said})
        self._count(request, reply)

    def ended(self, request: RequestId) -> None:
        """Write down that a try was the last: the next begins with the failure alone.

        Raises:
            InputError: It could not be written.
        """
        self._append({"id": str(request)})
        self._count(request, None)

    def _append(self, entry: dict[str, Any]) -> None:
        line = json.dumps(entry, separators=(",", ":")).encode("ascii") + b"\n"
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab", buffering=0) as file:
                # What a kill or a full disk has left of a line goes.
                file.truncate(self._whole)
                written = 0
                while written < len(line):
                    written += file.write(line[written:])
        except OSError as error:
            msg = f"{self._path}: cannot be written: {error.strerror}: make room"
            raise InputError(msg) from error
        self._whole += len(line)

    def _note(self, line: bytes, ids: Ids) -> None:
        try:
            fields = json.loads(line)
            request, said = read_id(fields["id"]), fields.get("reply")
            reply = None if said is None else Reply(said[0], said[1], Usage(*map(int, said[2:])))
        except (ValueError, KeyError, TypeError, IndexError, AttributeError):
            return
        if request is not None and ids.differing(request) is None:
            self._count(request, reply)

    def _count(self, request: RequestId, reply: Reply | None) -> None:
        place = request.place
        self._known.add(str(request))
        self._counts[place] = self._counts.get(place, 0) + 1
        if reply is None:
            self._open.pop(place, None)
        else:
            self._open[place] = (*self.course(place), reply)
