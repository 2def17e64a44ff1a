"""A conversation on a page: who speaks, what they say, which calls are made, the evidence marked.

What the model said is shown; long turns of others are folded, unless the evidence is near.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.judging.finals import Span
from generator.pages.escaping import Html
from generator.pages.excerpts import excerpt
from generator.pages.format import count, counted
from generator.records.messages import Message, Role
from generator.records.turns import Turn, told

MOST_TURNS = 24
"""Turns that are shown, those with evidence aside; of longer conversations the middle is not."""
OWN_LIMIT = 2_000
"""Characters shown of what the model says in a turn, and of each call."""
OTHERS_LIMIT = 1_000
"""Characters shown of a turn of anybody else."""
FOLDED_FROM = 400
"""Characters from which a turn of anybody else is folded."""

SPEAKERS: dict[Role, str] = {
    "assistant": "Model",
    "user": "User",
    "system": "System",
    "tool": "Tool",
}
"""Who speaks, in words."""


class Part(NamedTuple):
    """What is said in a turn, or a call of it."""

    text: str
    """The text."""
    marks: tuple[Span, ...]
    """Evidence, by offsets of this text."""


class Shown(NamedTuple):
    """A turn that is shown."""

    turn: Turn
    """The turn."""
    said: Part | None
    """What is said; None where the turn is nothing but calls."""
    calls: tuple[Part, ...]
    """The calls made."""
    skipped: int
    """Turns before it that are not shown."""

    @property
    def skipped_words(self) -> str:
        """How many turns before it are not shown, in words; empty where there are none."""
        return f"{counted(self.skipped, 'turn')} not shown" if self.skipped else ""

    @property
    def marked(self) -> bool:
        """Whether it holds evidence."""
        return any(part.marks for part in (*self.calls, *([self.said] if self.said else [])))

    @property
    def folded(self) -> bool:
        """Whether it is folded."""
        long = self.said is not None and len(self.said.text) >= FOLDED_FROM
        return self.turn.role != "assistant" and long and not self.marked


@dataclass(frozen=True)
class TurnView:
    """A turn as it stands on a page."""

    own: bool
    """Whether the model speaks."""
    speaker: str
    """Who speaks, in a word."""
    note: str
    """Its number, of which call it is the result, and how long it is where it is folded."""
    spoke: bool
    """Whether anything is said, or the turn is nothing but calls."""
    text: Html
    """What is said, the evidence marked."""
    folded: bool
    """Whether what is said is folded."""
    calls: tuple[Html, ...]
    """The calls made, the evidence marked."""
    skipped: str
    """Turns before it that are not shown, in words; empty where there are none."""


def turn_views(messages: Sequence[Message], evidence: Sequence[Span]) -> tuple[TurnView, ...]:
    """Return the turns of a conversation for a page, none where there is none.

    Args:
        messages: The turns.
        evidence: Spans of their one text.
    """
    return tuple(
        TurnView(
            own=one.turn.role == "assistant",
            speaker=SPEAKERS[one.turn.role],
            note=note(one),
            spoke=one.said is not None,
            text=_excerpt(one, one.said) if one.said else Html(""),
            folded=one.folded,
            calls=tuple(_excerpt(one, part) for part in one.calls),
            skipped=one.skipped_words,
        )
        for one in shown_turns(messages, evidence)
    )


def note(shown: Shown) -> str:
    """Return the number of a turn, of which call it is the result, and how much is folded."""
    turn, call = shown.turn, shown.turn.result_of
    words = [f"turn {count(turn.number)}"]
    if call is not None:
        words.append(f"result of call {call.number} of turn {count(call.turn)}")
    if shown.folded:
        words.append(counted(turn.said - turn.start, "character"))
    return ", ".join(words)


def place_words(messages: Sequence[Message], evidence: Sequence[Span]) -> tuple[str, ...]:
    """Return in which turns evidence stands, in order."""
    turns = told(messages).turns if messages else ()
    found = [
        turn.number
        for turn in turns
        if any(start < turn.end and end > turn.start for start, end in evidence)
    ]
    return tuple(f"turn {count(number)}" for number in found)


def shown_turns(messages: Sequence[Message], evidence: Sequence[Span]) -> Iterator[Shown]:
    """Yield the turns that are shown: the first and the last, and all that hold evidence."""
    if not messages:
        return
    text, turns = told(messages)
    skipped = 0
    for turn in turns:
        said = _part(text, Span(turn.start, turn.said), evidence)
        calls = tuple(_part(text, Span(*call), evidence) for call in turn.calls)
        one = Shown(turn, said if said.text or not calls else None, calls, skipped)
        behind = len(turns) - MOST_TURNS // 2
        if MOST_TURNS // 2 < turn.number <= behind and not one.marked:
            skipped += 1
            continue
        yield one
        skipped = 0


def _part(text: str, place: Span, evidence: Sequence[Span]) -> Part:
    """Return a part of the text with the evidence in it."""
    start, end = place
    marks = [
        Span(max(first, start) - start, min(last, end) - start)
        for first, last in evidence
        if first < end and last > start
    ]
    return Part(text[start:end], tuple(marks))


def _excerpt(shown: Shown, part: Part) -> Html:
    limit = OWN_LIMIT if shown.turn.role == "assistant" else OTHERS_LIMIT
    return excerpt(part.text, part.marks, limit)
