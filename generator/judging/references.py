"""What references say is due: a number or tool calls."""

import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from generator.judging.arithmetic import evaluate
from generator.judging.calls import Call, read_calls
from generator.judging.options import Amount, amount

LONGEST = 16_000
"""Characters of a reference that are read as calls."""

_RESULT_MARKER = re.compile(r"####|(?:^|\n)A:")
_EXPRESSION = re.compile(r"\s{0,9}([-+*/()\d\s]{3,300}?)\s{0,9}=?\s{0,9}\??\s{0,9}")
_NUMBERED = re.compile(r"_\d{1,2}$")
_NOTHING = frozenset({"[]", "{}", "none", "null"})
_NO_CALL = ("no call", "no function call", "no tool call")


class CallsDue(NamedTuple):
    """Tool calls that are due."""

    calls: tuple[Call, ...]
    """The calls, empty where the reference holds none."""
    lists_values: bool
    """Whether each argument is a list of the values that are admitted."""
    none_due: bool
    """Whether the reference says that no call fits."""


def amount_due(references: Sequence[str]) -> Amount | None:
    """Return the first reference that is a number, after the closing marker of a worked one."""
    for reference in references:
        known = amount(_RESULT_MARKER.split(reference)[-1])
        if known is not None:
            return known
    return None


def asks_expression(task: str, due: Amount | None) -> bool:
    """Tell whether a task is one arithmetic expression, and the reference what it comes to."""
    match = _EXPRESSION.fullmatch(task[:400].split("\n", 1)[0]) if due is not None else None
    asked = evaluate(match.group(1)) if match is not None else None
    return asked is not None and due is not None and asked.exact == due.value


def calls_due(references: Sequence[str]) -> CallsDue:
    """Return the calls of the first reference, in the notation of calls or of a checker."""
    first = references[0].strip() if references else ""
    if first.lower() in _NOTHING or first.lower().startswith(_NO_CALL):
        return CallsDue((), lists_values=False, none_due=True)
    if first[:1] not in {"{", "["} or len(first) > LONGEST:
        return CallsDue(read_calls(first), lists_values=False, none_due=False)
    listed = _listed(first)
    if listed is None:
        return CallsDue(read_calls(first), lists_values=False, none_due=False)
    # Each call is one key; equal names are told apart by a number.
    calls = tuple(Call(_NUMBERED.sub("", name), given) for name, given in listed.items())
    return CallsDue(calls, lists_values=True, none_due=False)


def _listed(text: str) -> dict[str, dict[str, list[Any]]] | None:
    """Read ``{function: {argument: [admitted values]}}``; none where it is anything else."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or not value:
        return None
    if not all(isinstance(arguments, dict) for arguments in value.values()):
        return None
    lists = (isinstance(v, list) for arguments in value.values() for v in arguments.values())
    return value if all(lists) else None
