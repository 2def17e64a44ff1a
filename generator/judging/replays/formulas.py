"""Formulas about one individual, as sets of the kinds of individuals that they hold of.

A kind is a choice of true and false for every property; a formula is the set of kinds of which it
holds, as the bits of a number. Whether one follows from others is then a comparison of numbers.
"""

import re
from typing import NamedTuple

MOST_PROPERTIES = 10
MOST_DEPTH = 12
LONGEST = 900
"""Characters of a formula that is read."""

_TOKEN = re.compile(
    r"\s{0,4}(?:(?P<word>NOT|AND|OR)\b"
    r"|(?P<subject>[A-Z][\w.'-]{0,30}(?: [A-Z][\w.'-]{0,30}){0,3}) ?="
    r"|(?P<property>[A-Za-z][\w'-]{0,40}\([^()]{1,80}\))|(?P<bracket>[()]))"
)
_SPLIT = re.compile(r"if (?P<given>.{1,450}?), then (?P<then>.{1,450})", re.IGNORECASE)
_EXISTS = re.compile(r"there exists X such that (?P<what>.{1,450})", re.IGNORECASE)


class Statement(NamedTuple):
    """What is said of everything, of something, or of one named individual."""

    reach: str
    """``all``, ``some``, or the name."""
    holds: int
    """Kinds of individuals of which the formula holds."""


class Properties:
    """The properties met so far; all of them have to be met before formulas are read."""

    def __init__(self, texts: list[str]) -> None:
        found = (name for text in texts for name in _properties(text))
        self.known = {name: place for place, name in enumerate(dict.fromkeys(found))}
        size = 1 << len(self.known) if len(self.known) <= MOST_PROPERTIES else 0
        self.every = (1 << size) - 1
        self._size = size

    def statement(self, text: str) -> Statement | None:
        """Return what a formula states; none where it is not understood."""
        text = text.strip(" .?:")
        if not self._size or len(text) > LONGEST:
            return None
        implied = _SPLIT.fullmatch(text)
        if implied:
            given, then = self._formula(implied["given"]), self._formula(implied["then"])
            if given is None or then is None or given.reach != then.reach:
                return None
            return Statement(given.reach, (self.every ^ given.holds) | then.holds)
        exists = _EXISTS.fullmatch(text)
        if exists:
            what = self._formula(exists["what"])
            return None if what is None or what.reach != "all" else Statement("some", what.holds)
        bare = self._formula(text)
        return None if bare is None or bare.reach == "all" else bare

    def _formula(self, text: str) -> Statement | None:
        tokens: list[str] = []
        subjects: set[str] = set()
        at = 0
        text = text.strip()
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None:
                return None
            at = match.end()
            if match["subject"]:
                subjects.add(match["subject"])
            else:
                tokens.append(match["word"] or match["bracket"] or _folded(match["property"]))
        holds, end = self._either(tokens, 0, 0)
        if holds is None or end != len(tokens) or len(subjects) != 1:
            return None
        subject = subjects.pop()
        return Statement("all" if subject == "X" else subject, holds)

    def _either(self, tokens: list[str], at: int, depth: int) -> tuple[int | None, int]:
        value, at = self._both(tokens, at, depth)
        while value is not None and at < len(tokens) and tokens[at] == "OR":
            other, at = self._both(tokens, at + 1, depth)
            value = None if other is None else value | other
        return value, at

    def _both(self, tokens: list[str], at: int, depth: int) -> tuple[int | None, int]:
        value, at = self._single(tokens, at, depth)
        while value is not None and at < len(tokens) and tokens[at] == "AND":
            other, at = self._single(tokens, at + 1, depth)
            value = None if other is None else value & other
        return value, at

    def _single(self, tokens: list[str], at: int, depth: int) -> tuple[int | None, int]:
        negative = False
        while at < len(tokens) and tokens[at] == "NOT":
            negative = not negative
            at += 1
        if at >= len(tokens) or depth > MOST_DEPTH:
            return None, at
        if tokens[at] == "(":
            value, at = self._either(tokens, at + 1, depth + 1)
            if value is None or at >= len(tokens) or tokens[at] != ")":
                return None, at
        else:
            value = self._property(tokens[at])
        if value is None:
            return None, at
        return (self.every ^ value if negative else value), at + 1

    def _property(self, name: str) -> int | None:
        """Return the kinds that have a property: bits in runs of equal length."""
        place = self.known.get(name)
        if place is None:
            return None
        run = 1 << place
        block = ((1 << run) - 1) << run
        value = 0
        for start in range(0, self._size, 2 * run):
            value |= block << start
        return value


def _folded(name: str) -> str:
    return " ".join(name.lower().split())


def _properties(text: str) -> list[str]:
    found = (match["property"] for match in _TOKEN.finditer(text[:LONGEST]))
    return [_folded(name) for name in found if name]
