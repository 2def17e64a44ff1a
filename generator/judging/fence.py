"""Foreign text made ready for a request: fenced by a marker, cut where long, sendable.

Offsets are those of the output throughout: :func:`plain` replaces one character by one, and
:func:`harmless` adds spaces alone, which the matching of quotes passes over.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from generator.records.keys import canonical_json

MARKER_DIGITS = 20
BYTES_PER_TOKEN = 3.5
"""On the low side for English prose and about right for sums and other scripts."""
HEAD_SHARE = 0.6
"""Of a text that is cut, the part kept from its start; errors start early, answers stand last."""

_BESIDE = bytes(sign for sign in range(128) if not chr(sign).isalnum())
"""ASCII but letters and digits."""
_UNSENDABLE = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile(
    r"<(?=[|\uff5c])"
    r"|<(?=/?s>)"
    r"|<(?=/?think(?:ing)?>)"
    r"|<(?=(?:start|end)_of_turn>)"
    r"|\[(?=/?INST\])",
    re.IGNORECASE,
)


class Cut(NamedTuple):
    """A text as it is shown."""

    text: str
    """The text, with a notice in the place of what was left out."""
    start: int
    """Offset of the first character left out; equal to ``end`` where nothing was."""
    end: int
    """Offset after the last character left out."""


def marker(seed: object, texts: Iterable[str]) -> str:
    """Return a marker that occurs in none of the texts, the same for the same seed and texts.

    It is a hash of the seed. Seeded with everything that it will fence, it changes with every
    letter of that, so that no text can hold its own marker but by chance; see decision 13. Chance
    is looked for all the same (see :func:`holds`), and another marker taken.

    Args:
        seed: Any JSON value.
        texts: Everything that will stand in the request.
    """
    folded = [_folded(text) for text in texts]
    attempt = 0
    while True:
        digest = hashlib.sha256(canonical_json([seed, attempt])).hexdigest()[:MARKER_DIGITS]
        if not any(digest.encode() in text for text in folded):
            return digest
        attempt += 1


def holds(text: str, mark: str) -> bool:
    """Tell whether a text holds a marker, or what looks like it.

    Case, wide letters, and signs between its digits that are no letters (spaces, marks without
    width) make no difference.
    """
    return _folded(mark) in _folded(text)


def _folded(text: str) -> bytes:
    """Return the letters and digits of a text, without what a reader could overlook in them."""
    known = text if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    return known.lower().encode("ascii", "ignore").translate(None, _BESIDE)


def plain(text: str) -> str:
    """Return a text with characters that cannot be sent replaced by U+FFFD, one for one."""
    return _UNSENDABLE.sub("\ufffd", text)


def harmless(text: str) -> str:
    """Return a text in which control tokens of chat formats are broken by a space.

    Some servers read ``<|im_end|>`` and its like within a message as the end of the message.
    """
    return _CONTROL.sub(lambda found: f"{found[0]} ", text)


def one_line(text: str | None, longest: int) -> str | None:
    """Return a text as one printable line, shortened; none where nothing is left."""
    if text is None:
        return None
    line = " ".join(text.split())
    if not line.isprintable():
        line = "".join(sign for sign in line if sign.isprintable())
    return line[:longest].strip() or None


def tokens(text: str) -> int:
    """Return about how many tokens a text takes, without the model's own tokeniser."""
    return int(len(text.encode("utf-8", "replace")) / BYTES_PER_TOKEN) + 1


def cut(text: str, budget: int, mark: str) -> Cut:
    """Return a text within a budget, its middle left out visibly where it is too long.

    Args:
        text: The text.
        budget: Most tokens, as :func:`tokens` estimates them; the notice comes on top.
        mark: Marker of the fence: a notice without it is part of the text.
    """
    # A character is one to four bytes: a short text need not be measured.
    if len(text) * 4 < budget * BYTES_PER_TOKEN or tokens(text) <= budget:
        return Cut(text, 0, 0)
    keep = int(len(text) * budget / tokens(text))
    while True:
        start = int(keep * HEAD_SHARE)
        end = len(text) - (keep - start)
        spent = tokens(text[:start]) + tokens(text[end:])
        if spent <= budget + 2 or keep == 0:
            break
        keep = min(keep - 1, int(keep * budget / spent))
    notice = f"[{mark}: characters {start:,} to {end:,} of {len(text):,} are left out here]"
    return Cut(f"{text[:start]}\n{notice}\n{text[end:]}", start, end)
