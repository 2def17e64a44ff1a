"""Tool calls against the reference call (E16), and right calls in a wrong wrapping (E03)."""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from generator.judging.calls import Call
from generator.judging.finals import Span
from generator.judging.rule import Rule
from generator.judging.view import View

FAMILY = "tool_calls"
CATEGORY = "E16"


_LOOKS_LIKE_A_CALL = re.compile(r"[\[{(]\s{0,20}[\"'{\w]")
_DECLINES = re.compile(
    r"\b(?:sorry|cannot|can't|unable|not able|no access|rather not|decline|won't"
    r"|will not)\b",
    re.IGNORECASE,
)
_SCALES = (10, 100, 1000, 10**6, 60, 3600, 24, 12)


class Mismatch(NamedTuple):
    """The first difference between the calls made and the calls due."""

    kind: str
    """Subcategory, or ``wrapped`` where there is none but the wrapping."""
    span: Span
    """Where it shows."""


def _name(name: str) -> str:
    return re.sub(r"[._]", "", name).lower()


def _same(made: Any, due: Any) -> bool:
    """Tell whether two values are equal as JSON; whole numbers equal their decimals."""
    if isinstance(made, bool) or isinstance(due, bool):
        return made is due
    if isinstance(made, str) and isinstance(due, str):
        return made.strip().lower() == due.strip().lower()
    if isinstance(made, list) and isinstance(due, list):
        return len(made) == len(due) and all(map(_same, made, due))
    if isinstance(made, dict) and isinstance(due, dict):
        return made.keys() == due.keys() and all(_same(made[key], due[key]) for key in due)
    return (type(made) in {int, float} and type(due) in {int, float} and made == due) or (
        made is None and due is None
    )


def _admits(view: View, due: Any, made: Any) -> bool:
    """Tell whether a value is the one due, or among those that a checker's reference lists."""
    if view.calls_due.lists_values and isinstance(due, list):
        return any(_same(made, one) or _admits_within(one, made) for one in due)
    return _same(made, due)


def _admits_within(one: Any, made: Any) -> bool:
    """Tell whether nested arguments fit, each of which a checker's reference lists as well."""
    if not isinstance(one, dict) or not isinstance(made, dict):
        return False
    return all(key in one for key in made) and all(
        isinstance(values, list)
        and (any(_same(made[key], v) for v in values) if key in made else "" in values)
        for key, values in one.items()
    )


def _optional(view: View, due: Any) -> bool:
    return view.calls_due.lists_values and isinstance(due, list) and "" in due


def _by_name(arguments: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Give positional arguments the names of the right call's, in order."""
    places = {str(place): name for place, name in enumerate(names)}
    return {places.get(key, key): value for key, value in arguments.items()}


def _argument_fault(view: View, made: Call, due: Call) -> str | None:
    arguments = _by_name(made.arguments, tuple(due.arguments))
    for key, value in due.arguments.items():
        if key not in arguments and not _optional(view, value):
            return "missing-argument"
    if any(key not in due.arguments for key in arguments):
        return "extra-argument"
    for key, value in arguments.items():
        expected = due.arguments[key]
        if _admits(view, expected, value):
            continue
        known = (
            expected if view.calls_due.lists_values and isinstance(expected, list) else [expected]
        )
        if any(type(value) is not type(one) and str(value) == str(one) for one in known):
            return "wrong-type"
        exact = not view.calls_due.lists_values and not _off_by_scale(value, expected)
        return "wrong-value" if exact else "unsure-value"
    return None


def _off_by_scale(value: Any, due: Any) -> bool:
    """Tell whether two numbers differ by a power of ten or a time base: a fault of scale."""
    if type(value) not in {int, float} or type(due) not in {int, float} or not value or not due:
        return False
    try:
        ratio = abs(value / due)
    except OverflowError:
        return True
    # A number so small that the ratio vanishes is off by scale, and has no ratio the other way.
    if not ratio:
        return True
    return any(math.isclose(r, f, rel_tol=1e-6) for f in _SCALES for r in (ratio, 1 / ratio))


def _mismatch(view: View) -> Mismatch | None:
    """Return the first difference between the calls made and those due."""
    if not view.tool_use or view.blank or view.cut_by_server:
        return None
    made, due = view.calls.made, view.calls_due.calls
    span = Span(view.calls.start, view.calls.end)
    if not due:
        return Mismatch("needless-call", span) if made and view.calls_due.none_due else None
    kind = _difference(view, made, due) if made else _silence(view)
    return Mismatch(kind, span) if kind else None


def _silence(view: View) -> str | None:
    """Tell whether an output without readable calls is prose, and no call gone wrong."""
    if _LOOKS_LIKE_A_CALL.search(view.text) or " " not in view.text.strip():
        return None
    # Declining and asking back are another matter than forgetting the call.
    if view.closes_with_none or "?" in view.closing or _DECLINES.search(view.text):
        return None
    return "no-call"


def _difference(view: View, made: tuple[Call, ...], due: tuple[Call, ...]) -> str | None:
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
    return "wrapped" if view.calls.wrapped else None


class _Texts(NamedTuple):
    title: str
    reason: str
    description: str


def _finds(kind: str) -> Callable[[View], Iterator[Span]]:
    def look(view: View) -> Iterator[Span]:
        mismatch = _mismatch(view)
        if mismatch is not None and mismatch.kind == kind:
            yield mismatch.span

    return look


def _rule(kind: str, subcategory: str, name: str, confidence: float, texts: _Texts) -> Rule:
    """Return the rule of one kind of mismatch."""
    return Rule(
        name=name,
        family=FAMILY,
        look=_finds(kind),
        confidence=confidence,
        category="E03" if kind == "wrapped" else CATEGORY,
        subcategory=subcategory,
        title=texts.title,
        reason=texts.reason,
        description=texts.description,
    )


RULES: tuple[Rule, ...] = (
    _rule(
        "wrapped",
        "wrapped",
        "call-wrapped",
        0.9,
        _Texts(
            "Right call in a wrong wrapping",
            "The calls are the right ones, but a code fence or prose stands around them.",
            "Speaks where the calls equal the reference once code fence and prose are taken off.",
        ),
    ),
    _rule(
        "no-call",
        "no-call",
        "call-missing",
        0.88,
        _Texts(
            "No call where one is due",
            "The output is prose and makes no call at all.",
            "Speaks on prose without any call that neither declines nor asks back.",
        ),
    ),
    _rule(
        "needless-call",
        "needless-call",
        "call-needless",
        0.9,
        _Texts(
            "A call where none fits",
            "A call is made although none of the functions fits.",
            "Speaks where the reference says that no call is due and one is made.",
        ),
    ),
    _rule(
        "wrong-count",
        "wrong-count",
        "call-count",
        0.9,
        _Texts(
            "Wrong number of calls",
            "More or fewer calls are made than are due.",
            "Speaks where the number of calls, once unwrapped, is not the reference's.",
        ),
    ),
    _rule(
        "wrong-function",
        "wrong-function",
        "call-function",
        0.9,
        _Texts(
            "Another function called",
            "A function is called that is not the one due.",
            "Speaks where the names of the functions called are not those of the reference.",
        ),
    ),
    _rule(
        "missing-argument",
        "missing-argument",
        "call-argument-missing",
        0.9,
        _Texts(
            "An argument is missing",
            "A call leaves out an argument that is due.",
            "Speaks where a call of the right function lacks an argument of the reference.",
        ),
    ),
    _rule(
        "extra-argument",
        "extra-argument",
        "call-argument-extra",
        0.88,
        _Texts(
            "An argument too many",
            "A call has an argument that the right call does not have.",
            "Speaks where a call of the right function has an argument that the reference has not.",
        ),
    ),
    _rule(
        "wrong-type",
        "wrong-type",
        "call-argument-type",
        0.88,
        _Texts(
            "An argument of the wrong type",
            "An argument has the right value in the wrong type.",
            "Speaks where an argument reads like the reference's but is of another JSON type.",
        ),
    ),
    _rule(
        "wrong-value",
        "wrong-value",
        "call-argument-value",
        0.86,
        _Texts(
            "An argument with a wrong value",
            "An argument of the right call has another value than the one due.",
            "Speaks where the reference is exact calls and an argument's value differs, but not by"
            " a power of ten or a time base.",
        ),
    ),
    _rule(
        "unsure-value",
        "wrong-value",
        "call-argument-value-open",
        0.65,
        _Texts(
            "An argument with another value",
            "An argument has a value that the reference does not list; why is open.",
            "A hint: lists of admitted values are often too strict, and a scaled value has other"
            " causes.",
        ),
    ),
)
