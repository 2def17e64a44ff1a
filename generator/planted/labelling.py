"""The family of labelling: a thing, some classes, and the one it belongs to."""

import re
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from generator.planted.dice import Dice
from generator.planted.jobs import Job
from generator.planted.sheets import Sheet, SheetTask, Teller, draw_form
from generator.planted.split import part, split_of
from generator.planted.styles import Style
from generator.planted.wordings.classes import CHOICES, CONCLUSIONS, Case, Field
from generator.records.benchmark import Item

WHAT = "the name chosen, in small letters,"
GOAL = "class it belongs to"


class Ground(NamedTuple):
    """How a class is found, rightly or wrongly."""

    said: tuple[str, ...]
    """Sentences before the conclusion."""
    ending: tuple[str, ...]
    """Table of conclusions."""
    concluded: str
    """Class that the conclusion names."""
    answer: str
    """Class given as the answer."""


def _tell(ground: Ground, style: Style, dice: Dice) -> Sheet:
    end = style.say(ground.ending, dice).format(label=ground.concluded)
    return Sheet(GOAL, (*ground.said, end), ground.answer)


def _read(classes: Sequence[str], text: str) -> str | None:
    return text if text in classes else None


def _find(classes: Sequence[str], text: str) -> str | None:
    found = re.findall(rf"\b(?:{'|'.join(classes)})\b", text)
    return found[-1] if found else None


def _grounds(case: Case, classes: Sequence[str]) -> tuple[Ground, dict[str, list[Ground]]]:
    """Return the right ground and the wrong ones by kind of fault."""
    others = [name for name in classes if name != case.label]
    right = Ground((case.truth, case.law), CONCLUSIONS, case.label, case.label)
    wrong = {
        # A choice after a true remark that has no bearing on it, and nothing false.
        "wrong-class": [Ground((case.aside,), CHOICES, name, name) for name in others],
        "non-sequitur": [right._replace(concluded=name, answer=name) for name in others],
        "ignores-own-result": [right._replace(answer=name) for name in others],
    }
    for belief in case.beliefs:
        name = belief.leads_to
        wrong.setdefault(belief.kind, []).append(
            Ground((belief.statement,), CONCLUSIONS, name, name)
        )
    premise, name = case.premise
    if premise:
        wrong["invented-premise"] = [Ground((premise,), CONCLUSIONS, name, name)]
    return right, wrong


def build(field: Field, wording: int, item_id: str, dice: Dice) -> Job:
    """Build one item."""
    split = split_of("labelling", wording)
    case = dice.pick(part(field.cases, held_out=split == "held-out"))
    classes = dice.shuffled(field.classes)
    form, statement = draw_form(dice, split, WHAT)
    text = field.wordings[wording].format(thing=case.thing, classes=", ".join(classes))
    right, wrong = _grounds(case, classes)
    faults: dict[str, list[Teller]] = {
        kind: [partial(_tell, ground) for ground in found] for kind, found in wrong.items()
    }
    return SheetTask(
        item=Item(
            item_id=item_id,
            input="\n".join([text, *([statement] if statement else [])]),
            references=(case.label,),
            tags={
                "family": "labelling",
                "form": form,
                "steps": "3",
                "split": split,
                "wording": f"{field.id}-{wording + 1}",
            },
        ),
        form=form,
        read=partial(_read, field.classes),
        find=partial(_find, field.classes),
        right=partial(_tell, right),
        faults=faults,
        literals=(case.label.upper(), f"the class {case.label}"),
    ).job()
