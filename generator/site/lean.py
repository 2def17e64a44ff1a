"""Characters written out: a page spells some of them as references, which are four times as long.

Whatever comes from outside is escaped for Markdown and HTML at once, so that brackets and
underscores stand as references. Once Markdown has been turned into HTML, only what HTML itself
reads as markup has to.
"""

import re
from pathlib import Path

from generator.store.atomic import write_bytes

_REFERENCE = re.compile(r"&#(\d{2,3});")
_RAW = re.compile(r"(<(script|style)\b.*?</\2\s*>)", re.DOTALL | re.IGNORECASE)
_MARKUP = frozenset("<>&\"'`")
_NO_BREAK_SPACE = 0xA0


def lean(html: str) -> str:
    """Return a page with the printable characters that its references stand for.

    What HTML reads as markup stays a reference, and scripts and styles stay as they are.
    """
    parts = _RAW.split(html)
    # Of each match the split gives the whole and the name of its tag.
    return "".join(
        _REFERENCE.sub(_written, part) if place % 3 == 0 else part
        for place, part in enumerate(parts)
        if place % 3 != 2  # noqa: PLR2004 - the names
    )


def _written(found: re.Match[str]) -> str:
    code = int(found[1])
    character = chr(code)
    plain = code < 0x7F and character.isprintable() and character not in _MARKUP  # noqa: PLR2004
    return character if plain or code == _NO_BREAK_SPACE else found[0]


def write_lean(site: Path) -> None:
    """Make every page of a built site lean; doing it twice changes nothing.

    Args:
        site: Folder of the built site.
    """
    for path in sorted(site.rglob("*.html")):
        html = path.read_bytes().decode("utf-8")
        write_bytes(path, lean(html).encode("utf-8"))
