"""Counts the line segments of a drawn path against what an output lists and claims."""

import re

from generator.judging.finals import Span
from generator.judging.replays.slip import Slip, lines_of

_PATH = re.compile(r"<path d=\"(?P<path>[^\"]{5,2000})\"")
_COMMAND = re.compile(r"(?P<command>[ML]) (?P<point>-?[\d.]{1,12},-?[\d.]{1,12})")
_LISTED = re.compile(r"\s{0,4}\(?\d{1,2}[).:]\s?(?P<command>[MLA]) (?P<point>[-\d.,]{3,26})")
_CLAIM = re.compile(
    r"\b(?P<number>\w{2,10}) (?:consecutive |straight |connected |separate )?"
    r"(?:and touching )?(?:lines?\b|line segments?\b)|\b(?P<sided>\w{2,10})-sided shape"
)
_NUMBERS_WORDS = "zero one two three four five six seven eight nine ten eleven twelve"
_NUMBERS = _NUMBERS_WORDS.split()


def replay(task: str, output: str) -> Slip | None:
    """Return where a list of a path's lines leaves the path, or a claim leaves the list."""
    path = _PATH.search(task[:4_000])
    if path is None or re.search("[A-KN-Za-z]", path.group("path")):
        return None
    due = [match.groups() for match in _COMMAND.finditer(path.group("path"))]
    lines = sum(command == "L" for command, _ in due)
    listed = 0
    for line in lines_of(output)[:80]:
        step = _LISTED.match(line.text)
        if step is not None:
            command = (step.group("command"), step.group("point").rstrip(",."))
            if due[listed : listed + 1] != [command]:
                return Slip("segment-skipped", Span(line.start, line.end))
            listed += 1
            continue
        if not listed:
            continue
        if listed < len(due):
            return Slip("segment-skipped", Span(line.start, line.end))
        claim = _CLAIM.search(line.text)
        if claim is None:
            continue
        word = (claim.group("number") or claim.group("sided")).lower()
        if word in _NUMBERS and _NUMBERS.index(word) > 1 and _NUMBERS.index(word) != lines:
            return Slip("count-wrong", Span(line.start + claim.start(), line.start + claim.end()))
        return None
    return None
