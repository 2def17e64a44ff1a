"""The first difference between the tool calls that an output makes and those that are due."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.judging.calls import Call
from generator.judging.finals import Span
from generator.judging.schemas import clashes
from generator.judging.values import kind_of_difference, off_by_scale, same

if TYPE_CHECKING:
    from generator.judging.view import View

_LOOKS_LIKE_A_CALL = re.compile(r"[\[{(]\s{0,20}[\"'{\w]")
_KEYS = ("name", "function", "tool", "arguments", "parameters", "args", "input")
_JSON_ASKED = re.compile(r"\bJSON\b", re.IGNORECASE)
_DECLINES = re.compile(
    r"(?:\b(?:sorry|cannot|no|not|never|none|nothing|neither|nor|without|lack(?:s|ing)?|missing"
    r"|unable|impossible|insufficient|unavailable|unclear|unknown|unspecified|beyond|outside"
    r"|decline|refuse|instead|unless|until|only|need(?:s|ed)?|requires?|required)|n['\u2019]t)\b",
    re.IGNORECASE,
)
"""Words of denial, lack and condition: prose that acts in the place of a call does without."""


class Mismatch(NamedTuple):
    """The first difference between the calls made and the calls due."""

    kind: str
    """Subcategory, or ``wrapped`` where there is none but the wrapping."""
    span: Span
    """Where it shows."""


def _name(name: str) -> str:
    return re.sub(r"[._]", "", name).lower()


def _admits(view: "View", due: Any, made: Any) -> bool:
    """Tell whether a value is the one due, or among those that a checker's reference lists."""
    if view.task.calls_due.lists_values and isinstance(due, list):
        return any(same(made, one) or _admits_within(one, made) for one in due)
    return same(made, due)


def _admits_within(one: Any, made: Any) -> bool:
    """Tell whether nested arguments fit, each of which a checker's reference lists as well."""
    if not isinstance(one, dict) or not isinstance(made, dict):
        return False
    return all(key in one for key in made) and all(
        isinstance(values, list)
        and (any(same(made[key], v) for v in values) if key in made else "" in values)
        for key, values in one.items()
    )


def _optional(view: "View", due: Any) -> bool:
    return view.task.calls_due.lists_values and isinstance(due, list) and "" in due


def _by_name(arguments: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Give positional arguments the names of the right call's, in order."""
    places = {str(place): name for place, name in enumerate(names)}
    return {places.get(key, key): value for key, value in arguments.items()}


def _argument_fault(view: "View", made: Call, due: Call) -> str | None:
    arguments = _by_name(made.arguments, tuple(due.arguments))
    for key, value in due.arguments.items():
        if key not in arguments and not _optional(view, value):
            return "missing-argument"
    if any(key not in due.arguments for key in arguments):
        return "extra-argument"
    faults = (
        _value_fault(view, made, due, key, value)
        for key, value in arguments.items()
        if not _admits(view, due.arguments[key], value)
    )
    return next(faults, None)


def _value_fault(view: "View", made: Call, due: Call, key: str, value: Any) -> str:
    """Return what is wrong with a value that is not the one due."""
    expected = due.arguments[key]
    if made.form != "packed" and _breaks_type(view, due, key, value):
        return "wrong-type"
    if not view.task.calls_due.lists_values:
        if kind_of_difference(value, [expected]) == "wrong-type":
            return "wrong-type"
        return "unsure-value" if off_by_scale(value, expected) else "wrong-value"
    known = expected if isinstance(expected, list) else [expected]
    kind = kind_of_difference(value, [one for one in known if one != ""])
    # Where the arguments are packed as well, nobody can tell which of the two was the fault.
    return "unsure-value" if kind == "wrong-type" and made.form == "packed" else kind


def _schema_fault(view: "View", made: Call) -> str | None:
    """Return how a call breaks the schema that the task states, where no call due is known."""
    schemas = view.task.schemas
    if not schemas:
        return None
    names = {_name(name): name for name in schemas}
    if _name(made.name) not in names:
        return "wrong-function"
    schema = schemas[names[_name(made.name)]]
    arguments = _by_name(made.arguments, tuple(schema.kinds))
    if not schema.required <= arguments.keys():
        return "missing-argument"
    if not arguments.keys() <= schema.kinds.keys():
        return "extra-argument"
    wrong = (clashes(schema.kinds[name], value) for name, value in arguments.items())
    return "wrong-type" if any(wrong) else None


def _breaks_type(view: "View", call: Call, key: str, value: Any) -> bool:
    """Tell whether a value is of another kind than the task states for the argument."""
    by_name = {_name(name): schema for name, schema in view.task.schemas.items()}
    schema = by_name.get(_name(call.name))
    return schema is not None and clashes(schema.kinds.get(key, ""), value)


def mismatch_of(view: "View") -> Mismatch | None:
    """Return the first difference between the calls made and those due."""
    if not view.task.tool_use or view.cut_by_server or not view.speech.comparable:
        return None
    if _none_called(view):
        return Mismatch("no-call", Span(0, view.stop)) if view.task.calls_due.calls else None
    if view.blank:
        return None
    made, due = view.calls.made, view.task.calls_due.calls
    span = Span(view.calls.start, view.calls.end)
    if not due:
        if view.task.calls_due.none_due:
            return Mismatch("needless-call", span) if made else None
        broken = next(filter(None, (_schema_fault(view, call) for call in made)), None)
        return Mismatch(broken, span) if broken else None
    kind = _difference(view, made, due) if made else _silence(view)
    return Mismatch(kind, span) if kind else None


def _none_called(view: "View") -> bool:
    """Tell whether an output says in the notation of calls that none is made."""
    return view.text.strip().strip("`").removeprefix("json").strip() in {"[]", "{}"}


def _silence(view: "View") -> str | None:
    """Tell whether an output without readable calls is prose, and no call gone wrong."""
    if _LOOKS_LIKE_A_CALL.search(view.text) or " " not in view.text.strip():
        return None
    # Declining and asking back are another matter than forgetting the call.
    if view.closes_with_none or "?" in view.closing or _DECLINES.search(view.text):
        return None
    return "no-call"


def _same_notation(view: "View") -> bool:
    """Tell whether the calls are written with the keys of the reference, or both without any."""
    reference = "".join(view.failure.references[:1])
    return all((f'"{key}"' in reference) == (f'"{key}"' in view.text) for key in _KEYS)


def _difference(view: "View", made: tuple[Call, ...], due: tuple[Call, ...]) -> str | None:
    if len(made) != len(due):
        return "wrong-count"
    if sorted(_name(call.name) for call in made) != sorted(_name(call.name) for call in due):
        return "wrong-function"
    rest = list(due)
    for call in made:
        candidates = [one for one in rest if _name(one.name) == _name(call.name)]
        found = [(_argument_fault(view, call, one), one) for one in candidates]
        fault, partner = next((pair for pair in found if pair[0] is None), found[0])
        if fault is not None:
            return fault
        rest.remove(partner)
    # What a server gave apart from the text has the notation of the server.
    return None if view.speech.called else _in_form(view, made, due)


def _in_form(view: "View", made: tuple[Call, ...], due: tuple[Call, ...]) -> str | None:
    """Tell whether the right calls are written as they should be; none where that is open."""
    broken = {"packed", "named"} if view.task.calls_due.lists_values else {"packed"}
    if view.calls.wrapped or any(call.form in broken or "0" in call.arguments for call in made):
        return "wrapped"
    if not view.task.calls_due.lists_values and not _same_notation(view):
        # The reference shows the notation that is due, and the task asks for one.
        return "wrapped" if _JSON_ASKED.search(view.task.failure.input) else None
    exact = {name for call in due for name in (call.name, call.name.replace(".", "_"))}
    return "equal" if all(call.name in exact for call in made) else None
