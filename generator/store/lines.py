"""JSON Lines files: one record a line, read as a stream, unpacked on the way where it is packed."""

import gzip
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Generic, NamedTuple, TypeVar, cast

from pydantic import ValidationError

from generator.errors import Problem
from generator.records.base import Record
from generator.store.documents import MAX_BYTES
from generator.store.problems import problems_of, visible
from generator.store.regular import MARK, fault, marked

MAX_LINE = 4_000_000
"""Longest line that is read, in bytes."""
MAX_PACKED = 50_000_000
"""Largest gzipped file that is read, in bytes."""
MAX_UNPACKED = 250_000_000
"""Most bytes that a gzipped file may unpack to."""

AnyRecord = TypeVar("AnyRecord", bound=Record)


class Numbered(NamedTuple, Generic[AnyRecord]):
    """A record and the line it stood on."""

    line: int
    record: AnyRecord


def read_lines(
    path: Path,
    record: type[AnyRecord],
    name: str,
    problems: list[Problem],
    limit: int = MAX_BYTES,
) -> Iterator[Numbered[AnyRecord]]:
    """Yield the records of a file; what is wrong with the others is added to ``problems``.

    Lines end with a line feed alone: other line separators may stand inside a text. Empty lines are
    passed over.

    Args:
        path: File to read.
        record: Type of the records.
        name: Path as messages show it.
        problems: Is added to.
        limit: Largest size of the file in bytes, where it is not packed.
    """
    packed = path.suffix == ".gz"
    problem = fault(path, name, MAX_PACKED if packed else limit)
    if problem is not None:
        problems.append(problem)
        return
    with opened(path) as file:
        number = size = 0
        while raw := _next(file, name, number + 1, problems):
            number += 1
            size += len(raw)
            if packed and size > MAX_UNPACKED:
                wrong = f"unpacks to more than {MAX_UNPACKED:,} bytes"
                problems.append(Problem(name, number, "-", "", wrong, "split or shorten it"))
                return
            if number == 1 and raw.startswith(MARK):
                problems.append(marked(name))
                raw = raw.removeprefix(MARK)
            if len(raw) > MAX_LINE:
                wrong = f"the line is longer than {MAX_LINE:,} bytes"
                problems.append(Problem(name, number, "-", "", wrong, "shorten or remove it"))
                return
            if raw.strip():
                parsed = _parse(raw, record, name, number)
                if isinstance(parsed, list):
                    problems.extend(parsed)
                else:
                    yield Numbered(number, parsed)


def read_line(raw: bytes, record: type[AnyRecord]) -> AnyRecord | None:
    """Return the record of one line; None where something is wrong with it."""
    parsed = _parse(raw, record, "", 0)
    return None if isinstance(parsed, list) else parsed


def opened(path: Path) -> IO[bytes]:
    """Open a file; a gzipped one is unpacked while it is read."""
    file = gzip.open(path) if path.suffix == ".gz" else path.open("rb")  # noqa: SIM115
    return cast("IO[bytes]", file)


def _next(file: IO[bytes], name: str, number: int, problems: list[Problem]) -> bytes:
    """Return the next line; nothing where the file ends or cannot be unpacked."""
    try:
        return file.readline(MAX_LINE + 1)
    except (OSError, EOFError, zlib.error) as error:
        wrong = f"cannot be unpacked: {visible(str(error), 120)}"
        problems.append(Problem(name, number, "-", "", wrong, "pack it again with gzip"))
        return b""


def _parse(
    raw: bytes, record: type[AnyRecord], name: str, number: int
) -> AnyRecord | list[Problem]:
    """Return the record of one line, or what is wrong with it."""
    try:
        valid = record.model_validate_json(raw, strict=True)
    except ValidationError as error:
        if (byte := _not_utf8(raw)) is not None:
            return [Problem(name, number, "-", byte, "not UTF-8", "save the file as UTF-8")]
        first = error.errors(include_url=False)[0]
        if first["type"] == "json_invalid":
            reason = visible(str(first.get("ctx", {}).get("error", "")), 120)
            value = visible(raw.decode("utf-8").rstrip("\n"))
            mend = "write one JSON object on the line"
            return [Problem(name, number, "-", value, f"not JSON: {reason}", mend)]
        return problems_of(error, record, name, lambda _: number)
    if _each_once(raw, valid):
        return valid
    # The validator takes the last of two fields of one name in silence.
    twice: list[str] = []
    json.loads(raw, object_pairs_hook=lambda pairs: _once(pairs, twice))
    wrong = "the field is given twice"
    found = [Problem(name, number, "-", visible(key), wrong, "remove one") for key in twice]
    return found or valid


def _not_utf8(raw: bytes) -> str | None:
    """Return the first byte that is not UTF-8; the validator takes none, but does not say which."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"byte 0x{raw[error.start]:02x}"
    return None


def _each_once(raw: bytes, valid: Record) -> bool:
    """Tell whether a line certainly names no field twice, without taking it apart again.

    A name ends in a quotation mark and a colon. Where no space stands between the two, and no
    name ends in a backslash, those that no backslash stands before are the names; and with as
    many of them as the record has fields and entries, no name is there twice.
    """
    if _SPACED.search(raw) or b'\\\\":' in raw:
        return False
    return raw.count(b'":') - raw.count(b'\\":') == _names(valid)


_SPACED = re.compile(rb'"\s+:')


def _names(value: Record | Mapping[str, Any] | tuple[Any, ...]) -> int:
    """Return the number of names in a value as it was given."""
    inner: Iterable[Any]
    if isinstance(value, Record):
        own, inner = len(value.model_fields_set), value.__dict__.values()
    elif isinstance(value, tuple):
        own, inner = 0, value
    else:
        own, inner = len(value), value.values()
    for one in inner:
        if isinstance(one, _HOLDERS):
            own += _names(one)
    return own


_HOLDERS = (Record, dict, tuple)
"""What has names inside."""


def _once(pairs: list[tuple[str, object]], twice: list[str]) -> None:
    """Note the names that stand more than once in one object."""
    if len(pairs) > 1:
        counts = Counter(name for name, _ in pairs)
        twice.extend(name for name, count in counts.items() if count > 1)


def line_of(record: Record) -> bytes:
    """Return a record as a line of JSON Lines: fields in their order, defaults left out, UTF-8."""
    # What model_dump_json does, without making a text of the bytes on the way.
    return record.__pydantic_serializer__.to_json(record, exclude_defaults=True) + b"\n"


def write_lines(records: Iterable[Record]) -> bytes:
    """Return records as JSON Lines."""
    return b"".join(map(line_of, records))
