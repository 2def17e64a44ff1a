"""The family of tool calls: items, right outputs, faults, and the harness that reads them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.planted.delivery import Attempt
from generator.planted.dice import Dice
from generator.planted.forms import FREE, STATED_SHARE
from generator.planted.requests import Function, Request
from generator.planted.split import part, split_of
from generator.planted.styles import FENCE, Style
from generator.planted.wordings.deliveries import (
    INSTEAD_OF_CALL,
    LOOPS,
    QUESTIONS_CALL,
    REFUSALS,
    UNANSWERABLE_CALL,
)
from generator.planted.wordings.tool_calls import SEVERAL, SINGLE, STATED
from generator.records.benchmark import Item

Calls = list[dict[str, Any]]
EXTRAS = (("priority", "high"), ("notify", "all"), ("retries", 3), ("language", "en"))
"""Arguments that no function has."""
WRAPPINGS = (FENCE, "Here is the call:\n{call}", "{call}\nThis does it.")
"""What may not be around bare JSON."""


@dataclass(frozen=True)
class CallTask:
    """An item of the family with the calls that are right."""

    item: Item
    request: Request
    calls: tuple[Mapping[str, Any], ...]
    """Right calls: ``name`` and ``arguments``."""
    form: str
    """``bare`` or ``free``."""

    @property
    def reference(self) -> str:
        """The right calls as compact JSON."""
        return self.item.references[0]

    def extracted(self, output: str) -> str | None:
        """Read the calls as the harness does: strictly, or from the first bracket on."""
        text = output.strip()
        if self.form == FREE:
            starts = [text.find(sign) for sign in "[{" if sign in text]
            text = text[min(starts) :] if starts else ""
        try:
            value, end = json.JSONDecoder().raw_decode(text)
        except ValueError:
            return None
        return compact(value) if self.form == FREE or end == len(text) else None

    def function(self, name: str) -> Function:
        """Return the function of a name."""
        return next(f for f in self.request.functions if f.name == name)


def compact(value: Any) -> str:
    """Return JSON with sorted keys and no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _offer(function: Function) -> dict[str, Any]:
    properties = {
        p.name: {"type": p.type, "description": p.description} for p in function.parameters
    }
    return {
        "name": function.name,
        "description": function.description,
        "parameters": {
            "type": "object",
            "properties": properties,
            "required": [p.name for p in function.parameters],
        },
    }


def build(request: Request, wording: int, item_id: str, dice: Dice) -> CallTask:
    """Build one item."""
    slots: dict[str, Any] = {name: dice.pick(words) for name, words in request.words.items()}
    for name, (low, high) in request.numbers.items():
        slots[name] = dice.whole(low, high)
    calls: Calls = [
        {"name": call.function, "arguments": {p: slots[s] for p, s in call.arguments.items()}}
        for call in request.calls
    ]
    stated = dice.chance(STATED_SHARE)
    split = split_of("tool-call", wording)
    offers = [_offer(function) for function in dice.shuffled(request.functions)]
    functions = json.dumps(offers, ensure_ascii=False)
    parts = [
        f"Functions: {functions}",
        f"Request: {request.wordings[wording].format(**slots)}",
        SEVERAL if len(calls) > 1 else SINGLE,
        *([dice.pick(part(STATED, held_out=split == "held-out"))] if stated else []),
    ]
    item = Item(
        item_id=item_id,
        input="\n".join(parts),
        references=(compact(calls if len(calls) > 1 else calls[0]),),
        tags={
            "family": "tool-call",
            "form": "bare" if stated else FREE,
            "steps": str(len(calls)),
            "split": split,
            "wording": f"{request.id}-{wording + 1}",
        },
    )
    return CallTask(item, request, tuple(calls), "bare" if stated else FREE)


def _copy(task: CallTask) -> Calls:
    return [{"name": c["name"], "arguments": dict(c["arguments"])} for c in task.calls]


def _json(calls: Calls, style: Style) -> str:
    value = calls[0] if len(calls) == 1 else calls
    return json.dumps(value, ensure_ascii=False, indent=style.indent)


def write(task: CallTask, calls: Calls, style: Style, dice: Dice) -> Attempt:
    """Write calls in the required form, else as the style likes it."""
    text = _json(calls, style)
    if task.form == FREE:
        text = style.say(style.call_lead, dice).replace("{call}", text)
    return Attempt(text)


def _wrong_function(task: CallTask, dice: Dice) -> Calls | None:
    """Call a sibling function, with those arguments that it has as well."""
    calls = _copy(task)
    call = dice.pick(calls)
    other = dice.pick([f for f in task.request.functions if f.name != call["name"]])
    names = [p.name for p in other.parameters]
    call["name"] = other.name
    call["arguments"] = {k: v for k, v in call["arguments"].items() if k in names}
    return calls


def _wrong_value(task: CallTask, dice: Dice) -> Calls | None:
    """Give an argument another value of its type."""
    calls = _copy(task)
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
    calls = _copy(task)
    arguments = dice.pick(calls)["arguments"]
    del arguments[dice.pick(list(arguments))]
    return calls


def _extra_argument(task: CallTask, dice: Dice) -> Calls | None:
    """Add an argument that the function does not have."""
    calls = _copy(task)
    name, value = dice.pick(EXTRAS)
    dice.pick(calls)["arguments"][name] = value
    return calls


def _wrong_type(task: CallTask, dice: Dice) -> Calls | None:
    """Give a whole number as text or in a list."""
    calls = _copy(task)
    arguments = dice.pick(calls)["arguments"]
    numbers = [name for name, value in arguments.items() if isinstance(value, int)]
    if not numbers:
        return None
    name = dice.pick(numbers)
    arguments[name] = dice.pick((str(arguments[name]), [arguments[name]]))
    return calls


def _wrong_count(task: CallTask, dice: Dice) -> Calls | None:
    """Make one of two calls only, or the same call twice."""
    calls = _copy(task)
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
    text = _json(_copy(task), style)
    return Attempt(text[: dice.whole(len(text) // 3, len(text) * 4 // 5)], "length")


def _loop(task: CallTask, style: Style, dice: Dice) -> Attempt | None:
    """Repeat a thought until the room for output is used up."""
    turn = f"{style.say(LOOPS, dice)} The function could be {task.calls[0]['name']}. "
    text = turn * dice.whole(8, 20)
    return Attempt(text[: len(text) - dice.whole(2, len(turn) // 2)].rstrip(), "length")


def _no_call(task: CallTask, style: Style, dice: Dice) -> Attempt | None:
    """Claim that it is done, or name the function, without a call."""
    return Attempt(style.say(INSTEAD_OF_CALL, dice).format(name=task.calls[0]["name"]))


def _wrong_marker(task: CallTask, style: Style, dice: Dice) -> Attempt | None:
    """Write the right calls with other keys, or as in a programming language."""
    if dice.chance(0.5):
        keys = dice.pick((("function", "parameters"), ("tool", "input")))
        renamed = [{keys[0]: c["name"], keys[1]: c["arguments"]} for c in _copy(task)]
        return Attempt(_json(renamed, style))
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
    return Attempt(lead.replace("{call}", _json(_copy(task), style)))


CALL_DELIVERIES: dict[str, Callable[[CallTask, Style, Dice], Attempt | None]] = {
    "refusal": _refusal,
    "asks-back": _asks_back,
    "declares-unanswerable": _declares_unanswerable,
    "empty": _empty,
    "truncated": _truncated,
    "loop": _loop,
    "no-call": _no_call,
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


def correct(task: CallTask, style: Style, dice: Dice) -> Attempt:
    """Write the right calls."""
    return write(task, _copy(task), style, dice)
