"""BFCL's conversations: categories of several turns, with what each call returned.

A result is a list of turns, each a list of steps, each a text or a list of calls. Beside it
``inference_log`` has a mapping for each turn: ``begin_of_turn_query`` with what the user says, and
``step_0``, ``step_1``, … with what the model put out and what the calls returned. Where that is
missing, the user's turns come from the benchmark's own file and the results of calls are lost.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from generator.readers.bfcl_rows import said_in
from generator.readers.logs.account import Account
from generator.readers.logs.fields import Fields, listed, mapping
from generator.readers.logs.messages import conversation, reason
from generator.records.messages import Message, ToolCall

NO_RESULTS = "a conversation without a log of its steps: what the calls returned is missing"

_STEP = "step_"
_MOST_TOKENS = 1e12


def talk(fields: Fields, users: Sequence[str], account: Account) -> tuple[Message, ...]:
    """Return a conversation from where the model begins to speak; nothing where it never does.

    Args:
        fields: A row of the results.
        users: What the user says in each turn, as the benchmark's own file has it.
        account: Is told where the results of calls are missing.
    """
    logged = [one for one in fields.items("inference_log") if "begin_of_turn_query" in mapping(one)]
    if logged:
        messages = list(_logged(fields, logged))
    else:
        account.notes[NO_RESULTS] += 1
        messages = list(_put_out(fields, users))
    start = next((n for n, one in enumerate(messages) if one.role == "assistant"), len(messages))
    return conversation(fields, "result", messages[start:])


def calls_turn(fields: Fields, name: str) -> Message:
    """Return a turn of nothing but calls: objects, each with functions and their arguments."""
    try:
        calls = tuple(
            ToolCall(name=function, arguments=given if isinstance(given, str) else _written(given))
            for call in fields.each(name)
            for function, given in call.raw.items()
        )
        return Message(role="assistant", tool_calls=calls)
    except ValidationError as error:
        fields.fault(name, reason(error))


def _logged(fields: Fields, turns: Sequence[Mapping[str, Any]]) -> Iterator[Message]:
    """Yield the turns of a conversation as its log has them."""
    for number, turn in enumerate(turns):
        asked = said_in(turn["begin_of_turn_query"])
        if asked:
            yield Message(role="user", content=asked)
        one = Fields(fields.spot, turn, f"inference_log.{number}")
        steps = [name for name in turn if name.startswith(_STEP) and name[5:].isdecimal()]
        for step in sorted(steps, key=lambda name: (len(name), name)):
            for said in one.each(step):
                role = said.raw.get("role")
                if role == "assistant":
                    yield _spoken(said, "content")
                elif role == "tool":
                    content = said.raw.get("content") or ""
                    text = content if isinstance(content, str) else _written(content)
                    yield Message(role="tool", content=text)


def _put_out(fields: Fields, users: Sequence[str]) -> Iterator[Message]:
    """Yield the turns of a conversation as the result and the benchmark's own file have them."""
    for number, steps in enumerate(fields.items("result")):
        if number < len(users) and users[number]:
            yield Message(role="user", content=users[number])
        for place, step in enumerate(listed(steps)):
            where = f"result.{number}.{place}"
            yield _spoken(Fields(fields.spot, {"step": step}, where), "step")


def _spoken(fields: Fields, name: str) -> Message:
    """Return a turn of the model: a text, or calls."""
    value = fields.raw.get(name)
    if value is None or isinstance(value, str):
        return Message(role="assistant", content=value or "")
    return calls_turn(fields, name)


def _written(value: object) -> str:
    """Return a value that is no text as JSON, as BFCL's own programs spell it."""
    return json.dumps(value)


def tokens_of(value: object) -> int | None:
    """Return how many tokens were put out, over all steps of all turns."""
    if isinstance(value, list):
        counted = [tokens_of(one) for one in value]
        known = [one for one in counted if one is not None]
        return sum(known) if known and len(known) == len(counted) else None
    if isinstance(value, float) and value.is_integer() and value < _MOST_TOKENS:
        value = int(value)
    return value if isinstance(value, int) and value >= 0 else None
