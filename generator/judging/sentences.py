"""The sentences of an output."""

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z(\\$0-9\"“])|\n+")

_CLOSERS = ")]}\"'”’»*_`$\\ \n"  # noqa: RUF001
_STOPS = ".!?。"
_CUT_BEHIND_STOP = re.compile(r"(?:\d\.|\b(?:e\.g|i\.e|vs|Fig|Eq|Mr|Dr|approx)\.)$")


class Sentence(NamedTuple):
    """A sentence or line of the output."""

    start: int
    end: int
    text: str


def sentences_of(text: str) -> tuple[Sentence, ...]:
    """Return the sentences and lines of a text in order, blank ones left out."""
    cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    pieces = (Sentence(start, end, text[start:end]) for start, end in itertools.pairwise(cuts))
    return tuple(piece for piece in pieces if piece.text.strip())


def cut_at(sentences: Sequence[Sentence], text: str, offset: int) -> list[Sentence]:
    """Return the sentences that end at or before an offset, cutting one that spans it."""
    before = []
    for sentence in sentences:
        if sentence.start >= offset:
            break
        end = min(sentence.end, offset)
        piece = text[sentence.start : end]
        if piece.strip():
            before.append(Sentence(sentence.start, end, piece))
    return before


def breaks_off(closing: str) -> bool:
    """Tell whether closing words end in mid-sentence."""
    last = closing[-16:].rstrip(_CLOSERS)
    return last[-1:] not in _STOPS or bool(_CUT_BEHIND_STOP.search(last))


def in_letters(text: str) -> bool:
    """Tell whether a text holds a letter or a digit."""
    return any(map(str.isalnum, text))
