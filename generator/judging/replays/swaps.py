"""Replays shuffled objects: who holds what after each swap that the task tells."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.judging.finals import Span
from generator.judging.replays.slip import Line, Slip, lines_of

MOST_SWAPS = 40
_LONGEST_TASK = 4_000
_SWAP = re.compile(
    r"\b(?P<one>[A-Z][a-z]{1,14}) and (?P<other>[A-Z][a-z]{1,14}) "
    r"(?:swap|trade|switch|exchange)"
)
_HOLDING = re.compile(r"\b(?P<name>[A-Z][a-z]{0,14})\s?[:=]\s?(?P<held>[^,.;:\n]{1,60})")
_AT_THE_END = re.compile(r"\b[Aa]t the end of ")
_WORD = re.compile(r"[a-z']+")


class Story(NamedTuple):
    """What a task of shuffled objects tells."""

    held: dict[str, int]
    """Place of the object that each person begins with."""
    swaps: tuple[tuple[str, str], ...]
    """Who swaps with whom, in order."""
    words: tuple[frozenset[str], ...]
    """Words by which each object is known."""


def story_of(task: str, objects: Sequence[str]) -> Story | None:
    """Read a task of shuffled objects, none for any other task.

    Args:
        task: The task.
        objects: The objects, which are its options.
    """
    if not 2 <= len(objects) <= 10 or not _SWAP.search(task[:_LONGEST_TASK]):  # noqa: PLR2004
        return None
    text = task[:_LONGEST_TASK]
    found = list(_SWAP.finditer(text))
    names = {name for match in found for name in match.group("one", "other")}
    head = text[: found[0].start()]
    colon = head.find(": ")
    beginning = head[colon:] if colon != -1 else head
    named = [
        (match.start(), match.group()) for match in re.finditer(r"\b[A-Z][a-z]{1,14}\b", beginning)
    ]
    held: dict[str, int] = {}
    for place, thing in enumerate(objects):
        at = beginning.find(thing.strip(" ."))
        before = [name for start, name in named if start < at and name not in thing]
        if at == -1 or not before:
            return None
        held[before[-1]] = place
    if len(held) != len(objects) or not names <= held.keys() or len(found) > MOST_SWAPS:
        return None
    swaps = tuple((match.group("one"), match.group("other")) for match in found)
    return Story(held, swaps, _telling_words(objects))


def replay(task: str, objects: Sequence[str], output: str) -> Slip | None:
    """Return the first stated holding that does not follow from the swaps so far, if any."""
    story = story_of(task, objects)
    if story is None:
        return None
    trace = _Trace(story)
    for line in lines_of(output):
        stated = trace.stated(line)
        if len(stated) > 1 and not trace.take(line, stated):
            return Slip("holding-wrong", Span(line.start, line.end))
    return None


class _Trace:
    """Who holds what after the swaps replayed so far."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.held = dict(story.held)
        self.done = 0
        self.begun = False
        self.initials = {name[0]: name for name in story.held}

    def stated(self, line: Line) -> list[tuple[str, int]]:
        """Return the holdings that a line states."""
        end = _AT_THE_END.search(line.text)
        # "At the end" opens the conclusion, unless the line tells the beginning.
        text = line.text[: end.start()] if end and end.start() else line.text
        found: list[tuple[str, int]] = []
        for match in _HOLDING.finditer(text[:1_000]):
            name = self.named(match.group("name"))
            thing = self.thing(match.group("held"))
            if name is not None and thing is not None:
                found.append((name, thing))
        return found

    def named(self, name: str) -> str | None:
        if name in self.held:
            return name
        return self.initials.get(name) if len(self.initials) == len(self.held) else None

    def thing(self, held: str) -> int | None:
        """Return the object that some words name, none where they fit several or none."""
        words = frozenset(_WORD.findall(held.lower()))
        shares = [len(known & words) / len(known) for known in self.story.words]
        best = max(shares)
        return shares.index(best) if best and shares.count(best) == 1 else None

    def take(self, line: Line, stated: list[tuple[str, int]]) -> bool:
        """Tell whether a stated holding follows, and go on by a swap where it is the next."""
        swap = self.next_swap()
        named = _SWAP.search(line.text)
        if not self.begun and named is None and _holds(stated, self.held):
            self.begun = True
            return True
        self.begun = True
        after = dict(self.held)
        if swap is not None:
            one, other = swap
            after[one], after[other] = after[other], after[one]
            if named is not None and set(named.group("one", "other")) != set(swap):
                return False
            if _holds(stated, after):
                self.held = after
                self.done += 1
                return True
        return named is None and _holds(stated, self.held)

    def next_swap(self) -> tuple[str, str] | None:
        return self.story.swaps[self.done] if self.done < len(self.story.swaps) else None


def _holds(stated: list[tuple[str, int]], held: Mapping[str, int]) -> bool:
    return all(held[name] == thing for name, thing in stated)


def _telling_words(objects: Sequence[str]) -> tuple[frozenset[str], ...]:
    """Return the words of each object that are not common to all."""
    words = [frozenset(_WORD.findall(thing.lower())) for thing in objects]
    common = frozenset.intersection(*words)
    return tuple(known - common or known for known in words)
