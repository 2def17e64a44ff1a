"""Required forms of an answer: how the item states them, and how the harness reads them."""

import re
from dataclasses import dataclass

MARKERS = re.compile(r"answer|####|\\boxed|result:", re.IGNORECASE)
NUMBER = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+")
LETTER = re.compile(r"(?<![A-Za-z])[A-H](?![A-Za-z])")


@dataclass(frozen=True)
class Form:
    """A form that the last line of an output has to have."""

    id: str
    """Name."""
    numbers: tuple[str, ...]
    """Sentences that state it where numbers are asked for; the item's text ends with one."""
    letters: tuple[str, ...]
    """Sentences that state it where a letter is asked for."""
    before: str
    """What stands before the answer."""
    after: str
    """What stands after it."""
    held_out: bool = False
    """Whether only held-out items require it."""

    def write(self, answer: str) -> str:
        """Return the last line of an output that keeps the form."""
        return f"{self.before}{answer}{self.after}"

    def read(self, line: str) -> str | None:
        """Return what stands in the place of the answer, or none if the form is broken."""
        long_enough = len(line) > len(self.before) + len(self.after)
        if not (long_enough and line.startswith(self.before) and line.endswith(self.after)):
            return None
        return line[len(self.before) : len(line) - len(self.after)]


FORMS: dict[str, Form] = {
    "hashes": Form(
        id="hashes",
        numbers=(
            "The last line must be #### and the answer in digits, with one space between, no more.",
            "Close with a line made of ####, a space and the answer in digits alone.",
            "Put four # signs, a space and then digits for the answer on the final line, no more.",
        ),
        letters=(
            "The last line must be #### and the letter chosen, with one space between, no more.",
            "Close with a line made of ####, a space and the letter of the right option alone.",
            "Put four # signs, a space and then the chosen letter on the final line, no more.",
        ),
        before="#### ",
        after="",
    ),
    "sentence": Form(
        id="sentence",
        numbers=(
            'Finish with a line that reads exactly "The answer is N." with digits alone for N.',
            'The last line is the bare sentence "The answer is N." with nothing but digits for N.',
            'As final line, write "The answer is N." (N stands for digits and nothing else).',
        ),
        letters=(
            'Finish with a line that reads exactly "The answer is X." with a letter for X.',
            'The last line is the bare sentence "The answer is X." with just a letter for X.',
            'As final line, write "The answer is X." (X stands for a letter and nothing else).',
        ),
        before="The answer is ",
        after=".",
    ),
    "boxed": Form(
        id="boxed",
        numbers=(
            "The last line must hold \\boxed{} with the answer in digits inside, and nothing else.",
            "The last line has to be exactly \\boxed{N}, where N is the answer in digits.",
            "Only \\boxed{} may be on the final line, and only digits may be in it.",
        ),
        letters=(
            "The last line must hold \\boxed{} with the letter chosen inside, and nothing else.",
            "The last line has to be exactly \\boxed{X}, where X is the letter you choose.",
            "Only \\boxed{} may be on the final line, and only a letter may be in it.",
        ),
        before="\\boxed{",
        after="}",
    ),
    "result": Form(
        id="result",
        numbers=(
            'End with the plain line "RESULT: N", in which digits alone stand for N.',
            'Your last line reads "RESULT: N" and nothing more, N being the answer in digits.',
            'Let the final line be "RESULT: N"; N is written in digits, and nothing follows it.',
        ),
        letters=(
            'End with the plain line "RESULT: X", in which X stands for the letter alone.',
            'Your last line reads "RESULT: X" and nothing more, X being the letter chosen.',
            'Let the final line be "RESULT: X"; X is one letter, and nothing follows it.',
        ),
        before="RESULT: ",
        after="",
    ),
    "element": Form(
        id="element",
        numbers=(
            "The last line must be the element <answer>N</answer> with digits alone for N.",
            "Close with the bare line <answer>N</answer>, where N is the answer in digits.",
            "Leave <answer>N</answer> as your final line, N being digits and nothing else.",
        ),
        letters=(
            "The last line must be the element <answer>X</answer> with the letter chosen for X.",
            "Close with the bare line <answer>X</answer>, where X is the letter you choose.",
            "Leave <answer>X</answer> as your final line, X being one letter and nothing else.",
        ),
        before="<answer>",
        after="</answer>",
        held_out=True,
    ),
}
"""Forms by name."""

SHAPES: dict[str, tuple[str, ...]] = {
    "hashes": (
        "The last line must be #### and {what}, with one space between, no more.",
        "Close with a line made of ####, a space and {what}, nothing else.",
        "Put four # signs, one space and then {what} on the final line; add nothing.",
    ),
    "sentence": (
        'Finish with a line that reads exactly "The answer is X." with {what} for X.',
        'The last line is the bare sentence "The answer is X." where X is {what}.',
        'On its own final line, write "The answer is X." (X stands for {what}).',
    ),
    "boxed": (
        "The last line must hold \\boxed{{}} with {what} inside, and nothing else.",
        "The last line has to be exactly \\boxed{{X}}, where X is {what}.",
        "Only \\boxed{{}} may be on the final line, and only {what} may be in it.",
    ),
    "result": (
        'End with the plain line "RESULT: X", in which X stands for {what}.',
        'Your last line reads "RESULT: X" and nothing more, X being {what}.',
        'Let the final line be "RESULT: X"; X is {what}, and nothing follows it.',
    ),
    "element": (
        "The last line must be the element <answer>X</answer> with {what} for X.",
        "Close with the bare line <answer>X</answer>, where X is {what}.",
        "Leave <answer>X</answer> as your final line, X being {what}.",
    ),
}
"""Sentences that state a form where the answer is neither a number nor a letter."""

PAIR = "Give both numbers in the order asked for, with a comma and a space between them."
"""Said where two things are asked for."""

FREE = "free"
"""Name of the form of items that state none; the harness is lenient there."""


STATED_SHARE = 0.6
"""Share of the items whose text states the form of the answer."""


def last_line(output: str) -> str:
    """Return the last line that is not blank, or an empty text."""
    lines = [line for line in output.splitlines() if line.strip()]
    return lines[-1] if lines else ""


def extract(output: str, form: str, *, letters: bool, count: int = 1) -> str | None:
    """Take the answer from an output as a harness does.

    Args:
        output: the text.
        form: name of the required form, or ``free``.
        letters: whether a letter is asked for.
        count: how many numbers are asked for; a free answer may hold fewer, never more.

    Returns:
        The letter, or the numbers in digits joined by a comma and a space; none if there is no
        answer in an acceptable form.
    """
    line = last_line(output)
    if form != FREE:
        answer = FORMS[form].read(line)
        pattern = "[A-H]" if letters else "[0-9]+(?:, [0-9]+)*"
        return answer if answer is not None and re.fullmatch(pattern, answer) else None
    marker = MARKERS.search(line)
    if marker is None:
        return None
    found = (LETTER if letters else NUMBER).findall(line[marker.end() :])
    if not found:
        return None
    if letters:
        return str(found[-1])
    return ", ".join(text.replace(",", "") for text in found[:count])
