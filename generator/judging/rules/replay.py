"""Steps that do not follow (E11, E13, E14) in tasks that can be replayed step by step."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.judging.finals import Span
from generator.judging.rule import Rule
from generator.judging.view import View

FAMILY = "replay"
_BY_REPLAY = 0.95
_LESS_SURE = {
    "order-impossible": 0.86,
    "members-misordered": 0.88,
    "answer-cut-short": 0.88,
    "inference-invalid": 0.9,
    "condition-turned": 0.88,
}
"""Rules that few real failures have tested."""


class _Kind(NamedTuple):
    """A kind of slip, and the rule that points at it."""

    kinds: frozenset[str]
    name: str
    category: str
    subcategory: str
    title: str
    reason: str
    description: str


def _finds(kinds: frozenset[str]) -> Callable[[View], Iterator[Span]]:
    def look(view: View) -> Iterator[Span]:
        if view.slip is not None and view.slip.kind in kinds:
            yield view.slip.span

    return look


_KINDS = (
    _Kind(
        frozenset({"stack-wrong", "holding-wrong"}),
        "state-lost",
        "E11",
        "state-tracking",
        "The state is not carried on rightly",
        "The task was replayed; this is the first state that does not follow from the one before.",
        "Speaks on tasks of shuffled objects and of bracket sequences: points at the first state "
        "that the step does not lead to. Silent where the notation is not understood.",
    ),
    _Kind(
        frozenset({"symbol-skipped", "closing-skipped", "segment-skipped", "words-skipped"}),
        "member-skipped",
        "E14",
        "skipped",
        "A member of the sequence is skipped",
        "The task was replayed; here a member of its sequence is left out.",
        "Speaks where a trace of a bracket sequence, or the list of a path's segments, leaves out "
        "a member of the task's sequence.",
    ),
    _Kind(
        frozenset({"symbol-repeated", "closing-repeated", "words-repeated"}),
        "member-repeated",
        "E14",
        "repeated",
        "A member of the sequence is repeated",
        "The task was replayed; here a member is read or listed that its sequence does not have.",
        "Speaks where a trace of a bracket sequence reads or lists a symbol that is not due.",
    ),
    _Kind(
        frozenset({"closing-misordered", "words-misordered"}),
        "members-misordered",
        "E14",
        "misordered",
        "Members of the sequence in the wrong order",
        "The task was replayed; all members are there, but not in the right order.",
        "Speaks where the closing brackets, or the words to sort, are all given in another order.",
    ),
    _Kind(
        frozenset({"count-wrong"}),
        "count-not-of-list",
        "E14",
        "off-by-one",
        "Counts another number than it lists",
        "The members are listed rightly, and another number of them is claimed.",
        "Speaks where the segments of a drawn path are all listed and another number is claimed.",
    ),
    _Kind(
        frozenset({"answer-cut-short", "answer-incomplete"}),
        "answer-cut-short",
        "E07",
        "missing-item",
        "The last members of the answer are missing",
        "The answer begins as the right one does and leaves out its last members.",
        "Speaks where a bare answer to a bracket sequence is the beginning of the right one.",
    ),
    _Kind(
        frozenset({"order-impossible"}),
        "order-impossible",
        "E11",
        "contradiction",
        "An order that the statements rule out",
        "The puzzle was solved; this line states an order that its statements do not allow.",
        "Speaks on puzzles of objects in a fixed order: points at the first row or plain statement "
        "that no order allows. Silent where a statement of the puzzle is not understood.",
    ),
    _Kind(
        frozenset({"truth-wrong"}),
        "false-truth-value",
        "E13",
        "algebra",
        "A truth value evaluated wrongly",
        "Two truth-value expressions are set equal and have different values.",
        "Speaks on tasks that are one truth-value expression: points at the first false equality.",
    ),
    _Kind(
        frozenset({"truth-regrouped"}),
        "truth-regrouped",
        "E11",
        "wrong-operation",
        "Brackets set against the order of operations",
        "The same expression is bracketed in a way that the order of operations does not allow.",
        "Speaks on truth-value expressions that are rewritten with other brackets and value.",
    ),
    _Kind(
        frozenset({"condition-turned"}),
        "condition-turned",
        "E11",
        "wrong-relation",
        "A necessary condition taken for a sufficient one",
        "The premise says what is necessary, its formula what is sufficient; all the rest follows.",
        "Speaks on arguments written out in formulas, where every step follows from the formulas "
        "and one of them turns a premise around.",
    ),
    _Kind(
        frozenset({"inference-invalid"}),
        "inference-invalid",
        "E11",
        "non-sequitur",
        "A statement that does not follow",
        "The argument was checked; this statement does not follow from the premises as written.",
        "Speaks on arguments written out in formulas of one variable: points at the first "
        "statement that the premises do not imply. Silent where a formula is not understood.",
    ),
)

RULES: tuple[Rule, ...] = tuple(
    Rule(
        name=kind.name,
        family=FAMILY,
        look=_finds(kind.kinds),
        prior=_LESS_SURE.get(kind.name, _BY_REPLAY),
        category=kind.category,
        subcategory=kind.subcategory,
        title=kind.title,
        reason=kind.reason,
        description=kind.description,
    )
    for kind in _KINDS
)
