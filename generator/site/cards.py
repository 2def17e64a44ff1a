"""Cards: the picture by which other sites and messengers show a link to a page."""

import html
import json
import re
import textwrap
from pathlib import Path

import vl_convert

from generator.errors import InputError
from generator.pages.links import address
from generator.store.atomic import write_bytes
from generator.store.kept import kept

NAME = "card.png"
"""Name of the card beside the page."""
WIDTH, HEIGHT = 1200, 630
"""In pixels: what previews are cut to."""

_FRONT = re.compile(r"\A\n?---\n(.*?)\n---\n", re.DOTALL)
_CARD = re.compile(r'^card: "([^"\n]+\.svg)"$', re.MULTILINE)
_TOLD = re.compile(r'^title: "([^"\n]+)"\ndescription: "([^"\n]+)"\ntold: true$', re.MULTILINE)
_WIDTH = re.compile(r'<svg [^>]*?\bwidth="(\d+)"')
_LINE, _LINES = 52, 3
"""Characters of a line of the title, and lines."""
_TEXT_LINE, _TEXT_LINES = 50, 8
"""Characters of a line of what is told below the title, and lines."""


def write_cards(docs: Path, site: Path) -> int:
    """Draw a card for every page that names a chart for it in its front matter, or asks for words.

    Args:
        docs: Folder of the Markdown pages, their charts beside them.
        site: Folder of the built site.

    Returns:
        Number of cards.

    Raises:
        InputError: A page names a chart that is not there.
    """
    drawn = 0
    for page in sorted(docs.rglob("*.md")):
        front = _FRONT.match(page.read_text(encoding="utf-8"))
        named = _CARD.search(front[1]) if front else None
        words = _TOLD.search(front[1]) if front else None
        if named is not None:
            name = named[1]
            chart = docs / name
            if not chart.is_file():
                raise InputError(f"{page}: card: {name}: there is no such chart")
            told = json.loads(chart.with_suffix(".json").read_text(encoding="utf-8"))["usermeta"]
            picture = card(told["title"], chart.read_text(encoding="utf-8"))
        elif words is not None:
            # Front matter is escaped like everything on a page.
            picture = card(html.unescape(words[1]), in_words(html.unescape(words[2])))
        else:
            continue
        place = address(page.relative_to(docs).as_posix())
        write_bytes(site / place / NAME, picture)
        drawn += 1
    return drawn


def in_words(text: str) -> str:
    """Return a drawing that holds a text, in lines as long as a card has room for.

    Args:
        text: A few sentences; what a card has no room for is left out, visibly.
    """
    lines = textwrap.wrap(text, _TEXT_LINE, max_lines=_TEXT_LINES, placeholder=" …")
    drawn = "".join(
        f'<text x="0" y="{64 + 56 * place}">{html.escape(line)}</text>'
        for place, line in enumerate(lines)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH - 120}" '
        f'height="{64 + 56 * len(lines)}"><g font-family="sans-serif" font-size="42" '
        f'fill="#4a5159">{drawn}</g></svg>'
    )


@kept
def card(title: str, drawing: str) -> bytes:
    """Return a card as PNG.

    Args:
        title: What is shown, in words.
        drawing: A chart as SVG.

    Raises:
        ValueError: The chart does not state its width.
    """
    found = _WIDTH.match(drawing)
    if found is None:
        raise ValueError("a drawing without a width")
    width = int(found[1])
    lines = textwrap.wrap(title, _LINE, max_lines=_LINES, placeholder=" …")
    head = "".join(
        f'<text x="60" y="{76 + 48 * place}">{html.escape(line)}</text>'
        for place, line in enumerate(lines)
    )
    top = 56 + 48 * len(lines)
    # No wider than the card, and cut at its lower edge: the head of a chart says what it is. The
    # edge of the picture cuts; to be cut by each SVG around it takes four times as long as drawing.
    across = WIDTH - 120
    uncut = drawing.replace("<svg ", '<svg overflow="visible" ', 1)
    made = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
        f'<g font-family="sans-serif" font-size="38" font-weight="bold" fill="#1b1f24">{head}</g>'
        f'<svg overflow="visible" x="60" y="{top}" width="{across}" height="{HEIGHT - top}" '
        f'viewBox="0 0 {width} {(HEIGHT - top) * width / across:.2f}">{uncut}</svg></svg>'
    )
    picture: bytes = vl_convert.svg_to_png(made, scale=1)
    return picture
