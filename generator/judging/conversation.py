"""A conversation as it is shown to a language model: each turn and each call in a fence of its own.

Who speaks is said by the fences' lines alone, which hold a marker that no turn can know. So a tool
that returns what looks like a turn of the user, or a user who writes what looks like a call, is
still a tool and a user; see decision 19.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from generator.judging.fence import tokens
from generator.records.failure import Failure
from generator.records.messages import Role
from generator.records.turns import Turn, told

MOST_TURNS = 60
"""Turns that are shown; of longer conversations, the middle is left out."""
FIRST_TURNS = 36
"""Of those, turns from the beginning: errors start early, answers stand last."""

SPEAKERS: dict[Role, str] = {
    "assistant": "model",
    "user": "user",
    "system": "system",
    "tool": "tool",
}
"""Who speaks, as the lines of the fences call it."""

Shown = Callable[[str, int], str]
"""Gives a foreign text within a budget of tokens, ready to be sent."""


class Part(NamedTuple):
    """A turn or a call."""

    name: str
    """What the lines of its fence call it."""
    text: str
    """Its text."""
    own: bool
    """Whether the model wrote it."""
    left_out: str
    """Turns left out before it; empty if none were."""


def parts_of(failure: Failure, own: int, others: int, shown: Shown) -> list[Part]:
    """Return a conversation in parts, cut where it is long.

    Args:
        failure: A failure with turns.
        own: Most tokens of what the model wrote.
        others: Most tokens of what all others wrote.
        shown: Makes texts ready.
    """
    parts = list(_parts(failure.output, told(failure.messages).turns))
    budgets: dict[bool, Iterator[int]] = {
        mine: iter(fair([tokens(part.text) for part in parts if part.own == mine], budget))
        for mine, budget in ((True, own), (False, others))
    }
    return [part._replace(text=shown(part.text, next(budgets[part.own]))) for part in parts]


def fair(sizes: Sequence[int], total: int) -> list[int]:
    """Return a budget for each size: small ones are met, large ones get equal parts of the rest."""
    budgets = [0] * len(sizes)
    left, rest = total, len(sizes)
    for place in sorted(range(len(sizes)), key=lambda place: sizes[place]):
        budgets[place] = min(sizes[place], left // rest)
        left, rest = left - budgets[place], rest - 1
    return budgets


def _parts(output: str, turns: Sequence[Turn]) -> Iterator[Part]:
    """Yield the parts of the turns that are shown."""
    behind = len(turns) - (MOST_TURNS - FIRST_TURNS)
    for turn in turns:
        left_out = ""
        if len(turns) > MOST_TURNS and FIRST_TURNS < turn.number <= behind:
            continue
        if len(turns) > MOST_TURNS and turn.number == behind + 1:
            left_out = f"{FIRST_TURNS + 1} to {behind}"
        own = turn.role == "assistant"
        name = f"turn {turn.number}, {SPEAKERS[turn.role]}"
        if turn.result_of is not None:
            name += f", result of call {turn.result_of.number} of turn {turn.result_of.turn}"
        if turn.said > turn.start or not turn.calls:
            yield Part(name, output[turn.start : turn.said], own, left_out)
            left_out = ""
        for number, call in enumerate(turn.calls, start=1):
            yield Part(f"{name}, call {number}", output[call.start : call.end], own, left_out)
            left_out = ""
