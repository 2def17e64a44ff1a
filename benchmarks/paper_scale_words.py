"""Words for made-up failures: titles and summaries of the length that a judge writes."""

from collections.abc import Sequence

import numpy as np

TASKS = ("tables", "dates", "proofs", "recipes", "tickets", "maps", "contracts", "lab notes")
SUBJECTS = ("arithmetic", "history", "biology", "law", "planning", "language")
_WHERE = (
    "in the second step",
    "near the end",
    "at the start",
    "after a right first step",
    "in the last line",
    "halfway",
    "in the list of cases",
    "while it sums up",
)
_WHAT = (
    "the quantity",
    "the condition",
    "the name",
    "the order",
    "the unit",
    "the exception",
    "the date",
    "the formula",
    "the second case",
    "the instruction",
)
_DOES = (
    "is taken for another one",
    "is left out",
    "is used twice",
    "is read the wrong way round",
    "is replaced by a guess",
    "is named but not used",
    "stands without any ground",
    "is carried over unchanged",
)
_THEN = (
    "and everything after it rests on that",
    "so the answer is off by {}",
    "where {} was due",
    "although the question says {}",
    "which the check in line {} would have shown",
    "and the answer {} follows from it",
)


def title(name: str, chance: np.random.Generator) -> str:
    """Return a title for a failure of a kind."""
    return f"{name}: {_one(_WHAT, chance)} {_one(_WHERE, chance)}"


def summary(chance: np.random.Generator) -> str:
    """Return a sentence on a failure, 60 to 130 characters long."""
    then = _one(_THEN, chance).format(int(chance.integers(2, 5_000)))
    said = f"{_one(_WHERE, chance)} {_one(_WHAT, chance)} {_one(_DOES, chance)}, {then}."
    return said[0].upper() + said[1:]


def question(benchmark: str, place: int, chance: np.random.Generator) -> str:
    """Return what an item asks."""
    return (
        f"Made-up question {place + 1} of {benchmark}: {_one(_WHAT, chance)} "
        f"{_one(_WHERE, chance)} is {int(chance.integers(2, 900))}. Which number follows?"
    )


def output(answer: int, chance: np.random.Generator) -> str:
    """Return an output that ends in an answer."""
    return f"Let me see. {summary(chance)} {summary(chance)} The answer is {answer}."


def _one(words: Sequence[str], chance: np.random.Generator) -> str:
    return words[int(chance.integers(len(words)))]
