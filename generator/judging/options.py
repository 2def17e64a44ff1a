"""The options of a multiple-choice item, and their texts and numbers."""

import re
import unicodedata
from fractions import Fraction
from typing import NamedTuple

from generator.judging.arithmetic import NUMERAL, numeral
from generator.records.failure import Failure

LETTERS = "ABCDEFGHIJKLMNOP"
LONGEST_TEXT = 20_000
"""Characters of a text that are compared; as many as are read of an output."""
_IN_INPUT = re.compile(r"(?:^|\n)[ \t]{0,4}\(?([A-P])[).][ \t]{1,4}([^\n]{1,300})")
_MARKS = re.compile(r"\\(?:text|mathrm|mathbf|textbf)|[${}*_`\"'\\]|[.,;:]+(?=\s|$)")
_SPACES = re.compile(r"\s+")
_POWER = r"\s?(?:×|x|\*|\\times|\\cdot)\s?10\s?\^\s?\{?(?P<power>[-−]?\d{1,2})\}?"  # noqa: RUF001
_ONLY_NUMBER = re.compile(
    rf"\s*[$£€]?\s?(?P<number>-?\s?[$£€]?(?:{NUMERAL}))(?:{_POWER})?"
    r"\s*(?P<unit>(?:(?:ft|in|[ckm]?m|yd|mi)\s?\^?\{?[23]\}?|[^\d+*/=^()<>]{0,24}))"
)


class Amount(NamedTuple):
    """A number as an option gives it."""

    value: Fraction
    literal: str


class Options(NamedTuple):
    """Options by letter; the first is A."""

    texts: tuple[str, ...]
    """Texts as given."""
    amounts: tuple[Amount | None, ...]
    """Numbers of the options that are one number, with or without a unit."""

    def place(self, letter: str | None) -> int | None:
        """Return the place of a letter, none where there is no such option."""
        if letter is None or len(letter) != 1 or letter not in LETTERS:
            return None
        place = LETTERS.index(letter)
        return place if place < len(self.texts) else None

    @property
    def mostly_numbers(self) -> bool:
        """Whether all options but two at most are one number each."""
        known = sum(amount is not None for amount in self.amounts)
        return known >= max(2, len(self.amounts) - 2)


def options_of(failure: Failure) -> Options:
    """Return the options, from the item's list or from lettered lines of the input."""
    texts = failure.choices
    if not texts:
        found = _IN_INPUT.findall(failure.input[-4_000:])
        lettered = [
            text for place, (letter, text) in enumerate(found) if LETTERS[place:][:1] == letter
        ]
        texts = tuple(lettered) if len(lettered) == len(found) >= 2 else ()  # noqa: PLR2004
    texts = texts[: len(LETTERS)]
    return Options(
        texts=texts,
        amounts=tuple(amount(text) for text in texts),
    )


def plain(text: str) -> str:
    """Return a text in lower case, without marks of typesetting, spaces made single."""
    bare = _MARKS.sub("", unicodedata.normalize("NFKC", text[:LONGEST_TEXT]))
    return _SPACES.sub(" ", bare).strip(" .").lower()


def amount(text: str) -> Amount | None:
    """Return the number that an option consists of, with or without a short unit."""
    match = _ONLY_NUMBER.fullmatch(text.strip()[:80])
    if match is None:
        return None
    literal = re.sub(r"[\s$£€]", "", match.group("number"))
    value = numeral(literal.lstrip("-"))
    if value is None:
        return None
    value *= Fraction(10) ** int((match["power"] or "0").replace("−", "-"))  # noqa: RUF001
    return Amount(-value if literal.startswith("-") else value, literal)
