"""Conversations in foreign logs."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from generator.readers.logs.account import Account
from generator.readers.logs.fields import Fields
from generator.records.prediction import Message, ToolCall

Role = Literal["system", "user", "assistant", "tool"]

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
    messages: list[Message] = []
    start: int | None = None
    for one in fields.each(name):
        role = ROLES.get(one.name("role").lower())
        if role is None:
            one.fault("role", f"not a role that is known: {', '.join(ROLES)}")
        if role == "assistant" and start is None and not given(one.raw):
            start = len(messages)
        content = resolve(content_text(one, "content", account, resolve))
        if one.raw.get("reasoning_trace") or one.raw.get("reasoning"):
            account.notes[REASONING] += 1
        messages.append(Message(role=role, content=content, tool_calls=tuple(_calls(one))))
    start = len(messages) if start is None else start
    return Parted(tuple(messages[:start]), tuple(messages[start:]))


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


def _calls(fields: Fields) -> list[ToolCall]:
    """Return the calls of a turn: flat, or with a function inside as some interfaces have it."""
    calls = []
    for call in fields.each("tool_calls"):
        function = call.raw.get("function")
        inner = call.inner("function") if isinstance(function, dict) else call
        name = inner.text("name") if "name" in inner else call.text("function")
        calls.append(ToolCall(name=name, arguments=arguments(inner.raw.get("arguments"))))
    return calls


def arguments(value: object) -> str:
    """Return the arguments of a call as the model wrote them, or as JSON."""
    if isinstance(value, str):
        return value
    return "{}" if value is None else json.dumps(value, ensure_ascii=False, sort_keys=False)


def spoken(messages: Sequence[Message]) -> bool:
    """Tell whether the model said or did anything."""
    return any(one.role == "assistant" and (one.content or one.tool_calls) for one in messages)
