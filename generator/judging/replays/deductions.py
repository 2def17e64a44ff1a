"""Checks arguments that an output writes out in formulas of one variable, step by step."""

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.judging.finals import Span
from generator.judging.replays.formulas import Properties, Statement
from generator.judging.replays.slip import Line, Slip, lines_of

MOST_STEPS = 60
_TASK = re.compile(r"\b(?:deductively|logically) (?:valid|invalid|follow)|\bfollow logically\b")
_FORMULA = r"(?P<formula>(?:[Ii]f|[Tt]here exists|NOT|[A-Z]\w{0,30} =)[^\n]{1,600})"
_PREMISE = re.compile(rf"\s{{0,4}}\(\d\):? (?P<words>.{{1,500}}?): {_FORMULA}")
_GOAL = re.compile(rf"\s{{0,4}}Hypothesis: .{{1,600}}?: {_FORMULA}")
_STEP = re.compile(rf"\b[Ww]e (?:then |also |now )?have(?: that|:|,)? {_FORMULA}")
_PROVED = re.compile(r"\b[Ii]t is true that\b|\bthe answer is valid\b")
_STOP = re.compile(r"\.\s{1,3}(?=[A-Z][a-z]{0,11}\b)")
_OF_WHAT = re.compile(r"\((?P<what>[^()]{2,80})\)")


class _Argument(NamedTuple):
    """An argument as an output writes it out."""

    properties: Properties
    told: "_Told"
    due: Statement | None
    """What is to be shown; none where it is not understood."""
    lines: list[Line]
    """Lines behind premises and goal."""
    premises: list[Line]


def replay(task: str, output: str) -> Slip | None:
    """Return the first statement that does not follow from the premises as the output has them.

    Silent where a premise or a step is not understood, or names a property that neither premises
    nor goal have.
    """
    argument = _argument(lines_of(output)[:MOST_STEPS]) if _TASK.search(task) else None
    if argument is None:
        return None
    for line in argument.lines:
        for place, text in _sentences(line):
            step = _STEP.search(text)
            proved = step is None and _PROVED.search(text)
            if step is None and not proved:
                continue
            said = argument.properties.statement(step["formula"]) if step else argument.due
            if said is None:
                return None
            if not argument.told.implies(said):
                return Slip("inference-invalid", place)
            if proved:
                return _turned(argument.premises)
    return None


def _argument(lines: list[Line]) -> _Argument | None:
    """Return the argument that lines hold; none where a premise is not understood."""
    premises = [line for line in lines if _PREMISE.match(line.text)]
    goals = [line for line in lines if _GOAL.match(line.text)]
    if not premises or not goals:
        return None
    written = [_formula(_PREMISE, line) for line in premises]
    goal = _formula(_GOAL, goals[0])
    properties = Properties([*written, goal])
    known = [one for one in map(properties.statement, written) if one is not None]
    if len(known) < len(written):
        return None
    rest = [line for line in lines if line not in premises and line not in goals]
    told = _Told(properties.every, known)
    return _Argument(properties, told, properties.statement(goal), rest, premises)


def _formula(pattern: re.Pattern[str], line: Line) -> str:
    match = pattern.match(line.text)
    return match["formula"] if match else ""


def _sentences(line: Line) -> Iterator[tuple[Span, str]]:
    """Yield the sentences of a line with their places."""
    cuts = [0, *(match.end() for match in _STOP.finditer(line.text)), len(line.text)]
    for start, end in itertools.pairwise(cuts):
        yield Span(line.start + start, line.start + end), line.text[start:end]


def _turned(premises: list[Line]) -> Slip | None:
    """Return the premise whose formula says sufficient where its words say necessary."""
    for line in premises:
        match = _PREMISE.match(line.text)
        if match is None:
            continue
        needed, _, whom = match["words"].lower().partition(" necessary for ")
        given, _, then = match["formula"].lower().partition(", then ")
        before, after = _OF_WHAT.findall(given), _OF_WHAT.findall(then)
        turned = all(what in needed and what not in whom for what in before) and all(
            what in whom and what not in needed for what in after
        )
        if whom and before and after and turned:
            return Slip("condition-turned", Span(line.start, line.end))
    return None


class _Told:
    """What the premises say, to be asked what follows."""

    def __init__(self, every: int, premises: list[Statement]) -> None:
        self._kinds = every
        for premise in premises:
            if premise.reach == "all":
                self._kinds &= premise.holds
        # Each of these holds of one individual at least, of which nothing else is known.
        self._some = [one.holds for one in premises if one.reach == "some"]
        self._named: dict[str, int] = {}
        for premise in premises:
            if premise.reach not in {"all", "some"}:
                before = self._named.get(premise.reach, every)
                self._named[premise.reach] = before & premise.holds

    def implies(self, said: Statement) -> bool:
        """Tell whether a statement holds wherever the premises do."""
        if said.reach == "all":
            return _within(self._kinds, said.holds)
        if said.reach == "some":
            witnesses = [*self._some, *self._named.values()]
            return any(_within(self._kinds & one, said.holds) for one in witnesses)
        own = self._named.get(said.reach)
        return _within(self._kinds if own is None else self._kinds & own, said.holds)


def _within(inner: int, outer: int) -> bool:
    return inner & ~outer == 0
