"""The planted-faults benchmark as a pure function of a seed and a number of items."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from generator.errors import InputError
from generator.planted.delivery import Attempt
from generator.planted.dice import Dice
from generator.planted.families import FAMILIES
from generator.planted.jobs import Job
from generator.planted.kinds import ACCEPTABLE, DELIVERED_NOTHING, KINDS
from generator.planted.split import held_out
from generator.planted.styles import Style, style_of
from generator.planted.systems import SYSTEMS, System
from generator.records.benchmark import Item
from generator.records.label import Label
from generator.records.prediction import Prediction

SLUG = "planted-faults"
VERSION = "2.0"
"""Version of the generator: raised whenever the same seed gives other bytes."""
SEED = 2026
ITEMS = 600
LEAST_ITEMS = 20
MOST_ITEMS = 5_000

PATIENCE = 60
"""Attempts at an item that differs from all others."""


@dataclass(frozen=True)
class Planted:
    """All that is made from one seed."""

    seed: int
    items: tuple[Item, ...]
    predictions: dict[str, tuple[Prediction, ...]]
    """Predictions by model, in the order of the items."""
    labels: tuple[Label, ...]
    """Planted cause of every failure, by model and item."""

    def counts(self) -> dict[str, Counter[str]]:
        """Return how many failures of each category each model has."""
        table: dict[str, Counter[str]] = {system.id: Counter() for system in SYSTEMS}
        for label in self.labels:
            table[label.model][label.category or ""] += 1
        return table


class _Outcome(NamedTuple):
    prediction: Prediction
    kind: str | None


def _shares(items: int) -> dict[str, int]:
    """Divide the items among the families; what is left over goes to the first ones."""
    whole = sum(family.weight for family in FAMILIES.values())
    shares = {name: items * family.weight // whole for name, family in FAMILIES.items()}
    for name in list(FAMILIES)[: items - sum(shares.values())]:
        shares[name] += 1
    return shares


def _build(family: str, number: int, seed: int, attempt: int) -> Job | None:
    """Build the item of a number; every wording comes once in each round."""
    dice = Dice(seed)
    tellings = FAMILIES[family].tellings
    turn, place = divmod(number, len(tellings))
    source, wording = dice.fork("order", family, turn).shuffled(tellings)[place]
    own = dice.fork("item", family, number, attempt)
    return source(wording, f"{family}-{number + 1:04d}", own)


def _tasks(seed: int, items: int) -> list[Job]:
    """Build the items, no two of them with the same text."""
    tasks: list[Job] = []
    seen: set[str] = set()
    for family, count in _shares(items).items():
        for number in range(count):
            for attempt in range(PATIENCE):
                task = _build(family, number, seed, attempt)
                if task is not None and task.item.input not in seen:
                    seen.add(task.item.input)
                    tasks.append(task)
                    break
            else:
                msg = f"no new item after {PATIENCE} attempts: ask for fewer items"
                raise InputError(msg)
    return tasks


def _style(task: Job, system: System) -> Style:
    return style_of(system.style, "held-out" if held_out(task.item) else "developed")


def _planted(task: Job, system: System, dice: Dice) -> tuple[Attempt, str] | None:
    """Draw a category by the system's mix and plant a fault of it that makes the answer wrong."""
    weights = dict(system.mix)
    style = _style(task, system)
    while weights:
        category = dice.weighted(list(weights), list(weights.values()))
        del weights[category]
        for kind in dice.shuffled([k for k, home in KINDS.items() if home == category]):
            attempt = task.with_fault(kind, style, dice)
            if attempt is None:
                continue
            nothing = category not in DELIVERED_NOTHING or task.extracted(attempt.text) is None
            if not task.is_right(attempt.text) and nothing:
                return attempt, kind
    return None


def _answer(task: Job, system: System, dice: Dice) -> _Outcome:
    planted = _planted(task, system, dice) if dice.chance(system.rate) else None
    if planted is not None:
        attempt, kind = planted
    else:
        kind = None
        right = task.correct(_style(task, system), dice)
        if right is None or not task.is_right(right.text):
            msg = f"{task.item.item_id}: the right output of {system.id} does not score"
            raise ValueError(msg)
        attempt = right
    prediction = Prediction(
        item_id=task.item.item_id,
        output=attempt.text,
        score=float(kind is None),
        extracted=task.extracted(attempt.text),
        finish_reason=attempt.finish_reason,
    )
    return _Outcome(prediction, kind)


def generate(seed: int = SEED, items: int = ITEMS) -> Planted:
    """Make items, predictions and labels; the same arguments give the same result everywhere.

    Args:
        seed: seed of every choice.
        items: number of items, at least 20.

    Raises:
        InputError: the number of items is out of range.
    """
    if not LEAST_ITEMS <= items <= MOST_ITEMS:
        msg = f"{items} items: ask for {LEAST_ITEMS} to {MOST_ITEMS}"
        raise InputError(msg)
    tasks = _tasks(seed, items)
    predictions: dict[str, tuple[Prediction, ...]] = {}
    labels = []
    for system in SYSTEMS:
        outcomes = [
            _answer(task, system, Dice(seed, "answer", system.id, task.item.item_id))
            for task in tasks
        ]
        predictions[system.id] = tuple(outcome.prediction for outcome in outcomes)
        labels += [
            Label(
                item_id=outcome.prediction.item_id,
                model=system.id,
                labeller="planted",
                category=KINDS[outcome.kind],
                subcategory=outcome.kind,
                acceptable=ACCEPTABLE.get(outcome.kind, ()),
            )
            for outcome in outcomes
            if outcome.kind is not None
        ]
    return Planted(seed, tuple(task.item for task in tasks), predictions, tuple(labels))
