"""YAML files: one record each, with the line of every field."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import yaml
from pydantic import ValidationError

from generator.errors import Problem
from generator.records.base import Record
from generator.store.plain_yaml import FaultError, Location, read_plain, write_plain
from generator.store.problems import problems_of, visible
from generator.store.regular import MARK, fault, marked

MAX_BYTES = 10_000_000
"""Largest plain file that is read."""

AnyRecord = TypeVar("AnyRecord", bound=Record)


class Text(NamedTuple):
    """The text of a file, or the problem that kept it from being read."""

    text: str
    problem: Problem | None


def read_text(path: Path, name: str, limit: int = MAX_BYTES) -> Text:
    """Read a UTF-8 file of bounded size.

    Args:
        path: File to read.
        name: Path as messages show it.
        limit: Largest size in bytes.
    """
    problem = fault(path, name, limit)
    if problem is not None:
        return Text("", problem)
    data = path.read_bytes()
    if data.startswith(MARK):
        return Text("", marked(name))
    try:
        return Text(data.decode("utf-8"), None)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        wrong = "not UTF-8"
        value = f"byte 0x{data[error.start]:02x}"
        return Text("", Problem(name, line, "-", value, wrong, "save the file as UTF-8"))


def read_document(
    path: Path, record: type[AnyRecord], name: str
) -> tuple[AnyRecord | None, list[Problem]]:
    """Read a YAML file into a record.

    Args:
        path: File to read.
        record: Type of the record.
        name: Path as messages show it.

    Returns:
        The record, or None and everything that is wrong with the file.
    """
    text, problem = read_text(path, name)
    if problem is not None:
        return None, [problem]
    try:
        value, lines = read_plain(text)
        encoded = json.dumps(value)
    except FaultError as fault:
        return None, [Problem(name, fault.line, "-", fault.value, fault.wrong, fault.mend)]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        wrong = getattr(error, "problem", None) or str(error).split("\n", 1)[0]
        mend = "correct the YAML; quote texts that hold : # or quotes"
        return None, [Problem(name, line, "-", "", f"not YAML: {visible(wrong, 200)}", mend)]
    except (RecursionError, ValueError, TypeError, AttributeError, LookupError):
        # The last two are what a value raises that is not of the type which its tag names.
        return None, [Problem(name, 0, "-", "", "not plain YAML", "use texts, numbers and lists")]

    try:
        return record.model_validate_json(encoded, strict=True), []
    except ValidationError as error:
        return None, problems_of(error, record, name, _finder(lines))


def line_finder(path: Path) -> Callable[[Sequence[int | str]], int]:
    """Return what gives the line of a location in a YAML file that could be read.

    For checks of what a record alone cannot see; the nearest line that is known, 1 at least.
    """
    return _finder(read_plain(path.read_text(encoding="utf-8")).lines)


def _finder(lines: dict[Location, int]) -> Callable[[Sequence[int | str]], int]:
    def line_of(location: Sequence[int | str]) -> int:
        place = tuple(location)
        while place and place not in lines:
            place = place[:-1]
        return lines.get(place, 1)

    return line_of


def write_document(value: Record) -> str:
    """Return a record as YAML text: fields in their order, defaults left out."""
    return write_plain(json.loads(value.model_dump_json(exclude_defaults=True)))
