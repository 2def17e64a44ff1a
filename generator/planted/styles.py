"""How the systems write: six styles of worked solution, as tables of phrases."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.planted.dice import Dice
from generator.planted.plans import Line, Work
from generator.planted.split import Split, part


@dataclass(frozen=True)
class Style:
    """A way to write a worked solution.

    Slots: ``{goal}`` in goals; ``{n}``, ``{label}``, ``{Label}``, ``{expr}``, ``{result}`` in
    lines; ``{n}`` and ``{text}`` in entries; ``{answer}`` and ``{unit}`` in the closing line of
    items that require no form. Every third phrase of a table is held out.
    """

    id: str
    """Name."""
    goals: tuple[str, ...]
    """Sentences that say what is asked for; empty if the style never says it."""
    lines: tuple[str, ...]
    """Sentences for a step of calculation."""
    entries: tuple[str, ...]
    """Shapes of a step that is told in a sentence."""
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
    call_lead: tuple[str, ...] = ("{call}", "{call}", "{call}\n")
    """How a call is presented where no form is required."""
    held_out: bool = False
    """Whether the held-out phrases are used, and only they."""

    def say(self, phrases: Sequence[str], dice: Dice) -> str:
        """Draw one of the phrases that this style may use."""
        return dice.pick(part(phrases, held_out=self.held_out))


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
        lines=("{expr} = {result}", "{label}: {expr} = {result}", "{expr} -> {result}"),
        entries=("{text}", "{text}", "> {text}"),
        closings=("Answer: {answer}", "ANSWER {answer}", "answer = {answer}"),
        letter_closings=("Answer: {answer}", "ANSWER {answer}", "answer = {answer}"),
        operators=SIGNS,
    ),
    "prose": Style(
        id="prose",
        goals=(
            "The question asks for the {goal}.",
            "What has to be found is the {goal}.",
            "Our task here: state the {goal}.",
            "We need the {goal}.",
            "The text wants to know the {goal}.",
            "To be worked out is the {goal}.",
        ),
        lines=(
            "The {label} comes to {expr} = {result}.",
            "For the {label} we take {expr}, which is {result}.",
            "By calculation, {expr} results in {result}; that is the {label}.",
            "Next, the {label}: {expr} gives {result}.",
            "From this follows the {label}, {expr} = {result}.",
            "The {label} can be had from {expr}, a total of {result}.",
        ),
        entries=("{text}", "Here is a step: {text}", "Going on: {text}"),
        closings=(
            "So the answer is {answer}{unit}.",
            "Hence the answer is {answer}{unit}.",
            "With that, our answer reads {answer}{unit}.",
        ),
        letter_closings=(
            "So the answer is option ({answer}).",
            "Hence the answer is ({answer}).",
            "With that, our answer reads {answer}.",
        ),
        operators=TYPESET,
        joint=" ",
        call_lead=("The request needs this call:\n{call}", FENCE, "To be executed:\n{call}"),
    ),
    "numbered": Style(
        id="numbered",
        goals=("Wanted: {goal}.", "Find: {goal}.", "Target quantity: {goal}."),
        lines=(
            "Step {n}. {Label}: {expr} = {result}",
            "Step {n}. {Label} = {expr} = {result}",
            "({n}) {expr} = {result} [{label}]",
        ),
        entries=("Step {n}. {text}", "Step {n}: {text}", "({n}) {text}"),
        closings=("#### {answer}", "#### {answer}", "Answer ({answer})"),
        letter_closings=("#### {answer}", "#### {answer}", "Answer ({answer})"),
        operators=CROSSES,
        indent=2,
        call_lead=(
            "Step 1. Choose the function.\nStep 2. Call it.\n{call}",
            "{call}",
            "(1) Call\n{call}",
        ),
    ),
    "chatty": Style(
        id="chatty",
        goals=(
            "Okay, let me see. I am after the {goal}.",
            "All right! What they want is the {goal}.",
            "Fun one! My job is to get the {goal}.",
            "Let me think about this one. The goal is the {goal}.",
            "So... they would like the {goal}, I gather.",
            "First things first, I want the {goal}.",
        ),
        lines=(
            "Right, the {label}. {expr} makes {result}.",
            "Now, the {label}: {expr} is {result}.",
            "Doing {expr} I land on {result}, and there you have the {label}.",
            "Hmm, and the {label}? That would be {expr}, so {result}.",
            "I get the {label} from {expr}, and that equals {result}.",
            "Then {expr} leaves me with {result} for the {label}.",
        ),
        entries=("Okay. {text}", "Now then: {text}", "Let's see... {text}"),
        closings=(
            "There we go, my answer: {answer}{unit}!",
            "I am happy with this answer: {answer}{unit}.",
            "And the answer I would bet on: {answer}{unit}.",
        ),
        letter_closings=(
            "So my answer would be ({answer})!",
            "My answer, then: {answer}.",
            "And the answer I would bet on: {answer}.",
        ),
        operators=WORDS,
        thousands=True,
        call_lead=(
            "Sure, here is the call you need:\n\n" + FENCE,
            "Happy to!\n{call}",
            "On it. Calling:\n{call}",
        ),
    ),
    "latex": Style(
        id="latex",
        goals=(),
        lines=(
            "\\text{{{label}}}: ${expr} = {result}$",
            "$\\text{{{label}}} = {expr} = {result}$",
            "${expr} = {result}$ \\quad (\\text{{{label}}})",
        ),
        entries=("\\item {text}", "\\textbf{{{n}}} {text}", "\\paragraph{{{n}}} {text}"),
        closings=("\\boxed{{{answer}}}", "$\\boxed{{{answer}}}$", "\\[\\boxed{{{answer}}}\\]"),
        letter_closings=(
            "\\boxed{{{answer}}}",
            "$\\boxed{{\\text{{{answer}}}}}$",
            "\\[\\boxed{{{answer}}}\\]",
        ),
        operators=LATEX,
        call_lead=(
            "<tool_call>\n{call}\n</tool_call>",
            "<tool_call>{call}</tool_call>",
            "<call>\n{call}\n</call>",
        ),
    ),
    "bullets": Style(
        id="bullets",
        goals=("**Goal**: the {goal}", "**Asked**: the {goal}", "*To find*: the {goal}"),
        lines=(
            "- {label}: {expr} = **{result}**",
            "- {expr} = **{result}** ({label})",
            "* {label} -> {expr} = {result}",
        ),
        entries=("- {text}", "- **{n}** {text}", "* {text}"),
        closings=(
            "**Final answer**: {answer}{unit}",
            "**Answer**: {answer}{unit}",
            "*My answer* -> {answer}{unit}",
        ),
        letter_closings=(
            "**Final answer**: ({answer})",
            "**Answer**: ({answer})",
            "*My answer* -> {answer}",
        ),
        operators=CROSSES,
        indent=1,
        call_lead=("**Call**\n{call}", FENCE, "*Call*:\n{call}"),
    ),
}
"""Styles by name."""


def style_of(name: str, split: Split) -> Style:
    """Return a style with the phrases of a part of the benchmark."""
    return replace(STYLES[name], held_out=split == "held-out")


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
    return [style.say(style.goals, dice).format(goal=" and the ".join(work.goals))]


def step_sentences(work: Work, style: Style, dice: Dice) -> list[str]:
    """Return one sentence for each step, with the remark of a step before it."""
    sentences = []
    for n, line in enumerate(work.lines, start=1):
        text = style.say(style.lines, dice).format(
            n=n,
            label=line.label,
            Label=line.label[0].upper() + line.label[1:],
            expr=expression(line, style),
            result=number(line.result, style),
        )
        sentences.append(f"{line.remark}{style.joint}{text}" if line.remark else text)
    return sentences


def entries(texts: Sequence[str], style: Style, dice: Dice) -> list[str]:
    """Write steps that are told in sentences as the style does."""
    return [
        style.say(style.entries, dice).format(n=n, text=text)
        for n, text in enumerate(texts, start=1)
    ]
