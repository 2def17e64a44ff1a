"""Words and numbers on charts: printable, short, the same everywhere.

What is written on a chart can come from anywhere. A chart is drawn as text of an SVG, so markup in
it stays text; what would not stay visible (controls, direction overrides) is spelled out here.
"""

import textwrap
import unicodedata

UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Unicode categories without a mark of their own on paper."""

_PICTURES = {**{code: 0x2400 + code for code in range(0x20)}, 0x7F: 0x2421}
"""Control characters that Unicode has a picture of."""

NBSP = "\N{NO-BREAK SPACE}"


def visible(text: str, limit: int = 80) -> str:
    """Return one line of printable text of at most ``limit`` characters.

    Args:
        text: Any text.
        limit: Most characters of the result; what is longer ends in an ellipsis.
    """
    # Not more than what can be shown is looked at, however long the text is.
    shown = text[: limit + 1]
    if not shown.isprintable():  # which every text without such a mark is, and most texts are
        shown = "".join(
            stand_in(mark) if unicodedata.category(mark) in UNSEEN else mark for mark in shown
        )
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def stand_in(character: str) -> str:
    """Return a visible stand-in for a hidden character: its picture, or its escape."""
    code = ord(character)
    if code in _PICTURES:
        return chr(_PICTURES[code])
    if code <= 0xFF:  # noqa: PLR2004 - the last code that two digits can write
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - four digits


def wrapped(text: str, width: int) -> str:
    """Break a label into at most two lines of about ``width`` characters."""
    lines = textwrap.wrap(visible(text), width, break_long_words=False, break_on_hyphens=False)
    if len(lines) > 2:  # noqa: PLR2004 - two lines are what a row of a chart has room for
        lines = [lines[0], " ".join(lines[1:])]
    return "\n".join(lines)


def percent(share: float) -> str:
    """Return a share in [0, 1] for a sentence or label: whole per cent, finer below ten."""
    value = share * 100
    digits = 0 if value >= 10 or value == 0 else 1  # noqa: PLR2004 - two significant digits
    return f"{value:.{digits}f}{NBSP}%"


def exact(share: float) -> str:
    """Return a share in [0, 1] for a table: one decimal."""
    return f"{share * 100:.1f}{NBSP}%"


def span(low: float, high: float) -> str:
    """Return an interval of shares for a table."""
    return f"{low * 100:.1f} to {high * 100:.1f}{NBSP}%"


def number(value: float) -> str:
    """Return a count with thousands separated by commas."""
    return f"{round(value):,}"


def plural(value: float, noun: str) -> str:
    """Return a count with its noun."""
    return f"{number(value)} {noun}" if round(value) == 1 else f"{number(value)} {noun}s"


def listed(words: list[str]) -> str:
    """Return words as a list in a sentence: a, b and c; where one holds a comma: a; b, c; and d."""
    if len(words) < 2:  # noqa: PLR2004  what stands alone needs no mark
        return "".join(words)
    mark, last = ("; ", "; and ") if any(", " in word for word in words) else (", ", " and ")
    return f"{mark.join(words[:-1])}{last}{words[-1]}"
