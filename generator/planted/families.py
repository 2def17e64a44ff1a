"""The task families by name."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple, Protocol, TypeVar

from generator.planted import (
    calls,
    delivery,
    labelling,
    notation,
    ordering,
    problems,
    rows,
    writing,
)
from generator.planted.dice import Dice
from generator.planted.jobs import Job
from generator.planted.plans import Story
from generator.planted.problems import WorkedFamily
from generator.planted.requests import Request
from generator.planted.wordings import multiple_choice, tool_calls, units_time, word_problems
from generator.planted.wordings.classes import FIELDS
from generator.planted.wordings.languages import LANGUAGES
from generator.planted.wordings.lists import COLLECTIONS, ROWS
from generator.planted.wordings.notes import OCCASIONS


class Source(Protocol):
    """What items come from: something with several wordings."""

    @property
    def wordings(self) -> tuple[str, ...]:
        """Wordings."""


S = TypeVar("S", bound=Source)

Maker = Callable[[int, str, Dice], Job | None]
"""Makes an item from the place of a wording, an identifier and its dice; none if it fails."""


class Family(NamedTuple):
    """A task family."""

    weight: int
    """How many of all items it gets, beside the others."""
    tellings: Sequence[tuple[Maker, int]]
    """Every way to tell one of its items: a maker with the place of a wording."""


def _tellings(
    build: Callable[[S, int, str, Dice], Job | None], sources: Iterable[S]
) -> list[tuple[Maker, int]]:
    return [
        (partial(build, source), wording)
        for source in sources
        for wording in range(len(source.wordings))
    ]


def _worked(
    family: WorkedFamily, story: Story, wording: int, item_id: str, dice: Dice
) -> Job | None:
    """Build an item with a worked solution."""
    problem = problems.build(family, story, wording, item_id, dice)
    if problem is None:
        return None
    return Job(
        item=problem.item,
        extracted=problem.extracted,
        is_right=lambda output: problem.extracted(output) == problem.reference,
        correct=lambda style, dice: delivery.correct(problem, style, dice),
        with_fault=lambda kind, style, dice: delivery.with_fault(kind, problem, style, dice),
    )


def _calls(request: Request, wording: int, item_id: str, dice: Dice) -> Job:
    """Build an item that is answered by tool calls."""
    task = calls.build(request, wording, item_id, dice)
    return Job(
        item=task.item,
        extracted=task.extracted,
        is_right=lambda output: task.extracted(output) == task.reference,
        correct=lambda style, dice: calls.correct(task, style, dice),
        with_fault=lambda kind, style, dice: calls.with_fault(kind, task, style, dice),
    )


FAMILIES: dict[str, Family] = {
    "word-problem": Family(10, _tellings(partial(_worked, "word-problem"), word_problems.STORIES)),
    "multiple-choice": Family(
        7, _tellings(partial(_worked, "multiple-choice"), multiple_choice.STORIES)
    ),
    "tool-call": Family(7, _tellings(_calls, tool_calls.REQUESTS)),
    "ordering": Family(8, [*_tellings(ordering.build, COLLECTIONS), *_tellings(rows.build, ROWS)]),
    "writing": Family(6, _tellings(writing.build, OCCASIONS)),
    "labelling": Family(6, _tellings(labelling.build, FIELDS)),
    "units-time": Family(4, _tellings(partial(_worked, "units-time"), units_time.STORIES)),
    "notation": Family(4, _tellings(notation.build, LANGUAGES)),
}
"""Families; those of ``split.HELD_OUT_FAMILIES`` are held out as a whole."""
