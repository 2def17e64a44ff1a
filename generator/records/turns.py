"""The one text of a conversation, and where each turn stands in it.

Places of evidence count the characters of this text, so it never changes for the same turns. What
a turn holds is known from its place, not from its heading: a turn whose text looks like another
heading stays one turn.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple, TypeGuard

from generator.records.messages import CallPlace, Message, Role, answered


class CallSpan(NamedTuple):
    """Where a call stands in the text of its conversation."""

    start: int
    """Offset of the first character of its name."""
    end: int
    """Offset after the bracket that closes its arguments."""


class Turn(NamedTuple):
    """A turn and where it stands in the text of its conversation."""

    number: int
    """Its number, counted from 1."""
    role: Role
    """Who speaks."""
    start: int
    """Offset of the first character of what is said."""
    said: int
    """Offset after the last character of what is said; calls stand behind it."""
    calls: tuple[CallSpan, ...]
    """The calls made."""
    result_of: CallPlace | None
    """The call whose result it is, where it names one."""

    @property
    def end(self) -> int:
        """Offset after all that the turn holds."""
        return self.calls[-1].end if self.calls else self.said


class Told(NamedTuple):
    """A conversation as one text."""

    text: str
    """The text."""
    turns: tuple[Turn, ...]
    """Its turns in order."""


def told(messages: Sequence[Message]) -> Told:
    """Return a conversation as one text: each turn below its role, its calls below what it says."""
    parts: list[str] = []
    turns: list[Turn] = []
    place = 0
    pairs = zip(messages, answered(messages), strict=True)
    for number, (message, result_of) in enumerate(pairs, start=1):
        heading = f"{'' if number == 1 else chr(10)}[{message.role}]\n"
        start = place + len(heading)
        place = said = start + len(message.content)
        parts += heading, message.content
        calls: list[CallSpan] = []
        for call in message.tool_calls:
            text = f"{call.name}({call.arguments})"
            parts += "\n", text
            calls.append(CallSpan(place + 1, place + 1 + len(text)))
            place = calls[-1].end
        turns.append(Turn(number, message.role, start, said, tuple(calls), result_of))
    return Told("".join(parts), tuple(turns))


def turn_at(turns: Sequence[Turn], offset: int) -> Turn | None:
    """Return the turn in which an offset of the text lies; none where it is between two."""
    place = bisect_right(turns, offset, key=lambda turn: turn.start) - 1
    if place < 0:
        return None
    turn = turns[place]
    return turn if offset < max(turn.end, turn.start + 1) else None


def is_conversation(output: str | tuple[Message, ...]) -> TypeGuard[tuple[Message, ...]]:
    """Tell whether an output is shown turn by turn: not where it is a text, or calls alone."""
    if isinstance(output, str):
        return False
    return len(output) > 1 or bool(output[0].content)
