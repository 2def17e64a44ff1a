"""Tool calls in an output and in a reference, whatever they are wrapped in."""

import ast
import json
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

LONGEST_CALL = 8_000
"""Characters of a call text that are read."""
DEEPEST = 30
"""Brackets within brackets that are read."""
MOST_CALLS = 30
MOST_STARTS = 40
"""Places in prose at which a call is looked for."""

_FENCE = re.compile(r"```[a-zA-Z_]{0,12}[ \t]*\n(?P<body>.{0,8000}?)```", re.DOTALL)
_START = re.compile(r"[\[{]|(?<![\w.])[A-Za-z_][\w.]{1,80}\(")
_ESCAPED = re.compile(r"\\(?=[_*\[\]])")
_CURRENCY = re.compile(r"=\s?[$£€](?=\d)")
_NAMES = ("name", "function", "tool", "tool_name", "function_name")
_ARGUMENTS = ("arguments", "parameters", "args", "params", "input", "kwargs")


class Call(NamedTuple):
    """One call."""

    name: str
    """Function, as written."""
    arguments: Mapping[str, Any]
    """Arguments by name; positional ones by place, counted from 0, as text."""
    form: Literal["plain", "packed", "named"] = "plain"
    """``packed``: the arguments are one object or list. ``named``: JSON with name and arguments."""


class Calls(NamedTuple):
    """The calls of an output."""

    made: tuple[Call, ...]
    """Calls in order."""
    start: int
    """Offset of the first character of the calls in the output."""
    end: int
    """Offset after the last."""
    wrapped: bool
    """Whether anything else stands around them."""


def calls_in(text: str) -> Calls:
    """Return the calls of an output: bare, in a code fence, or within prose, in this order."""
    stripped = text.strip()
    if not stripped:
        return Calls((), 0, 0, wrapped=False)
    start = text.index(stripped[0])
    end = start + len(stripped)
    whole = read_calls(stripped)
    if whole:
        return Calls(whole, start, end, wrapped=False)
    if _is_json(stripped):
        return Calls((), start, end, wrapped=False)
    for count, fence in enumerate(_FENCE.finditer(text)):
        found = read_calls(fence.group("body").strip())
        if found:
            return Calls(found, fence.start("body"), fence.end("body"), wrapped=True)
        if count == MOST_CALLS:
            break
    found_in_prose = list(_in_prose(text))
    made = tuple(call for _, _, calls in found_in_prose for call in calls)
    if not made:
        return Calls((), start, end, wrapped=False)
    return Calls(made, found_in_prose[0][0], found_in_prose[-1][1], wrapped=True)


def read_calls(text: str) -> tuple[Call, ...]:
    """Read a text that is nothing but calls, as JSON or in Python's notation; empty if it is not.

    Length and depth are bounded; nothing is evaluated.
    """
    if not 2 < len(text) <= LONGEST_CALL or _depth(text) > DEEPEST:  # noqa: PLR2004
        return ()
    # Some models escape underscores as if they wrote Markdown.
    text = _ESCAPED.sub("", text) if "\\" in text and '"' not in text[:2] else text
    if text[0] in "[{":
        value = _loaded(text)
        found = tuple(_from_json(value))
        if found:
            return found
        if isinstance(value, list) and _is_pair(value):
            return (Call(value[0], value[1], form="packed"),)
    if "(" not in text:
        return ()
    bare = _CURRENCY.sub("=", text)
    made = _from_python(bare)
    # An amount with its sign is no literal of any language: the form is broken, not the value.
    return tuple(made if bare == text else (call._replace(form="packed") for call in made))


def _loaded(text: str) -> Any:
    """Read JSON, or the same in Python's literals; none where it is neither."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.literal_eval(text)
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        return None


def _is_pair(value: Sequence[Any]) -> bool:
    """Tell whether a list is the name of a function and its arguments."""
    return (
        len(value) == 2  # noqa: PLR2004
        and isinstance(value[0], str)
        and isinstance(value[1], dict)
        and all(isinstance(key, str) for key in value[1])
    )


def _is_json(text: str) -> bool:
    """Tell whether a text is an object or a list that holds no calls: nothing to search in."""
    if text[0] not in "[{" or len(text) > LONGEST_CALL or _depth(text) > DEEPEST:
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _depth(text: str) -> int:
    depth = deepest = 0
    for character in text:
        if character in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in ")]}":
            depth -= 1
    return deepest


def _from_json(value: Any) -> Iterator[Call]:
    """Yield the calls of a JSON value; nothing where any part of it is no call."""
    found: list[Call] = []
    for entry in value if isinstance(value, list) else [value]:
        call = _call_of(entry)
        if call is None or len(found) == MOST_CALLS:
            return
        found.append(call)
    yield from found


def _call_of(entry: Any) -> Call | None:
    if isinstance(entry, list | tuple) and _is_pair(entry):
        return Call(entry[0], entry[1], form="packed")
    if not isinstance(entry, dict):
        return None
    if isinstance(entry.get("function"), dict):
        entry = entry["function"]
    name = next((entry[key] for key in _NAMES if isinstance(entry.get(key), str)), None)
    if name is not None:
        given: Any = next((entry[key] for key in _ARGUMENTS if key in entry), {})
        named = _with_arguments(name, given)
        return named._replace(form="named") if named else None
    # {"function": {"argument": value}}: the notation of some checkers and models.
    if len(entry) == 1:
        ((name, arguments),) = entry.items()
        return _with_arguments(name, arguments)
    return None


def _with_arguments(name: str, arguments: Any) -> Call | None:
    """Return a call whose arguments are an object, or the JSON text of one."""
    if isinstance(arguments, str) and _depth(arguments) <= DEEPEST:
        arguments = _loaded(arguments) if arguments.strip() else {}
    if not isinstance(arguments, dict) or not all(isinstance(key, str) for key in arguments):
        return None
    return Call(name, arguments)


def _from_python(text: str) -> Iterator[Call]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    nodes = tree.elts if isinstance(tree, ast.List | ast.Tuple) else [tree]
    found: list[Call] = []
    for node in nodes[: MOST_CALLS + 1]:
        if not isinstance(node, ast.Call) or len(found) == MOST_CALLS:
            return
        name = _dotted(node.func)
        if name is None or any(keyword.arg is None for keyword in node.keywords):
            return
        arguments: dict[str, Any] = {}
        packed = len(node.args) == 1 and not node.keywords and isinstance(node.args[0], ast.Dict)
        if packed:
            only = _literal(node.args[0])
            arguments.update(only if isinstance(only, dict) else {"0": only})
        else:
            arguments.update({str(place): _literal(arg) for place, arg in enumerate(node.args)})
        arguments.update({k.arg: _literal(k.value) for k in node.keywords if k.arg is not None})
        found.append(Call(name, arguments, "packed" if packed else "plain"))
    yield from found


def _dotted(node: ast.expr) -> str | None:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    return ".".join([node.id, *reversed(parts)])


_MOST_BITS = 1_000
"""Size of an integer that is still read as one."""


def _literal(node: ast.expr) -> Any:
    """Return the value of a literal, JSON's constants included, or the source of anything else."""
    if isinstance(node, ast.Name) and node.id in {"true", "false", "null"}:
        return {"true": True, "false": False, "null": None}[node.id]
    if isinstance(node, ast.Dict):
        keys = [_literal(key) if key is not None else "" for key in node.keys]
        return {str(key): _literal(item) for key, item in zip(keys, node.values, strict=True)}
    if isinstance(node, ast.List | ast.Tuple):
        return [_literal(item) for item in node.elts]
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, RecursionError, MemoryError):
        pass
    else:
        # Python refuses to spell out integers of thousands of digits, and so do we.
        huge = isinstance(value, int) and value.bit_length() > _MOST_BITS
        return "a number beyond all bounds" if huge else value
    try:
        return ast.unparse(node)
    except (ValueError, RecursionError, MemoryError):
        return ""


def _in_prose(text: str) -> Iterator[tuple[int, int, tuple[Call, ...]]]:
    past = 0
    for count, match in enumerate(_START.finditer(text)):
        if count == MOST_STARTS:
            return
        if match.start() < past:
            continue
        end = _closing(text, match.end() - 1)
        if end is None:
            continue
        found = read_calls(text[match.start() : end])
        if found:
            past = end
            yield match.start(), end, found


def _closing(text: str, opening: int) -> int | None:
    """Return the offset after the bracket that closes the one at an offset, quotes respected."""
    depth = 0
    quote = ""
    escaped = False
    for at in range(opening, min(len(text), opening + LONGEST_CALL)):
        character = text[at]
        if quote:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == quote:
                quote = ""
        elif character in "\"'":
            quote = character
        elif character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
            if depth == 0:
                return at + 1
    return None
