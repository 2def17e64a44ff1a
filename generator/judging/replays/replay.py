"""Replays a task that determines every step, whichever kind it is."""

from collections.abc import Sequence

from generator.judging.replays import (
    booleans,
    brackets,
    deductions,
    ordering,
    polygons,
    sorting,
    swaps,
)
from generator.judging.replays.slip import Slip

LONGEST_TASK = 6_000
"""Characters of a task that can be replayed; longer ones are of other kinds."""


def replayed(task: str, options: Sequence[str], output: str) -> Slip | None:
    """Return the first step of an output that its task does not allow, if it can be told.

    Args:
        task: What was asked.
        options: Options of the task, if any.
        output: The output up to where it runs on.
    """
    if len(task) > LONGEST_TASK:
        return None
    return (
        brackets.replay(task, output)
        or swaps.replay(task, options, output)
        or booleans.replay(task, output)
        or polygons.replay(task, output)
        or sorting.replay(task, output)
        or ordering.replay(task, output)
        or deductions.replay(task, output)
    )
