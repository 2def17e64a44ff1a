"""Tool calls against the reference call (E16), and right calls in a wrong wrapping (E03)."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.judging.finals import Span
from generator.judging.rule import Rule
from generator.judging.view import View

FAMILY = "tool_calls"
CATEGORY = "E16"


class _Texts(NamedTuple):
    title: str
    reason: str
    description: str


def _finds(kind: str) -> Callable[[View], Iterator[Span]]:
    def look(view: View) -> Iterator[Span]:
        if view.mismatch is not None and view.mismatch.kind == kind:
            yield view.mismatch.span

    return look


def _rule(kind: str, subcategory: str, name: str, confidence: float, texts: _Texts) -> Rule:
    """Return the rule of one kind of mismatch."""
    return Rule(
        name=name,
        family=FAMILY,
        look=_finds(kind),
        prior=confidence,
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
            "Speaks on prose without any call, question or word of denial, lack or condition.",
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
        "wrong-flag",
        "wrong-value",
        "call-argument-flag",
        0.92,
        _Texts(
            "A flag set the other way",
            "A true-or-false argument of the right call is set the other way.",
            "Speaks where an argument is true and only false is admitted, or the reverse.",
        ),
    ),
    _rule(
        "wrong-number",
        "wrong-value",
        "call-argument-number",
        0.88,
        _Texts(
            "An argument with a wrong number",
            "A number in the right call is not one that is admitted, nor one on another scale.",
            "Speaks where an argument is another number than the reference admits, but not by"
            " a power of ten or a time base.",
        ),
    ),
    _rule(
        "wrong-list",
        "wrong-value",
        "call-argument-list",
        0.86,
        _Texts(
            "An argument with a wrong list",
            "A list in the right call has other members than those due.",
            "Speaks where a list has more or fewer members than any that is admitted, or members"
            " that plainly differ.",
        ),
    ),
    _rule(
        "wrong-scale",
        "wrong-value",
        "call-argument-scale",
        0.8,
        _Texts(
            "An argument on another scale",
            "A number in the right call differs from the one due by a power of ten or a time base.",
            "A hint: whether the fault is one of scale or of the call is open, and references are"
            " at odds about percentages.",
        ),
    ),
    _rule(
        "wrong-text",
        "wrong-value",
        "call-argument-text",
        0.7,
        _Texts(
            "An argument with another text",
            "A text in the right call shares no word with any that is admitted.",
            "A hint: a code or a symbol may stand for the same thing.",
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
            "A hint: lists of admitted values are often too strict.",
        ),
    ),
    Rule(
        name="call-as-due",
        family=FAMILY,
        look=_finds("equal"),
        prior=0.88,
        attribution="harness",
        attribution_subtype="scoring",
        title="The right call scored as wrong",
        reason="The calls are those of the reference, in the plain notation of calls.",
        description=(
            "Speaks where the calls, their arguments and their notation are right: spaces before "
            "them, or whole numbers for decimals, are what the scoring tripped over."
        ),
    ),
)
