"""Faults of the family of tool calls."""

import json
from collections.abc import Callable

from generator.planted.calls import Calls, CallTask, copy_of, write, written
from generator.planted.delivery import Attempt
from generator.planted.dice import Dice
from generator.planted.forms import FREE
from generator.planted.styles import FENCE, Style
from generator.planted.wordings.deliveries import (
    INSTEAD_OF_CALL,
    LOOPS,
    QUESTIONS_CALL,
    REFUSALS,
    UNANSWERABLE_CALL,
)
from generator.planted.wordings.tool_calls import INVENTED

EXTRAS = (("priority", "high"), ("notify", "all"), ("retries", 3), ("language", "en"))
"""Arguments that no function has."""
WRAPPINGS = (FENCE, "Here is the call:\n{call}", "{call}\nThis does it.")
"""What may not be around bare JSON."""
_UNDEFINED = 0.25
"""Share of the draws of an undefined name that are planted."""


def _wrong_function(task: CallTask, dice: Dice) -> Calls | None:
    """Call a sibling function, with those arguments that it has as well."""
    calls = copy_of(task)
    call = dice.pick(calls)
    other = dice.pick([f for f in task.request.functions if f.name != call["name"]])
    names = [p.name for p in other.parameters]
    call["name"] = other.name
    call["arguments"] = {k: v for k, v in call["arguments"].items() if k in names}
    return calls


def _wrong_value(task: CallTask, dice: Dice) -> Calls | None:
    """Give an argument another value of its type."""
    calls = copy_of(task)
    place = dice.whole(0, len(calls) - 1)
    name, slot = dice.pick(list(task.request.calls[place].arguments.items()))
    value = calls[place]["arguments"][name]
    if isinstance(value, int):
        calls[place]["arguments"][name] = value + dice.pick((-1, 1, 2, 10))
    else:
        others = [word for word in task.request.words[slot] if word != value]
        calls[place]["arguments"][name] = dice.pick(others)
    return calls


def _missing_argument(task: CallTask, dice: Dice) -> Calls | None:
    """Leave out a required argument."""
    calls = copy_of(task)
    arguments = dice.pick(calls)["arguments"]
    del arguments[dice.pick(list(arguments))]
    return calls


def _extra_argument(task: CallTask, dice: Dice) -> Calls | None:
    """Add an argument that the function does not have."""
    calls = copy_of(task)
    name, value = dice.pick(EXTRAS)
    dice.pick(calls)["arguments"][name] = value
    return calls


def _wrong_type(task: CallTask, dice: Dice) -> Calls | None:
    """Give a whole number as text or in a list."""
    calls = copy_of(task)
    arguments = dice.pick(calls)["arguments"]
    numbers = [name for name, value in arguments.items() if isinstance(value, int)]
    if not numbers:
        return None
    name = dice.pick(numbers)
    arguments[name] = dice.pick((str(arguments[name]), [arguments[name]]))
    return calls


def _wrong_count(task: CallTask, dice: Dice) -> Calls | None:
    """Make one of two calls only, or the same call twice."""
    calls = copy_of(task)
    if len(calls) > 1:
        return [dice.pick(calls)]
    return calls * 2


CALL_VARIATIONS: dict[str, Callable[[CallTask, Dice], Calls | None]] = {
    "wrong-function": _wrong_function,
    "wrong-value": _wrong_value,
    "missing-argument": _missing_argument,
    "extra-argument": _extra_argument,
    "wrong-type": _wrong_type,
    "wrong-count": _wrong_count,
}
"""Kind to the function that makes the wrong calls."""


def _refusal(_task: CallTask, style: Style, dice: Dice) -> Attempt | None:
    """Decline."""
    return Attempt(style.say(REFUSALS, dice))


def _asks_back(_task: CallTask, style: Style, dice: Dice) -> Attempt | None:
    """Ask where a call was due."""
    return Attempt(style.say(QUESTIONS_CALL, dice))


def _declares_unanswerable(_task: CallTask, style: Style, dice: Dice) -> Attempt | None:
    """Say that no function fits."""
    return Attempt(style.say(UNANSWERABLE_CALL, dice))


def _empty(_task: CallTask, _style: Style, _dice: Dice) -> Attempt | None:
    """Put out nothing."""
    return Attempt("")


def _truncated(task: CallTask, style: Style, dice: Dice) -> Attempt | None:
    """Stop within the right calls."""
    text = written(copy_of(task), style)
    return Attempt(text[: dice.whole(len(text) // 3, len(text) * 4 // 5)], "length")


def _loop(task: CallTask, style: Style, dice: Dice) -> Attempt | None:
    """Repeat a thought until the room for output is used up."""
    turn = f"{style.say(LOOPS, dice)} The function could be {task.calls[0]['name']}. "
    text = turn * dice.whole(8, 20)
    return Attempt(text[: len(text) - dice.whole(2, len(turn) // 2)].rstrip(), "length")


def _no_call(task: CallTask, style: Style, dice: Dice) -> Attempt | None:
    """Claim that it is done, or name the function, without a call."""
    return Attempt(style.say(INSTEAD_OF_CALL, dice).format(name=task.calls[0]["name"]))


def _undefined_name(task: CallTask, style: Style, dice: Dice) -> Attempt | None:
    """Call a function that is not offered, under a name made from that of the right one."""
    # Systems plant this category often, because few items of other families have room for it.
    if not dice.chance(_UNDEFINED):
        return None
    calls = copy_of(task)
    call = dice.pick(calls)
    call["name"] = style.say(INVENTED, dice).format(name=call["name"])
    return write(task, calls, style, dice)


def _wrong_marker(task: CallTask, style: Style, dice: Dice) -> Attempt | None:
    """Write the right calls with other keys, or as in a programming language."""
    if dice.chance(0.5):
        keys = dice.pick((("function", "parameters"), ("tool", "input")))
        renamed = [{keys[0]: c["name"], keys[1]: c["arguments"]} for c in copy_of(task)]
        return Attempt(written(renamed, style))
    lines = []
    for call in task.calls:
        arguments = ", ".join(f"{k}={json.dumps(v)}" for k, v in call["arguments"].items())
        lines.append(f"{call['name']}({arguments})")
    return Attempt("\n".join(lines))


def _wrapped(task: CallTask, style: Style, dice: Dice) -> Attempt | None:
    """Put the right calls into a fence or a sentence where bare JSON is required."""
    if task.form == FREE:
        return None
    lead = style.say(WRAPPINGS, dice)
    return Attempt(lead.replace("{call}", written(copy_of(task), style)))


CALL_DELIVERIES: dict[str, Callable[[CallTask, Style, Dice], Attempt | None]] = {
    "refusal": _refusal,
    "asks-back": _asks_back,
    "declares-unanswerable": _declares_unanswerable,
    "empty": _empty,
    "truncated": _truncated,
    "loop": _loop,
    "no-call": _no_call,
    "undefined-name": _undefined_name,
    "wrong-marker": _wrong_marker,
    "wrapped": _wrapped,
}
"""Kind to the function that writes an output with it; none where it cannot be planted."""


def with_fault(kind: str, task: CallTask, style: Style, dice: Dice) -> Attempt | None:
    """Write an output with one fault of a kind; none where the item has no room for it."""
    if kind in CALL_VARIATIONS:
        calls = CALL_VARIATIONS[kind](task, dice)
        return None if calls is None else write(task, calls, style, dice)
    if kind in CALL_DELIVERIES:
        return CALL_DELIVERIES[kind](task, style, dice)
    return None
