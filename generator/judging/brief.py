"""What a writing task requires of its text, as far as a program can read it."""

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

LONGEST_TASK = 6_000
MOST_REQUIREMENTS = 20
_WORDS = "zero one two three four five six seven eight nine ten eleven twelve"
_NUMBERS = _WORDS.split()
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
_MARK = "\"'“”‘’"  # noqa: RUF001
_TEXT = rf"[^{_MARK}\n]{{1,60}}"
_QUOTED = rf"[\"'“‘](?P<word>{_TEXT})[\"'”’]"  # noqa: RUF001
_MORE = rf"(?:,|;| and|, and| or) ?[{_MARK}]{_TEXT}[{_MARK}]"
_LIST = rf"(?P<list>[{_MARK}]{_TEXT}[{_MARK}](?:{_MORE}){{0,12}})"
_ONE = re.compile(rf"[{_MARK}]({_TEXT})[{_MARK}]")
_NAMES = r"(?:exact )?(?:words?|phrases?|keywords?|terms?):? "
_REQUIRED = (
    re.compile(
        rf"\b(?<!not )(?<!never )(?:include|use|mention|contain|contains)\b (?:the |both the )?"
        rf"{_NAMES}{_LIST}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{_NAMES}{_LIST} (?:(?:must|should|have to|has to|need to|needs to) (?:both |all )?"
        r"(?:occur|appear|be (?:used|included|mentioned))\b)",
        re.IGNORECASE,
    ),
)
_FORBIDDEN = (
    re.compile(
        rf"\b(?:do not|don['’]t|never|must not|without|avoid)\s(?:\w{{1,12}} )?"  # noqa: RUF001
        rf"(?:use|using|include|including|mention|mentioning|contain|containing)?\s?(?:the |any )?"
        rf"{_NAMES}{_LIST}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{_NAMES}{_LIST} (?:must|should|may|can) ?not "
        r"(?:occur|appear|be (?:used|included|mentioned))\b",
        re.IGNORECASE,
    ),
)
_ENDING = re.compile(
    rf"\b(?:(?:end|finish|close|conclude)s?\b[^.\n{_MARK}]{{0,40}}\bwith\b"
    rf"|(?:last|final|closing) line (?:is|has to be|must be|should be))"
    rf"[^.\n{_MARK}]{{0,40}}{_QUOTED}",
    re.IGNORECASE,
)
_OPENING = re.compile(
    rf"\b(?:(?:start|begin|open)s?\b[^.\n{_MARK}]{{0,40}}\bwith\b"
    rf"|(?:first|opening) line (?:is|has to be|must be|should be))"
    rf"[^.\n{_MARK}]{{0,40}}{_QUOTED}",
    re.IGNORECASE,
)
_HEADINGS = re.compile(
    rf"\b(?:sections?|headings?|headers?|subheadings?)\b"
    rf"(?P<between>[^.\n{_MARK}]{{0,80}}){_LIST}",
    re.IGNORECASE,
)
_OF_WORDS = re.compile(r"\b(?:words?|phrases?|keywords?|terms?|lines?)\b", re.IGNORECASE)
_ORDERED = re.compile(r"\bin (?:this|that|the given|the same|the following) order\b", re.IGNORECASE)
_CLOSED = re.compile(
    r"\b(?:exactly|only|just) (?:these|the following)\b|\bno (?:other|further|additional)\b",
    re.IGNORECASE,
)
_CASE = re.compile(
    r"\b(?:all|entirely|only|in) (?P<case>lower ?case|capital letters|upper ?case)\b", re.IGNORECASE
)
_NO_COMMA = re.compile(
    r"\b(?:no|without|not use(?: any)?|avoid)(?: using)?(?: any)? commas?\b", re.IGNORECASE
)
_JSON = re.compile(r"\b(?:valid JSON|JSON (?:format|object|array|only)|(?:as|in) JSON)\b")


class Length(NamedTuple):
    """A bound on how many words, sentences or parts there are to be."""

    bound: str
    """As it is worded, such as ``at least``."""
    number: int
    """The number."""
    unit: str
    """Words, sentences, or parts of some kind, in the singular."""


class Brief(NamedTuple):
    """What a task requires."""

    lengths: tuple[Length, ...]
    """Bounds."""
    required: tuple[str, ...]
    """Words that there have to be."""
    forbidden: tuple[str, ...]
    """Words that there may not be."""
    opening: str | None
    """What the text has to begin with."""
    ending: str | None
    """What the text has to end with."""
    headings: tuple[str, ...]
    """Headings that its sections have to have."""
    ordered: bool
    """Whether the headings come in this order."""
    closed: bool
    """Whether there may be no other heading."""
    lower: bool | None
    """Whether all letters are small, or all are capital; none if neither."""
    no_commas: bool
    """Whether there may be no comma."""
    json: bool
    """Whether it has to be JSON."""


def brief_of(task: str) -> Brief:
    """Return what a writing task requires; offsets do not matter, so its beginning is enough."""
    text = task[:LONGEST_TASK]
    forbidden = tuple(_quoted(_FORBIDDEN, text))
    headings, line = _headings(text)
    case = _CASE.search(text)
    return Brief(
        lengths=tuple(_lengths(text)),
        required=tuple(word for word in _quoted(_REQUIRED, text) if word not in forbidden),
        forbidden=forbidden,
        opening=_only(_OPENING, text),
        ending=_only(_ENDING, text),
        headings=headings,
        ordered=bool(_ORDERED.search(line)),
        closed=bool(_CLOSED.search(line)),
        lower=case.group("case").lower().startswith("lower") if case else None,
        no_commas=bool(_NO_COMMA.search(text)),
        json=bool(_JSON.search(text)),
    )


def _lengths(text: str) -> Iterator[Length]:
    for match in itertools.islice(_LENGTH.finditer(text), MOST_REQUIREMENTS):
        number = match.group("number").lower()
        value = int(number) if number.isdigit() else _NUMBERS.index(number)
        yield Length(match.group("bound").lower(), value, match.group("unit").lower().rstrip("s"))


def _quoted(patterns: tuple[re.Pattern[str], ...], text: str) -> Iterator[str]:
    """Yield what is quoted in the lists that patterns find, in small letters."""
    found = itertools.chain.from_iterable(pattern.finditer(text) for pattern in patterns)
    for match in itertools.islice(found, MOST_REQUIREMENTS):
        yield from (word.strip().lower() for word in _ONE.findall(match.group("list")))


def _headings(text: str) -> tuple[tuple[str, ...], str]:
    """Return the headings that are asked for, and the line that asks for them."""
    for match in itertools.islice(_HEADINGS.finditer(text), MOST_REQUIREMENTS):
        named = tuple(dict.fromkeys(_ONE.findall(match.group("list"))))
        if _OF_WORDS.search(match.group("between")):
            continue
        if len(named) > 1 or named[0].startswith("#"):
            return named, _line(text, match.start())
    return (), ""


def _only(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return match.group("word").strip() if match else None


def _line(text: str, at: int) -> str:
    """Return the line around an offset."""
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : len(text) if end < 0 else end]
