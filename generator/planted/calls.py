"""The family of tool calls: items, right outputs, and the harness that reads them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.planted.delivery import Attempt
from generator.planted.dice import Dice
from generator.planted.forms import FREE, STATED_SHARE
from generator.planted.requests import Function, Request
from generator.planted.split import part, split_of
from generator.planted.styles import Style
from generator.planted.wordings.tool_calls import SEVERAL, SINGLE, STATED
from generator.records.benchmark import Item

Calls = list[dict[str, Any]]


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


def copy_of(task: CallTask) -> Calls:
    """Return the right calls, to be changed."""
    return [{"name": c["name"], "arguments": dict(c["arguments"])} for c in task.calls]


def written(calls: Calls, style: Style) -> str:
    """Return calls as JSON in the manner of a style."""
    value = calls[0] if len(calls) == 1 else calls
    return json.dumps(value, ensure_ascii=False, indent=style.indent)


def write(task: CallTask, calls: Calls, style: Style, dice: Dice) -> Attempt:
    """Write calls in the required form, else as the style likes it."""
    text = written(calls, style)
    if task.form == FREE:
        text = style.say(style.call_lead, dice).replace("{call}", text)
    return Attempt(text)


def correct(task: CallTask, style: Style, dice: Dice) -> Attempt:
    """Write the right calls."""
    return write(task, copy_of(task), style, dice)
