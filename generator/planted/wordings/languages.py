"""Three small formal languages: what their items say, and how a line of each is explained.

The family is held out as a whole, so its tables are not divided.
"""

from typing import NamedTuple


class Word(NamedTuple):
    """A command of a language."""

    id: str
    """What it does, the same in all languages."""
    text: str
    """How it is written; ``{v}`` is its number, if it takes one."""
    foreign: str
    """How the same is written in other notations."""
    invented: str
    """A name for it that the language does not have."""
    ask: tuple[str, ...]
    """How a request asks for it."""


class Language(NamedTuple):
    """A language of lines of commands."""

    id: str
    definition: str
    joint: str
    """What stands between commands."""
    broken: tuple[str, ...]
    """What may be put between two commands that the language does not allow."""
    words: tuple[Word, ...]
    swaps: dict[str, str]
    """Command to another one that does something else."""
    wordings: tuple[str, ...]


def _asks(*texts: str) -> tuple[str, ...]:
    return texts


LANGUAGES: tuple[Language, ...] = (
    Language(
        "pipes",
        "Pipes is a language for lists of numbers. Its commands are: take N (first N numbers), "
        "drop N (without the first N), above N (numbers larger than N), add N (add N to each), "
        "times N (multiply each by N), flip (turn the list round). Commands stand in order, with "
        '" | " between them, and none at the start or end.',
        " | ",
        (" || ", " ", " > "),
        (
            Word("take", "take {v}", "[:{v}]", "first {v}",
                 _asks("keep the first {v} numbers", "reduce the list to its first {v} numbers")),
            Word("drop", "drop {v}", "[{v}:]", "skip {v}",
                 _asks("leave out the first {v} numbers", "remove {v} numbers at the front")),
            Word("above", "above {v}", "filter(x > {v})", "greater {v}",
                 _asks("keep what is larger than {v}", "select the numbers larger than {v}")),
            Word("add", "add {v}", "map(x + {v})", "plus {v}",
                 _asks("add {v} to each number", "increase every number by {v}")),
            Word("times", "times {v}", "map(x * {v})", "multiply {v}",
                 _asks("multiply each number by {v}", "make every number {v} times as large")),
            Word("flip", "flip", "[::-1]", "reverse",
                 _asks("turn the list round", "put the list the other way round")),
        ),
        {"take": "drop", "drop": "take", "add": "times", "times": "add"},
        (
            "{definition}\nWrite one line of Pipes that does the following: {asked}.",
            "{definition}\nWhich line of Pipes will {asked}?",
            "{definition}\nTranslate into Pipes: {asked}.",
        ),
    ),
    Language(
        "stack",
        "Stack is a language for sums on a stack that holds one number at the start. A command is "
        "a number followed by one of the words add, sub, mul or div, which applies that number to "
        'the top; the word neg alone changes its sign. Commands stand in order, with "; " between '
        "them and no sign after the last.",
        "; ",
        (" ", ", ", ";; "),
        (
            Word("add", "{v} add", "+ {v}", "{v} plus",
                 _asks("add {v}", "increase it by {v}")),
            Word("sub", "{v} sub", "- {v}", "{v} minus",
                 _asks("take away {v}", "lower it by {v}")),
            Word("mul", "{v} mul", "* {v}", "{v} times",
                 _asks("multiply by {v}", "make it {v} times as large")),
            Word("div", "{v} div", "/ {v}", "{v} over",
                 _asks("divide by {v}", "split it into {v} equal parts and keep one")),
            Word("neg", "neg", "* (-1)", "negate", _asks("change the sign", "turn its sign")),
        ),
        {"add": "sub", "sub": "add", "mul": "div", "div": "mul"},
        (
            "{definition}\nGive the line of Stack for this: {asked}.",
            "{definition}\nWith Stack, {asked}. What is the line?",
            "{definition}\nTask for a line of Stack: {asked}.",
        ),
    ),
    Language(
        "cart",
        "Cart is a language that drives a cart. Its commands are go(N) for N steps ahead, back(N) "
        "for N steps backwards, wait(N) for a rest of N seconds, left() and right() for a quarter "
        'turn. Commands stand in order, with " -> " between them and nothing else.',
        " -> ",
        (" => ", " - ", ", "),
        (
            Word("go", "go({v})", "move {v}", "run({v})",
                 _asks("go {v} steps ahead", "move {v} steps forwards")),
            Word("back", "back({v})", "move -{v}", "reverse({v})",
                 _asks("go {v} steps backwards", "retreat by {v} steps")),
            Word("wait", "wait({v})", "pause {v}s", "sleep({v})",
                 _asks("rest for {v} seconds", "stand still for {v} seconds")),
            Word("left", "left()", "turn -90", "port()",
                 _asks("turn left by a quarter", "make a quarter turn to the left")),
            Word("right", "right()", "turn +90", "starboard()",
                 _asks("turn right by a quarter", "make a quarter turn to the right")),
        ),
        {"go": "back", "back": "go", "left": "right", "right": "left"},
        (
            "{definition}\nWrite the line of Cart that makes the cart do this: {asked}.",
            "{definition}\nThe cart shall {asked}. How does the line of Cart read?",
            "{definition}\nDrive, with one line of Cart: {asked}.",
        ),
    ),
)  # fmt: skip

LINES = (
    'To {ask}, the command is "{code}".',
    '"{ask}" is written {code} here.',
    "For the part \u201c{ask}\u201d one writes {code}.",
    'In order to {ask} I need "{code}".',
    "{code} will {ask}.",
    "The wish to {ask} becomes {code}.",
)
"""Sentences for a command."""
