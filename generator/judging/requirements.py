"""Requirements that a writing task states and a program can check: length, words, parts, form."""

import itertools
import json
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.judging.finals import Span

LONGEST_TASK = 6_000
MOST_REQUIREMENTS = 20
_NUMBERS_WORDS = "zero one two three four five six seven eight nine ten eleven twelve"
_NUMBERS = _NUMBERS_WORDS.split()
_NUMBER = rf"(?P<number>\d{{1,4}}|{'|'.join(_NUMBERS)})"
_BOUND = (
    r"(?P<bound>at least|no fewer than|no less than|a minimum of|more than|at most|no more than"
    r"|up to|a maximum of|fewer than|less than|under|exactly|precisely|only)"
)
_LENGTH = re.compile(
    rf"\b{_BOUND}\s(?:of )?{_NUMBER}\s(?:\w{{1,12}} )?"
    r"(?P<unit>words?|sentences?|paragraphs?|lines|bullet points?|bullets|sections?)\b",
    re.IGNORECASE,
)
_QUOTED = r"[\"'“‘](?P<word>[^\"'“”‘’\n]{1,40})[\"'”’]"  # noqa: RUF001
_REQUIRED = re.compile(
    rf"\b(?P<mode>include|use|mention|contain|contains)\b (?:the |both the )?"
    rf"(?:exact )?(?:words?|phrases?|keywords?|terms?):? {_QUOTED}",
    re.IGNORECASE,
)
_FORBIDDEN = re.compile(
    rf"\b(?:do not|don['’]t|never|must not|without|avoid)\s(?:\w{{1,12}} )?"  # noqa: RUF001
    rf"(?:use|using|include|including|mention|mentioning|contain|containing)?\s?(?:the |any )?"
    rf"(?:words?|phrases?|keywords?|terms?):? {_QUOTED}",
    re.IGNORECASE,
)
_ENDING = re.compile(
    rf"\b(?:end|finish|close|conclude)s?\b[^.\n\"'“]{{0,40}}\bwith\b[^.\n\"'“]{{0,40}}{_QUOTED}",
    re.IGNORECASE,
)
_CASE = re.compile(
    r"\b(?:all|entirely|only|in) (?P<case>lower ?case|capital letters|upper ?case)\b", re.IGNORECASE
)
_NO_COMMA = re.compile(
    r"\b(?:no|without|not use(?: any)?|avoid)(?: using)?(?: any)? commas?\b", re.IGNORECASE
)
_JSON = re.compile(r"\b(?:valid JSON|JSON (?:format|object|array|only)|(?:as|in) JSON)\b")
_LOWER = frozenset({"at least", "no fewer than", "no less than", "a minimum of"})
_UPPER = frozenset({"at most", "no more than", "up to", "a maximum of"})
_BELOW = frozenset({"fewer than", "less than", "under"})
_SENTENCE = re.compile(r"[^\s.!?][^.!?]{0,2000}[.!?]+(?=[\s\"'”’)*]|$)")  # noqa: RUF001
_BULLET = re.compile(r"(?m)^\s{0,8}(?:[-*•]|\d{1,2}[.)])\s")
_HEADING = re.compile(
    r"(?m)^\s{0,3}(?:#{1,6}\s|\*\*[^*\n]{1,80}\*\*\s{0,4}$|(?:section|part)\s\w{1,8}\b)",
    re.IGNORECASE,
)


class Unmet(NamedTuple):
    """A requirement that an output does not meet."""

    kind: str
    """``length``, ``words``, ``parts`` or ``form``."""
    span: Span
    """Where it shows; all of the output for what is missing."""


def unmet(task: str, output: str) -> tuple[Unmet, ...]:
    """Return the requirements of a writing task that its output does not meet, in order.

    Args:
        task: What was asked.
        output: The output as far as it is read.
    """
    text = task[:LONGEST_TASK]
    whole = Span(0, len(output.rstrip()))
    checks: tuple[Iterator[Unmet], ...] = (
        _lengths(text, output, whole),
        _words(text, output, whole),
        _forms(text, output, whole),
    )
    found = itertools.islice(itertools.chain.from_iterable(checks), MOST_REQUIREMENTS)
    return tuple(sorted(found, key=lambda one: one.span.start))


def _lengths(task: str, output: str, whole: Span) -> Iterator[Unmet]:
    for match in itertools.islice(_LENGTH.finditer(task), MOST_REQUIREMENTS):
        unit = match.group("unit").lower().rstrip("s")
        count = _COUNTS[unit](output)
        number, bound = _number(match.group("number")), match.group("bound").lower()
        slack = number // 20 if unit == "word" else 0
        if not _within(count, number, bound, slack):
            yield Unmet("length" if unit in {"word", "sentence"} else "parts", whole)


def _within(count: int, number: int, bound: str, slack: int) -> bool:
    """Tell whether a count keeps a bound; counts of words differ a little between counters."""
    if bound in _LOWER:
        return count >= number - slack
    if bound in _UPPER:
        return count <= number + slack
    if bound in _BELOW:
        return count < number + slack
    if bound == "more than":
        return count > number - slack
    return abs(count - number) <= slack


def _words(task: str, output: str, whole: Span) -> Iterator[Unmet]:
    lowered = output.lower()
    forbidden: set[str] = set()
    for match in itertools.islice(_FORBIDDEN.finditer(task), MOST_REQUIREMENTS):
        word = match.group("word").strip().lower()
        forbidden.add(word)
        place = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", lowered)
        if place is not None:
            yield Unmet("words", Span(place.start(), place.end()))
    for match in itertools.islice(_REQUIRED.finditer(task), MOST_REQUIREMENTS):
        word = match.group("word").strip().lower()
        if word not in forbidden and word not in lowered:
            yield Unmet("words", whole)
    ending = _ENDING.search(task)
    if ending is not None:
        last = re.sub(r"[\s\W_]+$", "", lowered)
        due = re.sub(r"[\s\W_]+$", "", ending.group("word").lower())
        if due and not last.endswith(due):
            yield Unmet("words", Span(max(0, whole.end - 200), whole.end))


def _forms(task: str, output: str, whole: Span) -> Iterator[Unmet]:
    case = _CASE.search(task)
    if case is not None:
        lower = case.group("case").lower().startswith("lower")
        wrong = next(
            (i for i, c in enumerate(output) if c.isupper() is lower and c.isalpha()), None
        )
        if wrong is not None:
            yield Unmet("form", Span(wrong, min(wrong + 40, whole.end)))
    if _NO_COMMA.search(task) and "," in output:
        at = output.index(",")
        yield Unmet("form", Span(max(0, at - 20), at + 1))
    if _JSON.search(task) and not _is_json(output):
        yield Unmet("form", whole)


def _is_json(output: str) -> bool:
    bare = re.sub(r"^\s*```\w{0,10}\s|```\s*$", "", output.strip()).strip()
    try:
        json.loads(bare)
    except (ValueError, RecursionError):
        return False
    return True


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS.index(text.lower())


def _paragraphs(text: str) -> int:
    return sum(bool(part.strip()) for part in re.split(r"\n\s{0,40}\n", text))


_COUNTS: dict[str, Callable[[str], int]] = {
    "word": lambda text: len(text.split()),
    "sentence": lambda text: sum(1 for _ in _SENTENCE.finditer(text)),
    "paragraph": _paragraphs,
    "line": lambda text: sum(bool(line.strip()) for line in text.split("\n")),
    "bullet point": lambda text: sum(1 for _ in _BULLET.finditer(text)),
    "bullet": lambda text: sum(1 for _ in _BULLET.finditer(text)),
    "section": lambda text: sum(1 for _ in _HEADING.finditer(text)),
}
