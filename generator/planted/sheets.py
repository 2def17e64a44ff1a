"""Worked answers told in sentences: writing them out, and faults in how they are delivered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.planted.delivery import WRAPPINGS, Attempt, other_forms
from generator.planted.dice import Dice
from generator.planted.forms import FORMS, FREE, MARKERS, SHAPES, STATED_SHARE, last_line
from generator.planted.jobs import Job
from generator.planted.split import Split, part
from generator.planted.styles import Style, entries
from generator.planted.wordings.deliveries import (
    LOOPS,
    OPEN_ENDS,
    QUESTIONS,
    REFUSALS,
    UNANSWERABLE_CASE,
)
from generator.records.benchmark import Item


@dataclass(frozen=True)
class Sheet:
    """A worked answer, right or wrong."""

    goal: str
    """What is said to be asked for, as a noun phrase without article."""
    steps: tuple[str, ...]
    """Sentences."""
    answer: str
    """What is given as the answer."""


Teller = Callable[[Style, Dice], Sheet]
"""Tells one worked answer, in the phrases of a style."""

SAID = frozenset({"wrong-target"})
"""Kinds that are true only where the output says what it takes to be asked for."""


@dataclass(frozen=True)
class SheetTask:
    """An item that is answered by a sheet."""

    item: Item
    """The item; its first reference is the answer that counts as right."""
    form: str
    """Name of the required form, or ``free``."""
    read: Callable[[str], str | None]
    """Reads an answer that stands in the required form; none if it is not one."""
    find: Callable[[str], str | None]
    """Finds an answer in a text, where no form is required."""
    right: Teller
    """Tells the right answer."""
    faults: Mapping[str, Sequence[Teller]]
    """Tells wrong ones, by kind of fault."""
    literals: tuple[str, ...] = ()
    """The right answer in notations that the form does not allow."""

    def extracted(self, output: str) -> str | None:
        """Take the answer from an output as the harness does."""
        line = last_line(output)
        if self.form != FREE:
            answer = FORMS[self.form].read(line)
            return None if answer is None else self.read(answer)
        marker = MARKERS.search(line)
        return None if marker is None else self.find(line[marker.end() :])

    def job(self) -> Job:
        """Return what the benchmark needs of it."""
        return Job(
            item=self.item,
            extracted=self.extracted,
            is_right=lambda output: self.extracted(output) == self.item.references[0],
            correct=lambda style, dice: _write(self, self.right(style, dice), style, dice),
            with_fault=lambda kind, style, dice: _with_fault(self, kind, style, dice),
        )


def draw_form(dice: Dice, split: Split, what: str, *, always: bool = False) -> tuple[str, str]:
    """Draw the form of the answer and the sentence that states it.

    Args:
        dice: choices of the item.
        split: part of the benchmark.
        what: what an answer is, as a noun phrase.
        always: whether a form is always required.
    """
    if not always and not dice.chance(STATED_SHARE):
        return FREE, ""
    held_out = split == "held-out"
    form = dice.pick([form for form in FORMS.values() if held_out or not form.held_out])
    return form.id, dice.pick(part(SHAPES[form.id], held_out=held_out)).format(what=what)


def _body(sheet: Sheet, style: Style, dice: Dice) -> list[str]:
    goal = [style.say(style.goals, dice).format(goal=sheet.goal)] if style.goals else []
    return [*goal, *entries(sheet.steps, style, dice)]


def _closing(task: SheetTask, answer: str, style: Style, dice: Dice) -> str:
    if task.form != FREE:
        return FORMS[task.form].write(answer)
    return style.say(style.closings, dice).format(answer=answer, unit="")


def _write(task: SheetTask, sheet: Sheet, style: Style, dice: Dice) -> Attempt:
    return _ended(sheet, _closing(task, sheet.answer, style, dice), style, dice)


def _ended(sheet: Sheet, last: str, style: Style, dice: Dice) -> Attempt:
    return Attempt(f"{style.joint.join(_body(sheet, style, dice))}\n{last}")


def _truncated(task: SheetTask, style: Style, dice: Dice) -> Attempt | None:
    """Stop within the right work."""
    text = style.joint.join(_body(task.right(style, dice), style, dice))
    return Attempt(text[: dice.whole(len(text) // 3, len(text) * 4 // 5)].rstrip(), "length")


def _loop(task: SheetTask, style: Style, dice: Dice) -> Attempt | None:
    """Repeat a right step until the room for output is used up."""
    sheet = task.right(style, dice)
    turn = style.joint.join([style.say(LOOPS, dice), sheet.steps[0]])
    text = style.joint.join(_body(replace(sheet, steps=sheet.steps[:1]), style, dice))
    text += (style.joint + turn) * dice.whole(8, 16)
    return Attempt(text[: len(text) - dice.whole(1, len(turn) // 2)].rstrip(), "length")


def _no_conclusion(task: SheetTask, style: Style, dice: Dice) -> Attempt | None:
    """Do all but the last step, then name two answers and commit to neither."""
    sheet = task.right(style, dice)
    others = [
        tell(style, dice).answer for kind in sorted(task.faults) for tell in task.faults[kind]
    ]
    others = [answer for answer in others if answer != sheet.answer]
    if not others or len(sheet.steps) < 2:  # noqa: PLR2004
        return None
    a, b = dice.shuffled([sheet.answer, dice.pick(others)])
    short = _body(replace(sheet, steps=sheet.steps[:-1]), style, dice)
    end = style.say(OPEN_ENDS, dice).format(a=a, b=b)
    return Attempt(style.joint.join([*short, end]))


def _wrong_marker(task: SheetTask, style: Style, dice: Dice) -> Attempt | None:
    """Give the right answer in another form than the one required."""
    if task.form == FREE:
        return None
    last = dice.pick(other_forms(task.form, style)).write(task.item.references[0])
    return _ended(task.right(style, dice), last, style, dice)


def _wrapped(task: SheetTask, style: Style, dice: Dice) -> Attempt | None:
    """Give the right answer in the required form, but with markup around it."""
    if task.form == FREE:
        return None
    line = FORMS[task.form].write(task.item.references[0])
    last = style.say(WRAPPINGS, dice).format(line)
    return _ended(task.right(style, dice), last, style, dice)


def _wrong_literal(task: SheetTask, style: Style, dice: Dice) -> Attempt | None:
    """Give the right answer in the required place, but not in the notation asked for."""
    if task.form == FREE or not task.literals:
        return None
    last = FORMS[task.form].write(dice.pick(task.literals))
    return _ended(task.right(style, dice), last, style, dice)


SHEET_DELIVERIES: dict[str, Callable[[SheetTask, Style, Dice], Attempt | None]] = {
    "refusal": lambda _task, style, dice: Attempt(style.say(REFUSALS, dice)),
    "asks-back": lambda _task, style, dice: Attempt(style.say(QUESTIONS, dice)),
    "declares-unanswerable": lambda _task, style, dice: Attempt(style.say(UNANSWERABLE_CASE, dice)),
    "empty": lambda _task, _style, dice: Attempt(dice.pick(("", "", "\n", "   "))),
    "truncated": _truncated,
    "loop": _loop,
    "no-conclusion": _no_conclusion,
    "wrong-marker": _wrong_marker,
    "wrapped": _wrapped,
    "wrong-literal": _wrong_literal,
}
"""Kind to the function that writes an output with it; none where it cannot be planted."""


def _with_fault(task: SheetTask, kind: str, style: Style, dice: Dice) -> Attempt | None:
    if kind in SHEET_DELIVERIES:
        return SHEET_DELIVERIES[kind](task, style, dice)
    tellers = task.faults.get(kind, ())
    if not tellers or (kind in SAID and not style.goals):
        return None
    return _write(task, dice.pick(tellers)(style, dice), style, dice)
