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


_OTHER_KINDS: dict[str, tuple[type, ...]] = {
    "text": (int, float, list, dict),
    "whole": (bool, str, list, dict),
    "number": (bool, str, list, dict),
    "flag": (int, float, str, list, dict),
    "list": (bool, int, float, str, dict),
    "object": (bool, int, float, str, list),
}
"""Python's types of values that are of another kind, beyond any doubt."""


def clashes(kind: str, value: Any) -> bool:
    """Tell whether a value is of another kind than a schema asks for.

    A number without a fraction is a whole number, and a whole number is a number.
    """
    if kind == "flag" and isinstance(value, bool):
        return False
    if kind == "whole" and isinstance(value, float):
        return not value.is_integer()
    return isinstance(value, _OTHER_KINDS.get(kind, ()))
