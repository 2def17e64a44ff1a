"""Result files: an index of what came back; the answers stay on disk until they are judged."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from generator.errors import InputError, Problem
from generator.judging.batch_ids import Ids, RequestId, read_id
from generator.judging.exchange import NO_SECRET, Concealer, Fault, fault_of
from generator.store.lines import MAX_LINE
from generator.store.problems import visible

MAX_FILE = 2_000_000_000
"""Largest result file that is read, in bytes."""
SHOWN = 5
"""Lines of each kind of fault that are named."""
LAPSED = frozenset({"batch_expired", "batch_cancelled"})
"""Codes of requests that were never carried out: nothing is paid for."""
_OK = 200
_ATTEMPT_BITS, _OFFSET_BITS = 10, 40


class Result(NamedTuple):
    """What came back of one request."""

    value: Any
    """The answer, a chat completion unless the engine is at fault."""
    fault: Fault | None
    """Why there is none."""
    lapsed: bool = False
    """Whether the request was never carried out."""
    reason: str = ""
    """The fault in the words of the engine."""


class Held(NamedTuple):
    """Where the result of one try stands."""

    attempt: int
    file: int
    offset: int
    good: bool


class Results:
    """What result files hold for one judge."""

    def __init__(self, ids: Ids, conceal: Concealer = NO_SECRET) -> None:
        self._ids = ids
        self._conceal = conceal
        self._paths: list[Path] = []
        self._held: dict[str, dict[str, tuple[int, ...]]] = {}
        self._named: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()
        """Lines by what they are: ``lines``, ``unreadable``, ``unknown``, ``foreign``, ``failed``,
        ``duplicate``."""
        self.problems: list[Problem] = []
        """What is wrong with the first lines of each kind."""

    def add(self, path: Path) -> None:
        """Read the lines of a file.

        Raises:
            InputError: There is no such file, or it is too large.
        """
        if not path.is_file():
            msg = f"{path}: there is no such file: name the file that the engine has written"
            raise InputError(msg)
        size = path.stat().st_size
        if size > MAX_FILE:
            msg = f"{path}: {size:,} bytes: larger than {MAX_FILE:,}: split it between two lines"
            raise InputError(msg)
        self._paths.append(path)
        with path.open("rb") as file:
            number = offset = 0
            while raw := file.readline(MAX_LINE + 1):
                number += 1
                start, offset = offset, offset + len(raw)
                if len(raw) > MAX_LINE:
                    offset += 0 if raw.endswith(b"\n") else _skip(file)
                    self._wrong("unreadable", number, "-", f"longer than {MAX_LINE:,} bytes")
                elif raw.strip():
                    self._line(raw, number, start)

    def benchmarks(self) -> list[str]:
        """Return the benchmarks that results are for, as names of requests tell them."""
        return sorted(name for name, places in self._held.items() if places)

    def has(self, benchmark: str, place: str) -> bool:
        """Tell whether there is a result on a failure."""
        return place in self._held.get(benchmark, ())

    def take(self, benchmark: str, place: str) -> list[Held]:
        """Return where the results on a failure stand, by try; they are given once."""
        packed = self._held.get(benchmark, {}).pop(place, ())
        return sorted(map(_unpacked, packed))

    def left(self, benchmark: str) -> Iterator[tuple[str, list[Held]]]:
        """Yield the failures of a benchmark whose results were not taken."""
        for place, packed in self._held.get(benchmark, {}).items():
            yield place, sorted(map(_unpacked, packed))

    def read(self, held: Held) -> Result:
        """Return a result."""
        with self._paths[held.file].open("rb") as file:
            file.seek(held.offset)
            fields = _fields(file.readline(MAX_LINE))
        return _result(fields or {})

    def stale(self, held: Held, value: str, why: str, mend: str) -> None:
        """Count a result that is of no use any more, and name it if it is among the first."""
        self.counts["stale"] += 1
        if self._is_shown("stale"):
            path = self._paths[held.file]
            problem = Problem(str(path), _line_of(path, held.offset), "custom_id", value, why, mend)
            self.problems.append(problem)

    def elsewhere(self, benchmark: str) -> None:
        """Count the results on a benchmark that is not judged now."""
        for place, several in self.left(benchmark):
            for held in several:
                why = "made for a benchmark that is not judged now"
                self.stale(held, place, why, "name it with --benchmark, or fetch its text")

    def _line(self, raw: bytes, number: int, offset: int) -> None:
        self.counts["lines"] += 1
        fields = _fields(raw)
        if fields is None:
            wrong = "no whole JSON object" if raw.endswith(b"\n") else "the line is cut off"
            self._wrong("unreadable", number, visible(raw.decode("utf-8", "replace")), wrong)
            return
        name = fields.get("custom_id")
        request, value = read_id(name), visible(str(name))
        if request is None:
            self._wrong("unknown", number, value, "the name of no request of ours")
            return
        differing = self._ids.differing(request)
        if differing is not None:
            self._wrong("foreign", number, value, f"the request was made for {differing}")
            return
        result = _result(fields)
        if result.fault is not None and not result.lapsed:
            self._wrong(
                "failed", number, visible(self._conceal(result.reason)), "the engine gave no answer"
            )
        self._hold(request, _packed(len(self._paths) - 1, offset, request.attempt, result))

    def _hold(self, request: RequestId, packed: int) -> None:
        """Keep a result; of two on one try the first, unless only the second is an answer."""
        places = self._held.setdefault(request.benchmark, {})
        others = places.get(request.place, ())
        same = [other for other in others if _unpacked(other).attempt == request.attempt]
        if same:
            self.counts["duplicate"] += 1
            if _unpacked(same[0]).good or not _unpacked(packed).good:
                return
        places[request.place] = (*(other for other in others if other not in same), packed)

    def _wrong(self, kind: str, number: int, value: str, wrong: str) -> None:
        self.counts[kind] += 1
        if self._is_shown(kind):
            path = str(self._paths[-1])
            self.problems.append(Problem(path, number, "-", value, wrong, _MEND[kind]))

    def _is_shown(self, kind: str) -> bool:
        self._named[kind] += 1
        return self._named[kind] <= SHOWN


_MEND = {
    "unreadable": "the request is asked again; let the engine write the file to its end",
    "unknown": "give the results of a file from --batch write",
    "foreign": "name that model with --llm, or write the requests again",
    "failed": "it is asked again the next time; see what the engine says",
}


def _fields(raw: bytes) -> dict[str, Any] | None:
    try:
        fields = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return fields if isinstance(fields, dict) else None


def _result(fields: dict[str, Any]) -> Result:
    """Return what a line says; engines differ in where they say it."""
    response, error = fields.get("response"), fields.get("error")
    if isinstance(error, dict) and error.get("code") in LAPSED:
        return Result(None, "transport", lapsed=True)
    if not isinstance(response, dict):
        return Result(None, "transport", reason=_reason(error))
    status, body = response.get("status_code", _OK), response.get("body", response)
    if status == _OK and not error:
        return Result(body, None)
    if not isinstance(status, int) or status == _OK:
        return Result(None, "transport", reason=_reason(error))
    told = body.get("error") if isinstance(body, dict) else None
    return Result(None, fault_of(status), reason=f"HTTP {status}: {_reason(error or told)}")


def _reason(error: object) -> str:
    message = error.get("message") if isinstance(error, dict) else error
    return message if isinstance(message, str) and message else "no reason given"


def _packed(file: int, offset: int, attempt: int, result: Result) -> int:
    """Return a result's place as one number: hundreds of thousands are held at a time."""
    place = (file << _OFFSET_BITS | offset) << _ATTEMPT_BITS | attempt
    return place << 1 | (result.fault is None)


def _unpacked(packed: int) -> Held:
    place = packed >> 1
    attempt = place & ((1 << _ATTEMPT_BITS) - 1)
    offset = place >> _ATTEMPT_BITS & ((1 << _OFFSET_BITS) - 1)
    return Held(attempt, place >> _ATTEMPT_BITS + _OFFSET_BITS, offset, good=bool(packed & 1))


def _skip(file: Any) -> int:
    """Read on to the end of a line that is too long; return how many bytes that was."""
    skipped = 0
    while raw := file.readline(MAX_LINE):
        skipped += len(raw)
        if raw.endswith(b"\n"):
            break
    return skipped


def _line_of(path: Path, offset: int) -> int:
    with path.open("rb") as file:
        return sum(1 for _ in iter(lambda: file.tell() < offset and file.readline(), False)) + 1
