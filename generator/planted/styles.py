"""How the systems write: six styles of worked solution, as tables of phrases."""

from dataclasses import dataclass

from generator.planted.dice import Dice
from generator.planted.plans import Line, Work


@dataclass(frozen=True)
class Style:
    """A way to write a worked solution.

    Slots: ``{goal}`` in goals; ``{n}``, ``{label}``, ``{Label}``, ``{expr}``, ``{result}`` in
    lines; ``{answer}`` and ``{unit}`` in the closing line of items that require no form.
    """

    id: str
    """Name."""
    goals: tuple[str, ...]
    """Sentences that say what is asked for; empty if the style never says it."""
    lines: tuple[str, ...]
    """Sentences for a step."""
    closings: tuple[str, ...]
    """Last lines where a number is free in form."""
    letter_closings: tuple[str, ...]
    """Last lines where a letter is free in form."""
    operators: dict[str, str]
    """Sign or word of each operation."""
    joint: str = "\n"
    """What stands between sentences."""
    thousands: bool = False
    """Whether numbers in the work have thousands separators."""
    indent: int | None = None
    """Indentation of JSON; none for one line."""
    call_lead: tuple[str, ...] = ("{call}",)
    """How a call is presented where no form is required."""


SIGNS = {"+": "+", "-": "-", "*": "*", "/": "/"}
CROSSES = {"+": "+", "-": "-", "*": "x", "/": "/"}
TYPESET = {"+": "+", "-": "\u2212", "*": "\u00d7", "/": "\u00f7"}
WORDS = {"+": "plus", "-": "minus", "*": "times", "/": "divided by"}
LATEX = {"+": "+", "-": "-", "*": "\\times", "/": "\\div"}

FENCE = "```json\n{call}\n```"

STYLES: dict[str, Style] = {
    "terse": Style(
        id="terse",
        goals=(),
        lines=("{expr} = {result}",),
        closings=("Answer: {answer}",),
        letter_closings=("Answer: {answer}",),
        operators=SIGNS,
    ),
    "prose": Style(
        id="prose",
        goals=(
            "The question asks for the {goal}.",
            "What has to be found is the {goal}.",
            "We need the {goal}.",
        ),
        lines=(
            "The {label} comes to {expr} = {result}.",
            "For the {label} we take {expr}, which is {result}.",
            "Next, the {label}: {expr} gives {result}.",
            "From this follows the {label}, {expr} = {result}.",
        ),
        closings=("So the answer is {answer}{unit}.", "Hence the answer is {answer}{unit}."),
        letter_closings=("So the answer is option ({answer}).", "Hence the answer is ({answer})."),
        operators=TYPESET,
        joint=" ",
        call_lead=("The request needs this call:\n{call}", FENCE),
    ),
    "numbered": Style(
        id="numbered",
        goals=("Wanted: {goal}.", "Find: {goal}."),
        lines=("Step {n}. {Label}: {expr} = {result}", "Step {n}. {Label} = {expr} = {result}"),
        closings=("#### {answer}",),
        letter_closings=("#### {answer}",),
        operators=CROSSES,
        indent=2,
        call_lead=("Step 1. Choose the function.\nStep 2. Call it.\n{call}", "{call}"),
    ),
    "chatty": Style(
        id="chatty",
        goals=(
            "Okay, let me see. I am after the {goal}.",
            "All right! What they want is the {goal}.",
            "Let me think about this one. The goal is the {goal}.",
        ),
        lines=(
            "Right, the {label}. {expr} makes {result}.",
            "Now, the {label}: {expr} is {result}.",
            "Hmm, and the {label}? That would be {expr}, so {result}.",
            "I get the {label} from {expr}, and that equals {result}.",
        ),
        closings=(
            "There we go, my answer: {answer}{unit}!",
            "I am happy with this answer: {answer}{unit}.",
        ),
        letter_closings=("So my answer would be ({answer})!", "My answer, then: {answer}."),
        operators=WORDS,
        thousands=True,
        call_lead=("Sure, here is the call you need:\n\n" + FENCE, "Happy to!\n{call}"),
    ),
    "latex": Style(
        id="latex",
        goals=(),
        lines=(
            "\\text{{{label}}}: ${expr} = {result}$",
            "$\\text{{{label}}} = {expr} = {result}$",
        ),
        closings=("\\boxed{{{answer}}}", "$\\boxed{{{answer}}}$"),
        letter_closings=("\\boxed{{{answer}}}", "$\\boxed{{\\text{{{answer}}}}}$"),
        operators=LATEX,
        call_lead=("<tool_call>\n{call}\n</tool_call>",),
    ),
    "bullets": Style(
        id="bullets",
        goals=("**Goal**: the {goal}",),
        lines=("- {label}: {expr} = **{result}**", "- {expr} = **{result}** ({label})"),
        closings=("**Final answer**: {answer}{unit}",),
        letter_closings=("**Final answer**: ({answer})",),
        operators=CROSSES,
        indent=1,
        call_lead=("**Call**\n{call}", FENCE),
    ),
}
"""Styles by name."""


def number(value: int, style: Style) -> str:
    """Write a number as the style does."""
    return f"{value:,}" if style.thousands else str(value)


def expression(line: Line, style: Style) -> str:
    """Write operands and operators of a step as the style does."""
    words = [number(line.operands[0], style)]
    for operator, operand in zip(line.operators, line.operands[1:], strict=True):
        words += [style.operators[operator], number(operand, style)]
    return " ".join(words)


def goal_sentence(work: Work, style: Style, dice: Dice) -> list[str]:
    """Return the sentence that says what is asked for, if the style has one."""
    if not style.goals:
        return []
    return [dice.pick(style.goals).format(goal=" and the ".join(work.goals))]


def step_sentences(work: Work, style: Style, dice: Dice) -> list[str]:
    """Return one sentence for each step, with the remark of a step before it."""
    sentences = []
    for n, line in enumerate(work.lines, start=1):
        text = dice.pick(style.lines).format(
            n=n,
            label=line.label,
            Label=line.label[0].upper() + line.label[1:],
            expr=expression(line, style),
            result=number(line.result, style),
        )
        sentences.append(f"{line.remark}{style.joint}{text}" if line.remark else text)
    return sentences
