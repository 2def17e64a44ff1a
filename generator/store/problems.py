"""From what pydantic found to messages that say where, what and how to mend it."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.errors import Problem

SHOWN = 60
"""Characters of an offending value that a message shows."""

_WORDS: dict[str, tuple[str, str]] = {
    "missing": ("the field is missing", "add it"),
    "string_type": ("a text is expected", "give a text, in quotes"),
    "int_type": ("a whole number is expected", "give a number without quotes or decimals"),
    "int_from_float": ("a whole number is expected", "give a number without decimals"),
    "float_type": ("a number is expected", "give a number without quotes"),
    "bool_type": ("true or false is expected", "give true or false without quotes"),
    "tuple_type": ("a list is expected", "give a list"),
    "dict_type": ("a mapping is expected", "give names with values"),
    "model_type": ("a mapping is expected", "give the fields by name"),
    "finite_number": ("not a finite number", "give a number; leave out what has none"),
    "date_type": ("a date is expected", "write it as YYYY-MM-DD"),
    "date_parsing": ("not a date", "write it as YYYY-MM-DD"),
    "date_from_datetime_parsing": ("not a date", "write it as YYYY-MM-DD"),
    "string_unicode": ("not valid Unicode", "save the file as UTF-8"),
}
_WITH_CONTEXT: dict[str, Callable[[dict[str, Any]], tuple[str, str]]] = {
    "string_pattern_mismatch": lambda c: (
        "not of the required form",
        f"write it so that it matches {c['pattern']}",
    ),
    "string_too_long": lambda c: ("too long", f"use at most {c['max_length']} characters"),
    "string_too_short": lambda c: ("too short", f"use at least {c['min_length']} characters"),
    "too_short": lambda c: ("too few entries", f"give at least {c['min_length']}"),
    "too_long": lambda c: ("too many entries", f"give at most {c['max_length']}"),
    "literal_error": lambda c: ("not an allowed value", f"use {c['expected']}"),
    "greater_than": lambda c: ("too small", f"give a number above {c['gt']}"),
    "greater_than_equal": lambda c: ("too small", f"give a number of at least {c['ge']}"),
    "less_than": lambda c: ("too large", f"give a number below {c['lt']}"),
    "less_than_equal": lambda c: ("too large", f"give a number of at most {c['le']}"),
    "value_error": lambda c: (str(c["error"]), "correct the values named"),
}
_PLAIN: dict[object, str] = {None: "null", True: "true", False: "false"}
_ALTERNATIVE = re.compile(r"(?:str|int|float|bool|(?:function-after\[.*)?tuple\[.*\])$", re.DOTALL)
"""Names that pydantic gives to the types of which a value may be any: no part of the file."""


def visible(value: object, limit: int = SHOWN) -> str:
    """Return a value as one line of printable text.

    Control, format and unassigned characters are shown by their escape, so that a message can
    neither move the cursor nor turn the reading direction.
    """
    text = value if isinstance(value, str) else _as_written(value)
    cut = text if len(text) <= limit else text[:limit] + "…"
    return "".join(
        char
        if char == " " or (char.isprintable() and not unicodedata.category(char).startswith("C"))
        else char.encode("unicode_escape").decode("ascii")
        for char in cut
    )


def _as_written(value: object) -> str:
    """Return a value as a file would hold it, not as Python writes it, where they differ."""
    return _PLAIN[value] if value is None or isinstance(value, bool) else repr(value)


def dotted(location: Sequence[int | str]) -> str:
    """Return where in a record a fault is, such as ``source.files.2.url``; ``-`` for all."""
    parts = [visible(str(part)) for part in location]
    named = [part for at, part in enumerate(parts) if at == 0 or not _ALTERNATIVE.match(part)]
    return ".".join(named) or "-"


def explain(error: ErrorDetails, record: type[BaseModel]) -> tuple[str, str]:
    """Return what is wrong and how to mend it."""
    kind = error["type"]
    if kind == "extra_forbidden":
        known = ", ".join(record.model_fields)
        where = "" if len(error["loc"]) == 1 else " of the records inside"
        return "unknown field", f"remove it or correct its name (fields{where}: {known})"
    if kind in _WITH_CONTEXT:
        return _WITH_CONTEXT[kind](error.get("ctx", {}))
    if kind in _WORDS:
        return _WORDS[kind]
    return error["msg"][:1].lower() + error["msg"][1:], "correct the value"


def problems_of(
    error: ValidationError,
    record: type[BaseModel],
    path: str,
    line_of: Callable[[Sequence[int | str]], int],
) -> list[Problem]:
    """Turn what pydantic found in one record into problems.

    Args:
        error: What pydantic raised.
        record: Type that was validated.
        path: Path as messages show it.
        line_of: Gives the line of a location in the record.
    """
    found = []
    details = error.errors(include_url=False)
    holders = {detail["loc"][:-1] for detail in details}
    listed = any(isinstance(part, str) and "tuple[" in part for d in details for part in d["loc"])
    for detail in details:
        if detail["type"] == "too_short" and detail["loc"] in holders:
            continue  # it only counts the entries that are sound; the others are reported
        if detail["type"] == "string_type" and isinstance(detail["input"], list) and listed:
            continue  # a list stands where a text or a list may: what is wrong in it counts
        wrong, mend = explain(detail, record)
        value = "" if detail["type"] == "missing" else visible(detail["input"])
        location = detail["loc"]
        found.append(Problem(path, line_of(location), dotted(location), value, wrong, mend))
    return found
