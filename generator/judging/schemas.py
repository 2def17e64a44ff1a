"""The functions that a task offers, and what a call of them must look like."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

LONGEST = 60_000
"""Characters of a task in which functions are looked for."""
MOST_STARTS = 60
MOST_FUNCTIONS = 60
_START = re.compile(r"[\[{](?=\s{0,40}[\[{\"])")
_KINDS: dict[str, str] = {
    "string": "text",
    "str": "text",
    "integer": "whole",
    "int": "whole",
    "float": "number",
    "double": "number",
    "number": "number",
    "boolean": "flag",
    "bool": "flag",
    "array": "list",
    "list": "list",
    "tuple": "list",
    "object": "object",
    "dict": "object",
}
"""Types by the names that are in use; any other name admits every value."""


class Schema(NamedTuple):
    """What a function takes."""

    kinds: Mapping[str, str]
    """Kind of each argument; empty text where any value is admitted."""
    required: frozenset[str]
    """Arguments that have to be given."""


Schemas = Mapping[str, Schema]
"""Functions by name."""


def schemas_in(task: str) -> Schemas:
    """Return the functions that a task states as JSON; empty where there are none.

    Every place at which JSON may begin is tried, up to a bound.
    """
    text = task[:LONGEST]
    if '"parameters"' not in text:
        return {}
    found: dict[str, Schema] = {}
    decoder, past = json.JSONDecoder(), 0
    for count, match in enumerate(_START.finditer(text)):
        if count == MOST_STARTS or len(found) >= MOST_FUNCTIONS:
            break
        if match.start() < past:
            continue
        try:
            value, past = decoder.raw_decode(text, match.start())
        except (ValueError, RecursionError):
            continue
        found.update(_functions(value))
    return found


def _functions(value: Any) -> Iterator[tuple[str, Schema]]:
    for entry in value if isinstance(value, list) else [value]:
        inner = entry.get("function", entry) if isinstance(entry, dict) else None
        if not isinstance(inner, dict) or not isinstance(inner.get("name"), str):
            continue
        stated = inner.get("parameters")
        properties = stated.get("properties") if isinstance(stated, dict) else None
        if not isinstance(stated, dict) or not isinstance(properties, dict):
            continue
        required = stated.get("required", [])
        yield (
            inner["name"],
            Schema(
                {str(name): _kind(one) for name, one in properties.items()},
                frozenset(filter(properties.__contains__, map(str, required)))
                if isinstance(required, list)
                else frozenset(),
            ),
        )


def _kind(described: Any) -> str:
    name = described.get("type") if isinstance(described, dict) else None
    return _KINDS.get(name, "") if isinstance(name, str) else ""


def clashes(kind: str, value: Any) -> bool:
    """Tell whether a value is of another kind than a schema asks for, beyond any doubt.

    A number with no fraction is a whole number, and a whole number is a number. What is no
    literal of the notation (a variable, a nested call) comes as text and is never held to clash
    with anything but by the caller.
    """
    if kind == "text":
        return isinstance(value, int | float | list | dict)
    if kind == "whole":
        return isinstance(value, bool | str | list | dict) or (
            isinstance(value, float) and not value.is_integer()
        )
    if kind == "number":
        return isinstance(value, bool | str | list | dict)
    if kind == "flag":
        return not isinstance(value, bool) and value is not None
    if kind == "list":
        return isinstance(value, bool | int | float | dict | str)
    return kind == "object" and isinstance(value, bool | int | float | list | str)
