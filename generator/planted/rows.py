"""The family of lists and ordering, second kind: a row whose members change places."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from generator.planted.dice import Dice
from generator.planted.jobs import Job
from generator.planted.ordering import WHAT, find_names, read_names
from generator.planted.sheets import Sheet, SheetTask, Teller, draw_form
from generator.planted.split import part, split_of
from generator.planted.styles import Style
from generator.planted.wordings.lists import INVENTED_MOVES, MOVES, TRACKED, Row
from generator.records.benchmark import Item

Names = tuple[str, ...]

FORWARDS = "row from left to right"
BACKWARDS = "row from right to left"


class Tracking(NamedTuple):
    """How a row is kept track of, rightly or wrongly."""

    goal: str
    states: tuple[tuple[str, str, Names], ...]
    """Two names that are said to change places, and the row after it."""
    invented: bool
    """Whether the last change is an invented one."""
    answer: Names


def swap(row: Names, a: str, b: str) -> Names:
    """Exchange two members."""
    other = {a: b, b: a}
    return tuple(other.get(name, name) for name in row)


def _tell(tracking: Tracking, style: Style, dice: Dice) -> Sheet:
    steps = []
    for place, (a, b, row) in enumerate(tracking.states):
        last = place == len(tracking.states) - 1
        table = INVENTED_MOVES if tracking.invented and last else TRACKED
        steps.append(style.say(table, dice).format(a=a, b=b, row=", ".join(row)))
    return Sheet(tracking.goal, tuple(steps), ", ".join(tracking.answer))


def _track(
    row: Names, moves: Sequence[tuple[str, str]], done: Sequence[tuple[str, str]]
) -> Tracking:
    """Follow moves; what is said and what is done may differ."""
    states = []
    for said, made in zip(moves, done, strict=True):
        row = swap(row, *made)
        states.append((*said, row))
    return Tracking(FORWARDS, tuple(states), invented=False, answer=row)


def _faults(row: Names, moves: list[tuple[str, str]]) -> dict[str, list[Tracking]]:
    right = _track(row, moves, moves)
    wrong: dict[str, list[Tracking]] = {
        "state-tracking": [
            _track(row, moves, [*moves[:i], (moves[i][0], name), *moves[i + 1 :]])
            for i in range(len(moves))
            for name in row
            if name not in moves[i]
        ],
        # The last of the stated moves is passed over.
        "ignored-condition": [_track(row, moves[:-1], moves[:-1])],
        "wrong-target": [right._replace(goal=BACKWARDS, answer=right.answer[::-1])],
        "missing-item": [
            right._replace(answer=(*right.answer[:i], *right.answer[i + 1 :]))
            for i in range(len(row))
        ],
        "ignores-own-result": [
            right._replace(answer=swap(right.answer, right.answer[i], right.answer[i + 1]))
            for i in range(len(row) - 1)
        ],
        "invented-premise": [
            _track(row, [*moves, more], [*moves, more])._replace(invented=True)
            for more in ((row[0], row[-1]), (row[1], row[2]))
            if more not in moves and more[::-1] not in moves
        ],
    }
    return {
        kind: [tracking for tracking in found if tracking.answer != right.answer]
        for kind, found in wrong.items()
    }


def build(kind: Row, wording: int, item_id: str, dice: Dice) -> Job:
    """Build one item."""
    split = split_of("ordering", wording)
    row = tuple(dice.shuffled(kind.members)[: dice.whole(4, 6)])
    moves: list[tuple[str, str]] = []
    for _ in range(dice.whole(3, 5)):
        a, b = dice.shuffled(row)[:2]
        if not moves or {a, b} != set(moves[-1]):
            moves.append((a, b))
    phrases = part(MOVES, held_out=split == "held-out")
    told = " ".join(dice.pick(phrases).format(a=a, b=b) for a, b in moves)
    form, statement = draw_form(dice, split, WHAT)
    text = kind.wordings[wording].format(place=kind.place, row=", ".join(row), moves=told)
    text = text[0].upper() + text[1:]
    right = _track(row, moves, moves)
    faults: dict[str, list[Teller]] = {
        name: [partial(_tell, tracking) for tracking in found]
        for name, found in _faults(row, moves).items()
    }
    return SheetTask(
        item=Item(
            item_id=item_id,
            input="\n".join([text, *([statement] if statement else [])]),
            references=(", ".join(right.answer),),
            tags={
                "family": "ordering",
                "form": form,
                "steps": str(len(moves)),
                "split": split,
                "wording": f"{kind.id}-{wording + 1}",
            },
        ),
        form=form,
        read=partial(read_names, kind.members),
        find=partial(find_names, kind.members),
        right=partial(_tell, right),
        faults=faults,
        literals=(" - ".join(right.answer), "; ".join(right.answer)),
    ).job()
