"""Evaluates truth-value expressions that an output sets equal to one another."""

import itertools
import re

from generator.judging.finals import Span
from generator.judging.replays.slip import Slip

MOST_TOKENS = 120
MOST_DEPTH = 20
MOST_SIGNS = 300
WINDOW = 300
"""Characters on either side of an equals sign that are read."""
_TOKEN = re.compile(r"\b(?:True|False|not|and|or)\b|[()]|[^\s()]+")
_WORDS = frozenset({"True", "False", "not", "and", "or", "(", ")"})
_TASK = re.compile(
    r"\s{0,9}(?:(?:True|False|not|and|or|[()])\s{0,4}){2,200}(?:is|=)?\s{0,9}\??\s{0,9}"
)


def is_task(task: str) -> bool:
    """Tell whether a task is nothing but a truth-value expression."""
    return _TASK.fullmatch(task.strip()[:1_600]) is not None


def replay(task: str, output: str) -> Slip | None:
    """Return the first equality of two expressions with different truth values, if any."""
    if not is_task(task):
        return None
    past = 0
    for sign in itertools.islice(re.finditer("=", output), MOST_SIGNS):
        left = _left(output, max(past, sign.start() - WINDOW), sign.start())
        following = output.find("=", sign.end(), sign.end() + WINDOW)
        right = _right(output, sign.end(), following if following != -1 else sign.end() + WINDOW)
        past = sign.end()
        if not left or not right:
            continue
        one, other = _value(left), _value(right)
        if one is None or other is None or one == other:
            continue
        words = [[m.group() for m in side if m.group() not in "()"] for side in (left, right)]
        kind = "truth-regrouped" if words[0] == words[1] else "truth-wrong"
        return Slip(kind, Span(left[0].start(), right[-1].end()))
    return None


def _left(text: str, start: int, end: int) -> list[re.Match[str]]:
    taken: list[re.Match[str]] = []
    for match in reversed(list(_TOKEN.finditer(text, start, end))):
        if match.group() not in _WORDS:
            break
        taken.append(match)
    return taken[::-1]


def _right(text: str, start: int, end: int) -> list[re.Match[str]]:
    taken: list[re.Match[str]] = []
    for match in _TOKEN.finditer(text, start, min(end, len(text))):
        if match.group() not in _WORDS:
            # "True." ends a sentence: a stop joined to the word stands alone here.
            break
        taken.append(match)
    return taken


def _value(taken: list[re.Match[str]]) -> bool | None:
    """Return the value of an expression; none where it is no whole one."""
    words = [match.group() for match in taken]
    if not 0 < len(words) <= MOST_TOKENS:
        return None
    value, at = _either(words, 0, 0)
    return value if at == len(words) else None


def _either(words: list[str], at: int, depth: int) -> tuple[bool | None, int]:
    value, at = _both(words, at, depth)
    while value is not None and at < len(words) and words[at] == "or":
        other, at = _both(words, at + 1, depth)
        value = None if other is None else value or other
    return value, at


def _both(words: list[str], at: int, depth: int) -> tuple[bool | None, int]:
    value, at = _single(words, at, depth)
    while value is not None and at < len(words) and words[at] == "and":
        other, at = _single(words, at + 1, depth)
        value = None if other is None else value and other
    return value, at


def _single(words: list[str], at: int, depth: int) -> tuple[bool | None, int]:
    negative = False
    while at < len(words) and words[at] == "not":
        negative = not negative
        at += 1
    if at >= len(words) or depth > MOST_DEPTH:
        return None, at
    if words[at] in {"True", "False"}:
        return (words[at] == "True") != negative, at + 1
    if words[at] != "(":
        return None, at
    value, at = _either(words, at + 1, depth + 1)
    if value is None or at >= len(words) or words[at] != ")":
        return None, at
    return value != negative, at + 1
