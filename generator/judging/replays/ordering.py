"""Replays puzzles of objects in a fixed order: which orders the statements leave, and which not."""

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.judging.finals import Span
from generator.judging.replays.slip import Slip, lines_of

MOST_OBJECTS = 7
_PUZZLE = re.compile(r"\barranged in a fixed order\b")
_LISTED = re.compile(r"\b(?:three|five|seven) \w{2,12}(?: \w{2,12})?: (?P<objects>[^.]{5,300})\.")
_BETWEEN = re.compile(r",\s?(?:and )?|\sand\s")
_ARTICLE = re.compile(r"^(?:an?|the) ", re.IGNORECASE)
_RELATIONS = {
    "to the left of": -1,
    "to the right of": 1,
    "newer than": -1,
    "older than": 1,
    "less expensive than": -1,
    "cheaper than": -1,
    "more expensive than": 1,
    "finished above": -1,
    "finished ahead of": -1,
    "finished below": 1,
    "finished behind": 1,
}
"""Relations, and whether the first object comes earlier (-1) or later; left, new, cheap, first."""
_ENDS = {
    "leftmost": 0,
    "rightmost": -1,
    "newest": 0,
    "oldest": -1,
    "cheapest": 0,
    "most expensive": -1,
    "finished first": 0,
    "finished last": -1,
}
_ORDINALS_WORDS = "first second third fourth fifth sixth seventh"
_ORDINALS = _ORDINALS_WORDS.split()
_PLACE = re.compile(
    r"\b(?P<ordinal>second|third|fourth|fifth|sixth)(?:[- ](?P<end>to-last|newest|oldest|cheapest"
    r"|most expensive)| from the (?P<side>left|right)|(?=\.?$))"
)
_DEPICTED = re.compile(
    r"\((?P<from>left|right|newest|oldest|new|old|cheap|cheapest|expensive|most expensive|above"
    r"|below|top|bottom|first|last)\)(?P<row>[^()\n]{3,300})\("
)
_FROM_THE_END = frozenset(
    {"right", "oldest", "old", "expensive", "most expensive", "below", "bottom", "last"}
)


class Claim(NamedTuple):
    """A statement about the order."""

    first: int
    """Place of an object in the list of objects."""
    other: int | None
    """Another object, which it comes before; none where a place is stated."""
    place: int | None
    """Place that it stands at, from 0; none where a relation is stated."""


class Puzzle(NamedTuple):
    """What a puzzle tells."""

    objects: tuple[str, ...]
    claims: tuple[Claim, ...]
    orders: tuple[tuple[int, ...], ...]
    """Orders that satisfy all statements."""


def puzzle_of(task: str) -> Puzzle | None:
    """Read an ordering puzzle, none for any other task or where a statement is not understood."""
    text = task[:4_000].partition("Options:")[0]
    listed = _LISTED.search(text) if _PUZZLE.search(text) else None
    if listed is None:
        return None
    objects = tuple(
        _ARTICLE.sub("", name.strip()).lower() for name in _BETWEEN.split(listed.group("objects"))
    )
    if not 3 <= len(objects) <= MOST_OBJECTS:  # noqa: PLR2004
        return None
    said = [part.strip() for part in text[listed.end() :].split(".") if part.strip()]
    claims = [claim_of(part, objects) for part in said]
    if not claims or None in claims:
        return None
    known = tuple(claim for claim in claims if claim is not None)
    orders = tuple(
        order
        for order in itertools.permutations(range(len(objects)))
        if all(holds(claim, order) for claim in known)
    )
    return Puzzle(objects, known, orders) if orders else None


def claim_of(said: str, objects: Sequence[str]) -> Claim | None:
    """Read a statement about the order, none where it is not understood."""
    text = said.strip(' ."').lower()
    named = sorted((text.find(name), place) for place, name in enumerate(objects) if name in text)
    if not named:
        return None
    first = named[0][1]
    for words, side in _RELATIONS.items():
        if words in text:
            if len(named) != 2 or not named[0][0] < text.index(words) < named[1][0]:  # noqa: PLR2004
                return None
            other = named[1][1]
            return Claim(first, other, None) if side < 0 else Claim(other, first, None)
    place = _place(text, len(objects)) if len(named) == 1 else None
    return None if place is None else Claim(first, None, place)


def holds(claim: Claim, order: Sequence[int]) -> bool:
    """Tell whether a claim holds of an order of the objects' places."""
    if claim.place is not None:
        return order[claim.place] == claim.first
    return claim.other is None or order.index(claim.first) < order.index(claim.other)


def replay(task: str, output: str) -> Slip | None:
    """Return the first line that states an order which the statements do not allow, if any."""
    puzzle = puzzle_of(task)
    if puzzle is None:
        return None
    for line in lines_of(output)[:60]:
        depicted = _DEPICTED.search(line.text)
        wrong = (
            _wrong_row(puzzle, line.text, depicted)
            if depicted is not None
            else _wrong_claim(puzzle, line.text)
        )
        if wrong:
            return Slip("order-impossible", Span(line.start, line.end))
    return None


def _place(text: str, count: int) -> int | None:
    ordinal = _PLACE.search(text)
    if ordinal is not None:
        place = _ORDINALS.index(ordinal.group("ordinal"))
        late = {ordinal.group("end"), ordinal.group("side")} & {
            "oldest",
            "most expensive",
            "to-last",
            "right",
        }
        place = count - 1 - place if late else place
        return place if 0 <= place < count else None
    for words, place in _ENDS.items():
        if words in text:
            return place % count
    return None


def _wrong_row(puzzle: Puzzle, text: str, depicted: re.Match[str]) -> bool:
    """Tell whether a row of objects breaks its own statement or, if it is whole, any."""
    row = depicted.group("row").lower()
    found = _named_in_row(puzzle.objects, row)
    if depicted.group("from") in _FROM_THE_END:
        found.reverse()
    if len(set(found)) != len(found):
        return False
    if "?" not in row and len(found) == len(puzzle.objects):
        return not all(holds(claim, found) for claim in puzzle.claims)
    own = claim_of(
        re.sub(r"^\s*\(?\d+[).:]\s*", "", text[: depicted.start()]).strip(' :"'), puzzle.objects
    )
    if own is None or own.other is None or not {own.first, own.other} <= set(found):
        return False
    return not holds(own, found)


def _named_in_row(objects: Sequence[str], row: str) -> list[int]:
    """Return the objects of a row in order, by their names or the first words of them."""
    first = [name.split()[0] for name in objects]
    known = {name: place for place, name in enumerate(objects)}
    known |= {word: place for place, word in enumerate(first) if first.count(word) == 1}
    pattern = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    return [known[match.group()] for match in re.finditer(rf"\b(?:{pattern})\b", row)]


def _wrong_claim(puzzle: Puzzle, text: str) -> bool:
    """Tell whether a line states plainly what no order allows."""
    said = re.sub(r"\bso the answer is.{0,40}$", "", text.strip().lower()).strip(" .")
    if re.search(r"\b(?:not|cannot|can't|could|might|may|if|or|either|neither)\b|[,;:?]", said):
        return False
    claim = claim_of(said, puzzle.objects)
    return claim is not None and not any(holds(claim, order) for order in puzzle.orders)
