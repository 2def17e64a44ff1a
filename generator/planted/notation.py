"""The family of notation: a line of a small formal language that does what is asked."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from generator.planted.dice import Dice
from generator.planted.jobs import Job
from generator.planted.sheets import Sheet, SheetTask, Teller, draw_form
from generator.planted.split import split_of
from generator.planted.styles import Style
from generator.planted.wordings.languages import LINES, Language, Word
from generator.records.benchmark import Item

WHAT = "the line alone"
GOAL = "line that does this"


class Command(NamedTuple):
    """A command that is asked for, and how it is written."""

    word: Word
    wish: str
    """How the request asks for it, with a slot for the number."""
    value: int
    code: str

    @property
    def ask(self) -> str:
        """What the request says."""
        return self.wish.format(v=self.value)


class Program(NamedTuple):
    """Commands as they are explained, and the line that is given."""

    commands: tuple[Command, ...]
    line: str


def _tell(program: Program, style: Style, dice: Dice) -> Sheet:
    steps = tuple(style.say(LINES, dice).format(ask=c.ask, code=c.code) for c in program.commands)
    return Sheet(GOAL, steps, program.line)


def _joined(language: Language, commands: Sequence[Command]) -> Program:
    return Program(tuple(commands), language.joint.join(c.code for c in commands))


def _recoded(commands: Sequence[Command], place: int, code: str) -> tuple[Command, ...]:
    return (*commands[:place], commands[place]._replace(code=code), *commands[place + 1 :])


def _reread(commands: Sequence[Command], place: int, value: int) -> tuple[Command, ...]:
    """Read another number into a wish."""
    read = commands[place]._replace(value=value)
    read = read._replace(code=read.word.text.format(v=value))
    return (*commands[:place], read, *commands[place + 1 :])


def effect(commands: Sequence[Command]) -> object:
    """Run commands on something made up; equal effects mean that their order does not matter.

    A cart is watched on its way, so for it every order is different.
    """
    steps = [(command.word.id, command.value) for command in commands]
    if steps[0][0] in CART:
        return steps
    numbers, top = [number * 37 % 101 for number in range(60)], Fraction(7, 3)
    for word, value in steps:
        if word in LIST_WORDS:
            numbers = LIST_WORDS[word](numbers, value)
        if word in TOP_WORDS:
            top = TOP_WORDS[word](top, value)
    return numbers, top


CART = frozenset({"go", "back", "wait", "left", "right"})
LIST_WORDS: dict[str, Callable[[list[int], int], list[int]]] = {
    "take": lambda numbers, value: numbers[:value],
    "drop": lambda numbers, value: numbers[value:],
    "above": lambda numbers, value: [number for number in numbers if number > value],
    "add": lambda numbers, value: [number + value for number in numbers],
    "times": lambda numbers, value: [number * value for number in numbers],
    "flip": lambda numbers, _value: numbers[::-1],
}
TOP_WORDS: dict[str, Callable[[Fraction, int], Fraction]] = {
    "add": lambda top, value: top + value,
    "sub": lambda top, value: top - value,
    "mul": lambda top, value: top * value,
    "div": lambda top, value: top / value,
    "neg": lambda top, _value: -top,
}


def _faults(language: Language, commands: tuple[Command, ...]) -> dict[str, list[Program]]:
    words = {word.id: word for word in language.words}
    right = _joined(language, commands)
    places = range(len(commands))
    wrong: dict[str, list[Program]] = {kind: [] for kind in ("syntax", "undefined-name")}
    for place in places[:-1]:
        for sign in language.broken:
            head = language.joint.join(c.code for c in commands[: place + 1])
            tail = language.joint.join(c.code for c in commands[place + 1 :])
            wrong["syntax"].append(right._replace(line=f"{head}{sign}{tail}"))
    wrong["syntax"].append(right._replace(line=right.line + language.joint.rstrip()))

    def variants(codes: Sequence[str | None]) -> list[Program]:
        return [
            _joined(language, _recoded(commands, place, code))
            for place, code in enumerate(codes)
            if code is not None
        ]

    wrong["undefined-name"] = variants([c.word.invented.format(v=c.value) for c in commands])
    foreign = tuple(c._replace(code=c.word.foreign.format(v=c.value)) for c in commands)
    wrong["wrong-notation"] = [_joined(language, foreign)]
    wrong["wrong-operation"] = variants(
        [
            words[language.swaps[c.word.id]].text.format(v=c.value)
            if c.word.id in language.swaps
            else None
            for c in commands
        ]
    )
    numbered = [place for place, c in enumerate(commands) if "{v}" in c.word.text]
    wrong["wrong-quantity"] = [
        _joined(language, _reread(commands, place, commands[other].value))
        for place in numbered
        for other in numbered
        if other != place
    ]
    wrong["misordered"] = [
        _joined(language, changed)
        for changed in (
            (*commands[:i], commands[i + 1], commands[i], *commands[i + 2 :]) for i in places[:-1]
        )
        if effect(changed) != effect(commands)
    ]
    wrong["skipped"] = [
        _joined(language, (*commands[:i], *commands[i + 1 :])) for i in places[1:-1]
    ]
    wrong["missing-item"] = [
        right._replace(line=_joined(language, (*commands[:i], *commands[i + 1 :])).line)
        for i in places
    ]
    wrong["extra-item"] = [
        right._replace(line=f"{right.line}{language.joint}{word.text.format(v=1)}")
        for word in language.words
        if word.id not in {c.word.id for c in commands}
    ]
    return {
        kind: [program for program in found if program.line != right.line]
        for kind, found in wrong.items()
    }


def build(language: Language, wording: int, item_id: str, dice: Dice) -> Job:
    """Build one item."""
    split = split_of("notation", wording)
    words = dice.shuffled(language.words)[: dice.whole(3, 4)]
    values = dice.shuffled(range(2, 30))
    commands = tuple(
        Command(word, dice.pick(word.ask), value, word.text.format(v=value))
        for word, value in zip(words, values, strict=False)
    )
    asked = ", then ".join(command.ask for command in commands)
    form, statement = draw_form(dice, split, WHAT, always=True)
    text = language.wordings[wording].format(definition=language.definition, asked=asked)
    right = _joined(language, commands)
    faults: dict[str, list[Teller]] = {
        kind: [partial(_tell, program) for program in found]
        for kind, found in _faults(language, commands).items()
    }
    return SheetTask(
        item=Item(
            item_id=item_id,
            input=f"{text}\n{statement}",
            references=(right.line,),
            tags={
                "family": "notation",
                "form": form,
                "steps": str(len(commands)),
                "split": split,
                "wording": f"{language.id}-{wording + 1}",
            },
        ),
        form=form,
        read=lambda answer: answer,
        find=lambda _text: None,
        right=partial(_tell, right),
        faults=faults,
    ).job()
