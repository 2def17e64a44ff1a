"""Checks arguments that an output writes out in formulas of one variable, step by step."""

import itertools
import re
from collections.abc import Iterator

from generator.judging.finals import Span
from generator.judging.replays.formulas import Properties, Statement
from generator.judging.replays.slip import Line, Slip, lines_of

MOST_STEPS = 60
_TASK = re.compile(r"\b(?:deductively|logically) (?:valid|invalid|follow)|\bfollow logically\b")
_PREMISE = re.compile(
    r"\s{0,4}\((?P<number>\d)\):? .{1,500}?: (?P<formula>(?:If|There exists|NOT|[A-Z]\w{0,30} =).{1,600})"
)
_GOAL = re.compile(
    r"\s{0,4}Hypothesis: .{1,600}?: (?P<formula>(?:If|There exists|NOT|[A-Z]\w{0,30} =).{1,600})"
)
_STEP = re.compile(
    r"\b[Ww]e (?:then |also |now )?have(?: that|:|,)? (?P<formula>(?:[Ii]f|[Tt]here exists|NOT|[A-Z]\w{0,30} =)[^\n]{1,600})"
)
_PROVED = re.compile(r"\b[Ii]t is true that\b|\bthe answer is valid\b")
_STOP = re.compile(r"\.\s{1,3}(?=[A-Z][a-z]{0,11}\b)")
_NECESSARY = re.compile(
    r"\s{0,4}\(\d\):? (?:being|to be) (?P<needed>.{1,250}?) (?:is|are) necessary for (?P<whom>.{1,250}?): if (?P<given>.{1,250}?), then (?P<then>.{1,300})",
    re.IGNORECASE,
)
_OF_WHAT = re.compile(r"\((?P<what>[^()]{2,80})\)")


def replay(task: str, output: str) -> Slip | None:
    """Return the first statement that does not follow from the premises as the output has them.

    Silent where a premise or a step is not understood, or names a property that no premise has.
    """
    if not _TASK.search(task):
        return None
    lines = lines_of(output)[:MOST_STEPS]
    premises = [match for line in lines if (match := _PREMISE.match(line.text))]
    goal = next((match for line in lines if (match := _GOAL.match(line.text))), None)
    if not premises or goal is None:
        return None
    # The goal may be about something that no premise speaks of.
    properties = Properties([match["formula"] for match in [*premises, goal]])
    given = [properties.statement(match["formula"]) for match in premises]
    known = [one for one in given if one is not None]
    if len(known) < len(given):
        return None
    told = _Told(properties.every, known)
    due = properties.statement(goal["formula"])
    for line in lines:
        if _PREMISE.match(line.text) or _GOAL.match(line.text):
            continue
        for place, text in _sentences(line):
            step = _STEP.search(text)
            if step is not None:
                said = properties.statement(step["formula"])
                if said is None:
                    return None
                if not told.implies(said):
                    return Slip("inference-invalid", place)
            elif _PROVED.search(text):
                if due is None:
                    return None
                return _turned(lines) if told.implies(due) else Slip("inference-invalid", place)
    return None


def _sentences(line: Line) -> Iterator[tuple[Span, str]]:
    """Yield the sentences of a line with their places."""
    cuts = [0, *(match.end() for match in _STOP.finditer(line.text)), len(line.text)]
    for start, end in itertools.pairwise(cuts):
        yield Span(line.start + start, line.start + end), line.text[start:end]


def _turned(lines: list[Line]) -> Slip | None:
    """Return the premise whose formula says sufficient where its words say necessary."""
    for line in lines:
        match = _NECESSARY.match(line.text)
        if match is None:
            continue
        sides = {side: _OF_WHAT.findall(match[side].lower()) for side in ("given", "then")}
        words = {side: match[side].lower() for side in ("needed", "whom")}
        given = all(
            what in words["needed"] and what not in words["whom"] for what in sides["given"]
        )
        then = all(what in words["whom"] and what not in words["needed"] for what in sides["then"])
        if all(sides.values()) and given and then:
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
