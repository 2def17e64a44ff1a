"""Writing out a work, and faults in how the answer is delivered."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from generator.planted.dice import Dice
from generator.planted.forms import FORMS, FREE, Form
from generator.planted.plans import Work
from generator.planted.problems import Problem
from generator.planted.styles import Style, goal_sentence, number, step_sentences
from generator.planted.wordings.deliveries import (
    LOOPS,
    OFF_TOPIC,
    OPEN_ENDS,
    QUESTIONS,
    REFUSALS,
    RUN_ONS,
    UNANSWERABLE,
    UNANSWERABLE_CHOICE,
    in_words,
)


class Attempt(NamedTuple):
    """What a system puts out for an item."""

    text: str
    finish_reason: str = "stop"


Maker = Callable[[Problem, Style, Dice], Attempt | None]


ON_OPTIONS = 0.4
"""Share of the declarations that speak of the options, where there are any."""
WRAPPINGS = ("**{}**", "`{}`", "> {}", "[{}]", "*{}*", "<b>{}</b>")
"""Markup around a line that has to stand alone."""


def other_forms(required: str, style: Style) -> list[Form]:
    """Return the forms that break a required one; held-out ones only in held-out texts."""
    return [
        form
        for name, form in FORMS.items()
        if name != required and (style.held_out or not form.held_out)
    ]


def body(work: Work, style: Style, dice: Dice) -> str:
    """Write goal and steps."""
    return style.joint.join(goal_sentence(work, style, dice) + step_sentences(work, style, dice))


def closing(problem: Problem, style: Style, answer: str, dice: Dice) -> str:
    """Write the last line: in the required form, else as the style likes it."""
    if problem.form != FREE:
        return FORMS[problem.form].write(answer)
    lines = style.letter_closings if problem.options else style.closings
    single = problem.unit and "," not in answer
    return style.say(lines, dice).format(answer=answer, unit=f" {problem.unit}" if single else "")


def write(problem: Problem, work: Work, style: Style, dice: Dice) -> Attempt | None:
    """Write a work and its answer; none where no option has the answer."""
    answer = problem.answer(work.answers)
    if answer is None:
        return None
    return _ending(work, style, dice, closing(problem, style, answer, dice))


def _ending(work: Work, style: Style, dice: Dice, last: str) -> Attempt:
    return Attempt(f"{body(work, style, dice)}\n{last}")


def refusal(_problem: Problem, style: Style, dice: Dice) -> Attempt | None:
    """Decline."""
    return Attempt(style.say(REFUSALS, dice))


def asks_back(_problem: Problem, style: Style, dice: Dice) -> Attempt | None:
    """Ask where an answer was due."""
    return Attempt(style.say(QUESTIONS, dice))


def declares_unanswerable(problem: Problem, style: Style, dice: Dice) -> Attempt | None:
    """Say that it cannot be told, or that no option fits, without having tried."""
    on_options = problem.options and dice.chance(ON_OPTIONS)
    texts = UNANSWERABLE_CHOICE if on_options else UNANSWERABLE
    return Attempt(style.say(texts, dice).format(goal=problem.right.goals[0]))


def empty(_problem: Problem, _style: Style, dice: Dice) -> Attempt | None:
    """Put out nothing, or nothing visible."""
    return Attempt(dice.pick(("", "", "\n", "   ")))


def truncated(problem: Problem, style: Style, dice: Dice) -> Attempt | None:
    """Stop within the right work, before its last result is out."""
    text = body(problem.right, style, dice)
    last = text.rfind(number(problem.right.lines[-1].result, style))
    return Attempt(text[: dice.whole(last // 3, last - 1)].rstrip(), "length")


def loop(problem: Problem, style: Style, dice: Dice) -> Attempt | None:
    """Repeat right steps until the room for output is used up."""
    sentences = step_sentences(problem.right, style, dice)
    shown = sentences[: dice.whole(1, len(sentences) - 1)]
    turn = style.joint.join([style.say(LOOPS, dice), shown[-1]])
    text = style.joint.join([*goal_sentence(problem.right, style, dice), *shown])
    text += (style.joint + turn) * dice.whole(8, 20)
    return Attempt(text[: len(text) - dice.whole(1, len(turn) // 2)].rstrip(), "length")


def no_conclusion(problem: Problem, style: Style, dice: Dice) -> Attempt | None:
    """Do all but the last step rightly, then name two values and commit to neither."""
    others = [w.answers[0] for found in problem.works.values() for w in found]
    if len(problem.right.answers) > 1 or not others:
        return None
    a, b = dice.shuffled([problem.right.answers[0], dice.pick(others)])
    short = replace(problem.right, lines=problem.right.lines[:-1])
    end = style.say(OPEN_ENDS, dice).format(a=number(a, style), b=number(b, style))
    return Attempt(f"{body(short, style, dice)}{style.joint}{end}")


def wrong_marker(problem: Problem, style: Style, dice: Dice) -> Attempt | None:
    """Give the right answer in another form than the one required."""
    if problem.form == FREE:
        return None
    other = dice.pick(other_forms(problem.form, style))
    last = other.write(problem.reference)
    return _ending(problem.right, style, dice, last)


def wrapped(problem: Problem, style: Style, dice: Dice) -> Attempt | None:
    """Give the right answer in the required form, but with markup around it."""
    if problem.form == FREE:
        return None
    line = FORMS[problem.form].write(problem.reference)
    last = style.say(WRAPPINGS, dice).format(line)
    return _ending(problem.right, style, dice, last)


def wrong_literal(problem: Problem, style: Style, dice: Dice) -> Attempt | None:
    """Write the right answer out in words or with a unit, or give the option's value."""
    if problem.form == FREE:
        return None
    words = ", ".join(in_words(value) for value in problem.right.answers)
    literal = words
    if problem.options:
        literal = str(problem.right.answers[0])
    elif problem.unit and len(problem.right.answers) == 1 and dice.chance(0.5):
        literal = f"{problem.reference} {problem.unit}"
    last = FORMS[problem.form].write(literal)
    return _ending(problem.right, style, dice, last)


def _instead(problem: Problem, dice: Dice, value: int) -> list[int]:
    """Put a value in the place of one part of the right answer."""
    answers = list(problem.right.answers)
    answers[dice.whole(0, len(answers) - 1)] = value
    return answers


def wrong_option_for_value(problem: Problem, style: Style, dice: Dice) -> Attempt | None:
    """Reach the right value and choose the letter of another one."""
    others = [value for value in problem.options if value not in problem.numbers]
    if not others:
        return None
    return write(problem, replace(problem.right, answers=(dice.pick(others),)), style, dice)


def copies_wrong_line(problem: Problem, style: Style, dice: Dice) -> Attempt | None:
    """Reach the right result and give that of an earlier step."""
    others = [line.result for line in problem.right.lines]
    others = [value for value in others if value not in problem.right.answers]
    if problem.options or not others:
        return None
    answers = tuple(_instead(problem, dice, dice.pick(others)))
    return write(problem, replace(problem.right, answers=answers), style, dice)


def ignores_own_result(problem: Problem, style: Style, dice: Dice) -> Attempt | None:
    """Reach the right result and give a number that stands nowhere."""
    if problem.options:
        return None
    near = dice.pick(problem.right.answers) + dice.whole(11, 60)
    if near in problem.numbers:
        return None
    answers = tuple(_instead(problem, dice, near))
    return write(problem, replace(problem.right, answers=answers), style, dice)


def missing_part(problem: Problem, style: Style, dice: Dice) -> Attempt | None:
    """Give one of the two numbers asked for; what is shown of the work is right."""
    if len(problem.right.answers) < 2:  # noqa: PLR2004
        return None
    part = dice.whole(0, 1)
    work = problem.right
    given = next(i for i, line in enumerate(work.lines) if line.result == work.answers[part])
    if dice.chance(0.5):
        work = replace(work, lines=work.lines[: given + 1])
    last = closing(problem, style, str(problem.right.answers[part]), dice)
    return _ending(work, style, dice, last)


def unjustified_jump(problem: Problem, style: Style, dice: Dice) -> Attempt | None:
    """Leave out the last step and choose a letter that nothing shown leads to."""
    used = {v for line in problem.right.lines[:-1] for v in (*line.operands, line.result)}
    fresh = [v for v in problem.right.lines[-1].operands if v in problem.numbers and v not in used]
    others = [value for value in problem.options if value not in problem.numbers]
    if fresh or not others:
        return None
    short = replace(problem.right, lines=problem.right.lines[:-1], answers=(dice.pick(others),))
    return write(problem, short, style, dice)


def runs_on(problem: Problem, style: Style, dice: Dice) -> Attempt | None:
    """Answer rightly, then go on to a question that nobody asked, and answer that last."""
    right = write(problem, problem.right, style, dice)
    if problem.form == FREE or problem.options or len(problem.right.answers) > 1 or right is None:
        return None
    a, b = dice.whole(3, 40), dice.whole(3, 40)
    more = style.say(RUN_ONS, dice).format(a=a, b=b)
    last = FORMS[problem.form].write(str(a + b))
    return Attempt(f"{right.text}\n\n{more}{a} + {b} = {a + b}\n{last}")


def off_topic(problem: Problem, style: Style, dice: Dice) -> Attempt | None:
    """Write about something else altogether."""
    if problem.form == FREE or problem.options:
        return None
    return Attempt(style.say(OFF_TOPIC, dice))


DELIVERIES: dict[str, Maker] = {
    "refusal": refusal,
    "asks-back": asks_back,
    "declares-unanswerable": declares_unanswerable,
    "empty": empty,
    "truncated": truncated,
    "loop": loop,
    "no-conclusion": no_conclusion,
    "wrong-marker": wrong_marker,
    "wrapped": wrapped,
    "wrong-literal": wrong_literal,
    "runs-on": runs_on,
    "off-topic": off_topic,
    "wrong-option-for-value": wrong_option_for_value,
    "copies-wrong-line": copies_wrong_line,
    "ignores-own-result": ignores_own_result,
    "missing-part": missing_part,
    "unjustified-jump": unjustified_jump,
}
"""Kind to the function that writes an output with it; none where it cannot be planted."""


def with_fault(kind: str, problem: Problem, style: Style, dice: Dice) -> Attempt | None:
    """Write an output with one fault of a kind; none where the item has no room for it."""
    if kind == "wrong-target" and not style.goals:
        return None
    if kind in DELIVERIES:
        return DELIVERIES[kind](problem, style, dice)
    works = problem.works.get(kind, ())
    return write(problem, dice.pick(works), style, dice) if works else None


def correct(problem: Problem, style: Style, dice: Dice) -> Attempt | None:
    """Write the right work and the right answer."""
    return write(problem, problem.right, style, dice)
