"""Conversations in foreign logs."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from generator.readers.logs.account import Account
from generator.readers.logs.fields import Fields
from generator.records.messages import (
    CallId,
    Conversation,
    Message,
    Role,
    ToolCall,
    answered,
)

ROLES: dict[str, Role] = {
    "system": "system",
    "developer": "system",
    "user": "user",
    "human": "user",
    "assistant": "assistant",
    "ai": "assistant",
    "tool": "tool",
    "function": "tool",
}
"""Who speaks, by the names that logs use."""

REASONING = "reasoning apart from the output was left out"
NO_TEXT = "a part that is no text (image, sound, file) stands as its kind in brackets"
UNPAIRED = "a tool's turn names a call that was not made: the turn was kept, the name left out"

_CALL_ID: TypeAdapter[str] = TypeAdapter(CallId)
_TURNS: TypeAdapter[tuple[Message, ...]] = TypeAdapter(Conversation)


class Parted(NamedTuple):
    """A conversation, parted where the model begins to speak."""

    asked: tuple[Message, ...]
    """What the model was given."""
    answer: tuple[Message, ...]
    """What it put out, and what others said in between."""

    @property
    def output(self) -> str | tuple[Message, ...]:
        """The answer as a prediction keeps it: one turn of plain text is a text."""
        if len(self.answer) == 1 and not self.answer[0].tool_calls:
            return self.answer[0].content
        return self.answer

    @property
    def question(self) -> str:
        """What was asked, without system prompts, as one text."""
        return "\n\n".join(one.content for one in self.asked if one.role != "system")


class _Said(NamedTuple):
    """A turn as a log has it."""

    fields: Fields
    role: Role
    content: str
    calls: tuple[tuple[ToolCall, object], ...]
    """Calls, each with what the log calls it by."""
    names: object
    """What names the call whose result it is."""


def parted(
    fields: Fields,
    name: str,
    account: Account,
    *,
    given: Callable[[Mapping[str, Any]], bool] = lambda _: False,
    resolve: Callable[[str], str] = lambda text: text,
) -> Parted:
    """Return a conversation, parted before the first turn of the model.

    Args:
        fields: What holds it.
        name: Field of the list of messages.
        account: Is told what was left out.
        given: Tells that a turn of the assistant was put into its mouth: a worked example.
        resolve: Gives the text that another text stands for.
    """
    said: list[_Said] = []
    start: int | None = None
    for one in fields.each(name):
        role = ROLES.get(one.name("role").lower())
        if role is None:
            one.fault("role", f"not a role that is known: {', '.join(ROLES)}")
        if role == "assistant" and start is None and not given(one.raw):
            start = len(said)
        content = resolve(content_text(one, "content", account, resolve))
        if one.raw.get("reasoning_trace") or one.raw.get("reasoning"):
            account.notes[REASONING] += 1
        said.append(_Said(one, role, content, tuple(_calls(one)), one.raw.get("tool_call_id")))
    start = len(said) if start is None else start
    asked = tuple(_message(one) for one in said[:start])
    return Parted(asked, conversation(fields, name, _paired(said[start:], account)))


def conversation(fields: Fields, name: str, messages: Sequence[Message]) -> tuple[Message, ...]:
    """Return turns as a prediction keeps them, if it can.

    Raises:
        BadRowError: They are no conversation, or too long a one.
    """
    try:
        return _TURNS.validate_python(tuple(messages)) if messages else ()
    except ValidationError as error:
        fields.fault(name, reason(error))


def reason(error: ValidationError) -> str:
    """Return in a line why turns cannot be kept."""
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"] if isinstance(part, int | str))
    context = first.get("ctx", {})
    if first["type"] == "too_long":
        why = f"more than {context['max_length']:,} entries"
    else:
        why = str(context.get("error") or first["msg"])
    return f"{where}: {why}" if where else why


def _message(said: _Said) -> Message:
    """Return a turn without identifiers."""
    return _built(said, tuple(call for call, _ in said.calls), None)


def _built(said: _Said, calls: tuple[ToolCall, ...], call_id: str | None) -> Message:
    try:
        return Message(role=said.role, content=said.content, tool_calls=calls, call_id=call_id)
    except ValidationError as error:
        said.fields.fault("tool_calls", reason(error))


def _paired(said: Sequence[_Said], account: Account) -> list[Message]:
    """Return turns in which each result names its call, where their order does not say it.

    An identifier that is used again, as some servers do, gets a number.
    """
    taken: dict[str, int] = {}
    latest: dict[str, str] = {}
    messages = []
    for one in said:
        names, call_id = _named(one.names), None
        if names is not None and one.role == "tool":
            call_id = latest.pop(names, None)
            if call_id is None:
                account.notes[UNPAIRED] += 1
        calls = []
        for call, given in one.calls:
            own = _named(given)
            if own is not None:
                latest[own] = _free(own, taken)
                calls.append(call.model_copy(update={"id": latest[own]}))
            else:
                calls.append(call)
        messages.append(_built(one, tuple(calls), call_id))
    if _out_of_order(messages):
        return messages
    return [_built(one, tuple(call for call, _ in one.calls), None) for one in said]


def _out_of_order(messages: Sequence[Message]) -> bool:
    """Tell whether results name other calls than those whose turn it is."""
    try:
        return [*answered(messages)] != [*answered(messages, named=False)]
    except ValueError:  # Some results name their call and others, in its place, do not.
        return False


def _free(name: str, taken: dict[str, int]) -> str:
    """Return a name that nothing has yet: with a number, if it was used before."""
    free = name
    while free in taken:
        taken[name] += 1
        free = f"{name[:118]}-{taken[name]}"
    taken[free] = 1
    return free


def _named(value: object) -> str | None:
    """Return an identifier, the first of several; None where there is none that can be kept."""
    first = value[0] if isinstance(value, list) and value else value
    try:
        return _CALL_ID.validate_python(first, strict=True)
    except ValidationError:
        return None


def content_text(
    fields: Fields,
    name: str,
    account: Account,
    resolve: Callable[[str], str] = lambda text: text,
) -> str:
    """Return the text of a content: a text, nothing, or a list of parts."""
    value = fields.raw.get(name)
    if value is None or isinstance(value, str):
        return value or ""
    texts: list[str] = []
    for number, part in enumerate(fields.items(name)):
        if isinstance(part, str):
            texts.append(part)
            continue
        inner = Fields(fields.spot, part, f"{name}.{number}")
        kind = inner.raw.get("type")
        if kind in {"reasoning", "thinking"}:
            account.notes[REASONING] += 1
        elif isinstance(inner.raw.get("text"), str):
            texts.append(resolve(inner.text("text")))
        else:
            account.notes[NO_TEXT] += 1
            texts.append(f"[{kind if isinstance(kind, str) else 'data'}]")
    return "\n".join(texts)


def _calls(fields: Fields) -> Iterator[tuple[ToolCall, object]]:
    """Yield the calls of a turn: flat, or with a function inside as some interfaces have it."""
    for call in fields.each("tool_calls"):
        function = call.raw.get("function")
        inner = call.inner("function") if isinstance(function, dict) else call
        name = inner.text("name") if "name" in inner else call.text("function")
        try:
            made = ToolCall(name=name, arguments=arguments(inner.raw.get("arguments")))
        except ValidationError as error:
            call.fault("name", reason(error))
        yield made, call.raw.get("id")


def arguments(value: object) -> str:
    """Return the arguments of a call as the model wrote them, or as JSON."""
    if isinstance(value, str):
        return value
    return "{}" if value is None else json.dumps(value, ensure_ascii=False, sort_keys=False)


def spoken(messages: Sequence[Message]) -> bool:
    """Tell whether the model said or did anything."""
    return any(one.role == "assistant" and (one.content or one.tool_calls) for one in messages)
