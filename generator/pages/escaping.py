"""The one way from a value to text that is safe on a page.

A page is Markdown with raw HTML in it, behind front matter. Escaped text is safe in every place a
template can put it: a paragraph, a heading, a list, a table, raw HTML, a quoted attribute, a double
quoted string of the front matter. It does so by writing each character that means something in any
of these as a numeric character reference, line ends included, so that a value is always one line.
"""

import re
import unicodedata
from functools import lru_cache

from generator.charts.labels import stand_in


class Html(str):
    """A fragment that a template of this project made, or that was escaped already.

    Only this exact type passes unescaped: joining, cutting or formatting one gives plain text
    again, which is escaped like any other.
    """

    __slots__ = ()


_HIDDEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls but tab and line feed
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiners, fillers
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"  # zero width, separators, direction
    "\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufdd0-\ufdef\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # shorthand, music, tags
    "]"
)
"""Characters that leave no mark of their own, or turn, hide or break what is around them."""

_MEANING = re.compile(
    r"[^\w\s.,;%?/\-]"  # punctuation and symbols that some syntax uses
    r"|_|[\t\n]"
    r"|(?<![0-9A-Za-z])-|-(?![0-9A-Za-z])"  # a hyphen that is not within a word
    r"|(?<=[0-9])\.(?![0-9A-Za-z])"  # "1." starts a list
    r"|(?<![^ ]) | (?![^ ])",  # a blank at either end or beside another
    re.ASCII,
)


def hidden_name(character: str) -> str:
    """Return what a hidden character is called, such as ``U+202E RIGHT-TO-LEFT OVERRIDE``."""
    code = ord(character)
    name = unicodedata.name(character, "")
    return f"U+{code:04X} {name}".rstrip()


def visible(text: str) -> str:
    """Return text with a stand-in for every hidden character; tabs and line ends stay."""
    if text.isascii() and text.isprintable():  # most texts, found out some ten times as fast
        return str(text)  # plain text of a fragment of ours, too
    return _HIDDEN.sub(lambda found: stand_in(found[0]), text)


def _reference(found: re.Match[str]) -> str:
    character = found[0]
    # Letters, signs and pictographs of other scripts mean nothing to any syntax here; blanks do.
    harmless = not character.isascii() and not character.isspace()
    return character if harmless else f"&#{ord(character)};"


def _escaped(text: str) -> Html:
    return Html(_MEANING.sub(_reference, visible(text)))


_SHORT = 100
"""Characters of a text that may stand on many pages: a name, a number with its interval."""
_escaped_before = lru_cache(maxsize=16_384)(_escaped)


def escape(text: str) -> Html:
    """Return text that reads the same and does nothing, wherever a template puts it.

    Args:
        text: Any text at all. Hidden characters are replaced by a visible stand-in.
    """
    return _escaped_before(text) if len(text) <= _SHORT else _escaped(text)


def escape_long(text: str) -> Html:
    """Return text for the body of an element, hidden characters named in a tooltip each."""
    parts: list[str] = []
    place = 0
    for found in _HIDDEN.finditer(text):
        parts.append(escape(text[place : found.start()]))
        title, shown = escape(hidden_name(found[0])), escape(stand_in(found[0]))
        parts.append(f'<span class="ea-unseen" title="{title}">{shown}</span>')
        place = found.end()
    parts.append(escape(text[place:]))
    return Html("".join(parts))
