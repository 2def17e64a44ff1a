"""A conversation: who says what, which calls are made, and which of them a tool answers."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, Field, StringConstraints

from generator.records.base import Record

MOST_TURNS = 1_000
"""Turns of a conversation."""
MOST_CALLS = 128
"""Calls of a turn."""
MOST_CHARACTERS = 2_000_000
"""Characters of a conversation, arguments of calls included."""

Role = Literal["system", "user", "assistant", "tool"]
"""Who speaks; the assistant is the model."""

CallId = Annotated[
    str, StringConstraints(pattern=r"^[!-~]+(?: [!-~]+)*$", min_length=1, max_length=128)
]
"""Identifier of a call within its conversation: printable ASCII."""


class ToolCall(Record):
    """A call that the model made."""

    name: Annotated[str, StringConstraints(max_length=256)]
    """Function called."""
    arguments: str
    """Arguments as the model wrote them, usually JSON."""
    id: CallId | None = None
    """Identifier by which a tool's turn can name the call."""


class Message(Record):
    """One turn of a conversation."""

    role: Role
    """Who speaks."""
    content: str = ""
    """Text of the turn."""
    tool_calls: Annotated[tuple[ToolCall, ...], Field(max_length=MOST_CALLS)] = ()
    """Calls made in the turn; only by the assistant."""
    call_id: CallId | None = None
    """Identifier of the earlier call whose result this is; only of a tool, and needed only where
    results do not follow their calls in order."""


class CallPlace(NamedTuple):
    """A call by where it stands."""

    turn: int
    """Number of its turn, counted from 1."""
    number: int
    """Its number within the turn, counted from 1."""


def answered(messages: Sequence[Message], *, named: bool = True) -> Iterator[CallPlace | None]:
    """Yield, for each turn, the call whose result it is; None where there is none.

    A tool's turn that names no call has the result of the next call of the last turn that made
    any.

    Args:
        messages: Turns of a conversation.
        named: Whether names of calls are heeded; otherwise results are taken in order.

    Raises:
        ValueError: A turn names a call that was not made before it, or one that has its result.
    """
    by_id: dict[str, CallPlace] = {}
    waiting: dict[CallPlace, None] = {}
    results: set[CallPlace] = set()
    for turn, message in enumerate(messages, start=1):
        place = None
        if named and message.call_id is not None:
            place = by_id.get(message.call_id)
            if place is None or place in results:
                why = "has a result already" if place else "was not made before"
                msg = f"turn {turn} has the result of a call that {why}"
                raise ValueError(msg)
        elif message.role == "tool":
            place = next(iter(waiting), None)
        if place is not None:
            results.add(place)
            waiting.pop(place, None)
        if message.tool_calls:
            waiting = {}
        for number, call in enumerate(message.tool_calls, start=1):
            made = CallPlace(turn, number)
            waiting[made] = None
            if call.id is not None and by_id.setdefault(call.id, made) is not made:
                msg = f"turn {turn} gives a call the id of another call"
                raise ValueError(msg)
        yield place


def whole(messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """Return turns if they are a conversation that a model could have had.

    Raises:
        ValueError: They are not; the message says which turn is at fault and why.
    """
    size = 0
    for turn, message in enumerate(messages, start=1):
        if turn == 1 and message.role != "assistant":
            msg = "the first turn is not the assistant's: what the model was given is the input"
            raise ValueError(msg)
        if message.tool_calls and message.role != "assistant":
            msg = f"turn {turn} makes calls but is not the assistant's"
            raise ValueError(msg)
        if message.call_id is not None and message.role != "tool":
            msg = f"turn {turn} has the result of a call but is not a tool's"
            raise ValueError(msg)
        size += len(message.content)
        size += sum(len(call.name) + len(call.arguments) for call in message.tool_calls)
    if size > MOST_CHARACTERS:
        msg = f"{size:,} characters in one conversation: at most {MOST_CHARACTERS:,} are kept"
        raise ValueError(msg)
    for _ in answered(messages):
        pass
    return messages


Conversation = Annotated[
    tuple[Message, ...], Field(min_length=1, max_length=MOST_TURNS), AfterValidator(whole)
]
"""Turns from where the model begins to speak."""
